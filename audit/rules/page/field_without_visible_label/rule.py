"""A field has a name for screen readers only: nothing to be seen says what to type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Box, Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.clipping import is_hidden_on_purpose
from audit.semantics.visible_label import visible_label
from audit.semantics.words import has_words

RULE = Rule(
    title="Field without a visible label",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.2",)),
    fixer=Fixer.THEME,
    why="People who see the page, and those who magnify it, do not know what belongs in the field.",
    since="0.1.0",
)
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "listbox", "date", "inputtime", "datetime"})
_TAGS = frozenset({"input", "select", "textarea"})
#: CSS px in which a text beside or above a field is taken for its label.
NEAR = 48.0


def applies(page: Page) -> Iterable[Element]:
    """Rendered fields for typing or choosing, outside of tables, where row and column name them."""
    document = page.document
    for element in document:
        if element.tag not in _TAGS or element.role not in _TYPED or not (element.exposed and element.rendered):
            continue
        if document.closest(element, lambda each: each.role in {"row", "toolbar"} or each.tag == "tr") is None:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    shown = " ".join(text for each in _labels(document, target) if (text := visible_label(document, each)))
    if has_words(shown) or target.get("placeholder") or (target.tag == "select" and target.value):
        # What a placeholder is worth as a label is told by a rule of its own.
        return passed()
    if _button_beside(document, target) is not None or _is_explained(document, target):
        return passed(beside=True)
    name = target.name.strip()
    fix = "Write a label that is seen, for each part of what is asked."
    beside = _near(document, target) or _above_parts(document, target)
    if beside and not name:
        # That it has no name at all is told as such (4.1.2), and one label mends both.
        return passed(named=False)
    if beside and not _is_of_another_part(document, target, beside):
        said = " ".join(beside[1].split())[:50]
        return ask(f"The field “{name[:50]}” has no visible label. Does “{said}” say what to enter?", fix)
    return failed(
        f"Nothing visible says what this field is for; only screen readers hear “{name[:50]}”."
        if name
        else "Nothing seen or heard says what this field is for.",
        fix,
    )


def _labels(document: Document, field: Element) -> Iterator[Element]:
    yield from document.referred(field, "aria-labelledby")
    yield from document.referred(field, "aria-describedby")
    for label in document.tags("label"):
        mine = bool(field.get("id")) and label.get("for") == field.get("id") and label.frame == field.frame
        if (
            label.rendered
            and not is_hidden_on_purpose(document, label)
            and (mine or (not label.has("for") and document.contains(label, field)))
        ):
            yield label


def _button_beside(document: Document, field: Element) -> Element | None:
    """The button beside a single field says what it is for (technique G167)."""
    form = document.closest(
        field, lambda each: each.tag == "form" or each.role in {"search", "form"}
    ) or document.parent(field)
    if form is None:
        return None
    fields = [each for each in document.descendants(form) if each.role in _TYPED and each.rendered]
    buttons = [
        each for each in document.descendants(form) if each.role == "button" and each.rendered and each.name.strip()
    ]
    return buttons[0] if len(fields) == 1 and buttons else None


def _is_explained(document: Document, field: Element) -> bool:
    """Whether words stand directly before the field in its block, as a sentence with a gap has them."""
    parent = document.parent(field)
    if parent is None:
        return False
    before = ""
    for child in parent.content:
        if not isinstance(child, int):
            before += child.text
            continue
        if child == field.index:
            break
        inner = document[child]
        if inner.role in _TYPED:
            before = ""
        elif inner.rendered and not is_hidden_on_purpose(document, inner):
            before += f" {visible_label(document, inner)} "
    return has_words(before)


def _is_of_another_part(document: Document, field: Element, beside: tuple[Element, str]) -> bool:
    """Whether a text is a sentence that stands before the form of the field: nobody takes it for a label."""
    form = document.closest(field, lambda each: each.tag in {"form", "fieldset"} or each.role in {"form", "search"})
    owner, text = beside
    return form is not None and not document.contains(form, owner) and text.rstrip()[-1:] in {".", "!"}


def _near(document: Document, field: Element) -> tuple[Element, str] | None:
    """A text close above the field or to its left, and the element that it stands in."""
    box = field.box
    if box is None:
        return None
    best: tuple[float, Element, str] | None = None
    for element in document:
        if (
            not element.rendered
            or element.tag in {"option", "script", "style", "title", "textarea"}
            or element.role in {"button", "heading"}
        ):
            continue
        for child in element.content:
            if isinstance(child, int) or not has_words(child.text) or is_hidden_on_purpose(document, element):
                continue
            away = min((_distance(line, box) for line in child.boxes), default=NEAR)
            if away < NEAR and (best is None or away < best[0]):
                best = (away, element, child.text)
    return best[1:] if best else None


def _above_parts(document: Document, field: Element) -> tuple[Element, str] | None:
    """The visible legend of a group whose fields stand in one line, as the parts of a number or a date do."""
    group = document.closest(field, lambda each: each.tag == "fieldset")
    legend = next((each for each in document.children(group) if each.tag == "legend"), None) if group else None
    if group is None or legend is None or not legend.rendered or field.box is None:
        return None
    fields = (each.box for each in document.descendants(group) if each.tag in _TAGS and each.role in _TYPED)
    if any(box is not None and (box.bottom <= field.box.y or box.y >= field.box.bottom) for box in fields):
        return None
    said = visible_label(document, legend)
    return (legend, said) if has_words(said) else None


def _distance(text: Box, field: Box) -> float:
    """How far a line is from the field, when it stands above it or to its left; else too far."""
    above = field.y - text.bottom
    across = min(text.right, field.right) - max(text.x, field.x)
    if -2 <= above < NEAR and across > 0:
        return above
    left = field.x - text.right
    down = min(text.bottom, field.bottom) - max(text.y, field.y)
    return left if -2 <= left < NEAR and down > 0 else NEAR
