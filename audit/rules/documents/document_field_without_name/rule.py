"""A form field has no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Field, Format
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A form field has no name",
    family=Family.DOCUMENTS,
    requirements=Requirements(
        wcag=(
            "4.1.2",
            "1.3.1",
        ),
        pdfua=("28-005",),
    ),
    fixer=Fixer.DOCUMENT,
    why="A screen reader says only “edit”, so people do not know what to fill in.",
    since="0.1.0",
)

#: From more fields without a name than these on one page, they are told together.
MANY = 3
_NUMBERED = re.compile(
    r"(?:text ?(?:field|box)?|check ?box|radio ?button|combo ?box|list ?box|field|undefined|button|dropdown|champ|"
    r"zone de texte|case à cocher)[ _-]?\d*",
    re.IGNORECASE,
)


def applies(document: Document) -> Iterator[object]:
    """Fields, and clauses about fields where all have names. Of many without a name on one page (of Word: in all) the first."""
    told = set()
    for field in document.fields:
        if _is_named(field) or len(_nameless(document, field)) <= MANY:
            yield field
        elif (page := _page(document, field)) not in told:
            told.add(page)
            yield field
    if all(field.name for field in document.fields):
        yield from clauses_of(document, "document-field-without-name")


def expect(document: Document, target: object) -> Result:
    """No name, or one that a program gave."""
    if isinstance(target, Clause):
        return told(document, target)
    assert isinstance(target, Field)
    if _is_named(target):
        return passed(name=target.name)
    inside = f" (in the file it is called “{cut(target.place.quote, 40)}”)" if target.place.quote else ""
    said = f"is only called “{target.name}”" if target.name else "has no name"
    alike = len(_nameless(document, target))
    where = "form" if _page(document, target) is None else "page"
    more = (
        f" The same is true of {counted(alike - 1, 'other field', 'other fields')} on this {where}."
        if alike > MANY
        else ""
    )
    return failed(
        f"The {_KINDS.get(target.kind, target.kind)}{inside} {said}.{more}",
        mend(document, "fields"),
        kind=target.kind,
    )


def _is_named(field: Field) -> bool:
    return bool(field.name) and not _NUMBERED.fullmatch(field.name.strip())


def _page(document: Document, field: Field) -> int | None:
    """The page, where it is known of each field."""
    return field.place.page if document.format is Format.PDF else None


def _nameless(document: Document, beside: Field) -> list[Field]:
    page = _page(document, beside)
    return [field for field in document.fields if _page(document, field) == page and not _is_named(field)]


_KINDS = {"text": "text field", "choice": "list field", "button": "checkbox or button", "signature": "signature field"}
