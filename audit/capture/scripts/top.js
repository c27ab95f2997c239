// Takes focus off everything and scrolls to the top.
(() => {
  document.activeElement?.blur?.();
  window.scrollTo({ top: 0, left: 0, behavior: "instant" });
})();
