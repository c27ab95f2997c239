"""A label stands before another field than its own, and that field's label elsewhere as well."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Box, Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.visible_label import visible_label

RULE = Rule(
    title="Labels beside the wrong fields",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1", "1.3.2")),
    fixer=Fixer.THEME,
    why="What people see beside a field and what a screen reader says of it differ: one group types the wrong thing.",
    since="0.1.0",
)
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "listbox", "date", "inputtime", "datetime"})
#: CSS px between a label and the field that it stands before, or above.
BEFORE, ABOVE = 48.0, 24.0
#: What the two must share of a line, or of a column, as a part of the smaller one.
SHARED = 0.5


def applies(page: Page) -> Iterable[Element]:
    """Of each form, the first label that stands before another field, or else its first label."""
    document = page.document
    first: dict[int, Element] = {}
    crossed = _crossed(document)
    for label, _ in sorted(_labelled(document), key=lambda each: each[0].index not in crossed):
        form = document.closest(label, lambda each: each.tag in {"form", "body"})
        if form is not None:
            first.setdefault(form.index, label)
    yield from first.values()


@remembered
def _labelled(document: Document) -> tuple[tuple[Element, Element], ...]:
    """The labels that are drawn, each with the field for which it is and which it does not hold."""
    found = []
    for label in document.tags("label"):
        name = label.get("for")
        field = document.with_id(name, label) if name else None
        if (
            field is not None
            and field.role in _TYPED
            and not document.contains(label, field)
            and all(each.rendered and each.box is not None and each.box.area > 1 for each in (label, field))
            and visible_label(document, label)
        ):
            found.append((label, field))
    return tuple(found)


@remembered
def _crossed(document: Document) -> dict[int, Element]:
    """The field before which a label stands, by the index of the label, where labels have changed places among each other."""
    pairs = _labelled(document)
    stray = {field.index: _other(label, field, pairs) for label, field in pairs if not _stands_before(label, field)}
    return {
        label.index: other
        for label, field in pairs
        if (other := stray.get(field.index)) is not None and _comes_back(field, stray)
    }


def _comes_back(field: Element, stray: dict[int, Element | None]) -> bool:
    """Whether one comes from a field to the one that its label stands before, and so on, and back to it. Units behind
    their fields stand before the next field each, and the last one before none.
    """
    at = stray.get(field.index)
    for _ in stray:
        if at is None or at.index == field.index:
            return at is not None
        at = stray.get(at.index)
    return False


def _other(label: Element, field: Element, pairs: tuple[tuple[Element, Element], ...]) -> Element | None:
    return next((each for _, each in pairs if each.index != field.index and _stands_before(label, each)), None)


def _stands_before(label: Element, field: Element) -> bool:
    """Whether a label stands in the line of a field, close before it, or close above it."""
    one, two = label.box, field.box
    assert one is not None
    assert two is not None
    from_right = label.style.get("direction") == "rtl"
    gap = one.x - two.right if from_right else two.x - one.right
    if -2 <= gap <= BEFORE and _shared(one.y, one.bottom, two.y, two.bottom):
        return True
    return -2 <= two.y - one.bottom <= ABOVE and _begin_together(one, two)


def _shared(start: float, end: float, other_start: float, other_end: float) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return shared >= SHARED * min(end - start, other_end - other_start)


def _begin_together(label: Box, field: Box) -> bool:
    return _shared(label.x, label.right, field.x, field.right)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    other = _crossed(document).get(target.index)
    if other is None:
        return passed()
    return failed(
        f"“{visible_label(document, target)[:50]}” is seen before the field that a screen reader calls “{other.name.strip()[:50]}”, "
        "and its own field is elsewhere.",
        "Write each label directly before its field, and let no style put them elsewhere apart from each other.",
        field=other.name.strip(),
    )
