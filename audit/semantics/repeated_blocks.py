"""Blocks of a page that stand on the pages it links to as well, and the ways past them (WCAG 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.document import Document, Element
from audit.model.page import Page
from audit.semantics.activation import activated
from audit.semantics.clipping import is_hidden_on_purpose
from audit.semantics.linked_pages import is_heading_elsewhere, repeated_blocks, spoken
from audit.semantics.words import has_words, words

_SILENT = frozenset({"script", "style", "template", "noscript", "title", "head"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One element with text of its own, in reading order. ``repeated``: the text is on a linked page too."""

    element: Element
    text: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Repetition:
    """``pieces``: all of the page; ``before``: the repeated ones that come before the ``first`` that is not."""

    pieces: tuple[Piece, ...]
    before: tuple[Piece, ...]
    first: Piece


def repetition(page: Page) -> Repetition | None:
    """What is repeated before the page's own content; ``None`` when nothing is, or no linked page could be read."""
    document = page.document
    texts = [(element, text, spoken(text)) for element, text in _texts(document)]
    repeated = repeated_blocks(page, [said for _, _, said in texts])
    found = [Piece(element, text, said in repeated) for element, text, said in texts]
    if not any(piece.repeated for piece in found):
        return None
    last = None
    seen: list[Piece] = []
    for piece in found:
        if piece.repeated:
            seen.append(piece)
        elif seen and not (
            _is_link_only(document, piece.element)
            or _names_the_page(document, piece.element)
            or _is_below_content(document, piece.element)
        ):
            last = piece
            break
    return Repetition(tuple(found), tuple(seen), last) if last is not None else None


def _texts(document: Document) -> list[tuple[Element, str]]:
    """Text blocks: each element that holds text, or an inline child with text, and no block with text."""
    found: list[tuple[Element, str]] = []
    for element in document:
        if element.frame is not None or element.tag in _SILENT or not element.rendered:
            continue
        if not element.exposed and not document.visible_text(element):
            continue
        if element.style.get("display", "inline").startswith("inline") and element.parent is not None:
            above = document[element.parent]
            if above.tag != "body" and _has_inline_text(document, above):
                continue
        text = _own(document, element)
        if has_words(text):
            found.append((element, text))
    return found


def _has_inline_text(document: Document, element: Element) -> bool:
    return has_words(_own(document, element))


def _own(document: Document, element: Element) -> str:
    parts: list[str] = []
    for child in element.content:
        if not isinstance(child, int):
            parts.append(child.text)
            continue
        inner = document[child]
        if inner.tag in _SILENT or not inner.style.get("display", "inline").startswith("inline"):
            continue
        parts.append(inner.get("alt") or "" if inner.tag == "img" else _own(document, inner))
    return " ".join(" ".join(parts).split())


def _is_link_only(document: Document, element: Element) -> bool:
    """Whether all its own text is that of links and buttons: "Skip to content", "Next chapter" are no content yet."""
    if document.closest(element, lambda each: each.tag in {"a", "button"}) is not None:
        return True
    said = _loose(document, element)
    return not has_words(said)


def _names_the_page(document: Document, element: Element) -> bool:
    """Whether it is the entry of a navigation that stands for the page itself, as in breadcrumbs."""
    above = document.closest(element, lambda each: each.role == "navigation")
    if above is None:
        return False
    said = set(words(_own(document, element)))
    return bool(said) and said <= set(words(document.title))


def _is_below_content(document: Document, element: Element) -> bool:
    """Whether it stands in the footer of a page that has a ``main``: an address in another form is no content yet."""
    return (
        bool(document.roles("main")) and document.closest(element, lambda each: each.role == "contentinfo") is not None
    )


def _loose(document: Document, element: Element) -> str:
    """The text of the element that stands in no link and no button."""
    parts: list[str] = []
    for child in element.content:
        if not isinstance(child, int):
            parts.append(child.text)
            continue
        inner = document[child]
        if inner.tag in {"a", "button", *_SILENT} or not inner.style.get("display", "inline").startswith("inline"):
            continue
        parts.append(inner.get("alt") or "" if inner.tag == "img" else _loose(document, inner))
    return " ".join(parts)


def way_past(page: Page, found: Repetition) -> tuple[str, Element] | None:
    """What leads past the repeated blocks, and how; ``None`` when nothing does."""
    for way in (main_landmark, heading_at_content, skip_link, collapsing_control):
        element = way(page, found)
        if element is not None:
            return way.__name__, element
    return None


def _headings(page: Page, found: Repetition) -> Iterator[tuple[Element, bool]]:
    """Headings that are seen and read out, and whether other pages have them too."""
    document = page.document
    for element in document.roles("heading"):
        said = " ".join(words(element.name or document.text(element)))
        if not said or not element.rendered or is_hidden_on_purpose(document, element):
            continue
        own = next((piece for piece in found.pieces if piece.element.index == element.index), None)
        yield element, own.repeated if own is not None else False


def heading_further_down(page: Page, found: Repetition) -> Element | None:
    """The first heading within the page's own content, some of which comes before it."""
    return next(
        (each for each, repeated in _headings(page, found) if not repeated and each.index > found.first.element.index),
        None,
    )


def heading_at_content(page: Page, found: Repetition) -> Element | None:
    """A heading, seen and read out, with which the page's own content begins."""
    document = page.document
    for element, repeated in _headings(page, found):
        inside = element.index == found.first.element.index or document.contains(element, found.first.element)
        before = element.index < found.first.element.index
        if inside or (before and not (repeated and _leads_on(document, element, found))):
            return element
        # Other pages may name this one in a link: its title is its own all the same.
        if before and not is_heading_elsewhere(page, document.visible_text(element)):
            return element
    return None


def _leads_on(document: Document, heading: Element, found: Repetition) -> bool:
    """Whether a menu comes between the heading and the page's own content.

    Without one, a heading that other pages repeat begins the content all the same: a list of articles has their titles.
    """
    return any(
        _is_link_only(document, piece.element)
        or document.closest(piece.element, lambda each: each.role == "navigation") is not None
        for piece in found.before
        if piece.element.index > heading.index and not document.contains(heading, piece.element)
    )


def main_landmark(page: Page, found: Repetition) -> Element | None:
    """An exposed main landmark that holds the page's own content and none of the repeated blocks before it."""
    document = page.document
    for element in document.roles("main"):
        inside = [
            piece
            for piece in found.pieces
            if piece.element.index == element.index or document.contains(element, piece.element)
        ]
        if element.rendered and any(not piece.repeated for piece in inside):
            return element
        # Filled by a script only when it is wanted: the results of a search.
        if not inside and found.before[-1].element.index < element.index < found.first.element.index:
            return element
    return None


def skip_link(page: Page, found: Repetition) -> Element | None:
    """A link, or a button that moves within the page, past the repeated blocks."""
    document = page.document
    for element in document:
        if element.tag != "a" or not element.focusable or not (element.get("href") or "").startswith("#"):
            continue
        if has_words(element.name) and _leads_past(document, (element.get("href") or "")[1:], found):
            return element
    for control, told in activated(page):
        own = control.get("href") or ""
        if len(told.fragment) > 1 and told.fragment != own and _leads_past(document, told.fragment[1:], found):
            return control
    return None


def _leads_past(document: Document, identifier: str, found: Repetition) -> bool:
    target = document.with_id(identifier) if identifier else None
    if target is None:
        return False
    inside = document.contains(target, found.first.element) or target.index == found.first.element.index
    between = [
        piece
        for piece in found.pieces
        if piece.repeated and target.index <= piece.element.index < found.first.element.index
    ]
    return not between and (inside or target.index < found.first.element.index)


def collapsing_control(page: Page, found: Repetition) -> Element | None:
    """A control that hides the repeated blocks from everybody."""
    document = page.document
    hidden: set[int] = set()
    last = None
    for control, told in activated(page):
        gone = {document.by_node[node].index for node in told.gone if node is not None and node in document.by_node}
        if gone:
            hidden |= gone
            last = control
    if last is None:
        return None
    for piece in found.before:
        operable = document.closest(piece.element, lambda each: each.tag in {"button", "summary"}) is not None
        if not operable and not any(
            index == piece.element.index or document.contains(document[index], piece.element) for index in hidden
        ):
            return None
    return last
