// What appears when the pointer rests on something, or something takes focus: helpers under notes.hover.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const seen = () =>
    new Set(
      [...document.querySelectorAll("body *")].filter((element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      ),
    );
  notes.hover = {
    before: null,
    appeared: [],
    start() {
      notes.hover.before = seen();
      notes.ask("listen");
    },
    // What the keyboard made appear a moment ago may be about to go.
    async quiet() {
      const due = notes.latest
        .filter(([delay]) => delay >= 500 && delay <= 2000)
        .map(([delay, at]) => at + delay + 100);
      const left = Math.max(0, ...due) - performance.now();
      if (left > 0) await notes.wait(left);
    },
    // In how many ms at most what appeared may go by itself: by the timers that were set since; 0 where none was.
    ending() {
      const delays = notes.latest.map(([delay]) => delay).filter((delay) => delay >= 500 && delay <= 5000);
      return Math.max(0, ...delays);
    },
    // Outermost elements that are visible now and were not before.
    look(target) {
      const now = seen();
      const fresh = [...now].filter((element) => !notes.hover.before.has(element));
      const all = new Set(fresh);
      notes.hover.appeared = fresh.filter((element) => !all.has(element.parentElement));
      return notes.hover.appeared.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const covers = [...notes.hover.before].some(
          (other) =>
            !other.contains(element) &&
            !element.contains(other) &&
            other !== target &&
            !target.contains(other) &&
            other.matches("p, a, h1, h2, h3, h4, li, td, th, dt, dd, label, button, input, select, textarea, img") &&
            (() => {
              const own = other.getBoundingClientRect();
              return own.x < x + width - 2 && own.right > x + 2 && own.y < y + height - 2 && own.bottom > y + 2;
            })(),
        );
        return {
          covers,
          box: [x, y, width, height],
          text: (element.innerText ?? "").replace(/\s+/g, " ").trim().slice(0, 200),
        };
      });
    },
    // Where to rest: the middle of its first box, when the element is what lies there.
    place(element) {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getClientRects()[0];
      if (!box || !box.width || !box.height) return null;
      const x = box.x + Math.min(box.width / 2, 40),
        y = box.y + box.height / 2;
      const there = document.elementFromPoint(x, y);
      return there && (element.contains(there) || there.contains(element)) ? [x, y] : null;
    },
    // Gives focus to the element, or to the first thing in it that takes it.
    focus(element) {
      for (const each of [
        element,
        ...element.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
      ]) {
        each.focus?.();
        if (document.activeElement === each) return true;
      }
      return false;
    },
    blur() {
      document.activeElement?.blur?.();
    },
    // Of what appeared: how many things to press are in it, how many of them Tab stops on, whether focus is there, how it is now.
    count() {
      const parts = notes.hover.appeared
        .flatMap((each) => [each, ...each.querySelectorAll("*")])
        .filter((each) => each.checkVisibility({ visibilityProperty: true }));
      const acting = parts.filter((each) =>
        each.matches(
          "a[href], button, input, select, textarea, [role=button], [role=link], [role=option], [role=menuitem], [onclick]",
        ),
      );
      return [acting.length, acting.filter((each) => each.tabIndex >= 0 && !each.matches(":disabled")).length];
    },
    inside() {
      const at = document.activeElement;
      return !!at && at !== document.body && notes.hover.appeared.some((each) => each.contains(at));
    },
    state() {
      const at = document.activeElement;
      return [
        at?.getAttribute("aria-activedescendant"),
        at?.value,
        ...notes.hover.appeared.map((each) => each.outerHTML),
      ].join();
    },
    still() {
      return notes.hover.appeared.some(
        (element) =>
          element.isConnected && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      );
    },
  };
})();
