// The preview's panel: what the open page holds and what is to be fixed on it. Only the preview serves this.
(() => {
  "use strict";
  // Runs while the page is parsed, before any deferred script: the elements are those of the file, in its order.
  const elements = [...document.querySelectorAll("*")];
  const told = JSON.parse(document.currentScript.dataset.preview);
  const STORE = "stepfree-preview";

  const kept = (() => {
    try {
      return JSON.parse(sessionStorage.getItem(STORE)) || {};
    } catch {
      return {};
    }
  })();
  const keep = (changes) => {
    Object.assign(kept, changes);
    try {
      sessionStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      /* The page works without a memory. */
    }
  };

  // Making elements

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  // What stands between backquotes is to be typed.
  const prose = (words) =>
    words
      .split(/(`[^`]+`)/)
      .filter(Boolean)
      .map((part) => (/^`[^`]+`$/.test(part) ? make("code", {}, part.slice(1, -1)) : part));
  const count = (number, one, many) => (number === 1 ? `1 ${one}` : `${number} ${many}`);

  const host = document.createElement("stepfree-preview");
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const status = make("div", { role: "status" });
  const progress = make("p", { hidden: true });
  const note = make("p", { class: "note", hidden: true });
  const toggle = make(
    "button",
    {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": "body",
      id: "toggle",
      onclick: () => open(toggle.getAttribute("aria-expanded") === "false"),
    },
    "About this page",
  );
  const because = told.because ? make("p", { class: "draft" }, `Not published: ${told.because}.`) : null;
  const lists = make("div", { class: "lists" });
  const body = make(
    "div",
    { id: "body", hidden: true },
    make("h2", {}, "About this page"),
    told.source ? make("p", {}, "Its file: ", make("code", {}, told.source)) : null,
    told.reading ? make("p", {}, told.reading) : null,
    progress,
    note,
    lists,
  );
  const panel = make(
    "aside",
    { "aria-label": "Preview" },
    make("div", { class: "bar" }, toggle, because, status),
    body,
  );
  root.append(make("link", { rel: "stylesheet", href: `${told.base}panel.css` }), panel);

  const open = (wanted) => {
    toggle.setAttribute("aria-expanded", String(wanted));
    body.hidden = !wanted;
    keep({ open: wanted });
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !body.hidden) {
      open(false);
      toggle.focus();
    }
  });

  const section = (key, title, number, ...children) => {
    const details = make(
      "details",
      { id: key },
      make("summary", {}, make("h3", {}, `${title}: ${number}`)),
      ...children,
    );
    details.open = (kept.sections || {})[key] ?? key === "findings";
    details.addEventListener("toggle", () => keep({ sections: { ...kept.sections, [key]: details.open } }));
    return details;
  };

  // Going to an element of the page

  let marked = null;
  const rendered = (element) => element && element.getClientRects().length > 0;
  const place = (ordinal, selector) => {
    let element = Number.isInteger(ordinal) ? elements[ordinal] : null;
    if (!element?.isConnected && selector && !selector.includes(">>>")) {
      try {
        element = document.querySelector(selector);
      } catch {
        element = null;
      }
    }
    return element?.isConnected && document.body.contains(element) && element !== document.body ? element : null;
  };
  const go = (element) => {
    for (let outer = element.closest("details"); outer; outer = outer.parentElement?.closest("details"))
      outer.open = true;
    let seen = element;
    while (seen && !rendered(seen)) seen = seen.parentElement;
    if (!seen) return;
    if (marked) marked.element.style.cssText = marked.style;
    marked = { element: seen, style: seen.style.cssText };
    seen.style.outline = "4px solid #c4501e";
    seen.style.outlineOffset = "3px";
    seen.style.boxShadow = "0 0 0 3px #fff";
    seen.scrollIntoView({ block: "center" });
    if (!seen.matches("a[href], button, input, select, textarea, summary, [tabindex]")) {
      seen.tabIndex = -1;
      seen.addEventListener("blur", () => seen.removeAttribute("tabindex"), { once: true });
    }
    seen.focus({ preventScroll: true });
  };
  const jump = (key, words, element) =>
    element
      ? make("button", { type: "button", class: "jump", "data-key": key, onclick: () => go(element) }, words)
      : make("span", {}, words);

  // What the page holds

  const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (element) => {
    const others = (element.getAttribute("aria-labelledby") || "")
      .split(/\s+/)
      .filter(Boolean)
      .map((id) => document.getElementById(id))
      .filter(Boolean)
      .map(text)
      .join(" ");
    return others || element.getAttribute("aria-label")?.trim() || "";
  };
  const all = (selector) =>
    [...document.querySelectorAll(selector)].filter((each) => !host.contains(each) && visible(each));

  const outline = () => {
    const found = all("h1, h2, h3, h4, h5, h6, [role=heading]");
    const level = (each) => Number(each.getAttribute("aria-level")) || Number(each.tagName[1]) || 2;
    const items = found.map((each, at) =>
      make(
        "li",
        { class: `level-${Math.min(level(each), 6)}` },
        `Level ${level(each)}: `,
        jump(`heading-${at}`, named(each) || text(each) || "(no text)", each),
      ),
    );
    return section("headings", "Headings", found.length, make("ol", {}, ...items));
  };
  const pictures = () => {
    const found = all("img, svg, [role=img]").filter((each) => !each.parentElement.closest("svg, [role=img]"));
    const words = (each) => {
      if (each.closest("[aria-hidden=true]")) return "Decorative: read to nobody";
      const alternative =
        named(each) || each.getAttribute("alt") || text(each.querySelector(":scope > title") || make("i"));
      if (alternative) return alternative;
      return each.hasAttribute("alt") || ["none", "presentation"].includes(each.getAttribute("role"))
        ? "Decorative: read to nobody"
        : "No alternative";
    };
    const items = found.map((each, at) => make("li", {}, jump(`picture-${at}`, words(each), each)));
    return section("pictures", "Pictures and their alternatives", found.length, make("ol", {}, ...items));
  };
  const links = () => {
    const found = all("main a[href]").length ? all("main a[href]") : all("a[href]");
    const words = (each) => named(each) || text(each) || each.querySelector("img")?.alt || "(no text)";
    const items = found.map((each, at) =>
      make(
        "li",
        {},
        jump(`link-${at}`, words(each), each),
        make("span", { class: "where" }, each.getAttribute("href")),
      ),
    );
    return section("links", "Links of the main part", found.length, make("ol", {}, ...items));
  };
  const marks = () => {
    if (!told.marks.length) return null;
    const items = told.marks.map((mark, at) => {
      const places = mark.ordinals.map((ordinal) => place(ordinal)).filter(Boolean);
      for (const each of places) {
        if (each.parentElement.closest("[data-preview-only]")) continue;
        each.dataset.previewOnly = mark.because;
        each.style.outline = "2px dashed currentColor";
        each.style.outlineOffset = "2px";
      }
      return make("li", {}, jump(`mark-${at}`, mark.source, places[0] || null), ` Not published: ${mark.because}.`);
    });
    return section("marks", "Shown in the preview only", told.marks.length, make("ul", {}, ...items));
  };

  // Findings

  const finding = (each, at) => {
    const element = place(each.ordinal, each.selector);
    const facts = [
      each.known ? "known from before" : "",
      each.blocks ? "keeps the site from being published" : "",
      each.theme ? "in the theme, not in your text" : "",
      each.when ? `seen at ${each.when}` : "",
    ]
      .filter(Boolean)
      .join("; ");
    const title = element ? jump(`finding-${each.rule}-${each.where}-${at}`, each.title, element) : each.title;
    return make(
      "li",
      {},
      make("h5", {}, title),
      each.where ? make("p", {}, make("code", {}, each.where)) : null,
      make("p", {}, ...prose(each.message)),
      make("p", {}, make("strong", {}, "What to do: "), ...prose(each.fix)),
      make("p", { class: "why" }, each.why),
      each.more
        ? make(
            "p",
            {},
            make(
              "a",
              { href: each.more, "data-key": `more-${each.rule}-${each.where}-${at}` },
              `More about “${each.title}”`,
            ),
          )
        : null,
      facts ? make("p", { class: "why" }, `${facts[0].toUpperCase()}${facts.slice(1)}.`) : null,
    );
  };
  const group = (title, found) =>
    found.length ? [make("h4", {}, title), make("ol", { class: "findings" }, ...found.map(finding))] : [];
  const summary = (facts, questions, stage) => {
    const counted =
      facts + questions === 0
        ? "Nothing found"
        : [
            facts ? count(facts, "thing to fix", "things to fix") : "",
            questions ? count(questions, "question", "questions") : "",
          ]
            .filter(Boolean)
            .join(", ");
    return stage === "text only" ? `${counted} in the text` : counted;
  };
  const show = (news) => {
    const held = root.activeElement?.dataset.key;
    const facts = news.findings.filter((each) => !each.asks);
    const questions = news.findings.filter((each) => each.asks);
    const list = section(
      "findings",
      "Findings",
      news.findings.length,
      ...(news.findings.length ? [make("p", {}, "Select a title to see its place on the page.")] : []),
      ...group("To fix", facts),
      ...group("Questions for you", questions),
    );
    const old = root.getElementById("findings");
    if (old) old.replaceWith(list);
    else lists.prepend(list);
    progress.textContent = news.stage === "looking" ? "The page is being looked at …" : "";
    progress.hidden = news.stage !== "looking";
    note.textContent = news.note;
    note.hidden = !news.note;
    const words = `${summary(facts.length, questions.length, news.stage)}.`;
    // Said when the look is over, and only when it is something else than what stands there.
    if (news.stage !== "looking" && status.textContent !== words) status.textContent = words;
    if (held) [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === held)?.focus();
    host.dataset.stage = news.stage;
    host.dataset.generation = news.generation;
  };

  // Coming back after a change: the same place, the same focus

  const path = (element) => {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const steps = [];
    for (let at = element; at.parentElement && at !== document.body; at = at.parentElement) {
      steps.unshift(`${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return `body > ${steps.join(" > ")}`;
  };
  const leave = () => {
    // A page that says what is wrong stands in for the real one, whose place is still kept.
    if (!told.trouble) {
      const active = document.activeElement;
      const own = root.activeElement;
      keep({
        back: {
          address: location.pathname,
          x: scrollX,
          y: scrollY,
          panel: body.scrollTop,
          own: own ? own.dataset.key || own.id || own.parentElement.id : "",
          focus: !own && active && active !== document.body ? path(active) : "",
        },
      });
    }
    location.reload();
  };
  const comeBack = () => {
    const { back } = kept;
    if (!back || told.trouble) return;
    keep({ back: null });
    if (back.address !== location.pathname) return;
    scrollTo(back.x, back.y);
    body.scrollTop = back.panel;
    const wanted = back.own
      ? [...root.querySelectorAll("button, summary")].find((each) =>
          [each.dataset.key, each.id, each.parentElement.id].includes(back.own),
        )
      : back.focus
        ? document.querySelector(back.focus)
        : null;
    wanted?.focus({ preventScroll: true });
    if (!told.findings) status.textContent = "The page is renewed.";
  };

  // News from the preview. Only pages that are looked at hold a connection: a browser has few for one host.

  let source = null;
  const listen = () => {
    if (document.hidden || source) return;
    const query = new URLSearchParams({ page: told.asked, seen: told.generation });
    source = new EventSource(`${told.base}events?${query}`);
    source.addEventListener("renewed", leave);
    source.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  };
  const hush = () => {
    source?.close();
    source = null;
  };

  const begin = () => {
    document.body.append(host);
    lists.append(...[outline(), pictures(), links(), marks()].filter(Boolean));
    open(Boolean(kept.open) || location.hash === "#preview-panel");
    if (told.trouble) host.dataset.stage = "trouble";
    if (told.findings) show({ findings: [], stage: "looking", note: "", generation: told.generation });
    // Nothing of the page may end up beneath the panel, nor may focus.
    new ResizeObserver(() => {
      host.style.blockSize = `${panel.offsetHeight}px`;
      document.documentElement.style.scrollPaddingBlockEnd = `${panel.offsetHeight + 16}px`;
    }).observe(panel);
    comeBack();
    addEventListener("load", () => setTimeout(listen), { once: true });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
