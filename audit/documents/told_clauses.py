"""What a rule says of the clauses of PDF/UA-1 that it tells: the words stand in ``clauses.toml``."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format
from audit.documents.pdf_conditions import ClauseCondition, conditions
from audit.model.finding import Outcome, Requirements
from audit.model.rule import Result


def clauses_of(document: Document, rule: str) -> Iterator[Clause]:
    """The broken clauses that a rule tells; of one that follows from another broken one, the other alone."""
    broken = {each.id for each in document.clauses}
    for each in document.clauses:
        condition = conditions().get(each.id)
        if condition is not None and condition.rule == rule and condition.follows not in broken:
            yield each


def is_pdf(document: Document) -> bool:
    """Whether clauses of PDF/UA apply at all."""
    return document.format is Format.PDF


def told(document: Document, clause: Clause) -> Result:
    """The result for one broken clause."""
    condition = conditions()[clause.id]
    more = f" ({clause.detail})" if clause.detail else ""
    evidence = {"clause": f"ISO 14289-1, {condition.clause}", "matterhorn": condition.matterhorn or "none"}
    return Result(
        Outcome.FAILED,
        f"{condition.says[:-1]}{more}.",
        mend(document, condition.mend),
        evidence,
        requirements=needs(condition),
    )


def needs(condition: ClauseCondition) -> Requirements:
    """What is broken: the clause, and the criterion of WCAG where one surely is."""
    return Requirements(
        wcag=(condition.wcag,) if condition.wcag else (),
        pdfua=(condition.matterhorn or f"clause {condition.clause}",),
    )
