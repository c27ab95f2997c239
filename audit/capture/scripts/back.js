// Leaves the fragment of the address, as if no link within the page had been followed: nothing is the target any more.
(async () => {
  const notes = window[Symbol.for("stepfree.capture")];
  // Only another fragment, though an empty one, takes the target away; only the history takes the sign "#" away.
  location.replace("#");
  history.replaceState(history.state, "", location.href.split("#")[0]);
  await notes.wait(60);
})();
