"""``docs/criteria.md``: for every criterion of WCAG 2.2 A and AA, what is tested and what is left to people.

Made from the rules themselves, so it cannot promise more than there is::

    python -m audit.reports.criteria_page
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.examination.axe.catalogue import catalogue
from audit.judgement.criteria import left_to_people
from audit.rules import load
from audit.standards import Criterion, criteria, profiles

PAGE = Path(__file__).parents[2] / "docs" / "criteria.md"
HEAD = """# What is tested, criterion by criterion

Every success criterion of WCAG 2.2, levels A and AA. *Automatic*: rules decide it alone, once they
have looked at every page. *Partly*: rules find faults or ask precise questions, and a person looks
at the rest. *Person*: no rule can tell. A clean result of rules never means more than that.

Criteria marked ● are those that Ontario’s O. Reg. 191/11 names (WCAG 2.0 A and AA less 1.2.4 and
1.2.5). Rules in *italics* are axe-core’s.

This page is made by `python -m audit.reports.criteria_page`; do not edit it by hand.
"""


def text() -> str:
    """The whole page as Markdown."""
    chosen = [each for each in criteria().values() if each.id in profiles()["wcag22-aa"].criteria]
    rows = "\n".join(_row(each) for each in chosen)
    table = f"| Criterion | Level | Tested | What a person looks at |\n| --- | --- | --- | --- |\n{rows}\n"
    parts = "\n".join(_rules(each) for each in chosen)
    return f"{HEAD}\n{table}\n## Rules of each criterion\n\n{parts}"


def _ours(criterion: Criterion) -> list[str]:
    return sorted(each.id for each in load().values() if criterion.id in each.rule.requirements.wcag)


def _axe(criterion: Criterion) -> list[str]:
    return sorted(each.id for each in catalogue().values() if criterion.id in each.requirements.wcag)


def _tested(criterion: Criterion) -> str:
    decided_by = left_to_people(criterion.id).get("decided_by")
    there = {*_ours(criterion), *_axe(criterion)}
    if isinstance(decided_by, list) and decided_by and set(decided_by) <= there:
        return "automatic"
    return "partly" if there else "person"


def _row(criterion: Criterion) -> str:
    mark = " ●" if criterion.in_aoda else ""
    left = left_to_people(criterion.id).get("left", "")
    name = f"[{criterion.id} {criterion.name}]({criterion.understanding}){mark}"
    return f"| {name} | {criterion.level} | {_tested(criterion)} | {left} |"


def _rules(criterion: Criterion) -> str:
    named = [*(f"`{each}`" for each in _ours(criterion)), *(f"*{each}*" for each in _axe(criterion))]
    return f"- **{criterion.id} {criterion.name}**: {', '.join(named) or 'none'}"


def untold() -> Iterator[str]:
    """Criteria of which nobody has said what is left to a person, although rules do not decide them."""
    for criterion in criteria().values():
        asked = criterion.id in profiles()["wcag22-aa"].criteria
        if asked and _tested(criterion) != "automatic" and not left_to_people(criterion.id).get("left"):
            yield criterion.id


def main() -> None:
    PAGE.write_text(text() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
