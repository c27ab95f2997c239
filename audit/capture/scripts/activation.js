// Helpers for trying controls one by one. Leaves {start, settle, where, after} under notes.activation.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const ordinals = new Map(notes.statics.map((element, ordinal) => [element, ordinal]));
  const ordinal = (element) => {
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host)
      if (ordinals.has(at)) return ordinals.get(at);
    return -1;
  };
  // By its ordinal in the file; in a shadow tree by that of the host, and tag and number among those of the tag of each step.
  const reach = (at) =>
    typeof at === "number"
      ? notes.statics[at]
      : at
          .slice(1)
          .reduce(
            (node, [tag, number]) =>
              [...((node?.shadowRoot ?? node)?.children ?? [])].filter((each) => each.localName === tag)[number],
            notes.statics[at[0]],
          );
  // All elements of the page, those of shadow trees behind their host.
  const everything = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) =>
      element.shadowRoot ? [element, ...everything(element.shadowRoot)] : [element],
    );
  // A control may have emptied the whole page: open() in its markup is document.open().
  const shown = () => {
    const found = new Set();
    if (!document.body) return found;
    const width = document.documentElement.scrollWidth,
      height = document.documentElement.scrollHeight;
    for (const element of everything(document.body)) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      const left = box.x + scrollX,
        top = box.y + scrollY;
      if (
        box.width < 2 ||
        box.height < 2 ||
        left + box.width <= 0 ||
        top + box.height <= 0 ||
        left >= width ||
        top >= height
      )
        continue;
      found.add(element);
    }
    return found;
  };
  const roots = () => [
    document.body ?? document,
    ...everything(document).flatMap((element) => element.shadowRoot ?? []),
  ];
  const markup = () =>
    roots()
      .map((root) => root.innerHTML ?? "")
      .join("");
  const active = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? null : at;
  };
  const live = notes.live.is;
  const words = (element) => (element.innerText ?? "").replace(/\s+/g, " ").trim().slice(0, 200);
  const outermost = (some, all) => [...some].filter((element) => !all.has(element.parentElement));
  const inputs = () =>
    new Map(
      [...document.querySelectorAll("input, select, textarea")].map((each) => [each, `${each.value}|${each.checked}`]),
    );
  const pictures = () =>
    new Map(
      [...document.querySelectorAll("img, input[type=image]")].map((each) => [
        each,
        [each.currentSrc || each.src, each.alt],
      ]),
    );
  const LOOKS = ["backgroundColor", "backgroundImage", "color", "borderColor", "boxShadow", "fill", "fontWeight"];
  const parts = (target) => [target, ...[...target.querySelectorAll("*")].slice(0, 9)];
  // How a control looks, and all by which it tells its state.
  const look = (target) =>
    parts(target)
      .map((each) => LOOKS.map((name) => getComputedStyle(each)[name]).join())
      .join("|");
  // The same without what focus is shown by.
  const surface = (target) =>
    parts(target)
      .map((each) => ["backgroundColor", "color", "fontWeight"].map((name) => getComputedStyle(each)[name]).join())
      .join("|");
  const telling = (target) =>
    parts(target)
      .flatMap((each) => [...each.attributes])
      .filter(({ name }) => name.startsWith("aria-") || name === "title" || name === "alt")
      .map(({ name, value }) => `${name}=${value}`)
      .join("|") + (target.textContent ?? "");
  // Why a control that had the focus has it no more, or has it in vain; empty where it is still there.
  const lost = (target) => {
    if (!target.isConnected) return "removed";
    if (target.matches(":disabled")) return "disabled";
    return target.checkVisibility({ visibilityProperty: true }) ? "" : "hidden";
  };
  // Those of the same kind beside a control, also where each stands in an item of its own.
  const MOST_PEERS = 12;
  const peers = (target) => {
    const parent = target.parentElement;
    const beside = (each) => each !== target && each.localName === target.localName;
    const here = [...(parent?.children ?? [])].filter(beside);
    const others = [...(parent?.parentElement?.children ?? [])].flatMap((item) => [...item.children]).filter(beside);
    return (here.length ? here : others).slice(0, MOST_PEERS);
  };
  const state_of = (target) => new Map(peers(target).map((each) => [each, [surface(each), telling(each)]]));
  // The one beside it that looks since as it looked before, and it as that one: the choice went over, and nothing tells of it.
  const swapped = () => {
    const now = surface(state.target);
    if (!state.target.isConnected || now === state.surface || telling(state.target) !== state.telling) return null;
    for (const [each, [looked, told]] of state.peers)
      if (looked === now && surface(each) === state.surface && telling(each) === told) return ordinal(each);
    return null;
  };
  const STATES = ["aria-expanded", "aria-pressed", "aria-checked", "aria-selected"];
  const states = (target) => STATES.map((name) => target.getAttribute(name) ?? "").join();
  const own = (target) => [...target.attributes].map(({ name, value }) => `${name}=${value}`).join();
  const fields = () => [...inputs().values()].join("\n");
  const state = {
    target: null,
    before: null,
    texts: null,
    inputs: null,
    html: "",
    values: "",
    clicked: false,
    kept: false,
    opened: [],
    peers: new Map(),
    kept_focus: null,
  };
  const click = (event) => {
    if (event.composedPath().includes(state.target)) state.clicked = true;
  };
  const kept = (event) => {
    if (event.defaultPrevented) state.kept = true;
  };
  // What the page has set off to happen by itself since a control was tried, in ms from now.
  const due = () => notes.live.longest(1000) + 60;
  const settle = async () => {
    let last = performance.now();
    const observer = new MutationObserver(() => {
      last = performance.now();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const began = performance.now();
    do await new Promise((done) => notes.later(done, 60));
    while ((performance.now() - last < 120 || performance.now() - began < due()) && performance.now() - began < 1200);
    observer.disconnect();
  };
  const texts = () => {
    const found = new Map();
    for (const root of roots()) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.replace(/\s+/g, " ").trim();
        if (text && node.parentElement && !node.parentElement.closest("script, style, noscript")) found.set(node, text);
      }
    }
    return found;
  };
  // Texts that are other than before and can be seen, what is announced first.
  const MOST = 12;
  const written = () => {
    const found = [];
    for (const [node, text] of texts()) {
      const element = node.parentElement;
      if (state.texts.get(node) === text || !element.checkVisibility({ visibilityProperty: true })) continue;
      found.push({ at: ordinal(element), text: text.slice(0, 120), live: live(element) });
    }
    return [...found.filter((each) => each.live), ...found.filter((each) => !each.live)].slice(0, MOST);
  };
  notes.activation = {
    start(at) {
      const target = reach(at);
      if (!target?.isConnected) return null;
      active()?.blur?.();
      Object.assign(state, { target, clicked: false, kept: false, opened: [] });
      target.focus({ focusVisible: true });
      const focused = active();
      Object.assign(state, {
        before: shown(),
        texts: texts(),
        inputs: inputs(),
        pictures: pictures(),
        html: markup(),
        values: fields(),
        href: location.href,
        look: look(target),
        surface: surface(target),
        peers: state_of(target),
        telling: telling(target),
        own: own(target),
        states: states(target),
      });
      addEventListener("click", click, true);
      addEventListener("keydown", kept);
      notes.live.listen();
      return { focused: focused === target, inner: !!focused && focused !== target && target.contains(focused) };
    },
    // As a mouse or a finger does it, with all that comes before the click.
    click() {
      const box = state.target.getBoundingClientRect();
      const at = {
        bubbles: true,
        cancelable: true,
        composed: true,
        view: window,
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
      };
      const mouse = (type) => state.target.dispatchEvent(new MouseEvent(type, { ...at, button: 0, detail: 1 }));
      const pointer = (type) =>
        state.target.dispatchEvent(new PointerEvent(type, { ...at, pointerType: "mouse", isPrimary: true }));
      const touch = (type) => {
        const finger = new Touch({ identifier: 1, target: state.target, clientX: at.clientX, clientY: at.clientY });
        state.target.dispatchEvent(
          new TouchEvent(type, { ...at, touches: type === "touchend" ? [] : [finger], changedTouches: [finger] }),
        );
      };
      pointer("pointerdown");
      touch("touchstart");
      mouse("mousedown");
      pointer("pointerup");
      touch("touchend");
      mouse("mouseup");
      // Parts of a drawing have no click() of their own.
      if (state.target.click) state.target.click();
      else mouse("click");
    },
    async settle() {
      await settle();
      removeEventListener("click", click, true);
      removeEventListener("keydown", kept);
      const now = shown();
      state.during = now;
      const appeared = new Set([...now].filter((element) => !state.before.has(element)));
      // What is only moved out of sight is still read out.
      const away = (element) => !element.isConnected || !element.checkVisibility({ visibilityProperty: true });
      const gone = new Set([...state.before].filter((element) => !now.has(element) && away(element)));
      state.opened = outermost(appeared, appeared);
      const focused = active();
      let changed = written();
      if (changed.some((each) => !each.live) && !changed.some((each) => each.live)) {
        await notes.live.late();
        const told = notes.live.heard().map((each) => ({ at: ordinal(each), text: words(each), live: true }));
        changed = [...told, ...written()].slice(0, MOST);
      }
      const filled = [...inputs()]
        .filter(([each, value]) => state.inputs.get(each) !== value && each !== state.target)
        .map(([each]) => ordinal(each));
      return {
        fields: filled,
        pictures: [...pictures()]
          .filter(([each, [source, alt]]) => {
            const had = state.pictures.get(each);
            return had && had[0] !== source && had[1] === alt && alt.trim();
          })
          .map(([each]) => ordinal(each)),
        clicked: state.clicked,
        kept: state.kept,
        changed:
          markup() !== state.html ||
          fields() !== state.values ||
          location.href.split("#")[0] !== state.href.split("#")[0],
        restyled:
          state.target.isConnected &&
          own(state.target) !== state.own &&
          look(state.target) !== state.look &&
          telling(state.target) === state.telling,
        swapped: swapped(),
        stale: state.target.isConnected && /\w/.test(state.states) && states(state.target) === state.states,
        text: changed,
        appeared: state.opened.slice(0, 8).map((element) => {
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const dialog =
            element.closest("dialog, [role=dialog], [role=alertdialog]") ??
            element.querySelector("dialog, [role=dialog], [role=alertdialog]");
          return {
            at: ordinal(element),
            role: dialog ? (dialog.getAttribute("role") ?? "dialog") : (element.getAttribute("role") ?? ""),
            modal: !!dialog && (dialog.getAttribute("aria-modal") === "true" || dialog.matches(":modal")),
            position: style.position,
            share: Math.round((100 * box.width * box.height) / (innerWidth * innerHeight)) / 100,
            live: live(element),
            text: words(element),
            focusable: element.querySelectorAll("a[href], button, input, select, textarea, [tabindex]").length,
          };
        }),
        gone: outermost(gone, gone).slice(0, 8).map(ordinal),
        focus: focused ? ordinal(focused) : null,
        stayed: focused === state.target,
        lost: !focused || focused === state.target ? lost(state.target) : "",
        inside: !!focused && state.opened.some((element) => element.contains(focused)),
        hash: location.hash,
        follows: location.hash.length > 1 && location.href !== state.href,
      };
    },
    // Where focus was, to go back to it after a look at where keys lead.
    keep() {
      state.kept_focus = active();
    },
    refocus() {
      state.target?.focus?.({ focusVisible: true });
    },
    again() {
      state.kept_focus?.focus?.();
    },
    where() {
      const focused = active();
      return {
        focus: focused ? ordinal(focused) : null,
        inside: !!focused && state.opened.some((element) => element.contains(focused)),
      };
    },
    async after() {
      await settle();
      const now = shown();
      const focused = active();
      return {
        open: state.opened.some((element) => now.has(element)),
        // Something else has come in the place of what was opened: the next of several.
        others: [...now].some(
          (element) => !state.during.has(element) && !state.target.contains(element) && words(element),
        ),
        back: focused === state.target,
        focus: focused ? ordinal(focused) : null,
        looks: look(state.target) === state.look,
        same: markup() === state.html && fields() === state.values,
      };
    },
  };
})();
