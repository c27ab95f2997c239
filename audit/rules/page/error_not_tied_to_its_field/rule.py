"""An error message cannot be perceived by everybody, or does not say which field it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import FormTrial, Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.error_messages import (
    SAYS_NOTHING,
    asks_for,
    error_messages,
    fields,
    has_format,
    is_called_error,
    named,
    referring,
    says_error,
)
from audit.semantics.words import words

RULE = Rule(
    title="The error message names no field",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.1",), act=("36b590",)),
    fixer=Fixer.THEME,
    why="Who does not hear the message, or cannot tell which field it means, cannot send the form.",
    since="0.1.0",
    needs=frozenset({Condition.FORMS}),
    covers=("text-hidden-from-screen-readers",),
)


def applies(page: Page) -> Iterable[Element]:
    """The outermost error messages on a page with fields, the fields that are marked as wrong, and forms that
    answered to wrong values.
    """
    found = list(error_messages(page.document))
    inner = {each.index for message in found for each in page.document.descendants(message)}
    yield from (message for message in found if message.index not in inner)
    yield from (field for field in fields(page.document) if field.exposed and field.get("aria-invalid") == "true")
    yield from (form for form in map(page.document.by_node.get, _answers(page)) if form is not None)


def _answers(page: Page) -> dict[int, FormTrial]:
    """Forms of two fields at least, or whose answer has no words but “wrong”, that said of wrong values that something is
    wrong.
    """
    return {
        trial.node: trial
        for trial in page.trials or ()
        if (len(trial.fields) > 1 or _only_says_wrong(trial))
        and not trial.native_validation
        and not trial.navigated
        and any(says_error(text) for _, text, _, _ in trial.messages)
    }


def _only_says_wrong(trial: FormTrial) -> bool:
    """Whether all that a form said is that something is wrong: “Error!”."""
    said = {word for _, text, _, _ in trial.messages for word in words(text)}
    return bool(said) and said <= SAYS_NOTHING


def expect(page: Page, target: Element) -> Result:
    document = page.document
    trial = _answers(page).get(target.node)
    if trial is not None:
        return _of_form(page, trial)
    if target.get("aria-invalid") == "true" and target in fields(document):
        return replace(_of_field(document, target), title="Nothing says what is wrong with the field")
    return _of_message(page, target)


def _of_message(page: Page, target: Element) -> Result:
    """Whether a message is perceived by everybody, and says which field it is about."""
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
    if tied and _says_nothing(document, target, tied):
        return failed(
            f"“{text}” says that something is wrong with “{tied[0].name.strip()[:40]}”, but not what.",
            "Say what is wrong and what to enter: “Age must be a number, such as 34”.",
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


def _of_form(page: Page, trial: FormTrial) -> Result:
    """Whether what a form said of wrong values, or how it marked them, tells which field is meant."""
    document, observed = page.document, page.observed
    tried = [document.by_node[node] for node in trial.fields if node in document.by_node]
    marked = trial.invalid or trial.focus_after in trial.fields
    marked = marked or any(trial.node in some for some in (observed.recoloured, observed.restyled))
    said = {word for _, text, _, _ in trial.messages for word in words(text)}
    named_one = any(said & {word for word in words(field.name) if len(word) > 2} for field in tried)
    around = [_around(document, field) for field in tried]
    beside = any(
        field is not None or any(document.contains(each, message) or each is message for each in around)
        for node, _, _, field in trial.messages
        if (message := document.by_node.get(node)) is not None
    )
    if marked or named_one or beside or any(node not in document.by_node for node, *_ in trial.messages):
        return passed()
    text = next(text for _, text, _, _ in trial.messages if says_error(text))
    if len(tried) == 1:
        return failed(
            f"Sent with a wrong value, the form says “{text[:80]}” and nothing of what is wrong.",
            "Say what is wrong and what to enter: “Age must be a number, such as 34”.",
            condition=Condition.FORMS,
        )
    return ask(
        f"Sent with wrong values, the form says “{text[:80]}” and names none of its fields. Do people learn which one is meant?",
        "Begin the message with the name of the field, and let the field refer to it with aria-describedby.",
        condition=Condition.FORMS,
    )


def _of_field(document: Document, field: Element) -> Result:
    """Whether words tell of the fault of a field that is marked as wrong: of its own, beside it, or at the top."""
    own = (field.get("title") or "", field.accessible.description if field.accessible else "")
    near = " ".join((*own, document.visible_text(_around(document, field))))
    referred = [each for name in ("aria-errormessage", "aria-describedby") for each in document.referred(field, name)]
    told = [each for each in referred if each.rendered and document.text(each)]
    errors = [each for each in document.referred(field, "aria-errormessage") if each in told]
    said = [document.text(each) for each in told]
    if (
        errors
        or says_error(near)
        or any(map(says_error, said))
        or any(map(asks_for, said))
        or any(map(is_called_error, told))
    ):
        return passed()
    shown = [each for each in error_messages(document) if each.rendered]
    alerts = [each for each in document.roles("alert") if each.rendered and document.text(each)]
    called = field.name.strip()[:60]
    what = f"The field “{called}” is" if called else f"This {field.tag} is"
    fix = "Write beside the field what is wrong with it and what to enter, and let the field refer to it with aria-describedby."
    if shown or alerts or told or not (field.value or "").strip() or _words_beside(document, field):
        if shown and any(field in some for each in shown for some in named(document, each).values()):
            return passed(named=called)
        return ask(f"{what} marked as wrong (aria-invalid). Do words say what is wrong with it?", fix)
    return failed(f"{what} marked as wrong (aria-invalid), and no words say what is wrong with it.", fix)


def _around(document: Document, field: Element) -> Element:
    """The largest part of the page around a field that holds no other one."""
    around = field
    for above in document.ancestors(field):
        if above.tag in {"body", "html", "form", "main"} or any(
            document.contains(above, other) for other in fields(document) if other is not field
        ):
            break
        around = above
    return around


def _words_beside(document: Document, field: Element) -> bool:
    """Whether more stands around it than what it is called."""
    said = words(document.visible_text(_around(document, field)))
    return bool({*said} - {*words(field.name)} - {*words(field.value or "")})


def _says_nothing(document: Document, message: Element, tied: Sequence[Element]) -> bool:
    """Whether a message says no more than that its field is wrong, with or without the name of the field.

    That a field is empty is seen; and of a field with a known format another rule tells (error-without-suggestion).
    """
    field = tied[0]
    named_so = {word for each in (field.name, field.get("name") or "") for word in words(each)}
    said = [word for word in words(document.text(message)) if word not in SAYS_NOTHING and word not in named_so]
    return not said and len(tied) == 1 and bool((field.value or "").strip()) and not has_format(field)


def _describes_a_button(page: Page, message: Element) -> Element | None:
    # A description is read out even when the text itself is hidden.
    for element in page.document.roles("button"):
        if element.rendered and (message.get("id") or "") in (element.get("aria-describedby") or "").split():
            return element
    return None
