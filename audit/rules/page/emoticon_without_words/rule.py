"""A face made of signs stands in the text, and no words stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.text_blocks import CODE, block_of, text_blocks

RULE = Rule(
    title="A face made of signs",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads the signs one by one or leaves them out, so nobody hears whether it was a joke.",
    since="0.1.0",
    covers=("drawing-in-characters",),
)
# Lying faces: eyes, as a rule a nose, a mouth. A score (8-0) and a ratio (4:3) have no eyes of their own.
_LYING = re.compile(
    r"(?:^|(?<=[\s(]))(?:(?:[>=}][8B:;]|[:;])[-^o'~][)(DPp|/\\*0OoSs3\]\[]{1,3}|[:;][)(DP])(?=$|[\s.,!?)])"
)
# Standing faces, within brackets or shoulders: two eyes with a mouth between them.
_STANDING = re.compile(
    r"[¯\\_/]{1,3}\(?ツ\)?[¯\\_/]{1,3}"
    r"|[(ʕ]\s?[^\w\s()]{0,1}(?P<eye>[°^><;•◕ಠ´`¬≧✿ᵔ・-]|[oOTx](?=_))[_.oω‿益皿▽□∀ᴥ]{1,2}(?:(?P=eye)|[<`≦])[^\w\s()]{0,1}\s?[)ʔ](?:[╯ノﾉ]?\s?︵?\s?[┻━╨]*)?"
)
#: Screen readers know the names of the commonest, which are shorter.
KNOWN = 3
_CODE = CODE | {"math"}


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text with a face, not marked as code."""
    for block in text_blocks(page.document):
        if block.element.exposed and not block.is_code(page.document) and _face(page.document, block.element):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    owner, face = _face(page.document, target) or (target, "")
    if _has_words(page.document, owner):
        return passed(face=face)
    fix = 'Say it in words, or put the signs into `<span role="img" aria-label="…">` with what they stand for.'
    if len(face) > KNOWN:
        return failed(f"“{face}” is a face made of characters, and no words replace it.", fix, face=face)
    return ask(f"Does “{face}” say something that the words beside it do not say?", fix, face=face)


def _face(document: Document, element: Element) -> tuple[Element, str] | None:
    """The first face in the block, with the element in which it stands."""
    for owner, run in block_of(document, element).runs:
        if owner.exposed and document.closest(owner, lambda each: each.tag in _CODE) is None:
            found = _STANDING.search(run.text) or _LYING.search(run.text)
            if found is not None:
                return owner, found.group(0).strip()
    return None


def _has_words(document: Document, owner: Element) -> bool:
    return any(
        (each.role in {"image", "img"} and each.name.strip() != "")
        or (each.tag == "abbr" and (each.get("title") or "").strip() != "")
        for each in (owner, *document.ancestors(owner))
    )
