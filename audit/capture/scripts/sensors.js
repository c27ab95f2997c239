// Tilts, turns and shakes the device. Leaves the elements that changed in notes.moved and gives their number.
(async () => {
  const notes = window[Symbol.for("stepfree.capture")];
  const moved = new Set();
  const observer = new MutationObserver((records) => {
    for (const record of records) moved.add(record.target.nodeType === 1 ? record.target : record.target.parentElement);
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const fields = () =>
    [...document.querySelectorAll("input, select, textarea")].map((each) => [each, `${each.value}|${each.checked}`]);
  const before = new Map(fields());
  const place = [scrollX, scrollY];
  for (let step = 1; step <= 6; step += 1) {
    const sign = step % 2 ? 1 : -1;
    const turn = { alpha: 40 * step, beta: sign * 12 * step, gamma: sign * 12 * step, absolute: false };
    const push = { x: sign * 4 * step, y: sign * 5 * step, z: sign * 6 * step };
    const rate = { alpha: sign * 60 * step, beta: sign * 60 * step, gamma: sign * 60 * step };
    for (const [type, make] of [
      ["deviceorientation", window.DeviceOrientationEvent],
      ["deviceorientationabsolute", window.DeviceOrientationEvent],
    ]) {
      dispatchEvent(make ? new make(type, turn) : Object.assign(new Event(type), turn));
    }
    const motion = { acceleration: push, accelerationIncludingGravity: push, rotationRate: rate, interval: 16 };
    dispatchEvent(
      window.DeviceMotionEvent
        ? new DeviceMotionEvent("devicemotion", motion)
        : Object.assign(new Event("devicemotion"), motion),
    );
    await new Promise((done) => notes.later(done, 40));
  }
  await new Promise((done) => notes.later(done, 120));
  observer.disconnect();
  for (const [field, value] of fields()) if (before.get(field) !== value) moved.add(field);
  if (scrollX !== place[0] || scrollY !== place[1]) moved.add(document.documentElement);
  notes.moved = [...moved].filter((each) => each?.isConnected && !each.closest("head")).slice(0, 20);
  return notes.moved.length;
})();
