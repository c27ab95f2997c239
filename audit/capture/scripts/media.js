// The audio and video elements: what plays, with what sound and what tracks. Waits at most two seconds for their data.
(async () => {
  const notes = window[Symbol.for("stepfree.capture")];
  const { later } = notes;
  const within = (promise, most) => Promise.race([promise, new Promise((done) => later(done, most))]);
  const all = notes.media();
  const text = async (address) => {
    try {
      const reply = await within(fetch(address), 1500);
      return reply?.ok ? (await reply.text()).slice(0, 20000) : null;
    } catch {
      return null;
    }
  };
  // A sound track may hold silence only; what cannot be decoded is taken as it is declared.
  // Gives for each second whether something is heard in it; null: it could not be decoded.
  const heardIn = async (address) => {
    try {
      const reply = await within(fetch(address), 1500);
      if (!reply?.ok || Number(reply.headers.get("content-length") ?? 0) > 8e6) return null;
      const heard = await within(
        new OfflineAudioContext(1, 8000, 8000).decodeAudioData(await reply.arrayBuffer()),
        3000,
      );
      if (!heard) return null;
      const seconds = new Array(Math.ceil(heard.duration)).fill(0);
      let silent = true;
      for (let channel = 0; channel < heard.numberOfChannels; channel++) {
        const samples = heard.getChannelData(channel);
        for (let at = 0; at < samples.length; at++) {
          const loud = Math.abs(samples[at]);
          if (loud > 0.001) silent = false;
          if (loud > 0.02) seconds[Math.floor(at / heard.sampleRate)] += 1;
        }
      }
      // A click or two is no sound.
      return { silent, seconds: seconds.map((each) => each > heard.sampleRate / 20) };
    } catch {
      return null;
    }
  };
  const sound = async (element) => {
    const heard = await declared(element);
    const decoded = heard && element.currentSrc ? await heardIn(element.currentSrc) : null;
    return [decoded?.silent ? false : heard, decoded && !decoded.silent ? decoded.seconds.map(Number).join("") : ""];
  };
  const declared = async (element) => {
    if (element.error || element.readyState < 1) return null;
    if (element.localName === "audio") return true;
    if (element.webkitAudioDecodedByteCount > 0) return true;
    try {
      const stream = element.captureStream();
      if (element.readyState < 2)
        await within(new Promise((done) => element.addEventListener("loadeddata", done, { once: true })), 1000);
      return stream.getAudioTracks().length > 0;
    } catch {
      return null;
    }
  };
  const one = async (element) => {
    if (
      element.readyState < 1 &&
      !element.error &&
      (element.currentSrc || element.src || element.querySelector("source"))
    ) {
      const wasPreload = element.preload;
      if (element.preload === "none") element.preload = "metadata";
      await within(
        new Promise((done) => {
          element.addEventListener("loadedmetadata", done, { once: true });
          element.addEventListener("error", done, { once: true });
          element.querySelector("source:last-of-type")?.addEventListener("error", done, { once: true });
        }),
        2000,
      );
      if (wasPreload === "none") element.preload = wasPreload;
    }
    const tracks = [];
    for (const track of element.querySelectorAll("track")) {
      const words = track.src ? await text(track.src) : null;
      tracks.push({
        kind: track.kind,
        label: track.label,
        srclang: track.srclang,
        src: track.src,
        loaded: words === null ? "no" : "yes",
        text: words ?? "",
        default: track.default ? "yes" : "no",
      });
    }
    const [audio, heard] = await sound(element);
    const sources = [
      element.getAttribute("src") ? element.src : null,
      ...[...element.querySelectorAll("source")].map((each) => each.src),
    ];
    return {
      tag: element.localName,
      sources: sources.filter(Boolean),
      tracks,
      duration: Number.isFinite(element.duration) ? Math.round(element.duration * 1000) / 1000 : null,
      audio,
      heard,
      video: element.localName === "video" && element.readyState >= 1 ? element.videoWidth > 0 : null,
      autoplay: element.autoplay,
      muted: element.muted || element.volume === 0,
      loop: element.loop,
      controls: element.controls,
      playing: !element.paused && !element.ended,
      failed: !!element.error || element.networkState === 3,
    };
  };
  const told = await Promise.all(all.map(one));
  return told;
})();
