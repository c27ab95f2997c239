"""Pages that trap, hide, break and pretend: each is looked at like any other, or says what keeps it from that.

One folder, audited once: a picture without an alternative lies on every page, and is found wherever the page was read.
"""

from __future__ import annotations

from dataclasses import dataclass

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
LATE = "setTimeout(() => { document.querySelector('main').insertAdjacentHTML('beforeend', `%s`) }, %d)"


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


def once(condition: str) -> str:
    """A page that decides when it is opened, and never again."""
    return script(f"if ({condition}) document.querySelector('main').insertAdjacentHTML('beforeend', `{PICTURE}`)", "")


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
    "stops": Case(script("window.stop(); window.close(); history.pushState(0, '', '/elsewhere/')")),
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
    "download": Case(
        script(
            "const a = document.createElement('a'); a.href = '/dot.svg'; a.download = 'x'; document.body.append(a); a.click()"
        )
    ),
    "rewritten": Case(
        script(
            "onload = () => setTimeout(() => { document.open(); document.write(`<!doctype html><html lang=en><title>t</title><main><h1>New</h1><img src=/dot.svg></main>`); document.close() }, 100)",
            "",
        )
    ),
    # Seen by some only, or later.
    "late": Case(script(LATE % (PICTURE, 5000), ""), view="after some seconds"),
    "narrow": Case(once("innerWidth < 500"), view="opened at 320px"),
    "dark": Case(once("matchMedia('(prefers-color-scheme: dark)').matches"), view="opened in dark colours"),
    "noscript": Case(body(f"<noscript>{PICTURE}</noscript>"), view="without scripts"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    work = tmp_path_factory.mktemp("hostile")
    site = work / "site"
    site.mkdir()
    (site / "dot.svg").write_text(DOT)
    (site / "index.html").write_text(page("Home"))
    for name, case in CASES.items():
        content = case.content.encode() if isinstance(case.content, str) else case.content
        (site / (case.file or f"{name}.html")).write_bytes(content)
    return run(site, work, only=("image-alt", "page-without-title", "content-that-keeps-moving"), workers=2)


@pytest.mark.parametrize("name", CASES)
def test_it_is_looked_at_or_says_why(name: str, report: Report) -> None:
    case = CASES[name]
    wanted = {"blanks": "/na%20me%2520%C3%BC.html"}.get(name, "/" + (case.file or f"{name}.html"))
    entry = next(each for each in report.pages if each.address == wanted)
    if case.says is not None:
        assert entry.state is PageState.NOT_AUDITED
        assert case.says in (entry.reason or "")
        return
    assert (entry.state, entry.reason) == (PageState.AUDITED, None)
    found = [each for each in report.findings if each.rule == "image-alt" and wanted in (each.page, *each.pages)]
    assert found
    if case.view:
        assert case.view in {condition for each in found for condition in each.conditions}


def test_no_reason_speaks_in_the_words_of_a_program(report: Report) -> None:
    said = " ".join(each.reason or "" for each in report.pages)
    assert not any(word in said for word in ("TypeError", "Traceback", "undefined", "127.0.0.1"))
