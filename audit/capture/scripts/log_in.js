// What a form to log in is filled in with: whether a thing is there, after the focus went to it or it was pressed.
(selector, act) => {
  const it = document.querySelector(selector);
  if (act === "focus") {
    it.focus();
    it.select?.();
  } else if (act === "press") {
    it.click();
  }
  return it !== null;
};
