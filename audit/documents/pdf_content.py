"""What is drawn on the pages of a PDF: words with their boxes, looks and marks; pictures; backgrounds.

PDFium reads and draws the pages. A word knows the number (MCID) by which a tag can claim it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from audit.documents.model import Box
from audit.semantics.colour import Colour, contrast

#: Forms drawn within forms are followed so deep.
DEPTH = 8
#: Words and pictures of one page that are looked at; a page with more is a drawing.
MOST = 8_000
WHITE = Colour(255, 255, 255)
#: How much a line rises along its length before it is no line of text but a stamp.
SLANT = 0.1

type Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A run of words or a picture on a page. ``mcid`` is -1 when no tag can claim it.

    ``artifact``: it, or something around it, is marked as one; ``furniture``: as pagination.
    ``colour`` is ``#rrggbb`` of the letters, ``""`` when it is not known; ``visible``: not drawn as nothing;
    ``language``: what the mark around it says, ``""`` when it says none; ``slanted``: written across, as stamps are.
    """

    text: str
    box: Box
    mcid: int = -1
    artifact: bool = False
    furniture: bool = False
    in_form: bool = False
    size: float = 0.0
    bold: bool = False
    colour: str = ""
    visible: bool = True
    picture: bool = False
    painted: bool = False
    language: str = ""
    slanted: bool = False


def drawn(page: pdfium.PdfPage) -> list[Drawn]:
    """Everything that can be seen on a page, in the order in which it is drawn."""
    text = page.get_textpage()
    try:
        found = []
        for thing in _objects(page.raw, None, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), _NOT_MARKED, 0):
            each = _read(thing, text, page)
            if each is not None:
                found.append(each)
            if len(found) >= MOST:
                break
        return found
    finally:
        text.close()


def page_size(page: pdfium.PdfPage) -> tuple[float, float]:
    """Width and height as shown, in points."""
    return page.get_width(), page.get_height()


def _page_box(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """What is shown of a page. Its own entries do not do: most files say the size once, for all pages (ISO 32000-1, 7.7.3.4)."""
    left, bottom, right, top = page.get_bbox()
    return float(left), float(bottom), float(right), float(top)


def shown(page: pdfium.PdfPage, left: float, bottom: float, right: float, top: float) -> Box:
    """A rectangle in the page's own coordinates as a box from the top left corner of the page as it is shown."""
    crop_left, crop_bottom, crop_right, crop_top = _page_box(page)
    left, right = sorted((left, right))
    bottom, top = sorted((bottom, top))
    width, height = right - left, top - bottom
    match page.get_rotation() % 360:
        case 90:
            return bottom - crop_bottom, left - crop_left, height, width
        case 180:
            return crop_right - right, bottom - crop_bottom, width, height
        case 270:
            return crop_top - top, crop_right - right, height, width
        case _:
            return left - crop_left, crop_top - top, width, height


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the marks around something say; ``in_form``: the number counts in a form, not on the page."""

    mcid: int = -1
    artifact: bool = False
    furniture: bool = False
    in_form: bool = False
    language: str = ""


_NOT_MARKED = _Marks()


@dataclass(frozen=True, slots=True)
class _Thing:
    """An object of a page. ``matrix`` is that of the form that it is in."""

    pointer: Any
    matrix: Matrix
    marks: _Marks


def _objects(page: Any, form: Any, matrix: Matrix, around: _Marks, depth: int) -> Iterator[_Thing]:
    """The objects of a page, those inside forms among them. What is in a marked form belongs to the mark."""
    count = raw.FPDFPage_CountObjects(page) if form is None else raw.FPDFFormObj_CountObjects(form)
    for number in range(max(count, 0)):
        each = raw.FPDFPage_GetObject(page, number) if form is None else raw.FPDFFormObj_GetObject(form, number)
        if not each:
            continue
        marks = _marks(each, around, form is not None)
        if raw.FPDFPageObj_GetType(each) != raw.FPDF_PAGEOBJ_FORM:
            yield _Thing(each, matrix, marks)
        elif depth < DEPTH:
            yield from _objects(page, each, _times(_matrix(each), matrix), marks, depth + 1)


def _matrix(pointer: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(pointer, found):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _bounds(pointer: Any, matrix: Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(pointer, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _read(thing: _Thing, text: pdfium.PdfTextPage, page: pdfium.PdfPage) -> Drawn | None:
    pointer, marks = thing.pointer, thing.marks
    kind = raw.FPDFPageObj_GetType(pointer)
    if kind not in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH}:
        return None
    bounds = _bounds(pointer, thing.matrix)
    if bounds is None:
        return None
    box = shown(page, *bounds)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        return Drawn("", box, painted=True) if _is_filled(pointer) else None
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return Drawn("", box, marks.mcid, marks.artifact, marks.furniture, marks.in_form, picture=True)
    words = _text(pointer, text)
    if not words:
        return None
    mode = raw.FPDFTextObj_GetTextRenderMode(pointer)
    return Drawn(
        words,
        box,
        marks.mcid,
        marks.artifact,
        marks.furniture,
        marks.in_form,
        _size(pointer, thing.matrix),
        _is_bold(raw.FPDFTextObj_GetFont(pointer)),
        _fill(pointer) if mode in {raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP} else "",
        mode not in {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP},
        language=marks.language,
        slanted=_is_slanted(_times(_matrix(pointer), thing.matrix)),
    )


def _is_slanted(matrix: Matrix) -> bool:
    """Whether the line of what is drawn so goes neither along nor up the page."""
    along, up = abs(matrix[0]), abs(matrix[1])
    return min(along, up) > SLANT * max(along, up)


def _text(pointer: Any, text: pdfium.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(pointer, text.raw, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFTextObj_GetText(pointer, text.raw, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").replace("\x00", "")


def _size(pointer: Any, matrix: Matrix) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(pointer, size)
    own = _times(_matrix(pointer), matrix)
    return round(float(abs(size.value) * (own[2] ** 2 + own[3] ** 2) ** 0.5), 1)


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(int(length), 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace").lower()
    return "bold" in name or "black" in name or "heavy" in name or raw.FPDFFont_GetWeight(font) >= 700


def _fill(pointer: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(pointer, red, green, blue, alpha) or alpha.value < 255:
        return ""
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _is_filled(pointer: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(pointer, mode, stroke)) and mode.value != raw.FPDF_FILLMODE_NONE


def _marks(pointer: Any, around: _Marks, in_form: bool) -> _Marks:
    """What the marks of an object say, on top of those around it."""
    found = around
    for number in range(max(raw.FPDFPageObj_CountMarks(pointer), 0)):
        mark = raw.FPDFPageObj_GetMark(pointer, number)
        value = ctypes.c_int()
        if raw.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", value):
            found = replace(found, mcid=value.value, in_form=in_form)
        if spoken := _parameter(mark, b"Lang"):
            found = replace(found, language=spoken)
        if _mark_word(raw.FPDFPageObjMark_GetName, mark) == "Artifact":
            furniture = found.furniture or _parameter(mark, b"Type") == "Pagination"
            found = replace(found, artifact=True, furniture=furniture)
    return found


def _mark_word(function: Callable[..., Any], mark: Any) -> str:
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    function(mark, buffer, 128, length)
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def _parameter(mark: Any, key: bytes) -> str:
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, key, buffer, 128, length):
        return ""
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


#: Words darker than this against white are looked at only where something is painted behind them.
CLEARLY_DARK = 7.0
#: Pixels for each point, and the share of a word's surroundings that must have one colour to be its background.
SCALE = 1.5
UNIFORM = 0.55


def faint(page: pdfium.PdfPage, things: list[Drawn]) -> Iterator[tuple[Drawn, str, bool]]:
    """Words that may be hard to tell from what is behind them, with the colour of that, and whether it is sure.

    The page is drawn once, and only when there is such a word.
    """
    painted = [each.box for each in things if each.painted or each.picture]
    wanted = [
        each
        for each in things
        if each.text.strip()
        and each.colour
        and each.visible
        and (
            contrast(_colour(each.colour), WHITE) < CLEARLY_DARK or any(_overlap(each.box, other) for other in painted)
        )
    ]
    if not wanted:
        return
    image = page.render(scale=SCALE, draw_annots=False).to_numpy()
    for each in wanted[:MOST]:
        x, y, width, height = (int(side * SCALE) for side in each.box)
        piece = image[max(y - 2, 0) : y + height + 3, max(x - 2, 0) : x + width + 3]
        if piece.size == 0:
            continue
        colours = piece.reshape(-1, piece.shape[-1])[:, :3]
        values, counts = np.unique(colours // 4, axis=0, return_counts=True)
        best = int(np.argmax(counts))
        exact, often = np.unique(colours[(colours // 4 == values[best]).all(axis=1)], axis=0, return_counts=True)
        blue, green, red = (int(value) for value in exact[int(np.argmax(often))])
        found = f"#{red:02x}{green:02x}{blue:02x}"
        # What is stamped across a page is pale on purpose; whether it says anything is not seen from here.
        yield each, found, bool(counts[best] >= UNIFORM * counts.sum()) and not each.slanted


def _colour(value: str) -> Colour:
    return Colour(int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
