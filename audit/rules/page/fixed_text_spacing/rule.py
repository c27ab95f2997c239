"""``!important`` fixes a narrow text spacing, so that people cannot widen it, or only with some tools."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element, TextRun
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.inline_style import declarations
from audit.semantics.text_blocks import pixels
from audit.semantics.words import counted, has_words

RULE = Rule(
    title="Text spacing that cannot be widened",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.12",), act=("24afc2", "9e45ec", "78fd32")),
    fixer=Fixer.AUTHOR,
    why="People with dyslexia or low vision set wider spacing for themselves; !important in the page overrules them.",
    since="0.1.0",
    needs=frozenset({Condition.SPACING}),
    axe=("avoid-inline-spacing",),
)
#: For each property the share of the font size that criterion 1.4.12 asks for, and its ACT rule.
LEAST = {"letter-spacing": (0.12, "24afc2"), "word-spacing": (0.16, "9e45ec"), "line-height": (1.5, "78fd32")}
#: Values that take over what stands above in the tree.
_HANDED_DOWN = frozenset({"inherit", "unset", "revert", "revert-layer"})


def applies(page: Page) -> Iterable[Element]:
    """Elements with text of their own whose spacing a style attribute fixes, there or further up; of those that a style
    sheet fixes the first.
    """
    document = page.document
    first = next((document.by_node[node] for node in _kept_close(page) if node in document.by_node), None)
    for element in document:
        if (
            element is first
            or (element.has("style") and any(_is_fixed(element, name) for name in LEAST))
            or (_has_visible_text(element) and any(_fixed_by(document, element, name) for name in LEAST))
        ):
            yield element


def expect(page: Page, target: Element) -> Result:
    if not _has_visible_text(target):
        return passed()
    kept = _kept_close(page)
    if target.node in kept:
        name, value = kept[target.node]
        more = f" So do {counted(len(kept) - 1, 'other text', 'other texts')}." if len(kept) > 1 else ""
        return ask(
            f"“{page.document.text(target)[:40]}” keeps {name}: {value} while wider spacing is set for everything.{more} "
            "Can readers still widen it?",
            "Take !important away from the spacing in the style sheet, or set at least 0.12 (letters), 0.16 (words) and 1.5 "
            "(lines) times the font size.",
            condition=Condition.SPACING,
            texts=len(kept),
        )
    for name, (least, act) in LEAST.items():
        source = _fixed_by(page.document, target, name)
        if source is None or (name == "line-height" and not _wraps(target)):
            continue
        if _is_narrow(target, name):
            share = _share(target, name)
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


def _kept_close(page: Page) -> dict[int, tuple[str, str]]:
    """Texts that stay close while wider spacing is set for everything, by node, with the property and its value."""
    spaced = page.under(Condition.SPACING)
    return _close(spaced) if spaced is not None else {}


@remembered
def _close(spaced: Document) -> dict[int, tuple[str, str]]:
    """Texts that a style sheet keeps close by ``!important``, with a selector that weighs more, or in a layer.

    Those that a style attribute holds are told by themselves.
    """
    found: dict[int, tuple[str, str]] = {}
    for element in spaced:
        if not _has_visible_text(element) or not has_words(_own_text(element)):
            continue
        narrow = [name for name in LEAST if _is_narrow(element, name)]
        # Where none of the three is set, no sheet of the reader's reaches: a frame of another site.
        if not narrow or len(narrow) == len(LEAST):
            continue
        for name in narrow:
            if not (name == "line-height" and not _wraps(element)) and _fixed_by(spaced, element, name) is None:
                found[element.node] = (name, element.style.get(name, ""))
                break
    return found


def _is_narrow(element: Element, name: str) -> bool:
    share = _share(element, name)
    return share is not None and share + 0.0005 < LEAST[name][0]


def _own_text(element: Element) -> str:
    return " ".join(run.text for run in _texts(element))


def _is_fixed(element: Element, name: str) -> bool:
    declared = declarations(element).get(name)
    return declared is not None and declared.important and declared.value not in _HANDED_DOWN


def _fixed_by(document: Document, element: Element, name: str) -> Element | None:
    """The element whose style attribute fixes the property for this one, when nothing in between changes it."""
    at: Element | None = element
    while at is not None:
        declared = declarations(at).get(name) if at.has("style") else None
        if declared is not None and declared.value not in _HANDED_DOWN:
            return at if declared.important else None
        above = document.parent(at)
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
