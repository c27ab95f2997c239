// A page of hours and telephone numbers for when there is no connection. While there is one, every page comes from
// the web: nothing else is kept, and no answer of the server is put in the place of another.
"use strict";

// The build writes here what it keeps.
const KEPT = { name: "", files: [], pages: {} };
const { name, files, pages } = KEPT;
const OURS = "hours-and-numbers ";

self.addEventListener("install", (event) => {
  // All of them or none: an answer that is an error ends the installation, and the version before stays.
  const fresh = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(
    caches
      .open(OURS + name)
      .then((kept) => kept.addAll(fresh))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (each) => each.startsWith(OURS) && each !== OURS + name;
  event.waitUntil(caches.keys().then((all) => Promise.all(all.filter(old).map((each) => caches.delete(each)))));
});

async function instead(wanted) {
  const folder = Object.keys(pages)
    .filter((each) => wanted.startsWith(each))
    .sort((one, other) => other.length - one.length)[0];
  const kept = await caches.open(OURS + name);
  return (folder !== undefined && (await kept.match(pages[folder]))) || Response.error();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => instead(address.pathname)));
  } else if (files.includes(address.pathname + address.search)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
