// Watches the page for some seconds: texts, pictures, attributes, places and brightness that change by themselves.
// Gives [{static, kind, first, last, count, detail}]. What blinks or is moved again and again by a script is watched
// for at most ``most`` seconds from its first change on, to see whether it ends.
async (seconds, most) => {
  const notes = window[Symbol.for("stepfree.capture")];
  const began = performance.now();
  const now = () => (performance.now() - began) / 1000;
  const table = new Map();
  const note = (element, kind, detail) => {
    const known = table.get(element) ?? new Map();
    table.set(element, known);
    const entry = known.get(kind) ?? { element, kind, first: now(), last: now(), count: 0, detail };
    entry.last = now();
    entry.count += 1;
    if (kind === "text") entry.detail = detail;
    known.set(kind, entry);
  };
  const documents = [document];
  for (const frame of document.querySelectorAll("iframe")) {
    try {
      if (frame.contentDocument?.documentElement) documents.push(frame.contentDocument);
    } catch {
      /* another origin */
    }
  }
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim().slice(0, 80);
  const observers = documents.map((each) => {
    const observer = new MutationObserver((records) => {
      for (const record of records) {
        const element = record.target.nodeType === 1 ? record.target : record.target.parentElement;
        if (!element || element.closest("head, script, style")) continue;
        if (record.type === "characterData") note(element, "text", words(element));
        else if (record.type === "childList") {
          const changed = [...record.addedNodes, ...record.removedNodes];
          if (changed.some((node) => words(node))) note(element, "text", words(element));
          else if (changed.some((node) => node.nodeType === 1)) note(element, "attribute", "elements");
        } else if (
          ["src", "srcset", "poster", "xlink:href"].includes(record.attributeName) &&
          element.closest("img, picture, video, svg, input")
        ) {
          if (record.oldValue !== element.getAttribute(record.attributeName))
            note(element, "picture", record.attributeName);
        } else if (
          ["src", "href", "value", "title", "alt"].includes(record.attributeName) ||
          record.attributeName.startsWith("aria-")
        ) {
          note(element, "attribute", record.attributeName);
        }
      }
    });
    observer.observe(each, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeOldValue: true,
    });
    return observer;
  });
  const targets = documents.flatMap((each) => [...each.querySelectorAll("body, body *")]).slice(0, 3000);
  const look = (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height];
  };
  const shade = (element) => {
    const style = getComputedStyle(element);
    return [
      style.display === "none" || style.visibility !== "visible" || style.opacity < 0.05,
      `${style.opacity}|${style.backgroundColor}|${style.color}|${style.backgroundImage}`,
    ];
  };
  const says = (element) =>
    words(element) || element.matches("img, svg, picture, video") || element.querySelector("img, svg, picture, video");
  const before = targets.map(look);
  const shown = targets.map(shade);
  // What style sheets move is known without a watch.
  const styled = new Set(document.getAnimations().map((each) => each.effect?.target));
  // On a busy machine the third time may come late.
  const lasting = () =>
    [...table.values()]
      .flatMap((known) => ["blink", "flash", "motion"].map((kind) => known.get(kind)))
      .filter((entry) => entry?.count > 1 && !styled.has(entry.element));
  const until = () => (most > seconds ? Math.max(seconds, ...lasting().map((entry) => entry.first + most)) : seconds);
  while (now() < until()) {
    const came = new Set(),
      went = new Set();
    await new Promise((done) => notes.later(done, 100));
    targets.forEach((element, at) => {
      const box = look(element);
      // What only follows because something above it grew or moved is told by that one.
      const was = before[at];
      if (Math.abs(box[0] - was[0]) > 1 || Math.abs(box[1] - was[1]) > 1) {
        const parent = element.parentElement;
        const index = parent ? targets.indexOf(parent) : -1;
        const moved = index >= 0 && table.get(parent)?.get("motion")?.last > now() - 0.05;
        if (!moved) note(element, "motion", `${Math.round(box[0] - was[0])}, ${Math.round(box[1] - was[1])}`);
      }
      before[at] = box;
      const style = shade(element);
      if (style[0] !== shown[at][0]) (style[0] ? went : came).add(element);
      else if (style[1] !== shown[at][1]) note(element, "flash", style[1]);
      shown[at] = style;
    });
    // One thing in the place of another is a change of what its parent shows; one that goes and comes back blinks.
    const parents = new Set([...went].map((element) => element.parentElement));
    for (const element of came) {
      const parent = element.parentElement;
      if (parents.has(parent) && says(element)) note(parent, "text", words(element));
    }
    for (const element of [...came, ...went]) {
      const parent = element.parentElement;
      const alone = !(came.has(element) ? [...went] : [...came]).some((other) => other.parentElement === parent);
      if (alone && !came.has(parent) && !went.has(parent) && says(element)) note(element, "blink", "");
    }
  }
  for (const observer of observers) observer.disconnect();
  const ordinals = new Map(notes.statics.map((element, ordinal) => [element, ordinal]));
  const ordinal = (element) => {
    for (
      let at = element;
      at;
      at = at.parentElement ?? at.getRootNode().host ?? at.ownerDocument.defaultView?.frameElement
    ) {
      if (ordinals.has(at)) return ordinals.get(at);
    }
    return -1;
  };
  return [...table.values()]
    .flatMap((known) => [...known.values()])
    .map(({ element, kind, first, last, count, detail }) => ({
      static: ordinal(element),
      kind,
      first,
      last,
      count,
      detail,
    }));
};
