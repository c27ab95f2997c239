"""A form that was sent with wrong values answers with a colour or an edge and no words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Mistake shown without words",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("1.4.1", "3.3.1")),
    fixer=Fixer.THEME,
    why="People who do not see the colour, or do not see at all, do not learn that the form was not sent, nor why.",
    since="0.1.0",
    needs=frozenset({Condition.FORMS}),
)


def applies(page: Page) -> Iterable[Element]:
    """Forms that answered on the page when they were sent empty or with wrong values."""
    for trial in page.trials or ():
        form = page.document.by_node.get(trial.node)
        if (
            form is not None
            and not trial.native_validation
            and (trial.messages or trial.node in page.observed.recoloured or trial.node in page.observed.restyled)
        ):
            yield form


def expect(page: Page, target: Element) -> Result:
    trial = next(each for each in page.trials or () if each.node == target.node)
    if trial.messages:
        return passed(messages=len(trial.messages))
    by_colour = target.node in page.observed.recoloured
    nodes = (page.observed.recoloured if by_colour else page.observed.restyled)[target.node]
    fields = [page.document.by_node[node] for node in nodes if node in page.document.by_node]
    names = ", ".join(f"“{field.name[:30]}”" if field.name else f"<{field.tag}>" for field in fields[:3])
    told = failed(
        f"Sent with wrong values, the form changes the {'colour' if by_colour else 'edge'} of {names}, and no words appear.",
        "Write beside each field what is wrong with it, and let the field refer to the words with aria-describedby.",
        condition=Condition.FORMS,
        fields=len(fields),
    )
    # An edge that was not there is seen without its colour too.
    return told if by_colour else replace(told, requirements=Requirements(wcag=("3.3.1",)))
