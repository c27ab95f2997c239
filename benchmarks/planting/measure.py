"""What is said of a page with a fault planted, beside what is said of the same page with the mended fragment."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import lxml.html
from lxml.html import HtmlElement

from audit.browser.browser import Browser
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.errors import AuditError
from audit.examination.examination import RuleOutcome, examine
from audit.model.finding import Condition, Outcome
from audit.model.page import Page
from audit.rules import LoadedRule, load
from audit.survey.server import Server
from benchmarks.planting import media
from benchmarks.planting.faults import Fault

#: The class of the element around what was planted.
PLANTED = "planted"
_MARK = "planted-here"
_WIDE = frozenset(Condition)
#: Outcomes whose target is none of the planted elements, but which are about the page as a whole.
_WHOLE = frozenset({"html", "head", "body"})
#: Behind which a block may stand, and within what none may.
_BLOCKS = ("p", "ul", "ol", "pre", "table")
_NO_PLACE = frozenset(
    {"li", "td", "th", "dd", "a", "label", "form", "nav", "header", "footer", "aside", "details", "dialog"}
)


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault in one page: the texts of the page with it and with the mended fragment."""

    fault: Fault
    page: Path
    broken: str
    mended: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of a fault: ``stated``, ``asked`` or ``missed``, by all rules and by axe-core alone;
    ``untrue`` and ``needless`` are what rules said of the mended fragment.
    """

    planted: Planted
    ours: str
    axe: str
    told: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()
    problem: str = ""


def plant(text: str, fragment: str, chance: random.Random) -> str:
    """The page with the fragment beside one of its blocks of text; the same place for the same chance."""
    tree = lxml.html.document_fromstring(text)
    places = [each for each in tree.iter(*_BLOCKS) if _is_place(each)]
    mark = lxml.html.HtmlComment(_MARK)
    if places:
        chance.choice(places).addnext(mark)
    else:
        body = tree.find("body")
        body.append(mark) if body is not None else tree.append(mark)
    whole = "<!DOCTYPE html>\n" + str(lxml.html.tostring(tree, encoding="unicode"))
    return whole.replace(f"<!--{_MARK}-->", f'<div class="{PLANTED}">{fragment}</div>')


def _is_place(block: HtmlElement) -> bool:
    """Whether a block may stand behind this one: within the main part of the page, or of a page without one."""
    above = [each.tag for each in block.iterancestors()]
    return (above[:1] != ["body"] and "main" in above and not _NO_PLACE & set(above)) or set(above) <= {
        "body",
        "html",
        "div",
    }


def stays(page: Path) -> bool:
    """Whether a page is there to be read: no page for addresses that are not there, and none that leads on by itself."""
    return page.name != "404.html" and not re.search(rb"http-equiv=[\"']?refresh", page.read_bytes(), re.IGNORECASE)


def sown(pages: Sequence[Path], faults: Iterable[Fault], seed: int, each: int) -> Iterator[Planted]:
    """Each fault in ``each`` pages, drawn by the seed."""
    for fault in faults:
        for page in random.Random(f"{seed} {fault.name}").sample(pages, min(each, len(pages))):
            text = page.read_text(encoding="utf-8", errors="replace")
            place = f"{seed} {fault.name} {page.name}"
            yield Planted(
                fault,
                page,
                plant(text, fault.fault, random.Random(place)),
                plant(text, fault.mended, random.Random(place)),
            )


def measure(site: Path, planted: Iterable[Planted]) -> Iterator[Verdict]:
    """Open every page twice, and compare. ``site`` is copied, and nothing is written into it."""
    rules = tuple(load().values())
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "site"
        shutil.copytree(site, place)
        browser = stack.enter_context(Browser())
        server = stack.enter_context(Server(place, "/"))
        for each in planted:
            file = place / each.page.relative_to(site)
            original = file.read_bytes()
            media.write(file.parent)
            try:
                broken, mended = (_capture(browser, server, file, place, text) for text in (each.broken, each.mended))
            except AuditError as error:
                yield Verdict(each, "missed", "missed", problem=str(error))
            else:
                yield _verdict(each, broken, mended, rules)
            finally:
                file.write_bytes(original)


def _capture(browser: Browser, server: Server, file: Path, site: Path, text: str) -> Page:
    file.write_text(text, encoding="utf-8")
    path = quote(str(file.relative_to(site)))
    try:
        return visit_twice(browser, server.root + path, f"/{path}", _WIDE, CaptureSettings())
    finally:
        browser.fresh()


def _verdict(planted: Planted, broken: Page, mended: Page, rules: tuple[LoadedRule, ...]) -> Verdict:
    with_fault, without = _here(broken, rules), _here(mended, rules)
    new = _more(with_fault, without)
    alone = _more(_here(broken, ()), _here(mended, ()))
    return Verdict(
        planted,
        _word(new),
        _word(alone),
        told=tuple(_line(each) for each in new),
        untrue=tuple(_line(each) for each in without if each.outcome is Outcome.FAILED and _counts(each)),
        needless=tuple(_line(each) for each in without if each.outcome is Outcome.CANT_TELL),
    )


def _here(page: Page, rules: tuple[LoadedRule, ...]) -> list[RuleOutcome]:
    """What is told of what was planted, and of the page as a whole."""
    inside = {
        element.selector
        for document in page.documents.values()
        for element in document
        if any(PLANTED in (each.get("class") or "").split() for each in (element, *document.ancestors(element)))
    }
    return [
        each
        for each in examine(page, rules).outcomes
        if each.target is None or each.target.selector in inside or each.target.selector in _WHOLE
    ]


def _more(these: list[RuleOutcome], others: list[RuleOutcome]) -> list[RuleOutcome]:
    known = Counter((each.rule, each.outcome, each.message) for each in others)
    found = []
    for each in these:
        key = (each.rule, each.outcome, each.message)
        if known[key]:
            known[key] -= 1
        else:
            found.append(each)
    return found


def _counts(outcome: RuleOutcome) -> bool:
    return bool(outcome.requirements.wcag) and not outcome.best_practice


def _word(outcomes: list[RuleOutcome]) -> str:
    if any(each.outcome is Outcome.FAILED and _counts(each) for each in outcomes):
        return "stated"
    return "asked" if any(each.outcome is Outcome.CANT_TELL for each in outcomes) else "missed"


def _line(outcome: RuleOutcome) -> str:
    criteria = " ".join(outcome.requirements.wcag)
    return f"{outcome.outcome.value} {outcome.rule} {criteria}: {outcome.message or outcome.title}"
