// Filters a list on the page: at once, with focus where it is, one polite status after a pause,
// and the choice in the address so that it can be shared.
(function () {
  "use strict";
  document.querySelectorAll("form[data-filters]").forEach(function (form) {
    var list = document.getElementById(form.dataset.filters);
    var items = Array.from(list.querySelectorAll("[data-item], .occurrence"));
    var groups = Array.from(list.querySelectorAll("[data-group]"));
    var words = JSON.parse(form.dataset.words);
    var status = form.querySelector("[role=status]");
    var timer = 0;

    function plain(text) {
      return text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase();
    }

    function matches(item, chosen) {
      return Object.keys(chosen).every(function (name) {
        if (name === "q") {
          var text = plain(item.textContent + " " + (item.dataset.words || ""));
          return plain(chosen.q[0])
            .split(/\s+/)
            .every(function (word) {
              return text.includes(word.length > 3 ? word.replace(/s$/, "") : word);
            });
        }
        var own = (item.dataset[name] || "").split(" ");
        return chosen[name].some(function (value) {
          return own.includes(value);
        });
      });
    }

    function apply(address) {
      var chosen = {};
      new FormData(form).forEach(function (value, name) {
        if (value.trim()) (chosen[name] = chosen[name] || []).push(value.trim());
      });
      var shown = 0;
      items.forEach(function (item) {
        item.hidden = !matches(item, chosen);
        if (!item.hidden) shown += 1;
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-item]:not([hidden]), .occurrence:not([hidden])");
        // What is found behind a summary is shown.
        if (Object.keys(chosen).length && group.matches("details")) group.open = !group.hidden;
      });
      clearTimeout(timer);
      timer = setTimeout(
        function () {
          var text = shown === 0 ? words.none : shown === 1 ? words.one : words.many;
          status.textContent = text.replace("{shown}", shown).replace("{all}", items.length);
        },
        address ? 600 : 0,
      );
      if (!address) return;
      var query = new URLSearchParams();
      Object.keys(chosen).forEach(function (name) {
        chosen[name].forEach(function (value) {
          query.append(name, value);
        });
      });
      history.replaceState(
        null,
        "",
        location.pathname + (query.size || query.toString() ? "?" + query : "") + location.hash,
      );
    }

    new URLSearchParams(location.search).forEach(function (value, name) {
      var field = form.elements[name];
      if (!field) return;
      Array.from(field.length && !field.options ? field : [field]).forEach(function (each) {
        if (each.type === "checkbox") each.checked = each.checked || each.value === value;
        else each.value = value;
      });
    });
    form.hidden = false;
    form.addEventListener("input", function () {
      apply(true);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      apply(true);
    });
    form.addEventListener("reset", function () {
      setTimeout(apply, 0, true);
    });
    apply(false);
  });
})();
