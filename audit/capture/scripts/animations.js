// The animations that run while the page is at rest: what changes, how long. Gives [elements, told].
(() => {
  const PLACES = ["transform", "translate", "left", "right", "top", "bottom", "marginLeft", "marginRight"];
  // By so much a place must differ to be another one: in px, %, and anything that is as large as a letter.
  const FAR = { px: 8, "%": 5 };
  const lengths = (value) => [...String(value ?? "").matchAll(/(-?[\d.]+)(px|%|[a-z]+)/g)];
  const apart = (one, other) =>
    Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [one[at], other[at]]).some(
      ([a, b]) =>
        Math.abs((a?.[1] ?? 0) - (b?.[1] ?? 0)) >= (FAR[(a ?? b)[2]] ?? 1) && !/deg|rad|turn/.test((a ?? b)[2]),
    );
  // Whether its steps put what it holds out of sight, or in another place.
  const leads = (frames) => {
    const values = (name) => frames.map((frame) => frame[name]).filter((value) => value !== undefined);
    const shades = values("opacity").map(Number);
    if (shades.length && Math.max(...shades) - Math.min(...shades) >= 0.5) return true;
    if (new Set(values("visibility")).size > 1) return true;
    return PLACES.some((name) => {
      const [first, ...others] = values(name).map(lengths);
      return others.some((other) => apart(first, other));
    });
  };
  const elements = [],
    told = [];
  for (const animation of document.getAnimations()) {
    const effect = animation.effect;
    if (!effect?.target || animation.timeline !== document.timeline || animation.playState === "paused") continue;
    const timing = effect.getComputedTiming();
    const frames = effect.getKeyframes();
    const names = new Set(frames.flatMap((frame) => Object.keys(frame)));
    for (const name of ["offset", "easing", "composite", "computedOffset"]) names.delete(name);
    elements.push(effect.target);
    told.push({
      properties: [...names].sort(),
      seconds: timing.endTime === Infinity ? null : timing.endTime / 1000,
      cycle: Number(timing.duration) / 1000,
      leads: leads(frames),
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
        leads: false,
      });
    } catch {
      continue;
    }
  }
  return [elements, told];
})();
