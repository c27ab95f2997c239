// What the style sheets say that computed style does not show: conditions and states.
(() => {
  const found = {
    media: new Set(),
    orientation: [],
    focus: [],
    hover: [],
    unreadable: [],
    containers: 0,
    touch: false,
  };
  const state = (list, selector, rule, pseudo) => {
    if (selector.includes(pseudo) && list.length < 200)
      list.push([selector.slice(0, 300), rule.style.cssText.slice(0, 500)]);
  };
  // A rule within another one, as it would be written by itself.
  const whole = (rule, outer) => {
    if (!outer) return rule.selectorText;
    const around = outer.includes(",") ? `:is(${outer})` : outer;
    return rule.selectorText.includes("&")
      ? rule.selectorText.replaceAll("&", around)
      : `${around} ${rule.selectorText}`;
  };
  // Whether media queries ask what the page is pointed at with. What is only so while it is pointed at does not count.
  const asksPointer = (query) => /\b(?:hover|pointer)\s*(?::|\))/.test(query);
  const lasts = (rule, outer) => {
    const selector = rule.selectorText ?? "";
    if (/:(?:hover|active|focus)/.test(outer + selector)) return false;
    return rule.cssRules?.length ? [...rule.cssRules].some((each) => lasts(each, outer + selector)) : true;
  };
  const written = [];
  const COUNTS = /^\s*<(?:img|iframe)\b[^>]*(?:display\s*:\s*none|\bwidth=["']?[01]\b)[^>]*>(?:\s*<\/iframe>)?\s*$/i;
  const walk = (rules, orientation, outer = "") => {
    for (const rule of rules) {
      let inside = orientation,
        within = outer;
      if (rule instanceof CSSMediaRule) {
        found.media.add(rule.conditionText);
        found.touch ||= asksPointer(rule.conditionText) && lasts(rule, outer);
        if (/orientation/.test(rule.conditionText)) inside = rule.conditionText;
      }
      if (rule instanceof CSSContainerRule) found.containers += 1;
      if (rule instanceof CSSStyleRule) {
        within = whole(rule, outer);
        state(found.focus, within, rule, ":focus");
        state(found.hover, within, rule, ":hover");
        if (orientation && found.orientation.length < 50) {
          found.orientation.push([orientation, within.slice(0, 300), rule.style.cssText.slice(0, 500)]);
        }
      }
      if (rule instanceof CSSImportRule) {
        if (rule.media.mediaText) found.media.add(rule.media.mediaText);
        found.touch ||= asksPointer(rule.media.mediaText);
        try {
          if (rule.styleSheet) walk(rule.styleSheet.cssRules, inside);
        } catch {
          found.unreadable.push(rule.href);
        }
      } else if (rule.cssRules?.length && !(rule instanceof CSSKeyframesRule)) walk(rule.cssRules, inside, within);
    }
  };
  const sheets = (tree) => {
    for (const sheet of [...(tree.styleSheets ?? []), ...(tree.adoptedStyleSheets ?? [])]) {
      if (sheet.disabled || /^\s*print\s*$/.test(sheet.media.mediaText)) continue;
      if (sheet.media.mediaText) found.media.add(sheet.media.mediaText);
      found.touch ||= asksPointer(sheet.media.mediaText);
      try {
        for (const rule of sheet.cssRules) written.push(rule.cssText);
        walk(sheet.cssRules, /orientation/.test(sheet.media.mediaText) ? sheet.media.mediaText : "");
      } catch {
        found.unreadable.push(sheet.href ?? "");
      }
    }
    for (const element of tree.querySelectorAll("*")) {
      if (element.shadowRoot) sheets(element.shadowRoot);
      if (element.localName === "source" && element.media) found.media.add(element.media);
      try {
        if (element.localName === "iframe" && element.contentDocument) sheets(element.contentDocument);
      } catch {
        /* another origin */
      }
    }
  };
  sheets(document);
  const notes = window[Symbol.for("stepfree.capture")].ask();
  const schemes = [
    document,
    ...[...document.querySelectorAll("iframe")].map((each) => {
      try {
        return each.contentDocument;
      } catch {
        return null;
      }
    }),
  ]
    .filter((each) => each?.documentElement)
    .some(
      (each) =>
        getComputedStyle(each.documentElement).colorScheme !== "normal" ||
        each.querySelector("meta[name=color-scheme]"),
    );
  return {
    media: [...found.media].sort(),
    touch: found.touch || notes.touched,
    orientation: found.orientation,
    focus: found.focus,
    hover: found.hover,
    unreadable: found.unreadable,
    containers: found.containers,
    measures: notes.measures,
    sized: notes.sized,
    dense: notes.dense,
    scheme: schemes,
    timers: notes.timers,
    limits: notes.limits,
    queries: [...new Set(notes.queries)].sort(),
    frameCalls: notes.frameCalls,
    senders: notes.senders,
    scripts:
      document.scripts.length +
      document.querySelectorAll(
        "[onload],[onclick],[onmousedown],[onmouseup],[onpointerdown],[onpointerup],[ontouchstart],[ontouchend],[ondblclick],[onfocus],[onblur],[onkeydown],[onkeypress],[onmouseover],[onchange],[oninput],[onsubmit]",
      ).length,
    moving: document.getAnimations().length,
    svgPictures: document.querySelectorAll("img[src*='.svg'], img[src^='data:image/svg']").length,
    marquees: document.querySelectorAll("marquee, blink, animate, animateTransform, animateMotion, set").length,
    autoplay: document.querySelectorAll("video[autoplay], audio[autoplay]").length,
    // But for pictures that only count visitors.
    noscript:
      [...document.querySelectorAll("body noscript")].filter(
        (each) => each.textContent.trim() && !COUNTS.test(each.textContent),
      ).length + [...found.media].filter((query) => /\bscripting\b/.test(query)).length,
    // All that draws the page and acts in it, to tell whether another page has just the same.
    written: [
      ...written,
      ...[...document.scripts]
        .filter((each) => /^(module|(text|application)\/(java|ecma)script)?$/i.test(each.type))
        .map((each) => each.src || each.textContent),
    ],
  };
})();
