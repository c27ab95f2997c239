"""Which of axe-core's results say nothing about the page at hand, and are left out.

axe-core reports on one moment of a page and knows nothing of what else was recorded. Left out
are reminders that go for every page (what opens later is opened here, by rules that look), and
results against which the page has an exception that axe-core does not know.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from audit.model.document import Document, Element
from audit.model.page import AxeResult
from audit.semantics.colour import contrast, over, parse
from audit.semantics.contrast import needed, solid_background
from audit.semantics.inline_links import text_around
from audit.semantics.own_size import has_size_of_browser
from audit.semantics.purposes import is_of_visitor
from audit.semantics.words import has_words, without_icons

#: Questions of axe-core that are reminders. ``hidden-content``: that something is hidden, which
#: tells nothing of it. ``css-orientation-lock``: that axe-core could not read a style sheet; the
#: rule ``orientation-lock`` looks at the page upright and sideways instead.
#: ``identical-links-same-purpose``: that links have one name; ``links-of-one-name`` looks where they lead.
_REMINDERS = frozenset({"hidden-content", "css-orientation-lock", "identical-links-same-purpose"})
#: That there is a video or a recording: the rules of the family media play it, and ask what remains.
_MEDIA = frozenset({"video-caption", "audio-caption", "no-autoplay-audio"})
#: That a text is bold or large, however it is meant; ``heading-in-plain-text`` looks at what stands around it.
_GUESSES = frozenset({"p-as-heading"})
_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_PRESSED = frozenset(
    {"click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"}
)
#: The contrast that 1.4.11 asks of graphics.
GRAPHICS = 3.0
#: Attributes of ARIA that name other elements.
_REFERRING = (
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto",
    "aria-labelledby", "aria-owns",
)  # fmt: skip
_CONTRAST = frozenset({"color-contrast", "color-contrast-enhanced"})


def told_by_another(results: Iterable[AxeResult]) -> frozenset[str]:
    """Rules whose results on a page say again, for each part of it, what another says once."""
    without_main = any(each.rule == "landmark-one-main" and each.kind == "violation" for each in results)
    # Where there is no main part, nothing of the content can stand in it.
    return frozenset({"region"}) if without_main else frozenset()


def is_beside_the_point(result: AxeResult, document: Document, element: Element | None) -> bool:
    """Whether a result need not be told. ``element``: what it is about, when it was captured."""
    if result.rule in _GUESSES or (result.kind == "incomplete" and result.rule in _REMINDERS | _MEDIA):
        return True
    if element is None:
        return False
    if result.rule in _CONTRAST and _separates(element):
        return True
    if result.kind == "incomplete" and result.rule in _CONTRAST:
        return (
            not _has_text(document, element)
            or _is_clear_symbol(result.rule, document, element)
            or _is_clear_field(result.rule, element)
        )
    if result.rule in {"bypass", "scrollable-region-focusable"} and element.tag in {"html", "body"}:
        # What a frame holds is no page of its own; and keys scroll the page itself in every browser.
        return (element.frame is not None) == (result.rule == "bypass")
    if result.kind == "incomplete" and result.rule in {"aria-valid-attr-value", "aria-roledescription"}:
        return _has_what_its_attribute_needs(result.rule, document, element)
    if result.rule == "label-content-name-mismatch":
        # Cells that nobody can work have names of their own, such as a date; 2.5.3 is about controls.
        return not element.focusable and element.role in _CELLS
    if result.rule == "td-has-header":
        # That a table has no header at all is told by ``table-without-headers``.
        return not any(each.tag == "th" or each.has("scope") for each in document.descendants(element))
    if result.rule == "autocomplete-valid":
        # Nobody fills in a field that cannot be changed; and 1.3.5 is about what people tell of themselves only.
        fixed = element.has("readonly") or element.get("aria-readonly") == "true"
        return fixed or not is_of_visitor(element, element.name)
    if result.rule == "aria-required-children":
        # What it must hold is still being loaded (WAI-ARIA 1.2, aria-busy).
        return element.get("aria-busy") == "true"
    if result.rule in _OF_ONE_ELEMENT:
        return _OF_ONE_ELEMENT[result.rule](document, element)
    # A separator that takes focus and has a value is a widget (WAI-ARIA 1.2, separator).
    return result.rule == "focus-order-semantics" and element.role == "separator" and element.has("aria-valuenow")


def _has_size(document: Document, element: Element) -> bool:
    return has_size_of_browser(element) or _is_only_read(document, element)


def _is_in_no_text(document: Document, element: Element) -> bool:
    """Whether it has its lines to itself: a heading that is a link, and a card with one, are told by their place."""
    return text_around(document, element) is None


def _is_named_by_style(_document: Document, element: Element) -> bool:
    """Whether a style sheet writes its name: browsers take that into it (Accessible Name 1.2, 2F), and axe-core does not."""
    written = any(without_icons(part.text).strip() for part in element.pseudo)
    return written and bool(without_icons(element.name).strip())


def _has_what_its_attribute_needs(rule: str, document: Document, element: Element) -> bool:
    """Whether everything that its ARIA attributes name by an id is on the page, shown or not; of words for a role,
    whether it has one.
    """
    if rule == "aria-roledescription":
        return element.role not in {"", "generic", "none", "paragraph"}
    named = [name for name in _REFERRING for _ in (element.get(name) or "").split()]
    return bool(named) and all(
        len(document.referred(element, name)) == len((element.get(name) or "").split()) for name in {*named}
    )


def _is_only_read(document: Document, element: Element) -> bool:
    """Whether it is a cell that takes focus to be read, and nothing happens where it is pressed."""
    if element.role not in _CELLS:
        return False
    table = document.closest(element, lambda each: each.role in {"grid", "treegrid", "table"})
    within = [each for each in document.ancestors(element) if table is None or document.contains(table, each)]
    return not any(_PRESSED & set(each.listeners) for each in (element, *within, *([table] if table else [])))


def _has_text(document: Document, element: Element) -> bool:
    """Whether there is anything to be read: an empty field has no contrast."""
    if element.value or element.get("placeholder") or any(part.text.strip() for part in element.pseudo):
        return True
    # A picture button may show words.
    return (element.tag == "input" and element.get("type") == "image") or bool(document.visible_text(element))


def _separates(element: Element) -> bool:
    """Whether its own text is nothing but what stands between things: bars, commas, arrows of a trail."""
    own = "".join(child.text for child in element.content if not isinstance(child, int)).split()
    return bool(own) and all(sign in "|<>" or unicodedata.category(sign)[0] == "P" for part in own for sign in part)


def _is_clear_field(rule: str, element: Element) -> bool:
    """Whether a field has a background of its own that nothing shines through, and enough contrast to it: what lies
    over a part of it, such as a label or a button, is not behind what is typed.
    """
    front, back = (parse(element.style.get(each, "")) for each in ("color", "background-color"))
    if element.tag not in {"input", "textarea", "select"} or front is None or back is None or back.alpha < 1:
        return False
    return contrast(over(front, back), back) >= needed(element, enhanced=rule == "color-contrast-enhanced")


def _is_clear_symbol(rule: str, document: Document, element: Element) -> bool:
    """Whether it shows symbols only, in a contrast that is enough for graphics (1.4.11). 1.4.6 is about words."""
    # Words of its parts, such as a label before the symbol, are elements of their own.
    own = "".join(child.text for child in element.content if not isinstance(child, int))
    if has_words(own) or not (own.strip() or document.visible_text(element)):
        return False
    if not own.strip() and has_words(document.visible_text(element)):
        return False
    if rule == "color-contrast-enhanced":
        return True
    front, back = parse(element.style.get("color", "")), solid_background(document, element)
    return front is not None and back is not None and contrast(over(front, back), back) >= GRAPHICS


#: Rules of which a look at the element says whether they are beside the point.
_OF_ONE_ELEMENT: Mapping[str, Callable[[Document, Element], bool]] = {
    "link-in-text-block": _is_in_no_text,
    "link-name": _is_named_by_style,
    "target-size": _has_size,
}
