// The animations that run while the page is at rest: what changes, how long. Gives [elements, told].
(() => {
  const elements = [],
    told = [];
  for (const animation of document.getAnimations()) {
    const effect = animation.effect;
    if (!effect?.target || animation.timeline !== document.timeline) continue;
    const timing = effect.getComputedTiming();
    const names = new Set(effect.getKeyframes().flatMap((frame) => Object.keys(frame)));
    for (const name of ["offset", "easing", "composite", "computedOffset"]) names.delete(name);
    elements.push(effect.target);
    told.push({
      properties: [...names].sort(),
      seconds: timing.endTime === Infinity ? null : timing.endTime / 1000,
      cycle: Number(timing.duration) / 1000,
    });
  }
  // Drawings move by elements of their own; of these only what has no end is told.
  for (const moving of document.querySelectorAll("animate, animateTransform, animateMotion")) {
    if (![moving.getAttribute("repeatCount"), moving.getAttribute("repeatDur")].includes("indefinite")) continue;
    try {
      // Both fail where it has not begun, or stands still.
      moving.getStartTime();
      const cycle = moving.getSimpleDuration();
      if (!moving.targetElement) continue;
      elements.push(moving.targetElement);
      told.push({
        properties: [moving.localName === "animate" ? moving.getAttribute("attributeName") : "transform"],
        seconds: null,
        cycle,
      });
    } catch {
      continue;
    }
  }
  return [elements, told];
})();
