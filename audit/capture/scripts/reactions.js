// Helpers for what fields and controls set off when they take or lose focus, are changed or pressed. Leaves {focus, leave, change, press} under notes.reactions.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const PAUSE = 80,
    MOST = 12;
  let told = null;
  // Nothing is let happen: it is only told what would have.
  notes.ask("hold");
  navigation.addEventListener("navigate", (event) => {
    if (!told || event.hashChange || event.destination.sameDocument) return;
    told.left.push(event.destination.url);
    if (event.cancelable) event.preventDefault();
  });
  const active = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? null : at;
  };
  // What the page is about, as its first heading of the highest level that can be seen says it.
  const headed = () => {
    const seen = [...document.querySelectorAll("h1, h2, h3, [role=heading]")].filter((each) =>
      each.checkVisibility({ visibilityProperty: true }),
    );
    const first = seen.find((each) => each.localName === "h1") ?? seen[0];
    return (first?.textContent ?? "").replace(/\s+/g, " ").trim();
  };
  const words = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  // Another heading without a word of the first one, while what was tried is gone: the content is another one.
  const turned = (target, before) => {
    if (target.isConnected && target.checkVisibility({ visibilityProperty: true })) return "";
    const now = headed();
    const had = words(before);
    return before && now && ![...words(now)].some((word) => had.has(word)) ? now.slice(0, 80) : "";
  };
  const begin = () => {
    told = { left: [], held: true, moved: false };
    notes.ask("begin");
  };
  const end = () => {
    const given = { windows: [], dialogs: [], ...told, ...notes.ask("end").told };
    told = null;
    return given;
  };
  // What follows when focus goes is held back as well, and told by the trial of that alone.
  const release = () => {
    begin();
    active()?.blur?.();
    end();
  };
  const focus = async (target) => {
    release();
    const before = headed();
    begin();
    target.focus({ focusVisible: true });
    await notes.wait(PAUSE);
    told.held = active() === target || target.contains(active());
    told.moved = !told.held && active() !== null;
    told.turned = turned(target, before);
    const given = end();
    release();
    return given;
  };
  const leave = async (target) => {
    release();
    target.focus({ focusVisible: true });
    await notes.wait(PAUSE / 2);
    const before = headed();
    begin();
    target.blur();
    await notes.wait(PAUSE);
    told.turned = turned(target, before);
    return end();
  };
  const fill = (field) => {
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set;
    const most = field.maxLength > 0 && field.maxLength <= 20 ? field.maxLength : 3;
    const value =
      {
        number: "3",
        range: field.max || "3",
        date: "2030-01-15",
        time: "10:30",
        month: "2030-01",
        week: "2030-W03",
        "datetime-local": "2030-01-15T10:30",
        color: "#336699",
        email: "a@example.org",
        url: "https://example.org/",
      }[field.type] ?? "3".repeat(most);
    setter.call(field, value);
    for (const type of ["input", "keyup", "change"])
      field.dispatchEvent(
        type === "keyup" ? new KeyboardEvent(type, { key: "3", bubbles: true }) : new Event(type, { bubbles: true }),
      );
  };
  const ordinals = new Map(notes.statics.map((element, ordinal) => [element, ordinal]));
  const live = notes.live.is;
  const texts = () => {
    const found = new Map();
    const walker = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.replace(/\s+/g, " ").trim();
      if (text && !node.parentElement?.closest("script, style, noscript")) found.set(node, text);
    }
    return found;
  };
  // Short texts that are other than before and can be seen; where many are, the content itself is another one.
  // What only repeats the value of the field is heard with the field.
  const written = (before, field) => {
    const values = [field.value, ...[...(field.selectedOptions ?? [])].map((each) => each.text.trim())];
    const found = [];
    for (const [node, text] of texts()) {
      const element = node.parentElement;
      if (values.some((each) => each && text.includes(each))) continue;
      if (before.get(node) === text || text.length > 120 || !element?.checkVisibility({ visibilityProperty: true }))
        continue;
      found.push({ at: ordinals.get(element) ?? -1, text, live: live(element) });
    }
    const said = found.filter((each) => each.live),
      silent = found.filter((each) => !each.live);
    return [...said, ...(found.length <= MOST ? silent : silent.filter((each) => each.at >= 0))].slice(0, MOST);
  };
  const change = async (target) => {
    if (target.disabled || target.readOnly) return null;
    target.focus();
    const before = texts();
    const heading = headed();
    notes.live.listen();
    begin();
    if (target.localName === "select") {
      const other = [...target.options].findIndex(
        (each, at) => at !== target.selectedIndex && !each.disabled && each.value !== "",
      );
      if (other < 0) {
        end();
        return null;
      }
      target.selectedIndex = other;
      for (const type of ["input", "change"]) target.dispatchEvent(new Event(type, { bubbles: true }));
    } else if (target.type === "checkbox" || target.type === "radio") target.click();
    else fill(target);
    await notes.wait(PAUSE);
    // What waits until typing has stopped.
    await notes.wait(notes.live.longest(1000));
    told.written = written(before, target);
    if (told.written.length && !told.written.some((each) => each.live)) {
      await notes.live.late();
      const said = notes.live.heard();
      told.written = [
        ...said.map((each) => ({
          at: ordinals.get(each) ?? -1,
          text: each.textContent.trim().slice(0, 120),
          live: true,
        })),
        ...written(before, target),
      ].slice(0, MOST);
    }
    told.held = active() === target;
    told.moved = !told.held && active() !== null;
    told.turned = turned(target, heading);
    return end();
  };
  notes.reactions = {
    focus: async (all) => {
      const found = [];
      for (const at of all) found.push(notes.statics[at]?.isConnected ? await focus(notes.statics[at]) : null);
      return found;
    },
    leave: async (all) => {
      const found = [];
      for (const at of all) found.push(notes.statics[at]?.isConnected ? await leave(notes.statics[at]) : null);
      return found;
    },
    change: async (all) => {
      const found = [];
      for (const at of all) found.push(notes.statics[at]?.isConnected ? await change(notes.statics[at]) : null);
      return found;
    },
    before: null,
    // Where to press: the middle of its first box, when it is what lies there.
    press(at) {
      const target = notes.statics[at];
      if (!target?.isConnected) return null;
      target.scrollIntoView({ block: "center", behavior: "instant" });
      const box = target.getClientRects()[0];
      if (!box || !box.width || !box.height) return null;
      const x = box.x + box.width / 2,
        y = box.y + box.height / 2;
      const there = document.elementFromPoint(x, y);
      if (!there || !(target.contains(there) || there.contains(target))) return null;
      notes.reactions.before = notes.trace();
      begin();
      return notes.reactions.before === null ? null : [x, y];
    },
    async pressed() {
      await notes.wait(PAUSE);
      notes.reactions.during = notes.trace() !== notes.reactions.before;
    },
    async released() {
      await notes.wait(PAUSE);
      const given = end();
      return { ...given, during: notes.reactions.during, stays: notes.trace() !== notes.reactions.before };
    },
  };
})();
