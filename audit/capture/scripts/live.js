// What live regions say while something is tried. Leaves {is, listen, heard, longest, late} under notes.live.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const REGIONS = "[role=alert], [role=status], [role=log], [aria-live], output";
  // What is told late waits at most this long (ms): longer nobody waits for an answer.
  const LONGEST = 3000,
    AT_ONCE = 400,
    GRACE = 250;
  const state = { observer: null, heard: new Set(), began: 0 };
  const region = (element) => {
    for (let at = element; at; at = at.getRootNode().host) {
      const found = at.closest?.(REGIONS);
      if (found) return found.getAttribute("aria-live") === "off" ? null : found;
    }
    return null;
  };
  const words = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
  const note = (records) => {
    for (const { target } of records) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : (target.parentElement ?? target.host);
      const found = element && region(element);
      // What is not rendered is not announced; what is emptied says nothing.
      if (found?.isConnected && words(found) && found.checkVisibility({ visibilityProperty: true }))
        state.heard.add(found);
    }
  };
  const roots = function* (root) {
    yield root;
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) yield* roots(element.shadowRoot);
  };
  notes.live = {
    is: (element) => region(element) !== null,
    // From here on.
    listen() {
      state.observer?.disconnect();
      notes.ask("listen");
      Object.assign(state, { heard: new Set(), began: performance.now() });
      state.observer = new MutationObserver(note);
      for (const root of roots(document))
        state.observer.observe(root, { subtree: true, childList: true, characterData: true });
    },
    // The regions that were given words since, whether or not the words are still there.
    heard() {
      note(state.observer?.takeRecords() ?? []);
      return [...state.heard];
    },
    // The longest that a timer waits which was set since, of those that wait no longer than `most` (ms).
    longest: (most) => Math.max(0, ...notes.latest.map(([delay]) => delay).filter((delay) => delay <= most)),
    // Words that are announced may wait until typing has stopped, or be set a moment after the region was emptied.
    async late() {
      // What was set later is no answer any more: a page may set timers all the time.
      const due = notes.latest
        .filter(([delay, at]) => delay <= LONGEST && at <= state.began + AT_ONCE)
        .map(([delay, at]) => at + delay + GRACE);
      const end = Math.max(0, ...due);
      while (!notes.live.heard().length && performance.now() < end) await notes.wait(60);
    },
  };
})();
