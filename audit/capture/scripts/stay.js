// Runs in every document before its own scripts, in our world: holds back what would only break off the reading of the
// page (a download, another program). What a person does later is let through.
(places) => {
  const place = (url) => /^(blob|data):/.exec(url)?.[0] ?? url.split(/[?#]/, 1)[0];
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !event.userInitiated && places.includes(place(event.destination.url)))
      event.preventDefault();
  });
};
