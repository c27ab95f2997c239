// Brings the page to rest. Gives {settled, seconds, why}.
async (limit, scroll, became) => {
  const began = performance.now();
  const SOON = 500;
  const notes = window[Symbol.for("stepfree.capture")];
  const busy = () => {
    const { frameCalls, timers } = notes.ask();
    return frameCalls > 0 || timers.some(([, delay]) => delay < 100);
  };
  const left = () => limit - (performance.now() - began);
  const within = (promise, most) =>
    // Also when time is up: two looks without a frame between them would be equal on every page.
    Promise.race([promise, new Promise((done) => setTimeout(done, Math.min(most, Math.max(100, left()))))]);
  // Only with a frame do scripts hear that the window or the colours are others; on a busy machine one takes its time.
  const frame = () => within(new Promise((done) => requestAnimationFrame(() => done())), 2000);
  const documents = [document];
  for (const element of document.querySelectorAll("iframe, frame, object")) {
    try {
      if (element.contentDocument?.documentElement) documents.push(element.contentDocument);
    } catch {
      /* another origin */
    }
  }
  for (const each of documents) if (each.fonts && each.fonts.status !== "loaded") await within(each.fonts.ready, 2000);
  // What a script does a moment after the page was opened belongs to the page.
  if (scroll) {
    const soon = notes.latest.filter(([delay]) => delay <= SOON).map(([delay, set]) => set + delay);
    const due = Math.max(0, ...soon) - performance.now();
    if (due > 0) await new Promise((done) => setTimeout(done, Math.min(due, SOON) + 20));
  }
  if (scroll && document.scrollingElement) {
    const page = document.scrollingElement;
    const x = page.scrollLeft,
      y = page.scrollTop;
    const height = Math.min(page.scrollHeight, 40 * innerHeight);
    if (height > innerHeight) {
      const behaviour = { behavior: "instant" };
      for (let at = innerHeight; at < height; at += innerHeight) {
        window.scrollTo({ top: at, left: x, ...behaviour });
        if (document.querySelector("img[loading=lazy], iframe[loading=lazy]") || document.scripts.length) await frame();
      }
      window.scrollTo({ top: y, left: x, ...behaviour });
      await frame();
    }
  }
  const images = documents.flatMap((each) => [...each.images]).filter((image) => image.currentSrc || image.src);
  await within(Promise.all(images.map((image) => image.decode().catch(() => null))), 2000);
  // Gives how many had not ended. With the end of one its heirs may begin one of their own.
  const finish = () => {
    let running = 0;
    for (const each of documents)
      for (const animation of each.getAnimations?.() ?? []) {
        try {
          const timing = animation.effect?.getComputedTiming();
          if (!timing || timing.endTime === Infinity) continue;
          if (animation.playState === "running") running += 1;
          animation.finish();
        } catch {
          /* a scroll timeline has no end */
        }
      }
    return running;
  };
  const sample = () => {
    const parts = [];
    for (const each of documents) {
      const all = each.getElementsByTagName("*");
      const step = Math.max(1, Math.floor(all.length / 400));
      parts.push(all.length, each.documentElement?.scrollHeight ?? 0);
      for (let at = 0; at < all.length; at += step) {
        const element = all[at];
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        parts.push(box.x, box.y, box.width, box.height, style.color, style.backgroundColor, style.opacity);
      }
    }
    return parts.join(",");
  };
  // A page without running animations, timers or changes of its elements for a whole frame is at rest. Others are measured.
  let touched = 0;
  const watching = documents.map((each) => {
    const observer = new MutationObserver((records) => {
      touched += records.length;
    });
    observer.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
    return observer;
  });
  // The window has become another. Scripts that listen to a media query hear of it one frame after style sheets do.
  if (became && (notes.queries.length || documents.length > 1)) await frame();
  await frame();
  finish();
  // The rest of the frame: layout, and what scripts do when sizes change.
  await new Promise((done) => setTimeout(done, 0));
  const ran = documents.some((each) => (each.getAnimations?.() ?? []).length);
  const quick = !scroll && documents.length === 1 && !ran && !busy() && !touched && document.fonts.status === "loaded";
  for (const observer of watching) observer.disconnect();
  if (quick) return { settled: true };
  let before = sample();
  let equal = false;
  do {
    finish();
    await frame();
    await frame();
    const running = finish();
    // A script with timers is given time to show that it goes on.
    if (busy()) await within(new Promise((done) => setTimeout(done, 50)), 50);
    const now = sample();
    equal = now === before && !running;
    before = now;
    if (!equal) await within(new Promise((done) => setTimeout(done, 100)), 100);
  } while (!equal && left() > 0);
  return { settled: equal };
};
