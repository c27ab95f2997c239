"""Words stand in a picture instead of on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.images import address, file_name
from audit.semantics.words import words

RULE = Rule(
    title="Text in a picture",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.5", "1.4.9"), act=("0va7u6",)),
    fixer=Fixer.AUTHOR,
    why="The letters cannot be enlarged without blur, recoloured, spaced, translated or searched.",
    since="0.1.0",
    aliases=("picture-of-text",),
)
_DRAWN_WORDS = re.compile(r"<text\b[^>]*>(.*?)</text>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
#: Parts of a drawing beside which words are labels of a picture, not a text.
_DRAWING = re.compile(r"<(?:path|circle|ellipse|polygon|polyline|image|use)\b", re.IGNORECASE)
#: Files that are called after the words in them.
_CALLED_SO = re.compile(
    r"^(?:text|texte|headline|heading|title|titre|button|btn|bouton|poster|affiche|flyer|flier|depliant|banner|"
    r"banniere|bannière|notice|avis|quote|citation|horaire|schedule|menu|slogan|sign)(?=\d|$|image|text|[a-z]{0,6}$)",
    re.IGNORECASE,
)
#: Wider than high by so much, an image button mostly has its words painted on it.
BUTTON_SHAPE = 1.8
#: Width to height from which a picture is like a line of text, and the least height (CSS px).
LINE_SHAPE = 3.0
LINE_HEIGHT = 14
_SPLIT = re.compile(r"[\W_\d]+")


def applies(page: Page) -> Iterable[Element]:
    """Rendered pictures: elements, image buttons, objects and backgrounds from a file."""
    for element in page.document:
        box = element.box
        if not element.rendered or box is None or box.width < 20 or box.height < 10:
            continue
        background = "url(" in element.style.get("background-image", "")
        if element.tag in {"img", "object", "embed"} or _is_button(element) or background:
            yield element


def expect(page: Page, target: Element) -> Result:
    fix = "Write the words as text, and let the style sheet make them look as you like."
    drawn = _words_in_drawing(target)
    if drawn:
        # A diagram with labels, and a name in a logo, are what they are only as pictures.
        if _has_more(target) or "logo" in target.name.casefold():
            return ask(f"Words are drawn in this picture: “{drawn[:80]}”. Is it more than these words?", fix)
        return failed(f"This picture consists of words: “{drawn[:80]}”.", fix, text=drawn[:200])
    name = target.name.strip()
    file = file_name(address(target))
    if "logo" in f"{file} {name}".casefold() or (target.natural is None and target.tag == "img"):
        return passed(file=file)
    if _is_button(target) and not file.endswith(".svg") and len(words(name)) > 1 and _is_wide(target):
        return ask(f"Are the words “{name}” painted in the picture {file} of this button?", fix)
    if _is_lettering(target, file):
        return ask(f"The picture {file} is shaped like a line of text. Are there words in it?", fix)
    called = next((part for part in _SPLIT.split(file.rsplit(".", 1)[0]) if _CALLED_SO.match(part)), "")
    if called:
        return ask(f"Does the picture {file} contain words that people are meant to read?", fix)
    return passed(file=file)


def _is_button(element: Element) -> bool:
    return element.tag == "input" and (element.get("type") or "").lower() == "image"


def _is_wide(element: Element) -> bool:
    box = element.box
    return box is not None and box.width >= BUTTON_SHAPE * box.height


def _is_lettering(element: Element, file: str) -> bool:
    """Whether it is a picture by points in the shape of a line that has an alternative: lettering mostly is, photographs
    hardly ever; and a line of stripes has none.
    """
    box = element.box
    raster = file.lower().endswith((".png", ".gif", ".webp"))
    return (
        element.tag == "img"
        and bool(element.name.strip())
        and raster
        and box is not None
        and box.height >= LINE_HEIGHT
        and LINE_SHAPE * box.height <= box.width < 12 * box.height
    )


def _svg(element: Element) -> str:
    """The source of a drawing in a data address that is not in base 64."""
    source = element.current_source or element.get("src") or element.get("data") or ""
    found = source or element.style.get("background-image", "")
    at = found.find("data:image/svg+xml")
    body = found[at:].split(",", 1)[1] if at >= 0 and "," in found[at:] else ""
    return unquote(body) if ";base64" not in found[at : at + 60] else ""


def _words_in_drawing(element: Element) -> str:
    parts = [_TAGS.sub(" ", match) for match in _DRAWN_WORDS.findall(_svg(element))]
    text = " ".join(" ".join(parts).split())
    return text if sum(character.isalpha() for character in text) > 2 else ""


def _has_more(element: Element) -> bool:
    return bool(_DRAWING.search(_svg(element)))
