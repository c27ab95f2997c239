// Print shows what is folded away, in browsers whose style sheets cannot say so.
(function () {
  "use strict";
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (each) {
      each.open = true;
    });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (each) {
      each.open = false;
    });
  });
})();
