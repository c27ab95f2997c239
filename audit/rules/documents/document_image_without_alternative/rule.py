"""A picture has no alternative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format, Picture
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="A picture has no alternative",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.1.1",), pdfua=("13-004",)),
    fixer=Fixer.DOCUMENT,
    why="People who cannot see the picture do not learn what it shows.",
    since="0.1.0",
    aliases=("document-picture-without-alternative",),
)


def applies(document: Document) -> Iterator[object]:
    """Pictures that say something, and clauses about pictures that were not found by ourselves."""
    shown = [picture for picture in document.pictures if not picture.decorative]
    yield from shown
    if all(picture.alternative for picture in shown):
        yield from clauses_of(document, "document-image-without-alternative")


def expect(document: Document, target: object) -> Result:
    """An empty alternative is none, unless the picture is marked as decoration."""
    if isinstance(target, Clause):
        return told(document, target)
    assert isinstance(target, Picture)
    if target.alternative:
        return passed(alternative=target.alternative)
    if target.kind == "shape":
        return ask(
            f"Does the shape “{cut(target.place.quote)}” say something, such as where to go or what comes next? It has no alternative.",
            mend(document, "alternative"),
            kind=target.kind,
        )
    name = f" “{cut(target.place.quote)}”" if target.place.quote else ""
    empty = "has an empty alternative" if target.alternative is not None else "has no alternative"
    needs = ("13-004",) if document.format is Format.PDF else ()
    return replace(
        failed(f"The {target.kind}{name} {empty}.", mend(document, "alternative"), kind=target.kind),
        requirements=Requirements(wcag=("1.1.1",), pdfua=needs),
    )
