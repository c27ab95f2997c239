"""The same form stands twice on a page, and its button or field is called by other words."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.links import content_words
from audit.semantics.vocabulary import either

RULE = Rule(
    title="The same form under two names",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.2.4",)),
    fixer=Fixer.THEME,
    why="People who hear the names believe that these are two things, and who has learnt one does not find the other.",
    since="0.1.0",
)
#: What is typed into. Choices are of each place's own.
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})


def applies(page: Page) -> Iterable[Element]:
    """Each form that sends what a form before it sends to the same place."""
    yield from (page.document[index] for index in _repeated(page.document))


def expect(page: Page, target: Element) -> Result:
    document = page.document
    first = document[_repeated(document)[target.index]]
    for what, name, other in (
        ("button", _button(document, target), _button(document, first)),
        ("field", _field(document, target), _field(document, first)),
    ):
        if name is None or other is None:
            continue
        here, there = (frozenset(content_words(each.name, either())) for each in (name, other))
        if here and there and not here & there:
            return ask(
                f"The {what} “{name.name.strip()}” belongs to the same form as “{other.name.strip()}” further up. "
                "Do visitors know that both do the same?",
                f"Call both “{other.name.strip()}”, or give each a name that holds the same word.",
                first=first.selector,
            )
    return passed()


@remembered
def _repeated(document: Document) -> dict[int, int]:
    """Forms by index, with the first one that sends the same."""
    seen: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for form in document.tags("form"):
        if form.rendered and form.exposed and (sent := _sent(document, form)) is not None:
            first = seen.setdefault(sent, form.index)
            if first != form.index:
                found[form.index] = first
    return found


def _sent(document: Document, form: Element) -> tuple[object, ...] | None:
    """Where a form leads and what it sends; ``None`` for one that has not one button and one thing to type."""
    if _button(document, form) is None or _field(document, form) is None or not (form.get("action") or "").strip():
        return None
    fields = [each for each in document.descendants(form) if each.tag in {"input", "select", "textarea", "button"}]
    data = tuple(
        (each.get("name"), each.get("value") if (each.get("type") or "").lower() == "hidden" else None)
        for each in fields
        if each.has("name")
    )
    method = (form.get("method") or "get").strip().lower()
    return (form.frame, (form.get("action") or "").strip(), method, data) if data else None


def _button(document: Document, form: Element) -> Element | None:
    """The only thing that sends the form."""
    found = [
        each
        for each in document.descendants(form)
        if (each.tag == "button" and (each.get("type") or "submit").lower() == "submit")
        or (each.tag == "input" and (each.get("type") or "").lower() in {"submit", "image"})
    ]
    return found[0] if len(found) == 1 and found[0].exposed else None


def _field(document: Document, form: Element) -> Element | None:
    """The only thing in the form to type into."""
    found = [each for each in document.descendants(form) if each.role in _TYPED and each.exposed]
    return found[0] if len(found) == 1 else None
