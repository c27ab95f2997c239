// Scrolls to this many CSS px from the top; gives where the window stands then.
(to) => {
  scrollTo({ top: to, left: 0, behavior: "instant" });
  return scrollY;
};
