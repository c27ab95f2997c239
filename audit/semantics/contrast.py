"""The contrast of text with what is behind it: computed where style decides, sampled where pixels must.

WCAG 2.2, criteria 1.4.3 and 1.4.6, definition of "contrast ratio"; large text is at least
18 pt, or 14 pt and bold (1 pt = 4/3 CSS px).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from audit.model.document import Document, Element
from audit.model.finding import Condition
from audit.model.page import Backdrop, Page
from audit.semantics import colour
from audit.semantics.backdrops import is_drawn, letters, undecided_texts
from audit.semantics.clipping import is_hidden_on_purpose, own_boxes
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import letter_size
from audit.semantics.words import words

LARGE, LARGE_BOLD, BOLD = 24.0, 18.66, 700
#: From here on a browser draws text with the bold face where a family has no face of its own for the weight.
SEMI_BOLD = 600
#: For letters whose size is not told: large.
UNKNOWN = 400.0
#: Whatever is behind it, contrast by style that reaches this is enough for every criterion.
ENOUGH = 7.0
_CALLS = ("id", "class", "aria-label", "title")
_LOGO = re.compile(r"logo|(?:^|[-_\s])brand", re.IGNORECASE)
_FORM = frozenset({"button", "input", "select", "textarea", "option", "optgroup", "fieldset"})
_NOT_RUNNING = frozenset({"option", "optgroup", "script", "style", "title", "noscript", "template", "datalist"})


@dataclass(frozen=True, slots=True)
class TextContrast:
    """The lowest and highest contrast of one element's own text. ``exact``: computed, not sampled.

    ``shadow``: a shadow of the text may help or harm; ``covered``: something may lie on it.
    """

    worst: float
    best: float
    foreground: str
    background: str
    exact: bool
    shadow: bool
    covered: bool


def is_large(element: Element) -> bool:
    """Large-scale text."""
    size = letter_size(element) or UNKNOWN
    weight = _number(element.style.get("font-weight", "400"))
    return size >= LARGE or (size >= LARGE_BOLD and weight >= BOLD)


def is_large_if_semi_bold_is_bold(element: Element) -> bool:
    """Whether only a weight between semi-bold and bold keeps it from being large-scale: WCAG does not say."""
    size = letter_size(element) or UNKNOWN
    weight = _number(element.style.get("font-weight", "400"))
    return not is_large(element) and size >= LARGE_BOLD and SEMI_BOLD <= weight < BOLD


def needed(element: Element, *, enhanced: bool) -> float:
    """The ratio that 1.4.3 (or 1.4.6) wants."""
    return needed_by_size(large=is_large(element), enhanced=enhanced)


def needed_by_size(*, large: bool, enhanced: bool) -> float:
    """The ratio that 1.4.3 (or 1.4.6) wants of large-scale text, or of any other."""
    if enhanced:
        return 4.5 if large else 7.0
    return 3.0 if large else 4.5


def _number(value: str) -> float:
    try:
        return float(value.removesuffix("px"))
    except ValueError:
        return 400.0


def has_readable_text(document: Document, element: Element) -> bool:
    """Whether it holds text of its own in a human language that is meant to be seen and is not inactive."""
    known = _readable(document)
    if element.index not in known:
        known[element.index] = _is_readable(document, element)
    return known[element.index]


@remembered
def _readable(_document: Document) -> dict[int, bool]:
    """What has been found out of elements by their index: many rules ask."""
    return {}


def _is_readable(document: Document, element: Element) -> bool:
    if not element.rendered or element.tag in _NOT_RUNNING:
        return False
    said = "".join(child.text for child in element.content if not isinstance(child, int))
    if not any(len(word) > 1 or word.isalnum() for word in words(said)) or not own_boxes(element):
        return False
    if all(box.width <= 2 or box.height <= 2 for box in own_boxes(element)):
        return False
    svg = document.closest(element, lambda each: each.tag == "svg")
    if svg is not None and (not is_drawn(document, element) or _is_logo(document, svg)):
        return False
    return not is_inactive(document, element) and not is_hidden_on_purpose(document, element)


def _is_logo(document: Document, svg: Element) -> bool:
    """Whether a drawing, or the link that it fills, is called a logo: WCAG asks for no contrast of logotypes."""
    around = document.closest(svg, lambda each: each.role == "link") or svg
    called = (each.get(name) or "" for each in {svg.index: svg, around.index: around}.values() for name in _CALLS)
    return any(_LOGO.search(each) for each in called)


def is_inactive(document: Document, element: Element) -> bool:
    """Whether it belongs to a control that is switched off, its label included."""
    for each in (element, *document.ancestors(element)):
        if each.get("aria-disabled") == "true" or (each.has("disabled") and each.tag in _FORM) or each.has("inert"):
            return True
        if each.tag == "label" and any(_off(document, control) for control in _labelled(document, each)):
            return True
        if each.index in _labels_of_inactive(document):
            return True
    return False


def is_out_of_reach(document: Document, element: Element) -> bool:
    """Whether it belongs to a link, button or field that no pointer can press, as switched off ones often are made."""
    control = document.closest(element, lambda each: each.tag in {"a", "button"} or each.role in {"link", "button"})
    return control is not None and control.style.get("pointer-events") == "none"


def _off(document: Document, control: Element) -> bool:
    return any(
        each.get("aria-disabled") == "true" or (each.has("disabled") and each.tag in _FORM)
        for each in (control, *document.ancestors(control))
    )


def _labelled(document: Document, label: Element) -> list[Element]:
    named = label.get("for")
    if named is not None:
        found = document.with_id(named, label)
        return [found] if found is not None else []
    inner = (each for each in document.descendants(label) if each.tag in {"input", "select", "textarea", "button"})
    first = next(inner, None)
    return [first] if first is not None else []


@remembered
def _labels_of_inactive(document: Document) -> frozenset[int]:
    return frozenset(
        label.index
        for control in document
        if control.has("aria-labelledby") and _off(document, control)
        for label in document.referred(control, "aria-labelledby")
    )


def text_contrast(page: Page, document: Document, element: Element) -> TextContrast | None:
    """The contrast of the element's own text; ``None`` where neither style nor pixels tell."""
    drawn = is_drawn(document, element)
    shadow = element.style.get("text-shadow", "none") != "none" or (drawn and element.style.get("stroke") != "none")
    sampled = _sampled(page).get((document.condition, element.node))
    if sampled is not None:
        shades = sampled.colours[0] if sampled.colours else (0, 0, 0, 0.0)
        back = colour.Colour(float(shades[0]), float(shades[1]), float(shades[2]))
        sampled_front = colour.Colour(*(float(each) for each in sampled.foreground))
        return TextContrast(
            sampled.worst,
            sampled.best,
            sampled_front.hex,
            back.hex,
            exact=False,
            shadow=shadow,
            covered=_is_covered(document, element),
        )
    behind = solid_background(document, element)
    front = letters(document, element)
    if behind is None or front is None or drawn:
        return None
    ratio = round(colour.contrast(colour.over(front, behind), behind), 2)
    # Computed style tells nothing where something else than an ancestor is behind the text, or a filter is on it.
    if page.backdrops is not None and ratio < ENOUGH and element.index in _beyond_style(document):
        return None
    return TextContrast(
        ratio, ratio, colour.over(front, behind).hex, behind.hex, exact=True, shadow=shadow, covered=False
    )


@remembered
def _beyond_style(document: Document) -> frozenset[int]:
    """Elements with text of which only a picture tells what is behind it."""
    return frozenset(text.element.index for text in undecided_texts(document))


def _sampled(page: Page) -> Mapping[tuple[Condition, int], Backdrop]:
    table: dict[tuple[Condition, int], Backdrop] = {}
    for backdrop in page.backdrops or ():
        table.setdefault((backdrop.condition, backdrop.node), backdrop)
    return table


def solid_background(document: Document, element: Element) -> colour.Colour | None:
    """The plain colour behind an element, from its own and its ancestors' styles; ``None`` where pictures,
    gradients, filters or transparency of a whole group leave it open.
    """
    known = _solid(document)
    if element.index not in known:
        known[element.index] = _solid_background(document, element)
    return known[element.index]


@remembered
def _solid(_document: Document) -> dict[int, colour.Colour | None]:
    """What has been found out of elements by their index."""
    return {}


def _solid_background(document: Document, element: Element) -> colour.Colour | None:
    layers: list[colour.Colour] = []
    for each in (element, *document.ancestors(element)):
        style = each.style
        if style.get("opacity", "1") not in {"1", ""} or style.get("filter", "none") != "none":
            return None
        if style.get("background-image", "none") != "none" or style.get("mix-blend-mode", "normal") != "normal":
            return None
        own = colour.parse(style.get("background-color", "rgba(0, 0, 0, 0)"))
        if own is None:
            return None
        layers.append(own)
        if own.alpha == 1:
            break
        # What is out of the flow may lie on something that is no ancestor; the sampling sees to that.
    under = colour.WHITE
    if layers and layers[-1].alpha < 1 and document.condition is Condition.DARK and _dark_canvas(document, element):
        return None
    for layer in reversed(layers):
        under = colour.over(layer, under)
    return under


def _dark_canvas(document: Document, element: Element) -> bool:
    # Without a background of its own, the canvas of a document that supports dark colours is dark; a frame has its own.
    root = document.closest(element, lambda each: each.tag == "html") or document.root
    front = colour.parse(root.style.get("color", ""))
    return "dark" in root.style.get("color-scheme", "") or (front is not None and colour.luminance(front) > 0.5)


def _is_covered(document: Document, element: Element) -> bool:
    """Whether something opaque that is painted later, and is no relative, lies on half of the text."""
    boxes = own_boxes(element)
    own = {each.index for each in document.ancestors(element)} | {element.index}
    for other in document:
        if other.box is None or not other.rendered or other.paint_order <= element.paint_order or other.index in own:
            continue
        back = colour.parse(other.style.get("background-color", "rgba(0, 0, 0, 0)"))
        paints = (back is not None and back.alpha > 0.5) or other.tag in {"img", "video", "canvas", "iframe"}
        if not paints and other.style.get("background-image", "none") == "none":
            continue
        if document.contains(element, other):
            continue
        if any(box.overlaps(other.box) for box in boxes):
            return True
    return False
