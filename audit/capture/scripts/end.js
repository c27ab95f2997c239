// The text that an address shows in a frame of the page, to see what a script makes of it; null when that cannot be told.
// limit: milliseconds to wait for it to load.
(address, limit) =>
  new Promise((resolve) => {
    const frame = document.createElement("iframe");
    const done = (text) => {
      frame.remove();
      resolve(text);
    };
    frame.style.cssText = "position:absolute;width:1280px;height:800px;left:-9999px";
    frame.onload = () =>
      setTimeout(() => {
        try {
          done(frame.contentDocument.body.innerText);
        } catch {
          done(null);
        }
      }, 100);
    setTimeout(() => done(null), limit);
    frame.src = address;
    document.documentElement.append(frame);
  });
