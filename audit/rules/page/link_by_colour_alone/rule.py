"""Links in running text are told from it by their colour only."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics import colour
from audit.semantics.contrast import has_readable_text
from audit.semantics.inline_links import text_around

RULE = Rule(
    title="A link is marked by colour alone",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.1",)),
    fixer=Fixer.THEME,
    why="People who do not tell the two colours apart do not see that there is a link.",
    since="0.1.0",
    needs=frozenset({Condition.HOVER}),
    axe=("link-in-text-block",),
)
#: Contrast between link and text that counts as a difference of lightness (technique G183).
LEAST = 3.0
_SIDES = ("top", "right", "bottom", "left")


def applies(page: Page) -> Iterable[Element]:
    """Inline links with words, in a block that has words outside links too."""
    document = page.document
    for element in document.roles("link"):
        if not element.rendered or element.style.get("display") != "inline" or _text_of(page, element) is None:
            continue
        if text_around(page.document, element) is not None:
            yield element


def _text_of(page: Page, link: Element) -> Element | None:
    """The element in the link that holds its first words; ``None`` when nobody reads any there."""
    inner = (link, *page.document.descendants(link))
    return next((each for each in inner if has_readable_text(page.document, each)), None)


def expect(page: Page, target: Element) -> Result:
    around = text_around(page.document, target)
    assert around is not None
    inner = [target, *page.document.descendants(target)]
    if any(_is_marked(each, around) for each in inner):
        return passed()
    text = _text_of(page, target)
    assert text is not None
    own, other = colour.parse(text.style.get("color", "")), colour.parse(around.style.get("color", ""))
    if own is None or other is None:
        return passed(colours="not computed")
    ratio = round(colour.contrast(own, other), 2)
    # The same colour altogether is a link nobody can see; that is no matter of colour.
    if own == other:
        return passed(ratio=ratio)
    if ratio >= LEAST:
        if _changes(page, target, around) or _is_untried(page):
            return passed(ratio=ratio)
        return ask(
            f"The link “{page.document.visible_text(target)[:60]}” differs from the text around it by colour only ({ratio:g}:1), even with the pointer on it. Can you tell it from the text without colour?",
            "Underline links in running text.",
            ratio=ratio,
        )
    return failed(
        f"The link “{page.document.visible_text(target)[:60]}” differs from the text around it by colour only ({own.hex} beside {other.hex}, {ratio:g}:1).",
        "Underline links in running text.",
        ratio=ratio,
        needed=LEAST,
    )


def _is_untried(page: Page) -> bool:
    """Whether styles with the pointer on it exist that nobody looked at: in another width than the usual one."""
    hovered = page.under(Condition.HOVER)
    return bool(page.observed.hover_rules) and (hovered is None or hovered.elements is page.document.elements)


def _changes(page: Page, target: Element, around: Element) -> bool:
    """Whether something besides its colour sets the link apart with the pointer on it."""
    twin = page.same(target, Condition.HOVER)
    return twin is not None and _is_marked(twin, around)


def _is_marked(element: Element, around: Element) -> bool:
    """Whether something besides the colour of the letters sets the link apart."""
    style, other = element.style, around.style
    if style.get("text-decoration-line", "none") not in {"none", ""}:
        return True
    if any(
        style.get(f"border-{side}-style", "none") not in {"none", "hidden"}
        and style.get(f"border-{side}-width") != "0px"
        for side in _SIDES
    ):
        return True
    back = colour.parse(style.get("background-color", ""))
    if (back is not None and back.alpha > 0) or style.get("background-image", "none") != "none":
        return True
    if style.get("outline-style", "none") not in {"none", ""} and style.get("outline-width") != "0px":
        return True
    if element.tag in {"img", "svg"} or any(each.text.strip() or each.box for each in element.pseudo):
        return True
    return any(
        style.get(name) != other.get(name)
        for name in ("font-weight", "font-style", "font-size", "font-family", "text-transform")
    )
