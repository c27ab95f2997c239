"""A field accepts one format only, and nothing says which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.contrast import is_inactive

RULE = Rule(
    title="Is the format told?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.2",)),
    fixer=Fixer.THEME,
    why="People fill in the form, are refused, and have to guess which spaces or hyphens are meant.",
    since="0.1.0",
)
_TYPED = frozenset({"text", "tel", "search", "url", "email", "password"})
#: Patterns that nearly anything fits.
_LOOSE = re.compile(r"\^?(?:\.|\[\^?\\s\\S\]|\\S|\[\\s\\S\])(?:[*+]|\{[\d,]+\})\$?")
_TELLS = re.compile(
    r"\d|\b(?:format|example|e\.\s?g|such as|like this|digits?|letters?|characters?|spaces?|hyphens?|without|only|postal code|zip"
    r"|exemple|chiffres?|lettres?|caractères?|espaces?|tirets?|sans|code postal)\b|[@()/]",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered, active fields for typing with a pattern that not everything fits."""
    document = page.document
    for field in document.tags("input"):
        pattern = (field.get("pattern") or "").strip()
        kind = (field.get("type") or "text").lower()
        active = field.rendered and field.exposed and not field.has("readonly") and not is_inactive(document, field)
        if active and pattern and kind in _TYPED and not _LOOSE.fullmatch(pattern):
            yield field


def expect(page: Page, target: Element) -> Result:
    document = page.document
    told = [target.name, target.accessible.description if target.accessible else ""]
    told += [target.get(name) or "" for name in ("placeholder", "title", "value")]
    told.append(_beside(document, target))
    if any(_TELLS.search(each) for each in told):
        return passed()
    return ask(
        f"“{target.name[:60]}” accepts only what fits “{(target.get('pattern') or '')[:60]}”. Where are people told?",
        "Write the format into the label or below it, with an example: “Card number (14 digits)”.",
        pattern=target.get("pattern"),
    )


def _beside(document: Document, field: Element) -> str:
    """What is seen around the field alone: up to the part of the form that holds another one."""
    text = ""
    for above in document.ancestors(field):
        others = (each for each in document.descendants(above) if each.tag in {"input", "select", "textarea"})
        if above.tag in {"form", "body", "main"} or any(each.index != field.index and each.rendered for each in others):
            break
        text = document.visible_text(above)
    return text
