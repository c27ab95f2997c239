"""Errors appear after a form was sent, and nothing tells a screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.error_messages import is_answer, says_error

RULE = Rule(
    title="Nobody hears what a form answers",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.3",)),
    fixer=Fixer.THEME,
    why="People who use a screen reader press the button, hear nothing, and believe that the form was sent.",
    since="0.1.0",
    needs=frozenset({Condition.FORMS}),
)


def applies(page: Page) -> Iterable[Element]:
    """Forms in which texts appeared when they were sent with wrong values."""
    for trial in page.trials or ():
        form = page.document.by_node.get(trial.node)
        if form is not None and trial.messages and not trial.navigated:
            yield form


def expect(page: Page, target: Element) -> Result:
    trial = next(each for each in page.trials or () if each.node == target.node)
    texts = [text for _, text, _, _ in trial.messages]
    places = {node for node, *_ in trial.messages}
    after = trial.focus_after
    # What the page did not hold before appeared with the errors: a summary of them.
    moved = after is not None and (
        after not in page.document.by_node
        or after in trial.fields
        or after in places
        or after in _above(page, places)
        or _was_empty(page, after)
    )
    if any(trial.announced) or moved or trial.native_validation:
        return passed(announced=sum(trial.announced))
    fix = 'Move focus to the first wrong field or to a summary, or put the summary into role="alert".'
    sure = next((text for text in texts if says_error(text) or is_answer(text)), None)
    if sure is not None and after is None:
        return failed(
            f"When the form was sent with wrong values, “{sure[:60]}” appeared; it is not in a live region, and focus did not move.",
            fix,
            condition=Condition.FORMS,
            messages=[text[:80] for text in texts[:5]],
        )
    return ask(
        f"When the form was sent with wrong values, “{texts[0][:60]}” appeared; it is not in a live region, and focus did not move. How does a screen reader learn of it?",
        fix,
        condition=Condition.FORMS,
        messages=[text[:80] for text in texts[:5]],
    )


def _was_empty(page: Page, node: int) -> bool:
    """Whether it is a place that waited without words, and takes focus only from a script: what it now says is heard."""
    element = page.document.by_node[node]
    return element.get("tabindex") == "-1" and not page.document.text(element).strip() and not element.name.strip()


def _above(page: Page, places: set[int]) -> set[int]:
    found: set[int] = set()
    for node in places:
        element = page.document.by_node.get(node)
        if element is not None:
            found.update(
                each.node for each in page.document.ancestors(element) if each.tag not in {"body", "html", "form"}
            )
    return found
