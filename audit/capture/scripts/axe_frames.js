// The body of a function: puts axe-core, whose ``source`` it is given, into the frames of this origin. Gives the addresses of those it cannot enter.
const unreached = [];
const enter = (tree) => {
  for (const element of tree.querySelectorAll("*")) {
    if (element.shadowRoot) enter(element.shadowRoot);
    if (element.localName !== "iframe" && element.localName !== "frame") continue;
    try {
      if (!element.contentWindow.axe) element.contentWindow.eval(source);
      enter(element.contentDocument);
    } catch { unreached.push(element.getAttribute("src") ?? "(no address)"); }
  }
};
enter(document);
return unreached;
