// Sounds that a script has started without putting a player into the page. Waits at most 1.5 seconds for their data.
(async () => {
  const notes = window[Symbol.for("stepfree.capture")];
  const found = [...(notes.sounds ?? [])].filter((each) => !each.isConnected);
  const pending = () => found.some((each) => each.readyState < 1 && !each.error);
  for (let waited = 0; waited < 1500 && pending(); waited += 50) await notes.wait(50);
  return found.map((each) => ({
    source: each.currentSrc.split("/").pop().slice(0, 200),
    loop: each.loop,
    muted: each.muted || each.volume === 0,
    seconds: Number.isFinite(each.duration) ? Math.round(each.duration * 1000) / 1000 : null,
    failed: !!each.error,
  }));
})();
