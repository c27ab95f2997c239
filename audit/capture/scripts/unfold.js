// Opens what readers may unfold (<details>), so that its content is looked at as well. A menu that
// would lie over the page stays closed: it hides what is under it, and keys open it later.
(() => {
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
})();
