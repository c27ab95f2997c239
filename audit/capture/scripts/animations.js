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
  return [elements, told];
})();
