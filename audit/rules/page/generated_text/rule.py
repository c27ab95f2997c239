"""Words are put into the page by style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import collapse, words

RULE = Rule(
    title="Words that only style makes",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="Without the style sheet, in a reading mode, in a translation or a search the words are not there.",
    since="0.1.0",
)
#: A word of letters; symbols, bullets, arrows and numbers of a list are decoration or counted anew anyway.
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Attributes that are written for programs: no style shows them, whatever words they hold.
_SAY_NOTHING = frozenset({"class", "id", "style", "href", "src", "for", "name", "headers", "role", "data-expect"})
#: Names of keys, with or without the key that is pressed with them: “Ctrl+K”.
_KEYS = re.compile(
    r"(?:(?:ctrl|control|alt|option|shift|cmd|command|meta|esc|escape|enter|return|tab|space|delete|maj|entrée|échap)"
    r"(?:\s*[+\-–]?\s*\S)?\s*[+\-–]?\s*)+",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with words made by style before or after their content."""
    for element in page.document:
        if element.rendered and _made(element):
            yield element


def expect(page: Page, target: Element) -> Result:
    made = _made(target)
    # The same words in the code of the page: a label repeated for narrow screens, taken from an attribute of a cell.
    if _is_elsewhere(page, made) or _is_hidden_from_all_but_eyes(page, target):
        return passed(generated=made)
    if _KEYS.fullmatch(made):
        return ask(
            f"A style sheet writes the key “{made[:40]}” beside “{' '.join(page.document.visible_text(target).split())[:40]}”. "
            "Does the page say it anywhere else?",
            "Write it into the page, in a kbd element.",
            generated=made,
        )
    if _is_in_attribute(target, made):
        return ask(
            f"A style sheet shows the words “{made[:80]}” out of an attribute. Does the text of the page say the same?",
            "Write them into the page.",
            generated=made,
        )
    return failed(
        f"The words “{made[:80]}” are in the style sheet, not in the page.",
        "Write them into the page.",
        generated=made,
    )


def _made(element: Element) -> str:
    # Icon fonts write ligatures ("shopping_cart") or letters of a private area; those are pictures.
    texts = [
        pseudo.text
        for pseudo in element.pseudo
        if pseudo.kind in {"before", "after"} and "icon" not in pseudo.style.get("font-family", "").lower()
    ]
    return collapse(" ".join(text for text in texts if _WORD.search(text)))


def _is_elsewhere(page: Page, made: str) -> bool:
    text = " ".join(words(page.document.exposed_text(page.document.root)))
    return f" {' '.join(words(made))} " in f" {text} "


def _is_hidden_from_all_but_eyes(page: Page, target: Element) -> bool:
    return page.document.closest(target, lambda each: each.get("aria-hidden") == "true") is not None


def _is_in_attribute(target: Element, made: str) -> bool:
    """Whether the words are taken from an attribute, where translations and searches may find them."""
    said = " ".join(words(made))
    return any(said in " ".join(words(value)) for name, value in target.attributes.items() if name not in _SAY_NOTHING)
