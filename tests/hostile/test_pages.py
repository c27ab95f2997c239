"""Pages that trap, hide, break and pretend: each is looked at like any other, or says what keeps it from that.

One folder, audited once: a picture without an alternative lies on every page, and is found wherever the page was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from audit.model.finding import PageState
from audit.model.report import Report
from tests.hostile.sites import page, run

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
    "blanks": Case(body(PICTURE), file="na me%20ü.html"),
    "empty": Case("", "shows nothing"),
    "inner": Case(
        body(
            f'<iframe title="A frame" srcdoc="<!doctype html><html lang=en><title>t</title><p>Words</p>{PICTURE.replace(chr(34), "")}"></iframe>'
        )
    ),
    "dead": Case(body(PICTURE + '<iframe title="A frame" src="/gone.html"></iframe>')),
    "itself": Case(body(PICTURE + '<iframe title="A frame" src="/itself.html"></iframe>')),
    "rewritten": Case(
        script(
            "onload = () => setTimeout(() => { document.open(); document.write(`<!doctype html><html lang=en><title>t</title><main><h1>New</h1><img src=/dot.svg></main>`); document.close() }, 100)",
            "",
        )
    ),
    # Seen by some only, or later.
    "narrow": Case(once("innerWidth < 500", "narrow"), view="opened at 320px"),
    "dark": Case(once("matchMedia('(prefers-color-scheme: dark)').matches", "dark"), view="opened in dark colours"),
    "noscript": Case(body(f"<noscript>{own('noscript')}</noscript>"), view="without scripts"),
}


def test_each_is_looked_at_or_says_why(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "dot.svg").write_text(DOT)
    (site / "index.html").write_text(page("Home"))
    for name, case in CASES.items():
        content = case.content.encode() if isinstance(case.content, str) else case.content
        (site / (case.file or f"{name}.html")).write_bytes(content)
    report = run(site, tmp_path, only=("image-alt", "page-without-title"), workers=2)
    wrong = {name: problem for name, case in CASES.items() if (problem := _problem(name, case, report))}
    assert wrong == {}
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
        return f"the picture was not found, but {[(each.rule, each.conditions) for each in found]}"
    return ""
