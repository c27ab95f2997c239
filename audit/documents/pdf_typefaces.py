"""Whether a typeface of a PDF keeps what the standard asks, where the validator is stricter than the standard.

ISO 32000-1, 9.6.6.4 (letters of TrueType programs) and 9.9 (programs in the file). Each answer is ``None`` where a
typeface is of a kind that this module does not know.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from audit.documents.pdf_programs import (
    BROKEN,
    CODECS,
    names_of_codes,
    program_of,
    true_type_widths,
    type_1_widths,
)

#: How a program of letters begins: Type 1, TrueType, OpenType, a collection, CFF.
_BEGINS = (b"%!", b"\x80\x01", b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"\1\0\4")
_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b")
_SYMBOLIC = 4
#: A larger program is not looked through.
_LARGEST = 20_000_000


def is_in_file(font: Any) -> bool | None:
    """Whether the program of the letters is in the file."""
    if font.get("/Subtype") == "/Type3":
        return True
    below = font.get("/DescendantFonts")
    font = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    program = program_of(font, "/FontFile", "/FontFile2", "/FontFile3")
    return program is not None and program.startswith(_BEGINS)


def says_its_coding(font: Any) -> bool | None:
    """Whether a typeface of letters, no signs, names one of the two encodings that the standard allows, and changes nothing of it."""
    if not _is_of_letters(font):
        return None
    return True if str(font.get("/Encoding")) in CODECS else None


def has_its_letters(font: Any) -> bool | None:
    """Whether there is a shape for each code that has a width."""
    codec = CODECS.get(str(font.get("/Encoding"))) if _is_of_letters(font) else None
    widths: Any = font.get("/Widths")
    first: Any = font.get("/FirstChar")
    program = program_of(font, "/FontFile2")
    if codec is None or program is None or not isinstance(widths, pikepdf.Array) or not isinstance(first, int):
        return None
    try:
        tables = {(platform, kind): table for platform, kind, table in _tables(program)}
        lengths = [float(str(each)) for each in widths.as_list()]
    except (struct.error, IndexError, ValueError):
        return None
    of_letters, of_mac = tables.get((3, 1), {}), tables.get((1, 0), {})
    if not (of_letters or of_mac) or not 0 <= first < 256:
        return None
    for code, width in enumerate(lengths[: 256 - first], start=first):
        letter = bytes([code]).decode(codec, "ignore")
        mac = letter.encode("mac_roman", "ignore")
        if width and not (of_letters.get(ord(letter) if letter else -1) or of_mac.get(mac[0] if mac else -1)):
            return False
    return True


def widths_fit(font: Any, shown: Iterable[int]) -> bool | None:
    """Whether the widths of the codes that are shown are those of the program, to a thousandth (ISO 14289-1, 7.21.5).

    The validator neither divides widths, nor scales them, nor reads large numbers of Type 1, and looks up the letters
    of some TrueType typefaces in the wrong table.
    """
    first: Any = font.get("/FirstChar") if isinstance(font, pikepdf.Dictionary) else None
    widths: Any = font.get("/Widths") if isinstance(first, int) else None
    if not isinstance(widths, pikepdf.Array):
        return None
    try:
        told = dict(enumerate((float(str(each)) for each in widths.as_list()), start=int(first)))
        drawn = _widths_of_codes(font)
    except BROKEN:
        return None
    pairs = [(told[code], drawn[code]) for code in shown if code in told and code in drawn]
    return all(abs(one - other) <= 1 for one, other in pairs) if pairs else None


def _widths_of_codes(font: pikepdf.Dictionary) -> dict[int, float]:
    """What the program says of the width of each code."""
    if (program := program_of(font, "/FontFile")) is not None:
        by_name, names = type_1_widths(program), names_of_codes(font) or {}
        return {code: by_name[name] for code, name in names.items() if name in by_name}
    if font.get("/Subtype") != "/TrueType" or (program := program_of(font, "/FontFile2")) is None:
        return {}
    widths = true_type_widths(program)
    return {code: widths[shape] for code, shape in _shapes_of_codes(font, program).items() if shape < len(widths)}


def _shapes_of_codes(font: pikepdf.Dictionary, program: bytes) -> dict[int, int]:
    """The shape of each code of a TrueType typeface (ISO 32000-1, 9.6.6.4)."""
    tables = {(platform, kind): table for platform, kind, table in _tables(program)}
    of_letters, of_mac, of_signs = (tables.get(each, {}) for each in ((3, 1), (1, 0), (3, 0)))
    codec = CODECS.get(str(font.get("/Encoding"))) if _is_of_letters(font) else None
    if codec is None and (_is_of_letters(font) or font.get("/Encoding") is not None):
        return {}
    found = {}
    for code in range(256):
        letter = bytes([code]).decode(codec, "ignore") if codec else ""
        mac = letter.encode("mac_roman", "ignore") if codec else bytes([code])
        signs = of_signs.get(0xF000 + code) or of_signs.get(code) if not codec else 0
        shape = (of_letters.get(ord(letter)) if letter else 0) or signs or (of_mac.get(mac[0]) if mac else 0)
        if shape:
            found[code] = shape
    return found


def lists_its_letters(font: Any) -> bool | None:
    """Whether the list of letters beside a Type 1 program (CharSet) names each one in it (ISO 14289-1, 7.21.4.2)."""
    about: Any = font.get("/FontDescriptor") if isinstance(font, pikepdf.Dictionary) else None
    listed = about.get("/CharSet") if isinstance(about, pikepdf.Dictionary) else None
    program = program_of(font, "/FontFile")
    try:
        names = set(type_1_widths(program)) if program is not None and listed is not None else set()
    except BROKEN:
        return None
    return names - {".notdef"} <= {*str(listed).split("/")} if names else None


def drawn_with(file: pikepdf.Pdf) -> Iterator[int]:
    """The numbers of typefaces that pages themselves draw with."""
    for page in file.pages:
        fonts: Any = page.resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            continue
        contents = page.obj.get("/Contents")
        for stream in contents.as_list() if isinstance(contents, pikepdf.Array) else (contents,):
            try:
                text = stream.read_bytes()[:_LARGEST] if isinstance(stream, pikepdf.Stream) else b""
            except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
                continue
            for name in dict.fromkeys(_DRAWN.findall(text)):
                font = fonts.get("/" + name.decode("latin-1"))
                if isinstance(font, pikepdf.Dictionary) and font.objgen[0]:
                    yield font.objgen[0]


def _is_of_letters(font: Any) -> bool:
    about = font.get("/FontDescriptor")
    flags: Any = about.get("/Flags") if isinstance(about, pikepdf.Dictionary) else None
    return font.get("/Subtype") == "/TrueType" and isinstance(flags, int) and not flags & _SYMBOLIC


def _tables(program: bytes) -> Iterator[tuple[int, int, dict[int, int]]]:
    """The tables of a TrueType program by which shapes are found: platform, encoding, and the shape of each code.

    Raises:
        struct.error: it ends too early.
    """
    (count,) = struct.unpack_from(">H", program, 4)
    for number in range(count):
        name, _, start, length = struct.unpack_from(">4sIII", program, 12 + 16 * number)
        if name == b"cmap":
            table = program[start : start + length]
            for each in range(struct.unpack_from(">H", table, 2)[0]):
                platform, kind, offset = struct.unpack_from(">HHI", table, 4 + 8 * each)
                yield platform, kind, _shapes(table[offset:])


def _shapes(table: bytes) -> dict[int, int]:
    """Shapes by code, of the formats 0, 4 and 6 (OpenType, cmap); of others none."""
    (form,) = struct.unpack_from(">H", table)
    if form == 0:
        return dict(enumerate(table[6:262]))
    if form == 6:
        first, count = struct.unpack_from(">HH", table, 6)
        return dict(enumerate(struct.unpack_from(f">{count}H", table, 10), start=first))
    if form != 4:
        return {}
    (doubled,) = struct.unpack_from(">H", table, 6)
    size = doubled // 2
    ends, starts, shifts, ranges = (
        struct.unpack_from(f">{size}H", table, 14 + part * doubled + (2 if part else 0)) for part in range(4)
    )
    found = {}
    for number, (start, end, shift, offset) in enumerate(zip(starts, ends, shifts, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            shape = code
            if offset:
                at = 16 + 3 * doubled + 2 * number + offset + 2 * (code - start)
                (shape,) = struct.unpack_from(">H", table, at)
            found[code] = (shape + shift) & 0xFFFF if shape or not offset else 0
    return found
