// The site's search: Pagefind's index, our own list. The terms stand in the address.
(function () {
  "use strict";
  var form = document.querySelector("form[data-pagefind]");
  if (!form) return;
  var words = JSON.parse(form.dataset.words);
  var status = document.getElementById("search-status");
  var list = document.getElementById("search-results");
  var field = form.elements.q;
  var most = 20;
  var turn = 0;
  form.hidden = false;

  function say(text, values) {
    status.textContent = text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function make(name, text) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  }

  // Pagefind's excerpt is HTML with <mark>; only the words and the marks are taken from it.
  function excerpt(html) {
    var line = make("p");
    new DOMParser().parseFromString(html, "text/html").body.childNodes.forEach(function (node) {
      line.appendChild(node.nodeName === "MARK" ? make("mark", node.textContent) : document.createTextNode(node.textContent));
    });
    return line;
  }

  async function search(terms) {
    var mine = ++turn;
    list.replaceChildren();
    if (!terms) { status.textContent = ""; return; }
    say(words.waiting, {});
    try {
      var engine = await import(new URL(form.dataset.pagefind, location.href).href);
      var found = (await engine.search(terms)).results;
      var shown = await Promise.all(found.slice(0, most).map(function (each) { return each.data(); }));
      if (mine !== turn) return;
      shown.forEach(function (each) {
        var item = make("li");
        var link = make("a", each.meta.title);
        link.href = each.url;
        item.appendChild(make("h3")).appendChild(link);
        item.appendChild(excerpt(each.excerpt));
        list.appendChild(item);
      });
      var count = found.length;
      var text = count === 0 ? words.none : count === 1 ? words.one : count > most ? words.some : words.many;
      say(text, { count: count, shown: most, terms: terms });
    } catch (error) {
      console.error("Site search: " + error.message);
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
