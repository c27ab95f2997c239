// Keeps the page of hours and numbers on the device, on published sites only: whoever writes on the site always
// sees what they have just written.
(function () {
  "use strict";
  var worker = document.currentScript && document.currentScript.dataset.worker;
  var stand = document.querySelector("[data-offline]");
  if (stand && location.pathname !== stand.dataset.offline) stand.hidden = false;
  if (worker && location.protocol === "https:" && "serviceWorker" in navigator) {
    addEventListener("load", function () {
      navigator.serviceWorker.register(worker).catch(function () {
        // A browser that keeps nothing, as in a private window, goes without.
      });
    });
  }
})();
