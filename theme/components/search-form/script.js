// Catalogues whose address a plain form cannot make: the pattern holds {terms}.
(function () {
  "use strict";
  document.querySelectorAll("form[data-pattern]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;
      event.preventDefault();
      var terms = form.querySelector("input").value.trim();
      location.assign(form.dataset.pattern.replace("{terms}", encodeURIComponent(terms)));
    });
  });
})();
