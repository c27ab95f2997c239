"""Is this table a layout, a person must say."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Table
from audit.documents.tables import layout_reason
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Is this table only for layout?",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader announces rows and columns that mean nothing, and reads across what should be read down.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Table]:
    """Everything that is announced as a table; of those that look alike the first."""
    told = set()
    for table in _declared(document):
        reason = layout_reason(table)
        if not reason or reason not in told:
            told.add(reason)
            yield table


def expect(document: Document, target: Table) -> Result:
    """Only the author knows what a table is for."""
    reason = layout_reason(target)
    if not reason:
        return passed()
    more = sum(layout_reason(table) == reason for table in _declared(document)) - 1
    also = f" There {'is 1 more' if more == 1 else f'are {more} more'} like it." if more else ""
    return ask(f"Is this table used only for layout? It {reason}.{also}", mend(document, "layouttable"), reason=reason)


def _declared(document: Document) -> list[Table]:
    return [table for table in document.tables if table.declared] if document.format is not Format.EXCEL else []
