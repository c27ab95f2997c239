"""An error message cannot be perceived by everybody, or does not say which field it is about."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.error_messages import SAYS_NOTHING, error_messages, fields, named, referring
from audit.semantics.words import words

RULE = Rule(
    title="The error message names no field",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.1",), act=("36b590",)),
    fixer=Fixer.THEME,
    why="Who does not hear the message, or cannot tell which field it means, cannot send the form.",
    since="0.1.0",
    needs=frozenset({Condition.FORMS}),
)


def applies(page: Page) -> Iterable[Element]:
    """The outermost error messages on a page with fields."""
    found = list(error_messages(page.document))
    inner = {each.index for message in found for each in page.document.descendants(message)}
    yield from (message for message in found if message.index not in inner)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.text(target)[:80]
    shown = {node for trial in page.trials or () for node, *_ in trial.messages}
    tied = referring(document, target)
    if not target.rendered:
        around = {each.node for each in (target, *document.descendants(target), *document.ancestors(target))}
        # Hidden until it is needed: what matters is whether it comes when the form is sent.
        if not page.trials or shown & around or not document.text(target):
            return passed(hidden=True)
        if any(trial.native_validation for trial in page.trials):
            return passed(hidden=True)
        button = _describes_a_button(page, target)
        if button is not None:
            return failed(
                f"“{text}” is read out with the button “{button.name[:40]}”, but hidden from everybody who looks.",
                "Show the message beside its field, and let the field refer to it.",
            )
        return ask(
            f"The message “{text}” is hidden, and stayed so when the form was sent empty. When do people see it?",
            "Show the message beside its field as soon as the value is found wrong.",
        )
    if not target.exposed:
        return failed(
            f"“{text}” can be seen, but is hidden from screen readers.",
            "Take aria-hidden away and let the field refer to the message with aria-describedby.",
        )
    if tied:
        return passed(fields=len(tied))
    calls = named(document, target)
    double = {label: some for label, some in calls.items() if len(some) > 1}
    if double:
        label, some = next(iter(double.items()))
        return failed(
            f"“{text}” speaks of “{label}”, but {len(some)} fields are called that.",
            "Say which one, with the name of its group, and let the field refer to the message with aria-describedby.",
            label=label,
            fields=len(some),
        )
    if calls or target.role == "alert":
        return passed(named=sorted(calls))
    if set(words(document.text(target))) <= SAYS_NOTHING:
        return failed(
            f"“{text}” says neither which field is meant nor what is wrong with it, and no field refers to it.",
            "Begin the message with the name of the field, say what is wrong, and let the field refer to it with aria-describedby.",
        )
    if len(fields(document)) > 1:
        return ask(
            f"“{text}” names none of the {len(fields(document))} fields, and none refers to it. Is it clear which one is meant?",
            "Begin the message with the name of the field, and let the field refer to it with aria-describedby.",
        )
    return passed(only_field=True)


def _describes_a_button(page: Page, message: Element) -> Element | None:
    # A description is read out even when the text itself is hidden.
    for element in page.document.roles("button"):
        if element.rendered and (message.get("id") or "") in (element.get("aria-describedby") or "").split():
            return element
    return None
