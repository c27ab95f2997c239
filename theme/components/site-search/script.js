// The site's search: the engine and the index are fetched when somebody searches. The terms stand in the address.
(function () {
  "use strict";
  var form = document.querySelector("form[data-engine]");
  if (!form) return;
  var words = JSON.parse(form.dataset.words);
  var status = document.getElementById("search-status");
  var list = document.getElementById("search-results");
  var field = form.elements.q;
  var most = 20;
  var turn = 0;
  var ready = null;
  form.hidden = false;

  function say(text, values) {
    status.textContent = text.replace(/\{(\w+)\}/g, function (_, name) {
      return values[name];
    });
  }

  function make(name, text) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  }

  function prepare() {
    var engine = import(new URL(form.dataset.engine, location.href).href);
    var index = fetch(form.dataset.index).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status + " " + form.dataset.index);
      return answer.json();
    });
    return Promise.all([engine, index]).then(function (both) {
      return both[0].engine(both[1]);
    });
  }

  async function search(terms) {
    var mine = ++turn;
    list.replaceChildren();
    if (!terms) {
      status.textContent = "";
      return;
    }
    say(words.waiting, {});
    try {
      ready = ready || prepare();
      var found = (await ready)(terms);
      if (mine !== turn) return;
      found.results.slice(0, most).forEach(function (each) {
        var item = make("li");
        var link = make("a", each.title);
        link.href = each.url;
        item.appendChild(make("h3")).appendChild(link);
        if (each.kind) item.appendChild(make("p", each.kind)).className = "meta";
        if (each.summary) item.appendChild(make("p", each.summary));
        list.appendChild(item);
      });
      var count = found.results.length;
      var text = count === 0 ? words.none : count === 1 ? words.one : count > most ? words.some : words.many;
      say(text, { count: count, shown: most, terms: found.instead || terms });
    } catch (error) {
      console.error("Site search: " + error.message);
      ready = null;
      if (mine === turn) say(words.failed, {});
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var terms = field.value.trim();
    history.replaceState(null, "", terms ? "?q=" + encodeURIComponent(terms) : location.pathname);
    search(terms);
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  search(field.value.trim());
})();
