// Runs in every document before its own scripts, in the page's own world: notes what they ask the browser for, which
// nothing else can tell. It takes what it needs before a page can put something else in its place, and lets the script
// ``start`` ask through a node that no script of the page can get at.
(() => {
  // The driver's own names, by which a page would know that it is driven. The audit has no use for them.
  for (const name of Object.getOwnPropertyNames(window)) if (/^\$?cdc_/.test(name)) delete window[name];
  const { apply, construct, defineProperty } = Reflect;
  const { get: detailOf } = Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail");
  const { get: connected } = Object.getOwnPropertyDescriptor(Node.prototype, "isConnected");
  const { dispatchEvent, addEventListener } = EventTarget.prototype;
  const { slice, match } = String.prototype;
  const [Text, Count, Told, Mouse, Address, Trap] = [String, Number, CustomEvent, MouseEvent, URL, Proxy];
  const base = Object.getOwnPropertyDescriptor(Node.prototype, "baseURI").get;
  const clock = performance.now.bind(performance);
  const notes = {
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
  const add = (list, value, most) => {
    if (list.length < most)
      defineProperty(list, list.length, {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  };
  // The latest timers, of a page that sets them all the time as well: delay, and when it was set. Their order says nothing.
  const LATEST = 400;
  let set = 0;
  const remember = (delay) => {
    defineProperty(notes.latest, set % LATEST, {
      __proto__: null,
      value: [delay, clock()],
      writable: true,
      enumerable: true,
      configurable: true,
    });
    set += 1;
  };
  const link = document.createTextNode("");
  const hand = (node) => apply(dispatchEvent, window, [new Mouse("@TOKEN@", { relatedTarget: node })]);
  apply(addEventListener, link, [
    "ask",
    (event) => {
      const order = apply(detailOf, event, []);
      if (order === "hold") hold();
      if (order === "listen") {
        notes.latest = [];
        set = 0;
      }
      if (order === "begin") notes.told = { windows: [], dialogs: [] };
      apply(dispatchEvent, link, [new Told("told", { detail: notes })]);
      if (order === "end") notes.told = null;
    },
  ]);
  hand(link);
  // What a script of the page throws on being read, is not read.
  const safely = (look) => {
    try {
      look();
    } catch {
      /* told nothing */
    }
  };

  // What stands for one of the browser's own functions says of itself what that one says.
  const instead = (original, act) => new Trap(original, { apply: (_, self, given) => act(self, given) });
  const wrap = (name, note) => {
    const original = window[name];
    if (typeof original !== "function") return;
    window[name] = instead(original, (self, given) => {
      safely(() => note(given));
      return apply(original, self ?? window, given);
    });
  };
  const made = (name, note) => {
    const original = window[name];
    if (typeof original !== "function") return;
    window[name] = new Trap(original, {
      construct(target, given, as) {
        safely(() => note(given));
        return construct(target, given, as);
      },
    });
  };
  const LEAVES =
    /\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:assign|replace|reload)\s*\(|\.submit\s*\(|\b(?:log|sign)[_-]?(?:out|off)\b|\bsession\w*expire/i;
  const TAKES =
    /\.(?:outer|inner)HTML\s*=(?!=)|\.(?:remove|replaceWith|replaceChildren|reset)\s*\(|\.(?:hidden|disabled)\s*=\s*(?:true|!0)|\.display\s*=\s*["'`]none/;
  const MAYBE = /\bif\b|\bswitch\b|\bconfirm\b|[?]|&&|\|\|/;
  // What a long timer will do, or one that counts, is never seen: what it says is noted.
  const limit = (name, delay, given) => {
    if (notes.limits.length >= 20) return;
    const says = (words) => apply(match, apply(slice, Text(given), [0, 2000]), [words]);
    const leaves = delay >= 5000 || (name === "setInterval" && delay >= 500) ? says(LEAVES) : null;
    const takes = leaves || name !== "setTimeout" || delay < 1000 ? null : says(TAKES);
    const found = leaves ?? takes;
    const surely = leaves && name === "setTimeout" && !says(MAYBE);
    if (found) add(notes.limits, [name, delay, found[0], !leaves, !!surely], 20);
  };
  for (const name of ["setTimeout", "setInterval"])
    wrap(name, (given) => {
      const delay = Count(given[1]) || 0;
      add(notes.timers, [name, delay], 500);
      if (name === "setTimeout") remember(delay);
      limit(name, delay, given[0]);
      // What takes long is watched in less time than it takes.
      const haste = window[Symbol.for("stepfree.haste")] ?? 1;
      if (haste > 1 && delay >= 1000) given[1] = delay / haste;
    });
  wrap("requestAnimationFrame", () => {
    notes.frameCalls += 1;
  });
  wrap("matchMedia", (given) => {
    add(notes.queries, Text(given[0]), 100);
  });
  // Sounds that a script starts without an element of the page: nothing else tells of them.
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = instead(play, (self, given) => {
    safely(() => {
      if (!apply(connected, self, [])) hand(self);
    });
    return apply(play, self, given);
  });
  // How often a script has moved focus: the walk with keys is then walked slowly.
  const give = HTMLElement.prototype.focus;
  HTMLElement.prototype.focus = instead(give, (self, options) => {
    notes.given += 1;
    return apply(give, self, options);
  });
  // What goes past the requests that the browser can hold.
  made("RTCPeerConnection", ([settings]) => {
    const servers = settings?.iceServers ?? [];
    for (let at = 0; at < servers.length; at += 1) {
      const urls = servers[at].urls ?? servers[at].url ?? [];
      if (typeof urls === "string") add(notes.sockets, urls, 50);
      else for (let one = 0; one < urls.length; one += 1) add(notes.sockets, Text(urls[one]), 50);
    }
  });
  made("WebTransport", ([url]) => {
    add(notes.sockets, Text(url), 50);
  });
  // What sends something at a time of its own.
  for (const name of ["Worker", "SharedWorker", "WebSocket", "EventSource"])
    made(name, () => {
      notes.senders += 1;
    });
  // Scripts that lay the page out by its size, once or each time.
  made("ResizeObserver", () => {
    notes.measures += 1;
  });
  // Who follows what the window shows may move things when it is scrolled.
  made("IntersectionObserver", () => {
    notes.observed = true;
  });
  // Who asks how wide or fine the window is, or what it is used with, may decide by it once, when the page is opened.
  const asked = (owner, name, counts, note = "sized") => {
    const { get, ...more } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    if (!get) return;
    defineProperty(owner, name, {
      ...more,
      get: instead(get, (self) => {
        if (counts(self)) notes[note] = true;
        return apply(get, self, []);
      }),
    });
  };
  const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get;
  asked(window, "innerWidth", () => true);
  asked(window, "outerWidth", () => true);
  asked(Screen.prototype, "width", () => true);
  asked(Screen.prototype, "availWidth", () => true);
  asked(Screen.prototype, "orientation", () => true);
  asked(VisualViewport.prototype, "width", () => true);
  asked(window, "devicePixelRatio", () => true, "dense");
  asked(Navigator.prototype, "maxTouchPoints", () => true, "touched");
  asked(Element.prototype, "clientWidth", (element) => element === apply(root, document, []));

  // While it is tried what fields and controls set off, nothing of this is let happen: it is only told what would have.
  const hold = () => {
    window.open = (to) => {
      if (notes.told) add(notes.told.windows, Text(new Address(to ?? "", apply(base, document, []))), 50);
      return null;
    };
    for (const name of ["alert", "confirm", "prompt"])
      window[name] = (text) => {
        if (notes.told) add(notes.told.dialogs, apply(slice, Text(text ?? ""), [0, 120]), 50);
        return name === "confirm" ? false : name === "prompt" ? null : undefined;
      };
  };
})();
