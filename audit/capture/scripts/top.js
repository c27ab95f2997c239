// Takes focus off everything and scrolls to the top.
(() => {
  const { scrollX, scrollY } = window;
  document.activeElement?.blur?.();
  window.scrollTo({ top: 0, left: 0, behavior: "instant" });
  return window[Symbol.for("stepfree.capture")].followed(scrollX, scrollY);
})();
