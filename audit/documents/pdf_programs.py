"""The letters that stand in the program of a typeface, and what each code of it means: names and widths.

Type 1 programs (Adobe Type 1 Font Format, 1990), CFF programs (Adobe Technical Note 5176) and TrueType programs
(OpenType, tables ``head``, ``hhea``, ``hmtx``); encodings as in ISO 32000-1, 9.6.6.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from fontTools import agl  # type: ignore[import-untyped]
from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from fontTools.encodings.StandardEncoding import StandardEncoding  # type: ignore[import-untyped]
from fontTools.misc import eexec  # type: ignore[import-untyped]

#: A larger program is not looked through.
LARGEST = 4_000_000
#: What a program may raise that is cut off or says nonsense: it is left to the validator.
BROKEN = (
    AssertionError, AttributeError, EOFError, IndexError, KeyError, OverflowError, RuntimeError, TypeError, ValueError,
    ZeroDivisionError, struct.error, pikepdf.PdfError, pikepdf.DependencyError,
)  # fmt: skip
_CODED = re.compile(rb"\bdup\s+(\d+)\s*/([^\s/\[\](){}<>%]+)\s+put\b")
_STANDARD = re.compile(rb"/Encoding\s+StandardEncoding\b")
_UNIT = re.compile(rb"/FontMatrix\s*\[\s*(\d*\.?\d+(?:[eE]-?\d+)?)")
_LETTER = re.compile(rb"/(\S{1,127})\s+(\d{1,6})\s+(?:RD|-\||[A-Za-z|-]{1,8}) ")
_UNDONE_SKIP = re.compile(rb"/lenIV\s+(\d)")
_KEY, _KEY_OF_LETTERS = 55665, 4330
#: Encodings of PDF, by the codec that comes nearest.
CODECS: Mapping[str, str] = {"/MacRomanEncoding": "mac_roman", "/WinAnsiEncoding": "cp1252"}
#: Encodings of which every program knows the letters.
_KNOWN = frozenset({"/StandardEncoding", "/MacExpertEncoding"})
#: Typefaces that every program has (ISO 32000-1, 9.6.2.2), but for those of signs.
_FAMILIES = re.compile(r"/(?:Helvetica|Times|Courier)\b")
_SIDE, _SIDE_2, _DIVIDE = (13,), (12, 7), (12, 12)


def program_of(font: Any, *names: str) -> bytes | None:
    """The program of a typeface, at the first of the names under which there is one; ``None`` where there is none."""
    about: Any = font.get("/FontDescriptor") if isinstance(font, pikepdf.Dictionary) else None
    for name in names if isinstance(about, pikepdf.Dictionary) else ():
        if isinstance(stream := about.get(name), pikepdf.Stream):
            try:
                return stream.read_bytes()[:LARGEST]
            except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
                return None
    return None


def type_1_widths(program: bytes) -> Mapping[str, float]:
    """For each letter of a Type 1 program its width, in thousandths of its size; none where it cannot be read."""
    head, mark, rest = program.partition(b"eexec")
    if not mark:
        return {}
    # One end of a line, and of two bytes at most: what follows is bytes of any value.
    rest = rest[2:] if rest.startswith(b"\r\n") else rest[1:]
    undone = eexec.decrypt(rest, _KEY)[0][4:]
    skipped, unit = _UNDONE_SKIP.search(undone), _UNIT.search(head)
    found, at = {}, undone.find(b"/CharStrings")
    at = undone.find(b"begin", at) if at >= 0 else at
    while at >= 0 and (letter := _LETTER.search(undone, at)) is not None:
        end = letter.end() + int(letter[2])
        drawing = eexec.decrypt(undone[letter.end() : end], _KEY_OF_LETTERS)[0][int(skipped[1]) if skipped else 4 :]
        width = _width(drawing)
        if width is not None:
            found[letter[1].decode("latin-1")] = width * (float(unit[1]) if unit else 0.001) * 1000
        at = end
    return found


def _width(drawing: bytes) -> float | None:
    """The width that the drawing of a letter begins with: ``hsbw`` or ``sbw``, whose numbers may be divided."""
    numbers, at = list[float](), 0
    while at < len(drawing):
        first = drawing[at]
        if 32 <= first <= 246:
            numbers.append(first - 139)
            at += 1
        elif 247 <= first <= 250:
            numbers.append((first - 247) * 256 + drawing[at + 1] + 108)
            at += 2
        elif 251 <= first <= 254:
            numbers.append(-(first - 251) * 256 - drawing[at + 1] - 108)
            at += 2
        elif first == 255:
            numbers.append(struct.unpack_from(">i", drawing, at + 1)[0])
            at += 5
        elif tuple(drawing[at : at + 2]) == _DIVIDE:
            last = numbers.pop()
            numbers[-1] /= last
            at += 2
        elif (first,) == _SIDE:
            return numbers[1]
        elif tuple(drawing[at : at + 2]) == _SIDE_2:
            return numbers[2]
        else:
            return None
    return None


def names_of_codes(font: Any) -> Mapping[int, str] | None:
    """The name of the shape that each code of a simple typeface stands for, as far as it is known; ``None``: of none."""
    coding = font.get("/Encoding")
    base = str(coding if isinstance(coding, pikepdf.Name) else _entry(coding, "/BaseEncoding"))
    names: dict[int, str] | None = {}
    if font.get("/Subtype") != "/Type3":
        names = _of_codec(CODECS[base]) if base in CODECS else dict(_AS_STANDARD) if base in _KNOWN else _within(font)
    changed, code = dict[int, str](), 0
    differences = _entry(coding, "/Differences")
    listed: list[Any] = list(differences.as_list()) if isinstance(differences, pikepdf.Array) else []
    for each in listed:
        if isinstance(each, pikepdf.Name):
            changed[code] = str(each)[1:]
            code += 1
        elif isinstance(each, int):
            code = each
    return changed or None if names is None else names | changed


def _entry(coding: Any, name: str) -> Any:
    return coding.get(name) if isinstance(coding, pikepdf.Dictionary) else None


def _of_codec(codec: str) -> dict[int, str]:
    letters = {code: bytes([code]).decode(codec, "ignore") for code in range(256)}
    return {code: agl.UV2AGL.get(ord(each), f"uni{ord(each):04X}") for code, each in letters.items() if each}


_AS_STANDARD = {code: name for code, name in enumerate(StandardEncoding) if name != ".notdef"}


def _within(font: Any) -> dict[int, str] | None:
    """The coding that stands in the program of a typeface; the standard one where a program is not in the file."""
    if (program := program_of(font, "/FontFile")) is not None:
        head = program.partition(b"eexec")[0]
        if _STANDARD.search(head):
            return dict(_AS_STANDARD)
        coded = {int(code): name.decode("latin-1") for code, name in _CODED.findall(head)}
        return coded or None
    if (program := program_of(font, "/FontFile3")) is not None:
        return _within_cff(program)
    return dict(_AS_STANDARD) if _FAMILIES.match(str(font.get("/BaseFont"))) else None


def _within_cff(program: bytes) -> dict[int, str] | None:
    fonts = CFFFontSet()
    try:
        fonts.decompile(io.BytesIO(program), None)
        coding = fonts.topDictIndex[0].Encoding
    except BROKEN:
        return None
    if coding == "StandardEncoding":
        return dict(_AS_STANDARD)
    if not isinstance(coding, list):
        return None
    return {code: str(name) for code, name in enumerate(coding) if name and name != ".notdef"}


def true_type_widths(program: bytes) -> list[float]:
    """The width of each shape of a TrueType program, in thousandths of its size.

    Raises:
        struct.error: it ends too early.
    """
    tables = dict(_tables(program))
    (unit,) = struct.unpack_from(">H", tables[b"head"], 18)
    (count,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    (shapes,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    hmtx = tables[b"hmtx"]
    widths: list[float] = [struct.unpack_from(">H", hmtx, 4 * number)[0] * 1000 / unit for number in range(count)]
    return widths + widths[-1:] * int(shapes - count)


def _tables(program: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", program, 4)
    for number in range(count):
        name, _, start, length = struct.unpack_from(">4sIII", program, 12 + 16 * number)
        yield name, program[start : start + length]
