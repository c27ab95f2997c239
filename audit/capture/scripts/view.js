// Whether the page looks otherwise than each time this was asked before: which elements are seen, and in which colours.
// Sizes and places, which follow the width of the window, do not count; colours only where they are the page's own.
(coloured) => {
  const notes = window[Symbol.for("stepfree.capture")];
  const parts = [];
  const colours = [];
  const ACTS = "a[href], button, input, select, textarea, summary, [tabindex], [role]";
  const walk = (tree) => {
    for (const element of tree.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!seen) parts.push(style.display === "contents" ? "c" : "-");
      else {
        parts.push("+", getComputedStyle(element, "::before").content, getComputedStyle(element, "::after").content);
        colours.push(style.color, style.backgroundColor, style.backgroundImage, style.opacity);
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
  notes.looks ??= new Set();
  const shape = parts.join("|");
  const looks = [shape, [shape, ...colours].join("|")];
  const fresh = !notes.looks.has(looks[coloured ? 1 : 0]);
  for (const look of looks) notes.looks.add(look);
  return fresh;
};
