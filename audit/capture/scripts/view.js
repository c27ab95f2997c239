// Whether the page looks otherwise than each time this was asked before: which elements are seen, and in which colours.
// Sizes and places, which follow the width of the window, do not count.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const parts = [];
  const ACTS = "a[href], button, input, select, textarea, summary, [tabindex], [role]";
  const walk = (tree) => {
    for (const element of tree.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!seen) parts.push(style.display === "contents" ? "c" : "-");
      else {
        parts.push(
          style.color,
          style.backgroundColor,
          style.backgroundImage,
          style.opacity,
          getComputedStyle(element, "::before").content,
          getComputedStyle(element, "::after").content,
        );
        if (element.matches(ACTS)) {
          const box = element.getBoundingClientRect();
          parts.push(box.width < 24 || box.height < 24);
        }
      }
      if (element.shadowRoot) walk(element.shadowRoot);
      try {
        if (element.contentDocument?.documentElement) walk(element.contentDocument);
      } catch {
        /* another origin */
      }
    }
  };
  walk(document);
  const look = parts.join("|");
  notes.looks ??= new Set();
  if (notes.looks.has(look)) return false;
  notes.looks.add(look);
  return true;
})();
