// The first elements of a selector, also of one that is none.
(selector) => {
  try {
    return [...document.querySelectorAll(selector)].slice(0, 20);
  } catch {
    return [];
  }
};
