"""Which of axe-core's results say nothing about the page at hand, and are left out.

axe-core reports on one moment of a page and knows nothing of what else was recorded. Left out
are reminders that go for every page (what opens later is opened here, by rules that look), and
results against which the page has an exception that axe-core does not know.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.capture.document import Document, Element
from audit.capture.page import AxeResult

#: Questions of axe-core that are reminders. ``hidden-content``: that something is hidden, which
#: tells nothing of it. ``css-orientation-lock``: that axe-core could not read a style sheet; the
#: rule ``orientation-lock`` looks at the page upright and sideways instead.
#: ``identical-links-same-purpose``: that links have one name; ``links-of-one-name`` looks where they lead.
_REMINDERS = frozenset({"hidden-content", "css-orientation-lock", "identical-links-same-purpose"})
_CONTRAST = frozenset({"color-contrast", "color-contrast-enhanced"})

#: What Chromium gives a control that no style touches: the size of its text, and of a box or dot in px.
_OWN_FONT, _OWN_MARK = "13.3333px", 13.0
_OWN_EDGES = frozenset({"inset", "outset"})


def told_by_another(results: Iterable[AxeResult]) -> frozenset[str]:
    """Rules whose results on a page say again, for each part of it, what another says once."""
    without_main = any(each.rule == "landmark-one-main" and each.kind == "violation" for each in results)
    # Where there is no main part, nothing of the content can stand in it.
    return frozenset({"region"}) if without_main else frozenset()


def is_beside_the_point(result: AxeResult, document: Document, element: Element | None) -> bool:
    """Whether a result need not be told. ``element``: what it is about, when it was captured."""
    if result.kind == "incomplete" and result.rule in _REMINDERS:
        return True
    if element is None:
        return False
    if result.kind == "incomplete" and result.rule in _CONTRAST:
        return not _has_text(document, element)
    if result.rule == "td-has-header":
        # That a table has no header at all is told by ``table-without-headers``.
        return not any(each.tag == "th" or each.has("scope") for each in document.descendants(element))
    if result.rule == "autocomplete-valid":
        # Nobody fills in a field that cannot be changed.
        return element.has("readonly") or element.get("aria-readonly") == "true"
    if result.rule == "aria-required-children":
        # What it must hold is still being loaded (WAI-ARIA 1.2, aria-busy).
        return element.get("aria-busy") == "true"
    return result.rule == "target-size" and has_size_of_browser(element)


def _has_text(document: Document, element: Element) -> bool:
    """Whether there is anything to be read: an empty field has no contrast."""
    if element.value or element.get("placeholder") or any(part.text.strip() for part in element.pseudo):
        return True
    # A picture button may show words.
    return (element.tag == "input" and element.get("type") == "image") or bool(document.visible_text(element))


def has_size_of_browser(element: Element) -> bool:
    """Whether the browser alone decided how large a control is (exception “user agent control” of 2.5.8).

    A height that an author sets shows in the computed style only as a number, so only controls
    that look untouched in every respect are taken for it.
    """
    style = element.style
    if element.box is None or style.get("appearance") != "auto":
        return False
    if element.tag == "input" and element.get("type") in {"checkbox", "radio"}:
        return element.box.width == element.box.height == _OWN_MARK
    # Width may be the author's (``size``); too low is what the browser made it.
    return (
        element.tag in {"input", "button"}
        and style.get("font-size") == _OWN_FONT
        and style.get("border-top-style") in _OWN_EDGES
        and style.get("padding-top") in {"0px", "1px"}
        and style.get("padding-bottom") in {"0px", "1px"}
        and element.box.width >= 24 > element.box.height > 18
    )
