"""The markup of Word documents that holds other things: blocks, rows, signs, pictures that are links."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audit.documents.archive import attribute, child, local
from audit.documents.drawings import within

#: Holders of blocks, whose own kind does not matter here.
HOLDERS = {
    "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice", "body", "dir", "bdo", "ruby",
    "rubyBase",
}  # fmt: skip
#: Signs of the typefaces for signs (by their codes there) that are boxes to tick; all others stand for dots.
_TICKS = {0xF06F, 0xF071, 0xF072, 0xF0A8, 0xF0A3, 0xF0FD, 0xF0FE, 0xF052, 0xF053, 0xF054}
#: What fills a paragraph without words.
FILLING = {"drawing", "pict", "object"}


def sign(code: str) -> str:
    """A sign of a typeface for signs, as what it is used for."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return "☐" if number in _TICKS else "•"
    return chr(number) if 0x20 <= number < 0xD800 else ""


def said_by_pictures(link: etree._Element) -> str:
    """The alternatives of the pictures in a link: they are its words when it has no others."""
    told = (each.get("descr") or each.get("title") or "" for each in within(link) if local(each) == "docPr")
    return " ".join(" ".join(told).split())


def rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are there."""
    for each in table:
        if local(each) == "tr" and child(each, "trPr", "del") is None:
            yield each
        elif local(each) in HOLDERS:
            yield from rows(each)


def cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row."""
    for each in row:
        if local(each) == "tc":
            yield each
        elif local(each) in HOLDERS:
            yield from cells(each)


def goes_on(cell: etree._Element) -> bool:
    """Whether a cell only continues the one above it."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") in {None, "continue"}


def has_lines(table: etree._Element) -> bool:
    """Whether a table draws lines around its cells, or fills some with a colour, by itself and not by its style."""
    for each in within(table):
        match local(each):
            case "tblBorders" | "tcBorders":
                if any(attribute(side, "val") not in {None, "nil", "none"} for side in each):
                    return True
            case "shd":
                if len(attribute(each, "fill") or "") == 6:
                    return True
            case _:
                pass
    return False


def ends_page(properties: etree._Element | None) -> bool:
    """Whether a section ends with the paragraph of these properties, and the next begins on a page of its own."""
    section = child(properties, "sectPr")
    return section is not None and attribute(child(section, "type"), "val") not in {"continuous", "nextColumn"}


def draws_lines(properties: etree._Element | None) -> bool:
    """Whether the tabs of a paragraph draw lines to write on."""
    stops = child(properties, "tabs")
    return stops is not None and any(attribute(each, "leader") in {"underscore", "heavy"} for each in stops)


def floats(box: etree._Element) -> bool:
    """Whether the drawing that a text box (``txbxContent``) stands in is not in line with the text."""
    for each in box.iterancestors():
        match local(each):
            case "inline":
                return False
            case "anchor":
                return True
            case "shape" | "rect" if "position:absolute" in "".join((each.get("style") or "").split()):
                return True
            case "p":
                return False
            case _:
                pass
    return False
