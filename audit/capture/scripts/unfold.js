// Makes the page ready to be looked at, and gives its content type. ``renumber`` numbers the elements of the file ``html``.
(renumber, html) => {
  const of = (name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(document);
  const kind = of("contentType");
  // Elements whose names hide what the document or a form is asked by ("children", "querySelectorAll") would mislead every
  // script, axe-core too: such a name is taken from pictures, forms and frames, and such a field is none of its form's.
  const all = Document.prototype.querySelectorAll;
  const { get: inner } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentDocument");
  // What a form may well be asked for by its page, and no script of ours asks.
  const FREE = new Set([
    "id",
    "slot",
    "part",
    "prefix",
    "role",
    "before",
    "after",
    "append",
    "prepend",
    "remove",
    "animate",
    "scroll",
  ]);
  const uncover = (tree) => {
    for (const field of all.call(tree, "button, fieldset, input, object, output, select, textarea")) {
      const names = [field.name, field.id].filter((name) => name && name in Element.prototype && !FREE.has(name));
      if (names.length) field.setAttribute("form", "");
    }
    for (const element of all.call(tree, "img[name], form[name], iframe[name], embed[name], object[name]")) {
      const name = element.getAttribute("name");
      if (name in Document.prototype || name in HTMLFormElement.prototype) element.removeAttribute("name");
    }
    for (const frame of all.call(tree, "iframe")) {
      try {
        if (inner.call(frame)?.defaultView) uncover(inner.call(frame));
      } catch {
        /* another origin */
      }
    }
  };
  uncover(document);
  if (kind === "text/html") renumber(html);
  // Opens what readers may unfold (<details>), so that its content is looked at as well. A menu that would lie over the
  // page stays closed: it hides what is under it, and keys open it later.
  for (const box of document.querySelectorAll("details:not([open])")) {
    const group = box.getAttribute("name");
    // Of a group only one can be open at a time; each may be.
    if (group !== null) box.removeAttribute("name");
    box.open = true;
    const over = [...box.children].some(
      (each) => each.localName !== "summary" && ["absolute", "fixed"].includes(getComputedStyle(each).position),
    );
    if (!over) continue;
    box.open = false;
    if (group !== null) box.setAttribute("name", group);
  }
  // XML of any kind is a page when its first element is one of HTML. With a prefix no tool knows the elements again.
  const root = of("documentElement");
  if (!/\bxml$/.test(kind) || !(root instanceof HTMLHtmlElement)) return kind;
  return root.prefix === null ? "application/xhtml+xml" : `XHTML whose elements have prefixes (${root.nodeName})`;
};
