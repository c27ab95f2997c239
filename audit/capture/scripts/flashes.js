// Measures how often pictures, films, animations and what scripts draw get lighter and darker, as 2.3.1 counts flashes.
// Gives [{static, kind, flashes, red, seconds, whole}], the elements in the same order under notes.flashing.
// area: square CSS px that must change together; least: width and height from which a moving picture counts;
// seconds: how much of a film or picture is looked at. Of pictures "lasting" says how long they move, null: without end.
async ({ area, least, seconds, rate, kinds }) => {
  const GRID = 24;
  const FIELD = [341, 256];
  const later = window[Symbol.for("stepfree.capture")]?.later ?? setTimeout;
  const within = (promise, most) => Promise.race([promise, new Promise((done) => later(() => done(null), most))]);
  const linear = Array.from({ length: 256 }, (_, each) => {
    const c = each / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const canvas = new OffscreenCanvas(GRID, GRID);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  // The look of a frame: for each cell its relative luminance, its red and the share of red.
  const look = (source) => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, GRID, GRID);
    pen.drawImage(source, 0, 0, GRID, GRID);
    const data = pen.getImageData(0, 0, GRID, GRID).data;
    const cells = [];
    for (let at = 0; at < data.length; at += 4) {
      const [r, g, b] = [linear[data[at]], linear[data[at + 1]], linear[data[at + 2]]];
      cells.push([
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        Math.max(0, r - g - b) * 320,
        r + g + b > 0 && r / (r + g + b) >= 0.8,
      ]);
    }
    return cells;
  };
  // The largest area, in square pixels of the page, that changes within one field of view.
  const largest = (changed, box) => {
    const wide = Math.max(1, Math.min(GRID, Math.round((FIELD[0] * GRID) / box.width)));
    const high = Math.max(1, Math.min(GRID, Math.round((FIELD[1] * GRID) / box.height)));
    const sums = Array.from({ length: GRID + 1 }, () => new Array(GRID + 1).fill(0));
    for (let y = 0; y < GRID; y += 1)
      for (let x = 0; x < GRID; x += 1) {
        sums[y + 1][x + 1] = sums[y][x + 1] + sums[y + 1][x] - sums[y][x] + (changed[y * GRID + x] ? 1 : 0);
      }
    let most = 0;
    for (let y = 0; y + high <= GRID; y += 1)
      for (let x = 0; x + wide <= GRID; x += 1) {
        most = Math.max(most, sums[y + high][x + wide] - sums[y][x + wide] - sums[y + high][x] + sums[y][x]);
      }
    return (most * box.width * box.height) / (GRID * GRID);
  };
  // Pairs of opposing changes within any second. frames: [[seconds, cells]], in order of time.
  const count = (frames, box) => {
    const most = (pick, opposing) => {
      const state = frames[0][1].map((cell) => ({ extreme: pick(cell), way: 0, low: cell }));
      const turns = [];
      let last = 0;
      for (const [time, cells] of frames.slice(1)) {
        const up = [],
          down = [];
        cells.forEach((cell, at) => {
          const one = state[at],
            value = pick(cell);
          if (one.way !== 1 && value > one.extreme && opposing(one.low, cell)) {
            up[at] = true;
            one.way = 1;
          } else if (one.way !== -1 && value < one.extreme && opposing(cell, one.low)) {
            down[at] = true;
            one.way = -1;
          } else if (one.way === 1 ? value <= one.extreme : one.way === -1 ? value >= one.extreme : true) return;
          one.extreme = value;
          one.low = cell;
        });
        for (const [way, changed] of [
          [1, up],
          [-1, down],
        ]) {
          if (way !== last && changed.length && largest(changed, box) >= area) {
            turns.push(time);
            last = way;
            break;
          }
        }
      }
      let found = 0;
      for (let from = 0, to = 0; to < turns.length; to += 1) {
        while (turns[to] - turns[from] > 1.0001) from += 1;
        found = Math.max(found, to - from + 1);
      }
      return Math.floor(found / 2);
    };
    const general = most(
      (cell) => cell[0],
      (dark, light) => light[0] - dark[0] >= 0.1 && dark[0] < 0.8,
    );
    const red = most(
      (cell) => cell[1],
      (less, more) => more[1] - less[1] > 20 && (less[2] || more[2]),
    );
    return { flashes: Math.max(general, red), red: red > general };
  };
  const large = (element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height >= area &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      ? box
      : null;
  };
  const here = (address) => {
    try {
      return new URL(address, location.href).origin === location.origin || /^(?:data|blob):/.test(address);
    } catch {
      return false;
    }
  };

  const picture = async (element, box) => {
    const address = element.currentSrc || element.src;
    if (!address || !here(address) || /^data:image\/(?:svg|jpe?g)|\.(?:jpe?g|svg)(?:[?#]|$)/i.test(address))
      return null;
    const reply = await within(fetch(address, { cache: "force-cache" }), 2000);
    const type = reply?.headers.get("content-type")?.split(";")[0] ?? "";
    if (!reply?.ok || !/^image\/(?:gif|webp|apng|png|avif)$/.test(type)) return null;
    const data = await reply.arrayBuffer();
    const start = String.fromCharCode(...new Uint8Array(data.slice(0, 400)));
    if ((type === "image/png" && !start.includes("acTL")) || (type === "image/webp" && !start.includes("ANIM")))
      return null;
    const decoder = new ImageDecoder({ data, type });
    try {
      await decoder.tracks.ready;
      const frameCount = decoder.tracks.selectedTrack?.frameCount ?? 1;
      if (frameCount < 2) return null;
      const loops = decoder.tracks.selectedTrack.repetitionCount;
      const one = [];
      let time = 0;
      for (let frameIndex = 0; frameIndex < frameCount && time <= seconds; frameIndex += 1) {
        const { image } = await decoder.decode({ frameIndex });
        one.push([time, look(image)]);
        time += (image.duration ?? 1e5) / 1e6;
        image.close();
      }
      const whole = one.length === frameCount;
      // A short animation that runs again and again goes on from its end.
      const frames = [...one];
      for (let round = 1; whole && round <= loops && round * time < 1.5 && time > 0; round += 1)
        frames.push(...one.map(([at, cells]) => [at + round * time, cells]));
      const lasting = loops === Infinity ? null : Math.round(time * (loops + 1) * 10) / 10;
      return { kind: "picture", ...count(frames, box), seconds: Math.round(time * 10) / 10, whole, lasting };
    } finally {
      decoder.close();
    }
  };

  const film = async (element, box) => {
    const address = element.currentSrc;
    if (!address || !here(address) || element.error || !(element.videoWidth > 0)) return null;
    const other = document.createElement("video");
    Object.assign(other, { muted: true, preload: "auto", src: address });
    await within(
      new Promise((done) => {
        other.onloadeddata = done;
        other.onerror = done;
      }),
      3000,
    );
    if (other.readyState < 2 || !Number.isFinite(other.duration)) {
      other.removeAttribute("src");
      other.load();
      return null;
    }
    const end = Math.min(other.duration, seconds);
    const frames = [];
    for (let at = 0; at < end; at += 1 / rate) {
      const sought = new Promise((done) => {
        other.onseeked = () => done(true);
      });
      other.currentTime = at;
      if (!(await within(sought, 2000))) break;
      frames.push([at, look(other)]);
    }
    const whole = other.duration <= seconds;
    other.removeAttribute("src");
    other.load();
    if (frames.length < 2) return null;
    return { kind: "film", ...count(frames, box), seconds: Math.round(end * 10) / 10, whole };
  };

  // An animation of the style sheet or of a script: one colour over the whole box, at known times.
  const colour = (text) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "#000";
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const onto = (over, alpha, under) => over.slice(0, 3).map((each, at) => each * alpha + under[at] * (1 - alpha));
  const behind = (element) => {
    let found = [255, 255, 255];
    for (const above of (function* () {
      const all = [];
      for (let at = element.parentElement; at; at = at.parentElement) all.unshift(at);
      yield* all;
    })()) {
      const style = getComputedStyle(above);
      if (style.backgroundImage !== "none" && !style.backgroundImage.startsWith("linear-gradient")) return null;
      const own = colour(style.backgroundColor);
      found = onto(own, own[3] / 255, found);
    }
    return found;
  };
  const luminous = (rgb) => {
    const [r, g, b] = rgb.map((each) => linear[Math.round(each)]);
    return [
      0.2126 * r + 0.7152 * g + 0.0722 * b,
      Math.max(0, r - g - b) * 320,
      r + g + b > 0 && r / (r + g + b) >= 0.8,
    ];
  };
  const plain = (element) => {
    const own = getComputedStyle(element);
    return own.backgroundImage === "none" && own.filter === "none" && own.mixBlendMode === "normal";
  };
  // What is seen of its own surface now, over what is behind.
  const surface = (element, under) => {
    const style = getComputedStyle(element);
    const back = colour(style.backgroundColor);
    return luminous(onto(back, style.visibility === "visible" ? (back[3] / 255) * Number(style.opacity) : 0, under));
  };
  // The share of the box on which nothing opaque lies.
  const open = (element) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    let free = 0,
      seen = 0;
    for (let x = 0.1; x < 1; x += 0.2)
      for (let y = 0.1; y < 1; y += 0.2) {
        let over = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
        if (!over) continue;
        seen += 1;
        while (
          over &&
          over !== element &&
          element.contains(over) &&
          colour(getComputedStyle(over).backgroundColor)[3] === 0 &&
          !over.matches("img, video, canvas, svg")
        )
          over = over.parentElement;
        if (over === element) free += 1;
      }
    return seen ? free / seen : 0;
  };
  const seenOf = (element, box) => ({ width: box.width, height: box.height * open(element) });
  const animated = (element, whole) => {
    const all = element
      .getAnimations()
      .filter(
        (each) =>
          each.effect &&
          each.timeline === document.timeline &&
          each.effect.target === element &&
          !each.effect.pseudoElement,
      );
    const looks = ["backgroundColor", "background", "opacity", "visibility"];
    if (!all.some((one) => one.effect.getKeyframes().some((frame) => looks.some((name) => name in frame)))) return null;
    if (!all.length || !plain(element)) return null;
    const under = behind(element);
    const longest = Math.max(...all.map((each) => each.effect.getComputedTiming().endTime));
    const box = seenOf(element, whole);
    if (!under || longest < 1000 || box.width * box.height < area) return null;
    const kept = all.map((each) => [each, each.currentTime, each.playState]);
    const frames = [];
    for (const [each] of kept) each.pause();
    for (let time = 0; time <= Math.min(2000, longest); time += 1000 / 60) {
      for (const [each] of kept) each.currentTime = time;
      frames.push([time / 1000, new Array(GRID * GRID).fill(surface(element, under))]);
    }
    for (const [each, time, state] of kept) {
      each.currentTime = time;
      if (state === "running") each.play();
    }
    return { kind: "animation", ...count(frames, box), seconds: 2, whole: true };
  };

  // What a script does, as it happens: canvases and the surfaces of large elements, for two seconds.
  const live = async () => {
    const some = [];
    for (const element of document.body?.querySelectorAll("*") ?? []) {
      const box = some.length < 40 ? large(element) : null;
      if (!box) continue;
      const drawn = element.localName === "canvas";
      const under = drawn ? null : behind(element);
      if (drawn || (under && plain(element) && !element.matches("img, video, iframe, svg, svg *")))
        some.push({ element, box, under, frames: [] });
    }
    const began = performance.now();
    while (some.length && performance.now() - began < 2000) {
      await within(new Promise((done) => (key?.frame ?? requestAnimationFrame)(done)), 100);
      for (const one of some) {
        const cells = one.under ? new Array(GRID * GRID).fill(surface(one.element, one.under)) : look(one.element);
        one.frames.push([(performance.now() - began) / 1000, cells]);
      }
    }
    for (const { element, box, under, frames } of some) {
      const seen = under ? seenOf(element, box) : box;
      if (seen.width * seen.height < area || frames.length < 2) continue;
      const counted = count(frames, seen);
      // Of surfaces only those that do something; a drawing is there to be looked at.
      if (!under || counted.flashes) keep(element, { kind: "script", ...counted, seconds: 2, whole: true });
    }
  };

  const key = window[Symbol.for("stepfree.capture")];
  const ordinals = new Map((key?.statics ?? []).map((element, ordinal) => [element, ordinal]));
  const elements = [],
    told = [];
  const keep = (element, found) => {
    elements.push(element);
    told.push({ static: ordinals.get(element) ?? -1, ...found });
  };
  const moving = (element) => {
    const box = element.getBoundingClientRect();
    return /\.(?:gif|webp|apng|avif)(?:[?#]|$)/i.test(element.currentSrc) &&
      Math.min(box.width, box.height) >= least &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      ? box
      : null;
  };
  const each = async (some, measure, chosen = large) => {
    let tried = 0;
    for (const element of some) {
      const box = tried < 8 ? chosen(element) : null;
      if (!box) continue;
      tried += 1;
      const found = await Promise.resolve(box)
        .then((at) => measure(element, at))
        .catch(() => null);
      if (found) keep(element, found);
    }
  };
  // Small moving pictures do not flash, but draw the eye: whether they end is told of them too.
  if (kinds.includes("picture")) await each(document.images, picture, (element) => large(element) ?? moving(element));
  if (kinds.includes("film")) await each(document.querySelectorAll("video"), film);
  if (kinds.includes("animation"))
    await each(
      new Set(
        document
          .getAnimations()
          .map((one) => one.effect?.target)
          .filter((one) => one?.isConnected),
      ),
      animated,
    );
  if (kinds.includes("script")) await live().catch(() => null);
  if (key) key.flashing = elements;
  return told;
};
