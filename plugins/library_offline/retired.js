// The library has switched its offline page off: what a visit before has kept goes away by itself.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const gone = caches
    .keys()
    .then((all) =>
      Promise.all(all.filter((each) => each.startsWith("hours-and-numbers ")).map((each) => caches.delete(each))),
    );
  event.waitUntil(gone.then(() => self.registration.unregister()));
});
