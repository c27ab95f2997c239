"""The alternative of a picture is a file name or a word that says only that there is a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.images import address, file_words, is_from_file
from audit.semantics.links import content_words
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import Vocabulary, either
from audit.semantics.words import is_file_name, words

RULE = Rule(
    title="Alternative text describes nothing",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",), act=("qt1vmo",)),
    fixer=Fixer.AUTHOR,
    why="People who cannot see the picture hear a file name or “image”, and nothing of what it shows.",
    since="0.1.0",
    covers=("images-of-one-alternative",),
)
#: A picture as large as this (CSS px) is more than an icon.
DRAWING = 100
#: An alternative of so few words names one thing; its file mostly has the same name.
SHORT = 3


_KINDS = frozenset(
    {"chart", "graph", "diagram", "drawing", "figure", "map", "graphique", "diagramme", "dessin", "carte", "long"}
    | {"bar", "pie", "flowchart", "infographic", "logo", "infographie"}
)
#: What cameras, scanners and telephones call their files.
_CAMERA = re.compile(r"(?:img|dsc[nf]?|pict?|p|mvi|gopr|scan|screenshot|pxl|vid)[-_ ]?\d[\d_ -]{2,}", re.IGNORECASE)


#: Words for any picture; with a number behind them they only count the pictures.
_NUMBERED = re.compile(
    r"(?:image|picture|photo|photograph|graphic|img|pic|imagen|foto)[-_ ]?(?:no\.? ?|#)?\d+", re.IGNORECASE
)

#: What is said with a shape: which side it points to, or that it is an icon.
_SIDES = frozenset({"up", "down", "forward", "back", "icon", "icône", "symbol", "to", "the", "vers", "le", "la"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed pictures and image buttons with a name."""
    for element in page.document:
        button = element.tag == "input" and (element.get("type") or "").lower() == "image"
        picture = element.role in {"image", "img"} or button or element.tag == "canvas"
        if picture and element.exposed and element.rendered and element.name.strip():
            yield element


def expect(page: Page, target: Element) -> Result:
    name = target.name.strip()
    known = either()
    fix = "Write what the picture shows and why it is there: ![Children planting beans behind the library](beans.jpg)."
    if is_file_name(name) or _CAMERA.fullmatch(name) or is_from_file(name, address(target)):
        return failed(f"The alternative of this picture is its file name: “{name}”.", fix)
    if " ".join(words(name)) in known.placeholder_alternatives or _NUMBERED.fullmatch(name):
        return failed(f"The alternative of this picture is only “{name}”.", fix)
    described = target.accessible.description.strip() if target.accessible and target.has("aria-describedby") else ""
    if described and (is_file_name(described) or _says_only_what_kind(described, known)):
        return failed(
            f"The long description of this picture is only “{described}”.",
            "Write into the element that aria-describedby names what the picture shows.",
        )
    if not _is_alone(page, target):
        if _names_a_shape(page, target, known):
            return ask(
                f"All that is heard of this link or button is “{name}”. Does that say what it does?",
                "Write what happens: “Next page”, “Open the menu”, “Close”.",
            )
        return passed(name=name)
    if len(words(name)) <= SHORT and _is_large(target) and _says_only_what_kind(name, known):
        return ask(f"The alternative “{name}” says what kind of picture this is. Is what it shows said somewhere?", fix)
    # A sentence describes; a word or two may be the name of a file or of a tool that drew it.
    brief = len(words(name)) <= SHORT
    if target.tag == "canvas" and brief:
        return ask(f"A script draws this picture. Does “{name}” say what is drawn now?", fix)
    if target.tag == "svg" and brief and _is_large(target) and not page.document.text(target):
        return ask(f"Does “{name}” say what this drawing shows?", fix)
    in_file = file_words(address(target))
    said = content_words(name, known)
    if in_file and said and len(words(name)) <= SHORT and not _in_common(said, in_file, address(target)):
        # What the text around speaks of is what its picture is about, whatever the file is called.
        around = frozenset(word for block in text_blocks(page.document) for word in content_words(block.text, known))
        if around & frozenset(said):
            return passed(name=name)
        return ask(f"The picture {_file(target)} has the alternative “{name}”. Is that what it shows?", fix)
    return passed(name=name)


def _says_only_what_kind(text: str, known: Vocabulary) -> bool:
    """Whether a text says no more than that there is a picture, a chart or the like: “This is a chart.”"""
    if " ".join(words(text)) in known.placeholder_alternatives:
        return True
    said = content_words(text, known)
    return bool(said) and all(word in _KINDS or word in known.placeholder_alternatives for word in said)


def _is_alone(page: Page, element: Element) -> bool:
    """Not in a link or button: there the alternative says where it leads, not what is seen."""
    inside = page.document.closest(element, lambda each: each is not element and each.role in {"link", "button"})
    return inside is None and element.tag != "input"


def _names_a_shape(page: Page, image: Element, known: Vocabulary) -> bool:
    """Whether it is all the name of a link or button, and says what an icon looks like: “right arrow”."""
    around = page.document.closest(image, lambda each: each.role in {"link", "button"})
    said = set(words(image.name))
    if around is None or set(words(around.name)) != said:
        return False
    return bool(said & known.icon_shapes) and said <= {*known.icon_shapes, *known.sensory_positions, *_SIDES}


def _is_large(element: Element) -> bool:
    return element.box is not None and min(element.box.width, element.box.height) >= DRAWING


def _in_common(said: tuple[str, ...], in_file: tuple[str, ...], source: str) -> bool:
    """Whether a word of one is in the other, whole or in part, or as initials."""
    everything = "".join(words(source.rsplit("/", 1)[-1]))
    initials = "".join(word[0] for word in said)
    return any(word[:3] in everything for word in said if len(word) > 2) or (
        len(initials) > 1 and any(initials == word for word in in_file)
    )


def _file(element: Element) -> str:
    return address(element).rsplit("/", 1)[-1][:60]
