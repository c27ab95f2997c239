"""A picture that is hidden from assistive technology may show something that the text does not say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.images import address, file_name, file_words
from audit.semantics.links import content_words
from audit.semantics.tables import explicit_role
from audit.semantics.vocabulary import either

RULE = Rule(
    title="Picture hidden from screen readers",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",), act=("e88epe",)),
    fixer=Fixer.AUTHOR,
    why="If the picture says something, people who cannot see it do not even learn that it is there.",
    since="0.1.0",
    aliases=("hidden-picture",),
)
#: Smaller ones are icons, thinner ones are lines and ornaments (CSS px, and square px).
LEAST_SIDE = 16
LEAST_AREA = 1600
#: Words that a mark stands beside, at most.
BESIDE = 12
#: Words of a card, at most; an article says more.
CARD = 60
#: From so many times as long as high on it may be a line.
LONG = 5
_ORNAMENTS = frozenset(
    {"line", "lines", "divider", "separator", "border", "wave", "waves", "swirl", "ornament", "flourish", "stripe"}
    | {"curve", "garland", "ligne", "bordure", "séparateur", "vague", "vagues", "ornement", "línea", "onda", "adorno"}
)
#: What is called so only adorns, in whatever shape.
_ADORNS = frozenset({"ornament", "ornaments", "decoration", "divider", "dividers", "separator", "flourish", "swirl"})
_ADORNS |= {"swirls", "stripes", "ornement", "ornements", "décoration", "séparateur", "adorno", "separador"}
_WHOLE = frozenset({"body", "main", "article", "section", "header", "footer", "html"})
_WRITES = re.compile(r"""\.(?:fillText|strokeText)\(\s*(['"])([^'"]+)\1""")
_ITSELF = frozenset({"img", "svg", "canvas"})
#: Roles of pictures: without a name they are told as such (image-alt, role-img-alt, svg-img-alt).
_PICTURES = frozenset({"img", "graphics-document", "graphics-object", "graphics-symbol"})
#: What shows a file as a picture: with a name, that stands for all of it.
_FRAMES = frozenset({"object", "embed"})
_WIDGETS = frozenset({"link", "button", "tab", "menuitem", "option", "checkbox", "radio", "switch", "treeitem"})
#: What a picture shows in these is mostly told by the words beside it.
_TOLD = frozenset({"li", "figure", "a", "button", "label", "summary", "nav", "td", "th"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered pictures that are not exposed, larger than icons and outside of links and buttons."""
    document = page.document
    scripted = any(not each.has("src") or each.get("src") for each in document.tags("script"))
    for element in document.tags(*_ITSELF):
        box = element.box
        if not element.rendered or box is None or min(box.width, box.height) < LEAST_SIDE or box.area < LEAST_AREA:
            continue
        if (
            _says_something(document, element)
            or _is_in_widget(document, element)
            or _lacks_alternative(document, element)
        ):
            continue
        shows = {"img": element.natural is not None, "canvas": scripted}.get(element.tag, True)
        inner = any(
            above.tag in {"svg", "canvas"}
            or ((above.tag in _FRAMES or explicit_role(above) in _PICTURES) and above.name.strip())
            for above in document.ancestors(element)
        )
        if shows and not inner:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    words_near = _near(document, target)
    in_file = file_words(address(target))
    said = content_words(words_near, either())
    if _is_ornament(target, in_file):
        return passed(ornament=True)
    if target.tag != "canvas" and (
        _carried(document, target) or _is_card(document, target) or (in_file and all(word in said for word in in_file))
    ):
        return passed(near=words_near[:100])
    if target.tag == "canvas" and (drawn := _written_by_script(page, target)):
        return failed(
            f"A script writes “{drawn}” into this picture, and screen readers leave it out.",
            'Put the words as text between <canvas> and </canvas>, and give the canvas role="img" with a name.',
            text=drawn,
        )
    if _is_lone_logo(document, target):
        return failed(
            f"The logo {file_name(address(target))} is hidden from screen readers, and no words beside it say whose "
            "it is.",
            "Write the name that the logo stands for as its alternative: ![Riverside Public Library](logo.svg).",
        )
    box = target.box
    assert box is not None
    what = file_name(address(target)) or {"svg": "a drawing", "canvas": "a picture drawn by script"}.get(target.tag, "")
    size = f"{round(box.width)} by {round(box.height)} px"
    return ask(
        f"Screen readers leave out {what or 'this picture'} ({size}). Does it show anything that the text beside it "
        "does not say?",
        "If it does, describe it: in Markdown between the square brackets, ![what it shows](file).",
        width=round(box.width),
        height=round(box.height),
        text_beside=words_near[:160],
    )


def _says_something(document: Document, element: Element) -> bool:
    """Whether it has a name or a role for which it needs one, or parts that are exposed by themselves: words and
    links in a drawing.
    """
    if element.exposed and element.name.strip():
        return True
    if any(each.exposed and explicit_role(each) in _PICTURES for each in (element, *document.descendants(element))):
        return True
    return any(each.exposed and each.name.strip() for each in document.descendants(element)) or bool(
        document.exposed_text(element)
    )


def _lacks_alternative(document: Document, element: Element) -> bool:
    """Whether nobody said that it is decoration: that it has no alternative is told as such (image-alt)."""
    marked = element.has("alt") or explicit_role(element) in {"none", "presentation"}
    hidden = document.closest(element, lambda each: each.get("aria-hidden") == "true") is not None
    return element.tag == "img" and not marked and not hidden


def _is_in_widget(document: Document, element: Element) -> bool:
    return any(
        above.role in _WIDGETS or above.tag in {"a", "button", "summary"} for above in document.ancestors(element)
    )


def _is_card(document: Document, element: Element) -> bool:
    """Whether it is the picture of a card: one of several parts side by side of one kind, each with a heading and at
    most one picture of this size.
    """
    card = document.closest(element, lambda each: each.tag == "article")
    around = document.parent(card) if card is not None else None
    if card is None or around is None:
        return False
    cards = [each for each in document.children(around) if each.tag == card.tag and each.rendered]
    return len(cards) > 1 and all(
        any(inner.role == "heading" for inner in document.descendants(each))
        and sum(inner.tag == "img" for inner in document.descendants(each)) == 1
        and len(document.exposed_text(each).split()) <= CARD
        for each in cards
    )


def _carried(document: Document, element: Element) -> bool:
    """Whether it belongs to an item, card or figure with words of its own, or stands beside a few words."""
    for above in document.ancestors(element):
        if above.tag in _WHOLE:
            return False
        text = document.exposed_text(above).split()
        if above.tag in _TOLD:
            return len(text) > 1
        # A mark beside the name it stands for: the smallest box around both says what it says.
        if text:
            return len(text) <= BESIDE
    return False


def _is_ornament(element: Element, called: Iterable[str]) -> bool:
    """Whether a picture is called an ornament, or a long and low one what runs along a page: a line, a wave, a border."""
    called, box = frozenset(called), element.box
    if called & _ADORNS:
        return True
    long = box is not None and min(box.width, box.height) * LONG <= max(box.width, box.height)
    return long and bool(called & _ORNAMENTS)


def _is_lone_logo(document: Document, element: Element) -> bool:
    """Whether its file is called a logo, and the part of the page that it stands in has no words at all.

    A logo says whose page or product this is. Beside words it may only repeat them.
    """
    called = re.split(r"[\W_\d]+", file_name(address(element)).casefold())
    part = next((above for above in document.ancestors(element) if above.tag in _WHOLE), document.root)
    return bool({"logo", "logos", "logotype"} & set(called)) and not document.exposed_text(part)


def _written_by_script(page: Page, canvas: Element) -> str:
    """Words that a script in the page writes onto its only canvas; nothing when anything is doubtful."""
    if len(page.document.tags("canvas")) != 1 or page.document.text(canvas):
        return ""
    written = _WRITES.findall(page.html)
    return " ".join(text for _, text in written if sum(character.isalpha() for character in text) > 2)[:120]


def _near(document: Document, element: Element) -> str:
    parent = document.parent(element)
    while parent is not None and parent.tag != "body":
        text = document.exposed_text(parent)
        if text:
            return text
        parent = document.parent(parent)
    return document.exposed_text(parent)[:400] if parent is not None else ""
