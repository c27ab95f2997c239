"""Whether a typeface of a PDF keeps what the standard asks, where the validator is stricter than the standard.

ISO 32000-1, 9.6.6.4 (letters of TrueType programs) and 9.9 (programs in the file). Each answer is ``None`` where a
typeface is of a kind that this module does not know.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

import pikepdf

#: How a program of letters begins: Type 1, TrueType, OpenType, a collection, CFF.
_BEGINS = (b"%!", b"\x80\x01", b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"\1\0\4")
_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b")
#: Encodings of PDF, by the codec that comes nearest.
_CODECS = {"/MacRomanEncoding": "mac_roman", "/WinAnsiEncoding": "cp1252"}
_SYMBOLIC = 4
_WIDTH = re.compile(r"width (\d+(?:\.\d+)?) in its embedded Type1 program but (\d+(?:\.\d+)?)")
_UNIT = re.compile(rb"/FontMatrix\s*\[\s*(\d*\.?\d+(?:[eE]-?\d+)?)")
#: A larger program is not looked through.
_LARGEST = 20_000_000


def is_in_file(font: Any) -> bool | None:
    """Whether the program of the letters is in the file."""
    if font.get("/Subtype") == "/Type3":
        return True
    below = font.get("/DescendantFonts")
    font = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    program = _program(font, "/FontFile", "/FontFile2", "/FontFile3")
    return program is not None and program.startswith(_BEGINS)


def says_its_coding(font: Any) -> bool | None:
    """Whether a typeface of letters, no signs, names one of the two encodings that the standard allows, and changes nothing of it."""
    if not _is_of_letters(font):
        return None
    return True if str(font.get("/Encoding")) in _CODECS else None


def has_its_letters(font: Any) -> bool | None:
    """Whether there is a shape for each code that has a width."""
    codec = _CODECS.get(str(font.get("/Encoding"))) if _is_of_letters(font) else None
    widths: Any = font.get("/Widths")
    first: Any = font.get("/FirstChar")
    program = _program(font, "/FontFile2")
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


def is_misread(font: Any, message: str) -> bool:
    """Whether a width that was read from a Type 1 program is none of it: the validator neither divides nor scales.

    A width may be written as a fraction (``1139 2 div``), of which it reads 0; and a program may count in other units.
    """
    said, program = _WIDTH.search(message), _program(font, "/FontFile")
    if said is None or program is None:
        return False
    read, wanted = float(said[1]), float(said[2])
    unit = _UNIT.search(program)
    return read == 0 or (unit is not None and abs(read * float(unit[1]) * 1000 - wanted) < 1)


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
            for name in {*_DRAWN.findall(text)}:
                font = fonts.get("/" + name.decode("latin-1"))
                if isinstance(font, pikepdf.Dictionary) and font.objgen[0]:
                    yield font.objgen[0]


def _is_of_letters(font: Any) -> bool:
    about = font.get("/FontDescriptor")
    flags: Any = about.get("/Flags") if isinstance(about, pikepdf.Dictionary) else None
    return font.get("/Subtype") == "/TrueType" and isinstance(flags, int) and not flags & _SYMBOLIC


def _program(font: Any, *names: str) -> bytes | None:
    about: Any = font.get("/FontDescriptor") if isinstance(font, pikepdf.Dictionary) else None
    for name in names if isinstance(about, pikepdf.Dictionary) else ():
        if isinstance(stream := about.get(name), pikepdf.Stream):
            try:
                return stream.read_bytes()[:_LARGEST]
            except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
                return None
    return None


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
