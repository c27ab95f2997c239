"""What stands on the wide page is not there at 320 px, and nothing brings it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls
from audit.semantics.clipping import is_hidden_on_purpose
from audit.semantics.keyboard_walk import label
from audit.semantics.words import words

RULE = Rule(
    title="Content is lost when narrow",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.10",)),
    fixer=Fixer.THEME,
    why="People who zoom to 400 %, and people with small phones, do not get what others get.",
    since="0.1.0",
    needs=frozenset({Condition.NARROW, Condition.MOTION}),
)
_WORKED = frozenset({"link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "listbox", "slider"})
#: Parts of the page that hold too much for a link in them to be about one thing.
_WHOLE = frozenset({"html", "body", "main", "header", "footer", "nav", "aside", "form"})
#: Words from which on a text says something of its own.
A_SENTENCE = 4


def applies(page: Page) -> Iterable[Element]:
    """The outermost elements that are seen on the wide page, with text or controls, and not at 320 px."""
    narrow = page.under(Condition.NARROW)
    if narrow is None or not any(each.rendered for each in narrow):
        return
    lost: set[int] = set()
    # What comes and goes by itself may just be away.
    comes = {each.node for each in page.changes or () if each.kind in {"blink", "text", "flash", "picture"}}
    for element in page.document:
        if element.parent in lost:
            lost.add(element.index)
            continue
        if not element.rendered or not element.exposed or element.frame is not None or element.shadow:
            continue
        twin = narrow.by_node.get(element.node)
        if twin is None or twin.rendered or any(each.rendered for each in narrow.descendants(twin)):
            continue
        lost.add(element.index)
        if page.document.closest(element, lambda each: each.node in comes) is not None:
            continue
        if page.document.visible_text(element) and not is_hidden_on_purpose(page.document, element):
            yield element


def expect(page: Page, target: Element) -> Result:
    document, narrow = page.document, page.documents[Condition.NARROW]
    missing = list(_missing(document, narrow, target))
    text = document.visible_text(target)
    if not missing:
        return passed()
    if _is_a_step_away(document, narrow, target):
        return passed(linked=True)
    way = _way_in(page, narrow)
    # A menu that folds into a button is the usual way; whether it does is seen when it is pressed.
    if way is not None and document.closest(
        target, lambda each: each.role in {"navigation", "search"} or each.tag == "nav"
    ):
        return passed(control=way.selector)
    fix = "Show it at 320 px too, below the rest, or behind a button that says what it opens."
    works = any(each.role in _WORKED for each in missing)
    if way is not None:
        return ask(
            f"“{text[:60]}” is not there at 320 px. Does {label(way, narrow.visible_text(way))} bring it back?",
            fix,
            condition=Condition.NARROW,
        )
    if works or len(words(text)) >= A_SENTENCE:
        return failed(
            f"“{text[:60]}” is not there at 320 px, and nothing on the page shows it.", fix, condition=Condition.NARROW
        )
    return ask(
        f"“{text[:60]}” is not there at 320 px. Does the page say or do the same in another way?",
        fix,
        condition=Condition.NARROW,
    )


def _missing(document: Document, narrow: Document, target: Element) -> Iterator[Element]:
    """Controls and texts of it for which nothing stands on the narrow page."""
    said = f" {' '.join(words(narrow.visible_text(narrow.root)))} "
    named = {(each.role, " ".join(words(each.name))) for each in narrow if each.rendered and each.exposed}
    leads = {each.get("href") for each in narrow if each.rendered and each.has("href")}
    for element in (target, *document.descendants(target)):
        if not element.rendered or not element.exposed:
            continue
        if element.role in _WORKED:
            if element.get("href") in leads and element.has("href"):
                continue
            if (element.role, " ".join(words(element.name))) not in named:
                yield element
            continue
        own = " ".join(words("".join(child.text for child in element.content if not isinstance(child, int))))
        within = document.closest(element, lambda each: each.role in _WORKED)
        if within is not None:
            twin = narrow.by_node.get(within.node)
            # The words of a button that shows a picture instead are still its name.
            if within.has("href") or (twin is not None and twin.rendered and twin.name.strip()):
                continue
        if own and f" {own} " not in said:
            yield element


def _is_a_step_away(document: Document, narrow: Document, target: Element) -> bool:
    """Whether it is a part of something that leads to the whole: the text below a linked title, items of a linked list."""
    for above in document.ancestors(target):
        twin = narrow.by_node.get(above.node)
        if above.tag in _WHOLE or above.role in {"main", "navigation"} or twin is None:
            return False
        if any(each.role == "link" and each.rendered for each in narrow.descendants(twin)):
            return True
    return False


def _way_in(page: Page, narrow: Document) -> Element | None:
    """A control of the narrow page that may show what is folded away: one that is only there, or that says so."""
    for control in controls(narrow):
        wide = page.document.by_node.get(control.node)
        opens = any(control.has(name) for name in ("aria-expanded", "aria-controls", "aria-haspopup", "popovertarget"))
        if wide is None or not wide.rendered or opens or control.tag == "summary":
            return control
    return _label_that_is_only_there(page.document, narrow)


def _label_that_is_only_there(document: Document, narrow: Document) -> Element | None:
    """A label of the narrow page alone: it works a box that is out of sight, and a style sheet shows by that what is folded away."""
    for element in narrow.tags("label"):
        wide = document.by_node.get(element.node)
        field = narrow.with_id(element.get("for") or "", element)
        worked = field is not None and field.tag == "input" and field.get("type") in {"checkbox", "radio"}
        if worked and element.rendered and (wide is None or not wide.rendered):
            return element
    return None
