// Scripts that run while the page is parsed may have added elements by the time they are numbered. The file as served,
// parsed without scripts, says which ones are its own. Where the two cannot be told apart, the numbers stay as they are.
(html) => {
  const notes = window[Symbol.for("stepfree.capture")];
  if (!notes?.statics.length || !document.scripts.length) return;
  let file;
  try {
    file = new DOMParser().parseFromString(html, "text/html");
  } catch {
    // A page with trusted types lets nobody parse a text.
    return;
  }
  // Without scripts the content of noscript is parsed; with scripts it is text.
  const own = [...file.querySelectorAll("*")].filter((element) => !element.parentElement?.closest("noscript"));
  const like = (one, other) => one.localName === other.localName && (one.id === other.id || !other.id);
  if (
    own.length === notes.statics.length &&
    own.every((element, at) => element.localName === notes.statics[at].localName)
  )
    return;
  const matched = [];
  for (const element of notes.statics)
    if (matched.length < own.length && like(element, own[matched.length])) matched.push(element);
  if (matched.length === own.length) notes.statics = matched;
};
