"""A paragraph has no content."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.reactions import tried
from audit.semantics.scripting import has_script

RULE = Rule(
    title="An empty paragraph",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Some screen readers stop at it and say “blank”; it is mostly there to make a gap, which style should make.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
)
_TEXTLESS = frozenset({"br", "wbr", "span", "b", "i", "em", "strong", "font", "a", "script", "style", "template"})

NO_BREAK = "\u00a0"
#: By which scripts of templates find what they fill, beside ``data-`` attributes.
_HOOKS = frozenset(
    {"v-text", "v-html", "x-text", "x-html", "ng-bind", "ng-bind-html", "slot", "part", "itemprop", "name"}
)


def applies(page: Page) -> Iterable[Element]:
    """Paragraphs that are there for assistive technology or for the eye."""
    for paragraph in page.document.tags("p"):
        if paragraph.style.get("display") != "none" and (paragraph.rendered or paragraph.exposed):
            yield paragraph


def _waits(page: Page, paragraph: Element) -> bool:
    """Whether a script fills it: it was seen to do so, or can find it by something that no text of the page has."""
    document = page.document
    if any(paragraph.has(name) for name in ("id", "role", "aria-live")):
        return True
    around = {each.node for each in (paragraph, *document.descendants(paragraph))}
    if around & _written(page):
        return True
    # What holds a blank or a line break was put there to make a gap.
    blank = any(NO_BREAK in run.text for _, run in document.runs(paragraph))
    if not has_script(document) or document.children(paragraph) or blank:
        return False
    if any(name.startswith("data-") or name in _HOOKS for name in paragraph.attributes):
        return True
    # A class that paragraphs with text have is one of looks; one that only what is empty has is there to be found by.
    return any(called not in _worn_by_text(document) for called in (paragraph.get("class") or "").split())


def _written(page: Page) -> frozenset[int]:
    """The nodes in which a text was another one after something was tried, or by itself."""
    told = page.observed
    written = [each.node for one in told.activations for each in one.written]
    for way in ("focus", "leave", "change", "press"):
        written += [each.node for _, one in tried(page, way) for each in one.written]
    written += [each.node for each in page.changes or () if each.kind == "text"]
    written += [node for trial in page.trials or () for node, *_ in trial.messages]
    return frozenset(node for node in written if node is not None)


@remembered
def _worn_by_text(document: Document) -> frozenset[str]:
    """The classes of paragraphs with text."""
    return frozenset(
        called
        for paragraph in document.tags("p")
        if document.text(paragraph).strip()
        for called in (paragraph.get("class") or "").split()
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.text(target).replace(NO_BREAK, "").strip()
    # An icon that style draws, or a link with a name of its own, fills it as words do.
    filled = any(
        element.tag not in _TEXTLESS or element.focusable or element.name.strip() or element.pseudo
        for element in document.descendants(target)
    )
    if text or filled or target.pseudo or _waits(page, target):
        return passed()
    return failed(
        "This paragraph is empty.",
        "Take it away. For a gap, set the margin of what comes before or after it.",
    )
