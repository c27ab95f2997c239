// The words that are seen on a page and in its frames, as one line.
() => {
  const told = [];
  const read = (view) => {
    try {
      told.push(view.document.body?.innerText ?? "");
      for (let at = 0; at < view.frames.length; at += 1) read(view.frames[at]);
    } catch {
      /* another origin */
    }
  };
  read(window);
  return told.join(" ").replace(/\s+/g, " ");
};
