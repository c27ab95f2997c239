// The addresses of the frames that axe-core cannot enter: those it could not be put into.
(() => {
  const unreached = [];
  const enter = (tree) => {
    for (const element of tree.querySelectorAll("*")) {
      if (element.shadowRoot) enter(element.shadowRoot);
      if (element.localName !== "iframe" && element.localName !== "frame") continue;
      let entered = false;
      try {
        entered = typeof element.contentWindow.axe?.run === "function";
      } catch {
        /* another origin */
      }
      if (entered) enter(element.contentDocument);
      else unreached.push(element.getAttribute("src") ?? "(no address)");
    }
  };
  enter(document);
  return unreached;
})();
