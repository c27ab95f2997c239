// Where the element of a selector is on the page, in CSS px; null: nowhere.
(selector) => {
  const found = document.querySelector(selector);
  if (!found) return null;
  const box = found.getBoundingClientRect();
  return [box.x + scrollX, box.y + scrollY, box.width, box.height];
};
