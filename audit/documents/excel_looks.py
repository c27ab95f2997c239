"""How the cells of a workbook look (ECMA-376, part 1, 18.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from audit.documents.archive import Archive, attribute, child, children, is_on, whole
from audit.documents.office import colour, theme


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. Colours are ``#rrggbb``, ``""`` where it has none of its own; sizes are in points."""

    foreground: str = ""
    background: str = ""
    bold: bool = False
    size: float = 11.0
    #: Negative numbers are red, and have neither a minus nor brackets.
    red: bool = False


class Looks:
    """How cells look, by the number of their style."""

    def __init__(self, archive: Archive, name: str, themed: str) -> None:
        tree = archive.xml_or_none(name)
        self.theme = theme(archive, themed)
        fonts = list(children(child(tree, "fonts"), "font"))
        fills = list(children(child(tree, "fills"), "fill"))
        written = {
            each.get("numFmtId", ""): each.get("formatCode", "") for each in children(child(tree, "numFmts"), "numFmt")
        }
        self._all = []
        for each in children(child(tree, "cellXfs"), "xf"):
            font, fill = _at(fonts, each.get("fontId")), _at(fills, each.get("fillId"))
            pattern = child(fill, "patternFill")
            solid = attribute(pattern, "patternType") == "solid"
            size = attribute(child(font, "sz"), "val") or ""
            self._all.append(
                Look(
                    self._colour(child(font, "color")),
                    self._colour(child(pattern, "fgColor")) if solid else "",
                    is_on(child(font, "b")),
                    float(size) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", size) else 11.0,
                    _is_only_red(written.get(each.get("numFmtId", ""), "")),
                )
            )

    def of(self, number: str) -> Look:
        at = whole(number, -1)
        return self._all[at] if 0 <= at < len(self._all) else Look()

    def _colour(self, element: etree._Element | None) -> str:
        if element is None or element.get("tint"):
            return ""
        number = whole(element.get("theme"), -1)
        if number >= 0:
            # The order of SpreadsheetML differs from the theme's: light before dark (ECMA-376, 18.8.3).
            order = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
            return self.theme.colours.get(order[number], "") if number < len(order) else ""
        return colour(element.get("rgb"))


def _is_only_red(code: str) -> bool:
    """Whether a format of numbers sets negative ones apart by red alone (ECMA-376, part 1, 18.8.31)."""
    sections = re.sub(r"\"[^\"]*\"", "", code).split(";")
    negative = sections[1] if len(sections) > 1 else ""
    return bool(re.search(r"\[(?:red|color ?3)\]", negative, re.IGNORECASE)) and not re.search(r"[-(−]", negative)


def _at(elements: list[etree._Element], number: str | None) -> etree._Element | None:
    at = whole(number, -1)
    return elements[at] if 0 <= at < len(elements) else None
