// Begins a walk with keys: each stop is noted from here on, also in frames. Leaves {take} in notes.
// names: properties of computed style to keep of each stop; again: the frames are followed already.
(names, again) => {
  const key = Symbol.for("stepfree.capture");
  const notes = window[key];
  notes.names = names;
  notes.stops = [];
  const follow = (view) => {
    try {
      view[key]?.follow();
      for (let at = 0; at < view.frames.length; at += 1) follow(view.frames[at]);
    } catch {
      /* another origin */
    }
  };
  if (!again) follow(window);
  if (document.body && document.activeElement !== document.body) notes.begin();
  notes.own = notes.given;
  notes.left = false;
  window.scrollTo({ top: 0, left: 0, behavior: "instant" });
  // Each element has a number in the order in which focus (or what covers it) was first met; notes.fresh are those met since the last time.
  notes.met ??= new Map();
  const number = (met) => {
    if (!met) return null;
    if (!notes.met.has(met)) {
      notes.met.set(met, notes.met.size);
      notes.fresh.push(met);
    }
    return notes.met.get(met);
  };
  // Whether a script gave focus to something since the walk began.
  notes.movedByScript = async (most) => {
    await notes.wait(most);
    return notes.given > notes.own;
  };
  // Focus on nothing, though no key has been pressed for a while. Scripts that fetch it back, and answer each other without
  // end where keys came too fast, are held: timers of a window are numbered in order, and those since the walk began stopped.
  const began = (notes.timer ??= notes.later(() => {}, 0));
  const hold = () => {
    const last = notes.later(() => {}, 0);
    for (let timer = began + 1; timer < last; timer += 1) clearTimeout(timer);
  };
  notes.letGo = async (most) => {
    await notes.wait(most);
    if (!notes.describeFocus(null)) return;
    hold();
    notes.begin();
    hold();
  };
  notes.take = () => {
    const taken = notes.stops;
    notes.fresh = [];
    notes.stops = [];
    return taken.map(
      (each) =>
        each && {
          box: each.box,
          inside: each.inside,
          share: each.share,
          style: each.style,
          at: [each.element, each.covered].map(number),
        },
    );
  };
};
