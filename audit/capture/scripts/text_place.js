// Where the words of the element that this function is called on are in the window now, in CSS px, and how faded.
(function () {
  let x = 0,
    y = 0;
  for (let view = this.ownerDocument.defaultView; view?.frameElement; view = view.parent) {
    const outer = view.frameElement.getBoundingClientRect();
    x += outer.x + view.frameElement.clientLeft;
    y += outer.y + view.frameElement.clientTop;
  }
  const range = this.ownerDocument.createRange();
  const boxes = [];
  for (const node of this.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) boxes.push([box.x + x, box.y + y, box.width, box.height]);
  }
  let alpha = this.checkVisibility({ visibilityProperty: true }) ? 1 : 0;
  for (let at = this; at; at = at.parentElement ?? at.getRootNode().host) alpha *= Number(getComputedStyle(at).opacity);
  // The letters of a drawing may be see-through by themselves.
  if (this.namespaceURI === "http://www.w3.org/2000/svg") alpha *= Number(getComputedStyle(this).fillOpacity);
  return { boxes, alpha };
});
