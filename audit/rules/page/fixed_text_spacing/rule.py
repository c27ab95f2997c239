"""A style attribute fixes a narrow text spacing so that people cannot widen it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element, TextRun
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.inline_style import declarations
from audit.semantics.text_blocks import pixels

RULE = Rule(
    title="Text spacing that cannot be widened",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.12",), act=("24afc2", "9e45ec", "78fd32")),
    fixer=Fixer.AUTHOR,
    why="People with dyslexia or low vision set wider spacing for themselves; !important in the page overrules them.",
    since="0.1.0",
    axe=("avoid-inline-spacing",),
)
#: For each property the share of the font size that criterion 1.4.12 asks for, and its ACT rule.
LEAST = {"letter-spacing": (0.12, "24afc2"), "word-spacing": (0.16, "9e45ec"), "line-height": (1.5, "78fd32")}
#: Values that take over what stands above in the tree.
_HANDED_DOWN = frozenset({"inherit", "unset", "revert", "revert-layer"})


def applies(page: Page) -> Iterable[Element]:
    """Elements with text of their own whose spacing a style attribute fixes, there or further up."""
    for element in page.document:
        if (element.has("style") and any(_is_fixed(element, name) for name in LEAST)) or (
            _has_visible_text(element) and any(_fixed_by(page, element, name) for name in LEAST)
        ):
            yield element


def expect(page: Page, target: Element) -> Result:
    if not _has_visible_text(target):
        return passed()
    for name, (least, act) in LEAST.items():
        source = _fixed_by(page, target, name)
        if source is None or (name == "line-height" and not _wraps(target)):
            continue
        share = _share(target, name)
        if share is not None and share + 0.0005 < least:
            value = declarations(source)[name].value
            result = failed(
                f"{name}: {value} !important fixes the spacing of “{page.document.text(target)[:40]}” at {share:g} times "
                f"the font size; people need up to {least:g}.",
                "Take !important away, and best the whole style attribute: the style sheet sets the spacing.",
                share=share,
                limit=least,
            )
            return Result(
                result.outcome,
                result.message,
                result.fix,
                result.evidence,
                requirements=Requirements(wcag=("1.4.12",), act=(act,)),
            )
    return passed()


def _is_fixed(element: Element, name: str) -> bool:
    declared = declarations(element).get(name)
    return declared is not None and declared.important and declared.value not in _HANDED_DOWN


def _fixed_by(page: Page, element: Element, name: str) -> Element | None:
    """The element whose style attribute fixes the property for this one, when nothing in between changes it."""
    at: Element | None = element
    while at is not None:
        declared = declarations(at).get(name) if at.has("style") else None
        if declared is not None and declared.value not in _HANDED_DOWN:
            return at if declared.important else None
        above = page.document.parent(at)
        # A style sheet sets another value here: then that one counts, and it can be overruled.
        if above is None or not _same(at, above, name):
            return None
        at = above
    return None


def _same(element: Element, above: Element, name: str) -> bool:
    first, second = element.style.get(name), above.style.get(name)
    return first == second or (name == "line-height" and _share(element, name) == _share(above, name))


def _share(element: Element, name: str) -> float | None:
    size = pixels(element.style.get("font-size"))
    value = element.style.get(name, "normal")
    length = pixels(value)
    if value == "normal":
        # The browser's own spacing: none between letters and words, lines at about 1.2.
        length = 1.2 * (size or 0) if name == "line-height" else 0.0
    return round(length / size, 4) if size and length is not None else None


def _has_visible_text(element: Element) -> bool:
    """Text of its own that is rendered and not moved off the page."""
    return element.rendered and any(
        box.area and box.right > 0 and box.bottom > 0 for run in _texts(element) for box in run.boxes
    )


def _wraps(element: Element) -> bool:
    return any(len({round(box.y) for box in run.boxes}) > 1 for run in _texts(element))


def _texts(element: Element) -> list[TextRun]:
    return [child for child in element.content if isinstance(child, TextRun) and child.text.strip()]
