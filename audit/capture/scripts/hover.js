// What appears when the pointer rests on something: helpers under notes.hover.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const seen = () => new Set([...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true })));
  notes.hover = {
    before: null, appeared: [],
    start() { notes.hover.before = seen(); },
    // Outermost elements that are visible now and were not before.
    look(target) {
      const now = seen();
      const fresh = [...now].filter((element) => !notes.hover.before.has(element));
      const all = new Set(fresh);
      notes.hover.appeared = fresh.filter((element) => !all.has(element.parentElement));
      return notes.hover.appeared.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const covers = [...notes.hover.before].some((other) => !other.contains(element) && !element.contains(other) && other !== target &&
          !target.contains(other) && other.matches("p, a, h1, h2, h3, h4, li, td, th, dt, dd, label, button, input, select, textarea, img") && (() => {
            const own = other.getBoundingClientRect();
            return own.x < x + width - 2 && own.right > x + 2 && own.y < y + height - 2 && own.bottom > y + 2;
          })());
        return { covers, box: [x, y, width, height], text: (element.innerText ?? "").replace(/\s+/g, " ").trim().slice(0, 200), inside: target.contains(element) };
      });
    },
    still() { return notes.hover.appeared.some((element) => element.isConnected && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })); },
  };
})()
