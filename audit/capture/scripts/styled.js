// Adds a style sheet to every tree of the page, or takes it away again (null).
(css) => {
  const key = Symbol.for("stepfree.styled");
  for (const [tree, sheet] of window[key] ?? []) {
    tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((each) => each !== sheet);
  }
  window[key] = [];
  if (css === null) return;
  const add = (tree, view) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
    window[key].push([tree, sheet]);
    for (const element of tree.querySelectorAll("*")) {
      if (element.shadowRoot) add(element.shadowRoot, view);
      try {
        if (element.localName === "iframe" && element.contentDocument)
          add(element.contentDocument, element.contentWindow);
      } catch {
        /* another origin */
      }
    }
  };
  Object.defineProperty(window, key, { enumerable: false });
  add(document, window);
};
