// Runs in every document before its own scripts, in a world of its own that the page's scripts cannot reach: they share
// the document, and nothing else. What only the page's own world can tell is asked of the script ``own`` there.
(() => {
  const key = Symbol.for("stepfree.capture");
  if (window[key]) return;
  const notes = {
    statics: [],
    opened: true,
    stops: null,
    later: window.setTimeout.bind(window),
    frame: window.requestAnimationFrame.bind(window),
    sounds: new Set(),
  };
  Object.defineProperty(window, key, { value: notes, enumerable: false });
  // A page may have elements of these names, which hide the document's own.
  const all = Document.prototype.querySelectorAll.bind(document);
  const state = Object.getOwnPropertyDescriptor(Document.prototype, "readyState").get.bind(document);
  EventTarget.prototype.addEventListener.call(document, "readystatechange", () => {
    if (state() === "interactive" && !notes.statics.length) notes.statics = [...all("*")];
  });
  // The script ``own`` hands over a node that nobody else has: both talk through events at it.
  let link = null;
  addEventListener(
    "@TOKEN@",
    (event) => {
      event.stopImmediatePropagation();
      const given = event.relatedTarget;
      if (given?.nodeType === Node.TEXT_NODE) link = given;
      else if (given) notes.sounds.add(given);
    },
    true,
  );
  // What the page's scripts have asked the browser for so far; ``order``: what ``own`` is to do besides.
  const NOTHING = {
    timers: [],
    latest: [],
    limits: [],
    queries: [],
    sockets: [],
    frameCalls: 0,
    measures: 0,
    senders: 0,
    given: 0,
    observed: false,
    sized: false,
    dense: false,
    touched: false,
    told: null,
  };
  notes.ask = (order = null) => {
    let told = NOTHING;
    const hear = (event) => {
      told = event.detail;
    };
    link?.addEventListener("told", hear);
    link?.dispatchEvent(new CustomEvent("ask", { detail: order }));
    link?.removeEventListener("told", hear);
    return told;
  };
  for (const name of [
    "timers",
    "latest",
    "limits",
    "queries",
    "sockets",
    "frameCalls",
    "measures",
    "senders",
    "given",
    "observed",
    "sized",
    "dense",
    "touched",
  ]) {
    Object.defineProperty(notes, name, { get: () => notes.ask()[name] });
  }
  // Elements of the file at these ordinals, and such as were handed over.
  notes.named = (ordinals) => ordinals.map((at) => notes.statics[at]).filter((each) => each?.isConnected);
  // Some of a list, by their places in it.
  notes.picked = (elements, places) => places.map((at) => elements[at]);
  // The other way round; -1 for what the file does not hold.
  notes.ordinals = (elements) => elements.map((each) => notes.statics.indexOf(each));
  notes.choose = (element) => {
    if (element.isConnected) notes.chosen.push(element);
    return element.isConnected;
  };
  // Of those that were handed over, what is in the page now.
  notes.there = () => notes.chosen.filter((each) => each.isConnected);
  const players = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) => [
      ...(element.matches("audio, video") ? [element] : []),
      ...(element.shadowRoot ? players(element.shadowRoot) : []),
    ]);
  notes.media = () => players(document);
  notes.focused = () => (document.activeElement === document.body ? null : document.activeElement);
  // Scripts hear of scrolling one frame after it, and may move what stays in the window. Null where nothing was scrolled.
  notes.followed = (x, y) =>
    scrollX === x && scrollY === y
      ? null
      : Promise.race([new Promise((done) => notes.frame(() => done(null))), notes.wait(2000)]);
  notes.wait = (most) => new Promise((done) => notes.later(done, most));
  // All that a control can change and a reader meet, as one string; null where that cannot be told (frames, open shadow trees, nothing there yet).
  notes.trace = () => {
    if (document.documentElement === null) return null;
    const elements = [...document.querySelectorAll("*")];
    if (elements.some((each) => each.shadowRoot || ["iframe", "frame", "object", "embed"].includes(each.localName)))
      return null;
    const fields = elements
      .filter((each) => "value" in each || each.localName === "option")
      .map((each) => `${each.value}|${each.checked}|${each.selected}`);
    const layers = elements.filter((each) => each.matches(":popover-open, :modal")).length;
    const seen = elements
      .map((each) => (each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? "1" : "0"))
      .join("");
    return [document.documentElement.outerHTML, fields.join(), layers, seen, location.href].join("\n");
  };
  notes.unaltered = (fragment) => {
    if (notes.first == null) return false;
    const now = notes.trace();
    // The address is the last line.
    const bare = (trace) => {
      const at = trace.lastIndexOf("\n");
      return trace.slice(0, at) + trace.slice(at).split("#")[0];
    };
    return now === notes.first || (!fragment && now !== null && bare(now) === bare(notes.first));
  };
  // Closed shadow trees, which only the browser can open: from then on they are found like open ones.
  notes.adopt = (root) => {
    if (!notes.closed) {
      notes.closed = new WeakMap();
      const own = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot").get;
      Object.defineProperty(Element.prototype, "shadowRoot", {
        configurable: true,
        enumerable: true,
        get() {
          return own.call(this) ?? notes.closed.get(this) ?? null;
        },
      });
    }
    notes.closed.set(root.host, root);
  };
  notes.adoptThere = (root) => root.ownerDocument.defaultView[key].adopt(root);
  // The walk with keys: where focus is when a key is let go. The page's top document keeps the list.
  const top = () => {
    try {
      return window.top[key] ?? notes;
    } catch {
      return notes;
    }
  };
  const active = (root) => {
    let at = root.activeElement;
    for (;;) {
      if (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      else {
        let inner = null;
        try {
          inner = at?.localName === "iframe" ? at.contentDocument?.activeElement : null;
        } catch {
          /* another origin */
        }
        if (!inner || inner === inner.ownerDocument.body) return at;
        at = inner;
      }
    }
  };
  const box = (element) => {
    const own = element.getBoundingClientRect();
    let x = own.x,
      y = own.y;
    for (let view = element.ownerDocument.defaultView; view && view !== view.top;) {
      const frame = view.frameElement;
      if (!frame) break;
      const outer = frame.getBoundingClientRect();
      x += outer.x + frame.clientLeft;
      y += outer.y + frame.clientTop;
      view = view.parent;
    }
    return { x, y, width: own.width, height: own.height };
  };
  const opaque = (element) => {
    if (["IMG", "VIDEO", "CANVAS", "IFRAME"].includes(element.tagName)) return true;
    const style = getComputedStyle(element);
    const alpha = style.backgroundColor.match(/^rgba\(.*,\s*([\d.]+)\)$/);
    return style.opacity > 0.9 && (style.backgroundImage.includes("url(") || !alpha || Number(alpha[1]) > 0.9);
  };
  // What lies on the element at a point: nothing, or an opaque element that is no relative of it.
  const cover = (element, x, y) => {
    const root = element.getRootNode();
    for (const over of root.elementsFromPoint?.(x, y) ?? []) {
      if (over === element || element.contains(over) || over.contains(element)) return null;
      if (over.localName === "label" && over.control === element) return null;
      if (opaque(over)) return over;
    }
    return null;
  };
  // What lies on nine points of it, of those that are in the window.
  const coversOf = (element, at) => {
    const covers = [];
    if (element.ownerDocument !== document || !(at.width > 0 && at.height > 0)) return covers;
    const inset = Math.min(2, at.width / 4, at.height / 4);
    const xs = [at.x + inset, at.x + at.width / 2, at.x + at.width - inset];
    const ys = [at.y + inset, at.y + at.height / 2, at.y + at.height - inset];
    for (const x of xs)
      for (const y of ys) {
        if (x < 0 || y < 0 || x >= window.innerWidth || y >= window.innerHeight) continue;
        covers.push(cover(element, x, y));
      }
    return covers;
  };
  notes.isCovered = (element) => {
    const covers = coversOf(element, box(element));
    return covers.length > 0 && covers.every((each) => each);
  };
  notes.describeFocus = (names) => {
    const element = active(document);
    if (!element || element === document.body || element === document.documentElement) return null;
    if (!names) return { element, box: [0, 0, 0, 0], inside: true, covered: null, share: 0, style: [] };
    const at = box(element);
    const view = window;
    const inside = at.x < view.innerWidth && at.y < view.innerHeight && at.x + at.width > 0 && at.y + at.height > 0;
    const covers = inside ? coversOf(element, at) : [];
    const hidden = covers.filter(Boolean);
    const style = getComputedStyle(element);
    return {
      element,
      box: [at.x + scrollX, at.y + scrollY, at.width, at.height],
      inside,
      covered: covers.length && hidden.length === covers.length ? hidden[0] : null,
      share: covers.length ? hidden.length / covers.length : 0,
      style: names.map((name) => style.getPropertyValue(name)),
    };
  };
  // Called when the walk begins, not before: a page must not seem to listen to keys because of the audit.
  notes.follow = () => {
    // Past the last stop the browser may give focus to the first one again before the key is let go.
    if (window === window.top) {
      addEventListener(
        "focusout",
        (event) => {
          notes.gone = event.relatedTarget ? null : notes.given;
        },
        true,
      );
      addEventListener(
        "focusin",
        (event) => {
          notes.left ||= notes.gone === notes.given && !event.relatedTarget;
        },
        true,
      );
    }
    addEventListener(
      "keyup",
      (event) => {
        const list = top();
        if (!list.stops || !event.isTrusted) return;
        list.noteStop();
      },
      true,
    );
    addEventListener("keydown", () => Object.assign(top(), { gone: null, left: false, before: top().given }), true);
  };
  // Focus on nothing, and the next Tab from the beginning: a place that focus was only taken from is remembered.
  notes.begin = () => {
    const body = document.body;
    if (!body) return;
    const had = body.getAttribute("tabindex");
    body.tabIndex = -1;
    body.focus();
    body.blur();
    if (had === null) body.removeAttribute("tabindex");
    else body.setAttribute("tabindex", had);
  };
  notes.comeBack = async (most) => {
    for (let waited = 0; waited < most && !notes.describeFocus(null); waited += 10) await notes.wait(10);
  };
  notes.noteStop = () => {
    const at = notes.describeFocus(notes.names);
    notes.stops.push(...(notes.left && at ? [null, at] : [at]));
    notes.left = false;
  };
  // Where focus has come to rest. It has not left the page where a script has fetched it back since the key.
  notes.noteAnew = () => {
    notes.stops = [];
    if (notes.given !== notes.before) notes.left = false;
    notes.noteStop();
  };
})();
