"""A picture has no alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format, Picture
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="A picture has no alternative text",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.1.1",), pdfua=("13-004",)),
    fixer=Fixer.DOCUMENT,
    why="People who cannot see the picture do not find out what it shows.",
    since="0.1.0",
    aliases=("document-picture-without-alternative",),
)

#: From more pictures than these on one page, with names and without, they are told together.
MANY, FEW = 6, 3


def applies(document: Document) -> Iterator[object]:
    """Pictures that say something, and clauses about pictures that were not found by ourselves.

    Of many on one page, or a few that nothing tells apart, the first.
    """
    shown = [picture for picture in document.pictures if not picture.decorative]
    told = set()
    for picture in shown:
        if not _is_many(alike := _like(document, picture)):
            yield picture
        elif id(alike[0]) not in told:
            told.add(id(alike[0]))
            yield picture
    if all(picture.alternative for picture in shown):
        yield from clauses_of(document, "document-image-without-alternative")


def expect(document: Document, target: object) -> Result:
    """An empty alternative is none, unless the picture is marked as decoration."""
    if isinstance(target, Clause):
        return told(document, target)
    assert isinstance(target, Picture)
    if target.alternative:
        return passed(alternative=target.alternative)
    alike = _like(document, target)
    where = _PARTS.get(document.format, "page")
    more = f" The same is true of {len(alike) - 1} more on this {where}." if _is_many(alike) else ""
    if target.kind == "shape":
        return ask(
            f"Does the shape “{cut(target.place.quote)}” tell people something, such as where to go or what comes next? It has no alternative text.{more}",
            mend(document, "alternative"),
            kind=target.kind,
        )
    name = f" “{cut(target.place.quote)}”" if target.place.quote else ""
    empty = "has empty alternative text" if target.alternative is not None else "has no alternative text"
    needs = ("13-004",) if document.format is Format.PDF else ()
    return replace(
        failed(f"The {target.kind}{name} {empty}.{more}", mend(document, "alternative"), kind=target.kind),
        requirements=Requirements(wcag=("1.1.1",), pdfua=needs),
    )


def _like(document: Document, picture: Picture) -> list[Picture]:
    """The pictures of its page of which the same is to be told."""
    if picture.alternative or picture.place.page is None:
        return [picture]
    return [each for each in document.pictures if not each.decorative and _looks(each) == _looks(picture)]


def _looks(picture: Picture) -> tuple[int | None, str, str | None]:
    return picture.place.page, picture.kind, picture.alternative


def _is_many(alike: Sequence[Picture]) -> bool:
    """Whether they are told together. Names tell pictures apart, as long as there are not too many."""
    return len(alike) > (MANY if any(each.place.quote for each in alike) else FEW)


_PARTS = {Format.POWERPOINT: "slide", Format.EXCEL: "sheet"}
