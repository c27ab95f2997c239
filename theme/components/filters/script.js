// Filters a list on the page: at once, with focus where it is, one polite status after a pause,
// and the choice in the address so that it can be shared.
(function () {
  "use strict";
  document.querySelectorAll("form[data-filters]").forEach(function (form) {
    const list = document.getElementById(form.dataset.filters);
    const items = Array.from(list.querySelectorAll("[data-item], .occurrence"));
    const groups = Array.from(list.querySelectorAll("[data-group]"));
    const words = JSON.parse(form.dataset.words);
    const alike = JSON.parse(form.dataset.alike || "{}");
    const options = Array.from(form.querySelectorAll("option[value]"));
    const status = form.querySelector("[role=status]");
    const texts = new Map();
    let timer = 0;

    const plain = (text) =>
      text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase();
    const has = (item, name, value) => (item.dataset[name] || "").split(" ").includes(value);

    // What an entry says, what else it is called, and the words of what can be chosen.
    function textOf(item) {
      if (!texts.has(item)) {
        const same = Object.keys(alike).filter((number) => has(item, "alike", number));
        const chosen = options.filter((option) => has(item, option.parentNode.name, option.value));
        const said = [item, ...chosen].map((each) => each.textContent);
        texts.set(item, plain([...said, item.dataset.words, ...same.map((number) => alike[number])].join(" ")));
      }
      return texts.get(item);
    }

    const matches = (item, chosen) =>
      Object.keys(chosen).every((name) =>
        name === "q"
          ? plain(chosen.q[0])
              .split(/\s+/)
              .every((word) => textOf(item).includes(word.length > 3 ? word.replace(/s$/, "") : word))
          : chosen[name].some((value) => has(item, name, value)),
      );

    function apply(address) {
      const chosen = {};
      new FormData(form).forEach(function (value, name) {
        if (value.trim()) (chosen[name] = chosen[name] || []).push(value.trim());
      });
      let shown = 0;
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
          const text = shown === 0 ? words.none : shown === 1 ? words.one : words.many;
          status.textContent = text.replace("{shown}", shown).replace("{all}", items.length);
        },
        address ? 600 : 0,
      );
      if (!address) return;
      const query = new URLSearchParams();
      Object.keys(chosen).forEach((name) => chosen[name].forEach((value) => query.append(name, value)));
      history.replaceState(null, "", location.pathname + (query.toString() && "?" + query) + location.hash);
    }

    new URLSearchParams(location.search).forEach(function (value, name) {
      const field = form.elements[name];
      if (!field) return;
      Array.from(field.length && !field.options ? field : [field]).forEach(function (each) {
        if (each.type === "checkbox") each.checked = each.checked || each.value === value;
        else each.value = value;
      });
    });
    form.hidden = false;
    form.addEventListener("input", () => apply(true));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      apply(true);
    });
    form.addEventListener("reset", () => setTimeout(apply, 0, true));
    apply(false);
  });
})();
