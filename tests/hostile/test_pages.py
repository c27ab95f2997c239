"""Pages that trap, hide, break and pretend: each is looked at like any other, or says what keeps it from that.

One folder, audited once: a picture without an alternative lies on every page, and is found wherever the page was read.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from audit.model.finding import PageState
from audit.model.report import Report
from tests.hostile.sites import Reply, page, run, web

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PICTURE = '<img src="/dot.svg">'
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
REPLACED = """
Array.prototype.map = Array.prototype.filter = () => []; Array.prototype.forEach = () => {}; Array.from = () => [];
JSON.stringify = () => "[]"; JSON.parse = () => []; Date = function () { return {} }; performance.now = () => 0;
window.Map = window.Set = window.WeakMap = window.Promise = function () {};
Symbol.for = () => "x"; Function.prototype.call = Function.prototype.apply = () => 0;
String.prototype.slice = String.prototype.match = () => { throw new Error("trap") };
Object.prototype.toJSON = () => 1; Object.prototype.foo = 1;
"""
NODES = """
document.querySelector = document.querySelectorAll = document.getElementById = null; document.createElement = () => null;
Element.prototype.getAttribute = () => "x"; Element.prototype.hasAttribute = () => true;
Element.prototype.getBoundingClientRect = () => ({}); window.getComputedStyle = () => ({});
Object.defineProperty(document, "body", { get() { throw new Error("trap") } });
Object.defineProperty(Element.prototype, "children", { get() { return [] } });
Object.defineProperty(Node.prototype, "childNodes", { get() { return [] } });
MutationObserver = ResizeObserver = IntersectionObserver = null;
window.setTimeout = window.requestAnimationFrame = () => 0; document.addEventListener = window.addEventListener = () => {};
"""
AXE = """
Object.defineProperty(window, "axe", { configurable: false, writable: false, value: Object.freeze({
  run: async () => ({ violations: [], passes: [], incomplete: [], inapplicable: [] }), version: "4.10.2", getRules: () => [],
  configure() {}, reset() {}, setup() {}, utils: {} }) });
"""


@dataclass(frozen=True)
class Case:
    """A page and what becomes of it. ``says``: in the reason why it was not looked at; ``None``: it was."""

    content: str | bytes
    says: str | None = None
    #: What the report calls the view in which the picture is seen; empty: it is there for everybody.
    view: str = ""
    file: str = ""


def script(text: str, body: str = PICTURE) -> str:
    return page("A page", f"<p>Some words.</p>{body}<script>{text}</script>")


def body(text: str) -> str:
    return page("A page", f"<p>Some words.</p>{text}")


def own(name: str) -> str:
    """A picture that is like no other: what is alike on several pages is one finding."""
    return f'<img id="{name}" src="/dot.svg">'


def once(condition: str, name: str) -> str:
    """A page that decides when it is opened, and never again."""
    return script(f"if ({condition}) document.querySelector('main').insertAdjacentHTML('beforeend', `{own(name)}`)", "")


CASES = {
    "replaced": Case(script(REPLACED)),
    "nodes": Case(script(NODES)),
    "axe": Case(script(AXE)),
    "fields": Case(
        body(
            PICTURE
            + "<form>"
            + "".join(
                f'<label>{name} <input name="{name}"></label>'
                for name in (
                    "children",
                    "childNodes",
                    "attributes",
                    "parentNode",
                    "nodeName",
                    "tagName",
                    "getAttribute",
                )
            )
            + "</form>"
        )
    ),
    "names": Case(
        body(
            f'{PICTURE}<form name="querySelectorAll"></form><form name="readyState"></form><img name="body" alt="" src="/dot.svg">'
            '<form name="documentElement"><label>A <input name="getAttribute"></label></form><form name="forms"></form>'
        )
    ),
    "alerts": Case(script("setInterval(() => alert('x'), 100)")),
    "asks": Case(script("onbeforeunload = (event) => { event.preventDefault(); return 'x' }; print(); confirm('x')")),
    "stops": Case(script("window.close(); history.pushState(0, '', '/elsewhere/')")),
    "halts": Case(
        page("A page", PICTURE).replace("<body>", "<body><script>window.stop()</script>"), "stops while it loads"
    ),
    "away": Case(page("Down for maintenance", PICTURE), "the site is away"),
    "fails": Case(script("for (let i = 0; i < 5000; i++) setTimeout(() => { throw new Error(`No. ${i}`) })")),
    "behind": Case(
        script("ask.showModal()", f"{PICTURE}<dialog id=ask>Read our newsletter?</dialog>"), "opens with a dialog"
    ),
    "grows": Case(
        script(
            "addEventListener('scroll', () => document.body.append(document.createElement('p'), 'more'));"
            "document.body.style.minHeight = '4000px'"
        )
    ),
    "policy": Case(
        page("A page", f"<p>Words.</p>{PICTURE}").replace(
            "<title>",
            "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'; style-src 'none'\"><title>",
        )
    ),
    "form-feed": Case(body('<img src="/dot.svg" class="a\x0cb" data-x="\x0c">')),
    "latin": Case(
        '<!doctype html><html lang="fr"><head><meta charset="iso-8859-1"><title>Été</title></head><body><main><h1>Été</h1><img src="/dot.svg"></main></body></html>'.encode(
            "latin-1"
        )
    ),
    "invalid": Case(page("A page", f"<p>Words \xff.</p>{PICTURE}").encode("latin-1")),
    "half": Case(page("A page", f"<p>Words</p>{PICTURE}<script>document.title = '\\ud800'</script>")),
    "quirks": Case(body(PICTURE).replace("<!doctype html>", "")),
    "xhtml": Case(
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>X</title></head><body><main><h1>X</h1><img src="/dot.svg"/></main></body></html>',
        file="xhtml.xhtml",
    ),
    "xml": Case(
        '<?xml version="1.0"?><!-- A page --><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>X</title></head><body><main><h1>X</h1><img src="/dot.svg"/></main></body></html>',
        file="data.xml",
    ),
    "prefix": Case(
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml" lang="en"><h:head><h:title>X</h:title></h:head><h:body><h:p>X</h:p></h:body></h:html>',
        "is XHTML whose elements have prefixes (h:html)",
        file="prefix.xml",
    ),
    # Who is driven, or has no screen, is shown something else.
    "driven": Case(
        once(
            "!navigator.webdriver && !/headless/i.test(navigator.userAgent + JSON.stringify(navigator.userAgentData))"
            " && !Object.getOwnPropertyNames(window).some((name) => /cdc_|selenium|driver/i.test(name))"
            " && screen.width >= innerWidth && screen.height >= innerHeight",
            "driven",
        )
    ),
    "worker": Case(
        script(
            "const text = 'postMessage(navigator.userAgent)'; const blob = new Blob([text], { type: 'text/javascript' });"
            "new Worker(URL.createObjectURL(blob)).onmessage = (event) => { if (!/headless/i.test(event.data))"
            f" document.querySelector('main').insertAdjacentHTML('beforeend', `{own('worker')}`) }}",
            "",
        )
    ),
    "screen": Case(once("screen.width < 500", "screen"), view="opened at 320px"),
    "blanks": Case(body(PICTURE), file="na me%20ü.html"),
    "empty": Case("", "shows nothing"),
    "inner": Case(
        body(
            f'<iframe title="A frame" srcdoc="<!doctype html><html lang=en><title>t</title><p>Words</p>{PICTURE.replace(chr(34), "")}"></iframe>'
        )
    ),
    "dead": Case(body(PICTURE + '<iframe title="A frame" src="/gone.html"></iframe>')),
    "trusted": Case(
        page("A page", f"<p>Some words.</p>{PICTURE}<script>document.querySelector('p').append('!')</script>").replace(
            "<title>",
            "<meta http-equiv=Content-Security-Policy content=\"require-trusted-types-for 'script'; trusted-types 'none'\">"
            "<title>",
        )
    ),
    "unchanged": Case(
        once(
            "[setTimeout, matchMedia, RTCPeerConnection, requestAnimationFrame, HTMLElement.prototype.focus]"
            ".every((each) => String(each).includes('[native code]'))",
            "unchanged",
        )
    ),
    "itself": Case(body(PICTURE + '<iframe title="A frame" src="/itself.html"></iframe>')),
    "rewritten": Case(
        script(
            "onload = () => setTimeout(() => { document.open(); document.write(`<!doctype html><html lang=en><title>t</title><main><h1>New</h1><img src=/dot.svg></main>`); document.close() }, 100)",
            "",
        )
    ),
    # Written anew for a base elsewhere; opened on a timer; in trees and pictures of their own.
    "base": Case(
        script(
            "onload = () => setTimeout(() => { document.open(); document.write(`<!doctype html><html lang=en><base"
            " href='http://elsewhere.example.org/'><title>t</title><main><h1>New</h1><img src=/dot.svg></main>`);"
            " document.close() }, 100)",
            "",
        )
    ),
    "popover": Case(
        script(
            "setTimeout(() => document.querySelector('[popover]').showPopover(), 300)",
            f"<div popover><p>News.</p>{own('popover')}</div>",
        )
    ),
    "template": Case(
        body(f'<div><template shadowrootmode="closed"><slot></slot>{own("inside")}</template><p>Words.</p></div>')
    ),
    "foreign": Case(
        body(
            '<svg width="300" height="9000">'
            + "".join(
                f'<foreignObject y="{15 * row}" width="300" height="15"><p xmlns="http://www.w3.org/1999/xhtml">Row</p></foreignObject>'
                for row in range(300)
            )
            + f'<foreignObject y="9" width="60" height="60">{own("foreign")}</foreignObject></svg>'
        )
    ),
    "skipped": Case(
        page(
            "A page",
            "".join(f"<section><h2>Part {part}</h2><p>Text.</p></section>" for part in range(100)) + own("skipped"),
        ).replace("<title>", "<style>section { content-visibility: auto }</style><title>")
    ),
    "imports": Case(
        page("A page", f"<p>Words.</p>{PICTURE}").replace("<title>", '<link rel="stylesheet" href="/loop.css"><title>')
    ),
    "transitions": Case(
        script("setInterval(() => document.startViewTransition?.(() => { document.title = Date.now() }), 300)")
    ),
    "refreshing": Case(
        body(PICTURE + '<iframe title="A frame" srcdoc="<meta http-equiv=refresh content=1><p>Words"></iframe>')
    ),
    "speculates": Case(
        body(
            PICTURE
            + '<script type="speculationrules">{"prerender": [{"urls": ["/index.html", "http://elsewhere.example.org/"]}]}</script>'
        )
    ),
    "endless-worker": Case(
        script("new Worker(URL.createObjectURL(new Blob(['for (;;) {}'], { type: 'text/javascript' })))")
    ),
    "equal-ids": Case(body(PICTURE + '<p id="same">Words.</p>' * 4_000)),
    "long-title": Case(page("Title " * 100_000, f"<p>Words.</p>{PICTURE}")),
    "escapes": Case(page("\x1b[2J\x1b]0;mine\x07\u202eFine", f"<p>Words.</p>{PICTURE}")),
    "takes-away": Case(script("onload = () => document.documentElement.remove()"), "takes away all that is on it"),
    # Seen by some only, or later.
    "narrow": Case(once("innerWidth < 500", "narrow"), view="opened at 320px"),
    "dark": Case(once("matchMedia('(prefers-color-scheme: dark)').matches", "dark"), view="opened in dark colours"),
    "noscript": Case(body(f"<noscript>{own('noscript')}</noscript>"), view="without scripts"),
}


def test_each_is_looked_at_or_says_why(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "dot.svg").write_text(DOT)
    (site / "loop.css").write_text("@import '/loop.css'; p { color: #333 }")
    (site / "index.html").write_text(page("Home"))
    for name, case in CASES.items():
        content = case.content.encode() if isinstance(case.content, str) else case.content
        (site / (case.file or f"{name}.html")).write_bytes(content)
    report = run(site, tmp_path, only=("image-alt", "page-without-title"), workers=2)
    wrong = {name: problem for name, case in CASES.items() if (problem := _problem(name, case, report))}
    assert wrong == {}
    told = [note for note in report.notes if note.startswith("/fails.html: Script error")]
    assert len(told) == 6
    assert told[-1].endswith("Script errors besides these: 4,995")
    # No reason speaks in the words of a program.
    said = " ".join(each.reason or "" for each in report.pages)
    assert not any(word in said for word in ("TypeError", "Traceback", "undefined", "127.0.0.1"))


def _problem(name: str, case: Case, report: Report) -> str:
    address = "/" + quote(case.file or f"{name}.html")
    entry = next(each for each in report.pages if each.address == address)
    if case.says is not None:
        told = entry.state is PageState.NOT_AUDITED and case.says in (entry.reason or "")
        return "" if told else f"{entry.state}: {entry.reason}"
    if entry.state is not PageState.AUDITED:
        return f"{entry.state}: {entry.reason}"
    found = [each for each in report.findings if each.rule == "image-alt" and address in (each.page, *each.pages)]
    seen = {condition for each in found for condition in each.conditions}
    if not found or (case.view and case.view not in seen):
        return f"the picture was not found, but {[(each.rule, each.conditions) for each in found]}; {entry.reason}"
    return ""


def test_the_last_of_many_stops_is_looked_at_and_stops_without_end_are_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    many = "".join(f'<li><a href="#end">Subject {number}</a></li>' for number in range(500))
    last = '<a id="end" href="#end" style="outline: none">The last one</a>'
    grows = "document.addEventListener('focusin', ({ target }) => target.after(target.cloneNode(true)))"
    (site / "index.html").write_text(page("Many", f"<ul>{many}</ul><p>{last}</p>"))
    (site / "grows.html").write_text(page("One more", f"<p><a href='#main'>One more</a></p><script>{grows}</script>"))
    report = run(site, tmp_path, only=("invisible-focus",), workers=2)
    assert {each.page for each in report.findings if each.rule == "invisible-focus"} == {"/"}
    assert [(each.where, "never ends for the Tab key" in each.sentence) for each in report.errors] == [
        ("/grows.html", True)
    ]


WORKERS = (
    "<script>new SharedWorker('/shared.js'); navigator.serviceWorker.register('/service.js')</script>"
    '<img alt="A dot" src="/held.svg">'
)
TELLS = "fetch('/told?' + location.pathname + encodeURIComponent(navigator.userAgent + JSON.stringify(navigator.userAgentData)))"


def test_no_worker_is_told_that_nobody_sits_in_front_of_the_browser(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    both = threading.Event()

    def answer(path: str, agent: str) -> Reply:
        script = {"Content-Type": "text/javascript"}
        if path.startswith("/told?"):
            told[path[len("/told?") :].split(".js", 1)[0]] = unquote(path) + agent
            if len(told) == 2:
                both.set()
            return 200, {}, b""
        if path == "/held.svg":
            # The page is not loaded before both have spoken.
            both.wait(25)
            return 200, {"Content-Type": "image/svg+xml"}, DOT.encode()
        if path in {"/shared.js", "/service.js"}:
            return 200, script, TELLS.encode()
        return (200, {}, page("Workers", WORKERS).encode()) if path == "/" else (404, {}, b"")

    with web(answer) as root:
        report = run(root, tmp_path, only=("page-without-title",))
    assert [each.state for each in report.pages] == [PageState.AUDITED]
    assert set(told) == {"/shared", "/service"}
    assert not any("headless" in said.lower() for said in told.values())
