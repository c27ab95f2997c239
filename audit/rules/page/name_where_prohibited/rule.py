"""A name or a role description is given to an element whose role cannot have one."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.tables import explicit_role

RULE = Rule(
    title="A name where none is allowed",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",), act=("kb1m8s",)),
    fixer=Fixer.THEME,
    why="Most screen readers leave the name out; some read it in place of the text, so people hear different things.",
    since="0.1.0",
    axe=("aria-prohibited-attr",),
    covers=("decoration-exposed",),
)
#: WAI-ARIA: roles that prohibit naming. ``none`` and ``generic`` prohibit being described as another role, too.
_UNNAMED = frozenset(
    {"caption", "code", "definition", "deletion", "emphasis", "generic", "insertion", "mark", "none", "paragraph"}
    | {"presentation", "strong", "subscript", "suggestion", "superscript", "term", "time"}
)
_BARE = frozenset({"generic", "none", "presentation"})
#: Take an element's own role away.
_TAKEN = frozenset({"none", "presentation"})
_NAMES = ("aria-label", "aria-labelledby", "aria-braillelabel")
_DESCRIPTIONS = ("aria-roledescription", "aria-brailleroledescription")
#: Elements without a role of their own, or with one that prohibits naming, when no role is set.
_IMPLICIT = {
    "div": "generic", "span": "generic", "b": "generic", "i": "generic", "u": "generic", "small": "generic",
    "q": "generic", "pre": "generic", "data": "generic", "bdi": "generic", "bdo": "generic", "samp": "generic",
    "p": "paragraph", "code": "code", "em": "emphasis", "strong": "strong", "del": "deletion", "s": "deletion",
    "ins": "insertion", "sub": "subscript", "sup": "superscript", "mark": "mark", "caption": "caption",
}  # fmt: skip


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements with a naming or describing attribute."""
    for element in page.document:
        if element.exposed and _given(element):
            yield element


def expect(page: Page, target: Element) -> Result:
    role = _role(target)
    given = _given(target)
    wrong = [name for name in given if role in (_BARE if name in _DESCRIPTIONS else _UNNAMED)]
    # A scriptable element can take a role from its code, which no attribute shows.
    if (
        not wrong
        and explicit_role(target) in _TAKEN
        and (described := [each for each in given if each in _DESCRIPTIONS])
    ):
        return ask(
            f'{described[0]}="{(target.get(described[0]) or "")[:60]}" describes a role that role="{explicit_role(target)}" '
            f"takes away from <{target.tag}>. Which of the two is meant?",
            "Leave out the role, or the attribute that describes it.",
            attributes=tuple(described),
        )
    if not wrong or "-" in target.tag:
        return passed(role=role)
    words = {"none": 'has no role (role="none")', "presentation": "has no role", "generic": "has no role"}
    state = words.get(role, f"has the role {role}")
    text = page.document.exposed_text(target)
    result = failed(
        f'{wrong[0]}="{(target.get(wrong[0]) or "")[:60]}" is on <{target.tag}>, which {state} and cannot have it.',
        "Write what should be heard as text, or use an element with a role that fits (button, link, img, region).",
        attributes=tuple(wrong),
        role=role,
    )
    if not text and set(wrong) & set(_NAMES):
        # Nothing else says it: what the attribute says is lost.
        return result
    return Result(
        result.outcome, result.message, result.fix, result.evidence, requirements=Requirements(act=("kb1m8s",))
    )


def _given(element: Element) -> list[str]:
    return [name for name in (*_NAMES, *_DESCRIPTIONS) if (element.get(name) or "").strip()]


def _role(element: Element) -> str:
    """The role the author set, else the element's own where that prohibits naming; ``""`` for all others."""
    role = explicit_role(element)
    if role in _TAKEN and element.tag not in _IMPLICIT:
        # What has a name keeps the role that it has by itself (WAI-ARIA, presentational roles conflict resolution).
        return ""
    return role or _IMPLICIT.get(element.tag, "")
