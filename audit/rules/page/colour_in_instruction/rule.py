"""A text tells things apart by their colour."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.colour import parse
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import sentences, unquoted

RULE = Rule(
    title="Things told apart by colour",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.1",)),
    fixer=Fixer.AUTHOR,
    why="People who see no colours, or print in grey, cannot tell which things are meant.",
    since="0.1.0",
)
_NAMES = {
    "red": ("red", "rouge", "rouges"),
    "orange": ("orange", "oranges", "amber"),
    "yellow": ("yellow", "jaune", "jaunes"),
    "green": ("green", "vert", "verte", "verts", "vertes"),
    "blue": ("blue", "bleu", "bleue", "bleus", "bleues"),
    "purple": ("purple", "violet", "violette", "violets", "violettes", "mauve", "pink", "rose", "roses"),
    "grey": ("grey", "gray", "gris", "grise", "grises", "greyed"),
}
_HUE = {name: hue for hue, names in _NAMES.items() for name in names}
_COLOUR = "|".join(sorted(_HUE, key=len, reverse=True))
_THINGS = (
    "fields?|items?|entries|entry|dates?|days?|rows?|cells?|links?|words?|names?|those|ones|titles?|programs?|events?|"
    "branches|errors?|questions?|numbers?|lines?|boxes|text|labels?|areas?|times?|champs?|dates?|jours?|lignes?|cases?|"
    "liens?|mots?|noms?|ceux|celles|titres?|heures?"
)
_PATTERNS = (
    re.compile(
        rf"\b(?:{_THINGS})\s+(?:(?:(?:that|which|qui)\s+)?(?:are|is|appear|appears|sont|est)\s+)?"
        rf"(?:(?:shown|marked|named|labelled|labeled|titled|typed|printed|written|highlighted|displayed|shaded|listed|outlined|indiqués?|marquée?s?|écrits?|affichée?s?)\s+)?"
        rf"(?:in|en)\s+(?:(?:bold|dark|light|a)\s+)?(?P<colour>{_COLOUR})\b(?!\s+(?:type|print|box|section|river|hall))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:with|has|have|avec)\s+(?:an?|the|un|une)\s+(?P<colour>{_COLOUR})\s+(?:border|outline|background|edge|frame|text)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<colour>{_COLOUR})\s+(?:means|stands for|indicates|shows that|signifie|indique)\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:(?:is|are)\s+(?:shown|marked|displayed|highlighted|listed|printed|written|indicated|flagged|given|set|shaded)"
        rf"|appears?|stands?|(?:est|sont)\s+(?:indiquée?s?|marquée?s?|écrite?s?|affichée?s?|surlignée?s?))\s+(?:in|en)\s+"
        rf"(?:(?:bold|dark|light|a)\s+)?(?P<colour>{_COLOUR})\b(?!\s+(?:type|print|box|section|river|hall))",
        re.IGNORECASE,
    ),
    re.compile(rf"\bcolou?red\s+(?P<colour>{_COLOUR})\b", re.IGNORECASE),
)
_LEGEND = re.compile(rf"\b({_COLOUR})(?:\s+(?:is|are|est|sont|[–—-])|\s*[=:])\s", re.IGNORECASE)
#: The same in lines of their own: “Green: open”.
_ENTRY = re.compile(rf"(?P<colour>{_COLOUR})(?:\s+[–—-]|\s*[=:])\s+\S", re.IGNORECASE)
#: What a chart, a map or a plan is made of.
_PARTS = (
    rf"{_THINGS}|bars?|slices?|segments?|columns?|points?|dots?|squares|circles|regions?|countries|provinces|counties|towns|"
    "cities|rooms?|shelves|wards?|routes?|sections?|parts?|zones?|barres?|colonnes?|points?|régions?|pays|villes|salles?|zones?"
)
_PARTS_OF_PICTURE = re.compile(
    rf"\b(?:{_PARTS})\s+(?:(?:that|which|whose\s+\w+)\s+)?(?:(?:is|are|sont|est)\s+)?"
    rf"(?:(?:shown|marked|coloured|colored|shaded|drawn|indiqués?|marquée?s?)\s+)?(?:in\s+|en\s+)?(?P<first>{_COLOUR})\b"
    rf"|\b(?P<second>{_COLOUR})\s+(?:bars|slices|segments|columns|points|dots|squares|circles|areas|regions|lines?|parts|zones)\b",
    re.IGNORECASE,
)
#: What a picture is called in which colours tell things apart.
_CHART = re.compile(
    r"\b(?:charts?|graphs?|plots?|maps?|plans?|diagrams?|calendars?|schedules?|timelines?|floor ?plans?|seating|legend"
    r"|cartes?|graphiques?|diagrammes?|calendriers?|schémas?|légende)\b",
    re.IGNORECASE,
)
#: A colour by its name, and no name of a place or a person (“Red Lake”).
_LOWER = re.compile(rf"(?:^|(?<=[.;:,(] )|\b)(?P<colour>{_COLOUR})\b(?!-)")
_PICTURES = frozenset({"image", "img", "graphics-document", "canvas"})
#: A picture from this size on, in CSS px, may be a chart; and so many elements away a text is beside it.
LARGE, NEAR = 120.0, 4
_MUST = re.compile(r"\b(?:required|mandatory|must|obligatoires?|doivent|requis)\b", re.IGNORECASE)
_SIGN = re.compile(r"[*†‡]|\b(?:required|mandatory|optional|obligatoire|requis|facultatif)\b", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text that tell things apart by a colour which something on the page has."""
    for index in sorted({**_told(page.document), **_of_pictures(page.document), **_of_labels(page.document)}):
        yield page.document[index]


@remembered
def _of_pictures(document: Document) -> dict[int, tuple[str, str]]:
    """Pictures whose alternative tells things of them apart by colour, and blocks beside a picture that do so:
    the sentence and the word, by index. What colours a picture has is not known.
    """
    found: dict[int, tuple[str, str]] = {}
    pictures = [each for each in document if each.role in _PICTURES and each.rendered and each.box is not None]
    large = [each for each in pictures if each.box is not None and min(each.box.width, each.box.height) >= LARGE]
    for picture in pictures:
        chart = _CHART.search(picture.name) is not None
        for sentence in sentences(unquoted(picture.name)):
            word = _in_picture(sentence) or (_named_in(sentence) if chart else "")
            if word:
                found[picture.index] = (sentence, word)
                break
    if not large:
        return found
    for block in text_blocks(document):
        beside = any(abs(block.element.index - each.index) <= NEAR for each in large)
        if beside and not block.is_code(document) and block.element.index not in _told(document):
            for sentence in sentences(unquoted(block.text)):
                word = _in_picture(sentence)
                if word:
                    found[block.element.index] = (sentence, word)
                    break
    return found


@remembered
def _of_labels(document: Document) -> dict[int, tuple[str, str]]:
    """The first label of a form that has a colour which fewer than half of the labels have, where no sign or word says why."""
    found: dict[int, tuple[str, str]] = {}
    by_form: dict[int, list[Element]] = {}
    for label in document.tags("label", "legend"):
        form = document.closest(label, lambda each: each.tag == "form")
        if form is not None and label.rendered and document.visible_text(label).strip():
            by_form.setdefault(form.index, []).append(label)
    for labels in by_form.values():
        hues = {each.index: _hue(each.style.get("color", "")) for each in labels}
        odd = [each for each in labels if hues[each.index] not in {"", "grey"}]
        plain = [each for each in labels if each not in odd]
        if not odd or len(plain) < len(odd):
            continue
        first = odd[0]
        bare = all(not _SIGN.search(document.visible_text(each)) for each in odd)
        if bare and hues[first.index] not in {_HUE[word] for _, word in _told(document).values()}:
            found[first.index] = (document.visible_text(first), hues[first.index])
    return found


def _in_picture(sentence: str) -> str:
    match = _PARTS_OF_PICTURE.search(sentence)
    return (match["first"] or match["second"]).lower() if match else ""


def _named_in(sentence: str) -> str:
    match = _LOWER.search(sentence[:1].lower() + sentence[1:])
    return match["colour"] if match else ""


@remembered
def _told(document: Document) -> dict[int, tuple[str, str]]:
    """The sentence and the word for the colour, by the index of the block."""
    found: dict[int, tuple[str, str]] = {}
    candidates: list[tuple[Element, str, str]] = []
    entries: list[tuple[Element, str, str]] = []
    for block in text_blocks(document):
        if not block.is_code(document):
            # What is quoted is spoken of, and points at nothing here.
            plain = unquoted(block.text)
            found_in = [(each, word) for each in sentences(plain) if (word := _pointer(each))]
            if found_in or (word := _in_legend(plain)):
                candidates.append((block.element, *(found_in[0] if found_in else (plain, word))))
            elif entry := _ENTRY.match(plain):
                entries.append((block.element, plain, entry["colour"].lower()))
    if len({_HUE[word] for *_, word in entries}) > 1:
        candidates.append(entries[0])
    if candidates:
        there = dict(_hues(document))
        for element, sentence, word in candidates:
            owners = there.get(_HUE[word], set()) - {element.index}
            if owners:
                found[element.index] = (sentence, word)
    return found


def _pointer(sentence: str) -> str:
    for pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match:
            return match["colour"].lower()
    return _in_legend(sentence)


def _in_legend(text: str) -> str:
    """The first of two colours or more whose meaning a text tells (“green: open, red: closed”); empty without."""
    legend = [each.lower() for each in _LEGEND.findall(text)]
    return legend[0] if len({_HUE[each] for each in legend}) > 1 else ""


def _hues(document: Document) -> Iterator[tuple[str, set[int]]]:
    """The elements in which a colour is seen: of words, surfaces and edges."""
    table: dict[str, set[int]] = {}
    for element in document:
        if not element.rendered or element.box is None or element.box.area < 4:
            continue
        values = [
            element.style.get("background-color", ""),
            element.style.get("fill", "") if element.tag != "html" else "",
        ]
        if any(not isinstance(child, int) and child.text.strip() for child in element.content):
            values.append(element.style.get("color", ""))
        values.extend(
            element.style.get(f"border-{side}-color", "")
            for side in ("top", "right", "bottom", "left")
            if element.style.get(f"border-{side}-style", "none") != "none"
        )
        for value in values:
            hue = _hue(value)
            if hue:
                table.setdefault(hue, set()).add(element.index)
    yield from table.items()


def _hue(value: str) -> str:
    """What people call a colour; empty where nobody would name it."""
    colour = parse(value)
    if colour is None or colour.alpha < 0.3:
        return ""
    hue, light, strength = colorsys.rgb_to_hls(colour.red / 255, colour.green / 255, colour.blue / 255)
    if strength < 0.15:
        return "grey" if 0.3 < light < 0.85 else ""
    if light < 0.12 or light > 0.95:
        return ""
    degrees = hue * 360
    for name, end in (("red", 15), ("orange", 45), ("yellow", 70), ("green", 165), ("blue", 255), ("purple", 340)):
        if degrees < end:
            return name
    return "red"


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if target.index in _of_pictures(document):
        sentence, word = _of_pictures(document)[target.index]
        return ask(
            f"“{sentence[:120]}” Does the text say which ones are {word}, for people who do not see the picture or its colours?",
            "Name them in the alternative or in the text, and mark them in the picture by more than a colour.",
            colour=word,
        )
    if target.index in _of_labels(document) and target.index not in _told(document):
        name, word = _of_labels(document)[target.index]
        return ask(
            f"The label “{name[:60]}” is {word}, and others of this form are not. What does the colour say, and where is it said in words?",
            "Say it in words or with a sign as well: “(required)” after the label.",
            colour=word,
        )
    sentence, word = _told(document)[target.index]
    fix = "Say it in words or with a sign as well: “(required)” after the label, “closed” in the cell."
    if _MUST.search(sentence):
        meant = [
            each
            for each in document.tags("label", "legend")
            if each.rendered
            and any(_hue(owner.style.get("color", "")) == _HUE[word] for owner, _ in document.runs(each))
        ]
        bare = [each for each in meant if not _SIGN.search(document.visible_text(each))]
        if meant and not bare:
            return passed(signs=len(meant))
        if bare:
            names = ", ".join(f"“{document.visible_text(each)[:30]}”" for each in bare[:3])
            return failed(
                f"“{sentence[:100]}” Nothing but the colour says so of {names}.", fix, colour=word, fields=len(bare)
            )
    return ask(
        f"“{sentence[:120]}” Is there anything besides the colour that says which ones are meant?", fix, colour=word
    )
