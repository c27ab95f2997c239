"""A puzzle stands between people and their account."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.hosts import host_of
from audit.semantics.words import collapse

RULE = Rule(
    title="Can people log in without this?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.8",)),
    fixer=Fixer.PLATFORM,
    why="People who cannot read distorted letters, do sums or compare pictures are shut out of their own account.",
    since="0.1.0",
)
#: Companies whose frames show puzzles.
_HOSTS = ("hcaptcha.com", "recaptcha.net", "arkoselabs.com", "funcaptcha.com", "captcha.com", "geetest.com")
_MARKED = re.compile(r"captcha", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:type|enter|copy|write)\b.{0,30}\b(?:characters|letters|digits|numbers|word|text|code)\b.{0,20}"
    r"\b(?:(?:that )?you (?:can )?see|shown|above|below|in the (?:image|picture))|\b(?:what|how much) (?:is|are|do|does) (?:\w+ )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s*"
    r"(?:[+x×*−-]|plus|times|minus|and|less)\s*(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\bnot a robot\b|\b(?:recopiez|saisissez|entrez)\b.{0,40}\b(?:image|ci-dessous|ci-dessus)|\bpas un robot\b"
    r"|\bcombien font (?:\d+|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:without (?:a |the )?(?:puzzle|captcha)|by e-?mail|send me a (?:link|code)|passkey|sign in with|log in with"
    r"|par courriel|envoyez-moi)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """What looks like a puzzle in a form that asks for a password or a code sent to a person."""
    document = page.document
    for form in document.tags("form"):
        if not form.rendered or not any(_is_secret(each) for each in document.descendants(form)):
            continue
        found = next((each for each in document.descendants(form) if _is_puzzle(document, each)), None)
        if found is not None:
            yield found


def _is_secret(field: Element) -> bool:
    if field.tag != "input" or not field.rendered:
        return False
    tokens = (field.get("autocomplete") or "").lower().split()
    return (field.get("type") or "").lower() == "password" or "one-time-code" in tokens


def _is_puzzle(document: Document, element: Element) -> bool:
    if not element.rendered:
        return False
    if element.tag == "iframe":
        source = element.get("src") or ""
        host = f".{host_of(source)}"
        return any(host.endswith(f".{each}") for each in _HOSTS) or "/recaptcha/" in source
    if element.tag == "img":
        return any(_MARKED.search(element.get(name) or "") for name in ("src", "alt", "id", "class"))
    if element.tag in {"label", "p", "legend", "span", "div"}:
        if element.tag == "div" and any(each.tag in {"p", "div", "label"} for each in document.descendants(element)):
            return bool({"g-recaptcha", "h-captcha"} & element.classes)
        return _ASKED.search(document.visible_text(element)) is not None
    return element.tag == "div" and bool({"g-recaptcha", "h-captcha"} & element.classes)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    form = next(each for each in document.ancestors(target) if each.tag == "form")
    around = document.parent(form) or form
    if _OTHER.search(document.visible_text(around)):
        return passed()
    said = collapse(target.get("alt") or target.get("title") or document.visible_text(target))[:60]
    return ask(
        f"To log in, people meet a puzzle ({f'“{said}”' if said else f'<{target.tag}>'}). Can they log in in a way without one?",
        "Offer a link or a code by e-mail, or a passkey; or have the server tell robots apart without asking people.",
    )
