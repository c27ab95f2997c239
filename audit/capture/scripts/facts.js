// What only the page itself can tell of its elements, in the order of the flattened tree
// (a frame's document after all others). Gives {documents: [{tags, statics, …}]}.
(() => {
  const notes = (view) => {
    try {
      return view[Symbol.for("stepfree.capture")];
    } catch {
      return null;
    }
  };
  const flat = (root) => {
    const found = [];
    const walk = (element) => {
      found.push(element);
      let children = element.children;
      if (element.shadowRoot) children = element.shadowRoot.children;
      else if (element.localName === "slot" && element.getRootNode() instanceof ShadowRoot) {
        const assigned = element.assignedElements();
        if (element.assignedNodes().length) children = assigned;
      }
      for (const child of children) walk(child);
    };
    walk(root);
    return found;
  };
  const CANDIDATES =
    "a[href], area[href], button, input, select, textarea, summary, iframe, object, embed, " +
    "audio[controls], video[controls], [tabindex], [contenteditable]";
  const describe = (view, path) => {
    const documentOf = view.document;
    if (!documentOf.documentElement) return [];
    const elements = flat(documentOf.documentElement);
    const ordinals = new Map((notes(view)?.statics ?? []).map((element, ordinal) => [element, ordinal]));
    const entry = {
      path,
      url: documentOf.URL,
      status: view.performance?.getEntriesByType?.("navigation")[0]?.responseStatus ?? 0,
      tags: elements.map((element) => element.localName).join(" "),
      statics: ordinals.size ? elements.map((element) => ordinals.get(element) ?? -1) : null,
      focus: {},
      values: {},
      images: {},
      texts: {},
      doctype: documentOf.doctype
        ? [documentOf.doctype.name, documentOf.doctype.publicId, documentOf.doctype.systemId]
        : null,
      mode: documentOf.compatMode,
      count: ordinals.size,
      active: elements.indexOf(documentOf.activeElement),
    };
    const inner = [];
    elements.forEach((element, index) => {
      if (element.matches(CANDIDATES)) {
        let visible = element.checkVisibility({ visibilityProperty: true });
        if (element.localName === "area") {
          const name = element.closest("map")?.getAttribute("name");
          visible = !!name && !!element.getRootNode().querySelector(`img[usemap="#${CSS.escape(name)}"]`);
        }
        const able = visible && !element.matches(":disabled") && !element.closest("[inert]");
        const can = element.tabIndex >= 0 || element.hasAttribute("tabindex") || element.isContentEditable;
        if (able && can)
          entry.focus[index] =
            element.tabIndex >= 0 || (element.isContentEditable && !element.hasAttribute("tabindex")) ? 2 : 1;
      }
      if (element.willValidate !== undefined && "validity" in element) {
        entry.values[index] = {
          value:
            element.localName === "button" || element.type === "password"
              ? ""
              : String(element.value ?? "").slice(0, 500),
          type: element.type ?? "",
          checked: !!element.checked,
        };
        if (element.placeholder && element.matches(":placeholder-shown")) {
          const style = getComputedStyle(element, "::placeholder");
          entry.values[index].placeholder = [element.placeholder, style.color, style.opacity, style.fontSize];
        }
      }
      if (element.localName === "img" || (element.localName === "input" && element.type === "image")) {
        entry.images[index] = {
          width: element.naturalWidth ?? 0,
          height: element.naturalHeight ?? 0,
          loaded: element.complete !== false && (element.naturalWidth ?? 1) > 0,
          source: element.currentSrc || element.src || "",
        };
      }
      if (element.localName === "iframe" || element.localName === "frame" || element.localName === "object") {
        let reached = false;
        try {
          const child = element.contentDocument;
          if (child?.defaultView && child.documentElement && !child.URL.startsWith("chrome-error:")) {
            inner.push([child.defaultView, `${path}/${index}`]);
            reached = true;
          }
        } catch {
          /* another origin */
        }
        entry.texts[index] = reached;
      }
    });
    return [entry, ...inner.flatMap(([child, at]) => describe(child, at))];
  };
  return describe(window, "");
})();
