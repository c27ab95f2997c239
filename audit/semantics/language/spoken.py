"""The text of a page by the language that assistive technology is told to speak it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit.model.document import Document, Element
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import CODE, text_blocks

_PICTURES = frozenset({"img", "image"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in one block that one element declares the language of.

    ``element``: the block (or the picture, whose alternative it is); ``declared_by``: the
    element whose ``lang`` holds for it.
    """

    element: Element
    declared_by: Element | None
    text: str


def declaring(document: Document, element: Element) -> Element | None:
    """The nearest element, itself included, with a ``lang`` attribute; within one frame."""
    found = document.closest(element, lambda each: each.has("lang") or each.has("xml:lang"))
    return found if found is not None and found.frame == element.frame else None


def language(element: Element | None) -> str:
    """The value of its ``lang``; ``""`` where there is none or it is empty."""
    if element is None:
        return ""
    written = element.get("lang") if element.has("lang") else element.get("xml:lang")
    return (written or "").strip()


@remembered
def pieces(document: Document) -> tuple[Piece, ...]:
    """All text that is met by assistive technology, code and ``translate="no"`` left out, in document order."""
    return tuple(_find(document))


@remembered
def by_declaring(document: Document) -> Mapping[int, tuple[Piece, ...]]:
    """The pieces by the index of the element that declares their language."""
    table: dict[int, list[Piece]] = {}
    for piece in pieces(document):
        if piece.declared_by is not None:
            table.setdefault(piece.declared_by.index, []).append(piece)
    return {index: tuple(found) for index, found in table.items()}


def _find(document: Document) -> Iterator[Piece]:
    for block in text_blocks(document):
        parts: dict[int, list[str]] = {}
        owners: dict[int, Element | None] = {}
        for owner, run in block.runs:
            if not owner.exposed or document.closest(owner, _is_no_language) is not None:
                continue
            by = declaring(document, owner)
            key = -1 if by is None else by.index
            owners[key] = by
            parts.setdefault(key, []).append(run.text)
        for key, texts in parts.items():
            text = " ".join("".join(texts).split())
            if text:
                yield Piece(block.element, owners[key], text)
    for element in document:
        if element.exposed and element.role in _PICTURES and element.name.strip() and element.get("alt"):
            yield Piece(element, declaring(document, element), " ".join(element.name.split()))


def _is_no_language(element: Element) -> bool:
    return element.tag in CODE or element.get("translate") == "no"
