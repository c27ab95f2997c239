"""Which letters the words of a PDF are: what a typeface tells of them (ISO 32000-1, 9.8.3.2 and 9.10.3)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools import agl  # type: ignore[import-untyped]

from audit.documents.pdf_programs import BROKEN, names_of_codes

#: A larger table is not that of an honest typeface.
LARGEST = 4_000_000
_BLOCK = re.compile(rb"begin(bfchar|bfrange)\b(.*?)\bend\1\b", re.DOTALL)
_BEGUN = re.compile(rb"\bbegin(?:bfchar|bfrange)\b")
_HEX = rb"<\s*([0-9A-Fa-f][0-9A-Fa-f\s]*)>\s*"
_ONE = re.compile(rb"\s*" + _HEX + rb"<[0-9A-Fa-f\s]+>\s*")
_RANGE = re.compile(rb"\s*" + _HEX + _HEX + rb"(?:<[0-9A-Fa-f\s]+>|\[((?:\s*<[0-9A-Fa-f\s]+>)+)\s*\])\s*")


def is_told(font: Any) -> bool:
    """Whether the table of letters of a typeface is there and written as the standard wants it."""
    table = font.get("/ToUnicode") if isinstance(font, pikepdf.Dictionary) else None
    if not isinstance(table, pikepdf.Stream):
        return False
    try:
        text = table.read_bytes()[:LARGEST]
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
        return False
    blocks = _BLOCK.findall(text)
    return bool(blocks) and len(blocks) == len(_BEGUN.findall(text)) and all(_is_whole(*block) for block in blocks)


def _is_whole(kind: bytes, text: bytes) -> bool:
    """Whether nothing but entries stands in a block, and each range names as many letters as it has codes."""
    entry, at = _ONE if kind == b"bfchar" else _RANGE, 0
    while at < len(text) and (found := entry.match(text, at)) is not None:
        at = found.end()
        if entry is _RANGE and not _fits(*found.groups()):
            return False
    return not text[at:].strip()


def _fits(first: bytes, last: bytes, letters: bytes | None) -> bool:
    codes = int(b"".join(last.split()), 16) - int(b"".join(first.split()), 16) + 1
    return codes > 0 and (letters is None or letters.count(b"<") == codes)


def _is_told_by(name: str) -> bool:
    """Whether a name of a shape says which letter it is; ``.notdef`` is none, and shows nothing."""
    return name == ".notdef" or bool(agl.toUnicode(name))


def nameless(font: Any) -> frozenset[int] | None:
    """The codes of a Type 1 or Type 3 font whose letter neither the name of its shape says nor the table (ISO 14289-1, 7.21.7).

    ``None`` for fonts of other kinds, and where the names stand in a program that cannot be read.
    """
    if (names := _names(font)) is None:
        return None
    return frozenset(code for code, each in names.items() if not _is_told_by(each)) - _in_table(font)


#: Fonts whose signs every program knows.
_OF_SIGNS = frozenset({"Symbol", "ZapfDingbats"})


def _names(font: Any) -> Mapping[int, str] | None:
    if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") not in {"/Type1", "/MMType1", "/Type3"}:
        return None
    if str(font.get("/BaseFont", "")).removeprefix("/").rsplit("+", 1)[-1] in _OF_SIGNS:
        return dict.fromkeys(range(256), "bullet")
    try:
        return names_of_codes(font)
    except BROKEN:
        return None


def _in_table(font: pikepdf.Dictionary) -> frozenset[int]:
    """The codes of one byte that the table of letters of a typeface names."""
    table = font.get("/ToUnicode")
    try:
        text = table.read_bytes()[:LARGEST] if isinstance(table, pikepdf.Stream) else b""
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
        return frozenset()
    found = set[int]()
    for kind, block in _BLOCK.findall(text):
        for entry in (_ONE if kind == b"bfchar" else _RANGE).finditer(block):
            first = int(b"".join(entry[1].split()), 16)
            last = first if kind == b"bfchar" else int(b"".join(entry[2].split()), 16)
            found |= set(range(first, min(last, 255) + 1))
    return frozenset(found)


def fonts_of_fields(file: pikepdf.Pdf) -> frozenset[int]:
    """The numbers of typefaces that only fields of forms are drawn with.

    What stands in a field is read from its value, a tick from its state; how they are drawn tells nobody anything.
    """
    fields, pages = set[int](), set[int]()
    for page in file.pages:
        pages |= {*_fonts(page.resources)}
        annotations = page.obj.get("/Annots")
        for each in annotations.as_list() if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(each, pikepdf.Dictionary):
                into = fields if each.get("/Subtype") == "/Widget" else pages
                into |= {font for looks in appearances(each) for font in _fonts(looks.get("/Resources"))}
    return frozenset(fields - pages)


def appearances(annotation: pikepdf.Dictionary) -> Iterator[pikepdf.Object]:
    """What an annotation is drawn with: one stream, or one for each of its states."""
    looks = annotation.get("/AP")
    for state in dict(looks.items()).values() if isinstance(looks, pikepdf.Dictionary) else ():
        if isinstance(state, pikepdf.Stream):
            yield state
        elif isinstance(state, pikepdf.Dictionary):
            yield from (one for one in dict(state.items()).values() if isinstance(one, pikepdf.Stream))


def _fonts(resources: Any) -> Iterator[int]:
    """The numbers of typefaces among resources, and of what these draw; each drawing is looked at once."""
    stack, seen = [resources], set[tuple[int, int]]()
    while stack:
        at = stack.pop()
        if not isinstance(at, pikepdf.Dictionary):
            continue
        fonts, drawn = at.get("/Font"), at.get("/XObject")
        for each in dict(fonts.items()).values() if isinstance(fonts, pikepdf.Dictionary) else ():
            if isinstance(each, pikepdf.Dictionary) and (number := each.objgen[0]):
                yield number
        for each in dict(drawn.items()).values() if isinstance(drawn, pikepdf.Dictionary) else ():
            if isinstance(each, pikepdf.Stream) and each.objgen not in seen:
                seen.add(each.objgen)
                stack.append(each.get("/Resources"))


def lists_all_shapes(font: Any) -> bool:
    """Whether the list of letters beside a part of a TrueType typeface (CIDSet) names every one that has a shape.

    Programs that leave letters out keep the numbers of the others, and so keep an empty place for each that is gone.
    ``False`` where the typeface is of another kind, or cannot be read.
    """
    below = font.get("/DescendantFonts") if isinstance(font, pikepdf.Dictionary) else None
    kept = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    about = kept.get("/FontDescriptor") if isinstance(kept, pikepdf.Dictionary) else None
    if not isinstance(about, pikepdf.Dictionary) or kept.get("/CIDToGIDMap", pikepdf.Name.Identity) != "/Identity":
        return False
    listed, program = about.get("/CIDSet"), about.get("/FontFile2")
    if not isinstance(listed, pikepdf.Stream) or not isinstance(program, pikepdf.Stream):
        return False
    try:
        bits, shapes = listed.read_bytes(), _shapes(program.read_bytes())
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError, struct.error):
        return False
    return bool(shapes) and all(each // 8 < len(bits) and bits[each // 8] & (0x80 >> each % 8) for each in shapes)


def _shapes(program: bytes) -> list[int]:
    """The numbers of the letters of a TrueType program that have a shape, by its tables ``head`` and ``loca``."""
    tables = {
        name: program[start : start + length]
        for name, _, start, length in struct.iter_unpack(
            ">4sIII", program[12 : 12 + 16 * struct.unpack_from(">H", program, 4)[0]]
        )
    }
    head, places = tables.get(b"head", b""), tables.get(b"loca", b"")
    (long,) = struct.unpack_from(">h", head, 50)
    kind, size = ("I", 4) if long else ("H", 2)
    starts = struct.unpack(f">{len(places) // size}{kind}", places[: len(places) // size * size])
    return [number for number, (start, end) in enumerate(pairwise(starts)) if end > start]
