"""The styles of a Word document, as far as they say what a paragraph is and how it looks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from audit.documents.archive import attribute, child, children, is_on, whole
from audit.documents.office import HIGHLIGHTS, colour

_HEADING = re.compile(r"^(?:heading|titre|überschrift|título) (\d)$", re.IGNORECASE)
_LEVELS = frozenset("0123456789")
#: Letters of Chinese, Japanese and Korean: signs, syllables, and their forms of full width.
_EASTERN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How words look and what they are. ``level``: of a heading, 0 for none, -1 for a title.

    ``language``: of letters that are neither East Asian (``eastern``) nor read from the right (``rightward``): Word
    keeps one for each of the three (ECMA-376, part 1, 17.3.2.20).
    """

    level: int = 0
    listed: bool = False
    bold: bool = False
    size: float = 0.0
    foreground: str = ""
    background: str = ""
    language: str = ""
    name: str = ""
    eastern: str = ""
    rightward: str = ""
    underlined: bool = False
    hidden: bool = False

    def spoken(self, words: str) -> str:
        """The language that is declared for words, by the letters that most of them are written with."""
        kinds = Counter(_script(each) for each in words if each.isalpha())
        most = max(sorted(kinds), key=lambda kind: kinds[kind]) if kinds else "language"
        return {"eastern": self.eastern, "rightward": self.rightward}.get(most, "") or self.language


def _script(letter: str) -> str:
    """Which of the three languages of a look a letter is in."""
    if unicodedata.bidirectional(letter) in {"R", "AL"}:
        return "rightward"
    return "eastern" if _EASTERN.match(letter) else "language"


class Styles:
    """All styles by id."""

    def __init__(self, tree: etree._Element | None) -> None:
        self._elements = {attribute(each, "styleId") or "": each for each in children(tree, "style")}
        defaults = child(tree, "docDefaults", "rPrDefault", "rPr")
        self.default = _runs(Look(size=10.0), defaults)
        normal = next(
            (
                name
                for name, each in self._elements.items()
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in {"1", "true"}
            ),
            "",
        )
        self._normal = normal
        self._made: dict[str, Look] = {}

    @property
    def language(self) -> str:
        """What the document declares for all that says nothing else."""
        return self.of("").language

    def of(self, identifier: str) -> Look:
        """The look of a paragraph in a style; an unknown one is the normal one."""
        identifier = identifier if identifier in self._elements else self._normal
        if identifier not in self._made:
            self._made[identifier] = self._make(identifier)
        return self._made[identifier]

    def _make(self, identifier: str) -> Look:
        chain: list[etree._Element] = []
        at, seen = identifier, set()
        while at in self._elements and at not in seen:
            seen.add(at)
            chain.append(self._elements[at])
            at = attribute(child(self._elements[at], "basedOn"), "val") or ""
        look = self.default
        for each in reversed(chain):
            look = _runs(paragraph_look(look, child(each, "pPr")), child(each, "rPr"))
            name = attribute(child(each, "name"), "val") or ""
            match = _HEADING.match(name)
            level = int(match[1]) if match else -1 if name.lower() in {"title", "titre"} else look.level
            look = replace(look, name=name, level=level)
        return look

    def character(self, look: Look, identifier: str) -> Look:
        """A look with a style for characters on top of it."""
        element = self._elements.get(identifier)
        return _runs(look, child(element, "rPr")) if element is not None else look


def paragraph_look(look: Look, properties: etree._Element | None) -> Look:
    """A look with the properties of a paragraph on top of it."""
    if properties is None:
        return look
    outline = attribute(child(properties, "outlineLvl"), "val")
    if outline is not None and outline in _LEVELS:
        # The tenth is that of running text, as in a heading that is not to stand in the contents.
        look = replace(look, level=(int(outline) + 1) % 10)
    numbering = child(properties, "numPr", "numId")
    if numbering is not None:
        look = replace(look, listed=attribute(numbering, "val") != "0")
    fill = colour(attribute(child(properties, "shd"), "fill"))
    return replace(look, background=fill) if fill else look


def run_look(styles: Styles, look: Look, properties: etree._Element | None) -> Look:
    """A look with the properties of a run on top of it."""
    named = attribute(child(properties, "rStyle"), "val")
    return _runs(styles.character(look, named) if named else look, properties)


def _runs(look: Look, properties: etree._Element | None) -> Look:
    if properties is None:
        return look
    changes: dict[str, object] = {}
    bold = child(properties, "b")
    if bold is not None:
        changes["bold"] = is_on(bold)
    line = child(properties, "u")
    if line is not None:
        changes["underlined"] = is_on(line)
    hidden = child(properties, "vanish")
    if hidden is not None:
        changes["hidden"] = is_on(hidden)
    size = whole(attribute(child(properties, "sz"), "val"))
    if size:
        changes["size"] = size / 2
    changes |= _colours(properties)
    languages = child(properties, "lang")
    for key, name in (("val", "language"), ("eastAsia", "eastern"), ("bidi", "rightward")):
        if declared := attribute(languages, key):
            changes[name] = declared
    return replace(look, **changes)  # type: ignore[arg-type] # each value is of its field's type


def _colours(properties: etree._Element) -> Mapping[str, str]:
    changes = {}
    ink = child(properties, "color")
    if ink is not None:
        tinted = attribute(ink, "themeTint") or attribute(ink, "themeShade")
        changes["foreground"] = colour(attribute(ink, "val")) if not tinted or attribute(ink, "val") else ""
    fill = colour(attribute(child(properties, "shd"), "fill"))
    marked = HIGHLIGHTS.get(attribute(child(properties, "highlight"), "val") or "", "")
    if marked or fill:
        changes["background"] = marked or fill
    return changes
