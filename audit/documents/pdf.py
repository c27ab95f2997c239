"""PDF: facts of the file, its pages and its tags. pikepdf reads the objects, PDFium what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from audit.documents import pdf_clauses
from audit.documents.model import Box, Colours, Document, Field, Format, Link, Part, Unreadable
from audit.documents.pdf_content import drawn, faint, page_size, shown
from audit.documents.pdf_passages import Pages, joined, page_place, passages, pictures, place_of, swaps, tables
from audit.documents.pdf_tags import Tag, read_tags
from audit.model.finding import Json

#: Pages that are read; of a longer document the report says that it was cut.
MOST_PAGES = 1500
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_HIDDEN = 2  # annotation flag, ISO 32000-1 table 165


def read_pdf(path: Path) -> Document:
    """All facts of a PDF.

    Raises:
        Unreadable: it is encrypted, damaged or leads back into itself.
    """
    try:
        with pikepdf.open(path, suppress_warnings=True) as file:
            return _read(file, path)
    except pikepdf.PasswordError as error:
        raise Unreadable("It needs a password to be opened. Publish it without one.") from error
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Unreadable("It is damaged: it cannot be opened as a PDF.") from error


def _read(file: pikepdf.Pdf, path: Path) -> Document:
    if not len(file.pages):
        raise Unreadable("It is damaged: it has no page.")
    numbers = {page.obj.objgen[0]: number for number, page in enumerate(file.pages, start=1)}
    root = read_tags(file, numbers)
    language = _text(file.Root.get("/Lang"))
    pages = Pages()
    parts: list[Part] = []
    colours: list[Colours] = []
    document = pdfium.PdfDocument(path)
    try:
        last = min(len(document), MOST_PAGES)
        parts.extend(_page(document, number, pages, colours) for number in range(1, last + 1))
        found = passages(root, pages, language or "")
        annotations = _Annotations(file, document, root, pages)
        links, fields = tuple(annotations.links()), tuple(annotations.fields())
    finally:
        document.close()
    facts: dict[str, Json] = {
        "bookmarks": _bookmarks(file),
        "shuts_out": bool(file.is_encrypted) and not file.allow.accessibility,
        "cut": len(file.pages) > MOST_PAGES,
        "modified": _modified(file),
    }
    return Document(
        Format.PDF,
        title=_title(file),
        language=language,
        maker=_maker(file),
        pages=len(file.pages),
        words=sum(part.words for part in parts),
        tagged=root is not None,
        passages=found,
        pictures=tuple(pictures(root, pages)),
        links=links,
        tables=tuple(tables(root, pages)),
        fields=fields,
        colours=tuple(colours),
        clauses=pdf_clauses.broken(path, file, root, pages, annotations.pages),
        parts=tuple(parts),
        swaps=tuple(swaps(found)) if root is not None else (),
        facts=facts,
    )


def _page(document: pdfium.PdfDocument, number: int, pages: Pages, colours: list[Colours]) -> Part:
    page = document[number - 1]
    try:
        width, height = page_size(page)
        things = drawn(page)
        pages.add(number, height, things)
        for each, background, sure in faint(page, things):
            place = page_place(number, each.box, each.text)
            colours.append(Colours(place, each.text.strip(), each.colour, background, each.size, each.bold, sure))
        words = sum(len(each.text.split()) for each in things)
        area = max(width * height, 1.0)
        pictured = sum(each.box[2] * each.box[3] for each in things if each.picture) / area
        return Part(page_place(number, (0.0, 0.0, width, height)), None, words, round(min(pictured, 1.0), 3))
    finally:
        page.close()


def _text(value: Any) -> str | None:
    return str(value).strip() if isinstance(value, pikepdf.String) else None


def _title(file: pikepdf.Pdf) -> str | None:
    """The title in the metadata, or in the older dictionary of information; the first that says something."""
    found: list[str | None] = [pdf_clauses.metadata_title(file)]
    if "/Info" in file.trailer and isinstance(file.trailer["/Info"], pikepdf.Dictionary):
        found.append(_text(file.trailer["/Info"].get("/Title")))
    return next((each for each in found if each), next((each for each in found if each is not None), None))


def _maker(file: pikepdf.Pdf) -> str:
    info = file.trailer.get("/Info")
    names = (info.get("/Creator"), info.get("/Producer")) if isinstance(info, pikepdf.Dictionary) else ()
    return " · ".join(name for name in (_text(each) for each in names) if name)


def _modified(file: pikepdf.Pdf) -> str:
    """The day of the last change, in ISO form; ``""`` when the file does not say it. The later one of the two it may name."""
    info = file.trailer.get("/Info")
    found = _DATE.match(_text(info.get("/ModDate")) or "") if isinstance(info, pikepdf.Dictionary) else None
    return max("-".join(found.groups()) if found else "", pdf_clauses.metadata_day(file))


def _bookmarks(file: pikepdf.Pdf) -> int:
    """How many bookmarks there are on the first level."""
    outlines = file.Root.get("/Outlines")
    at = outlines.get("/First") if isinstance(outlines, pikepdf.Dictionary) else None
    seen: set[tuple[int, int]] = set()
    while isinstance(at, pikepdf.Dictionary) and at.objgen not in seen and len(seen) < 10_000:
        seen.add(at.objgen)
        at = at.get("/Next")
    return len(seen)


@dataclass(frozen=True, slots=True)
class _Annotation:
    number: int
    page: int
    box: Box
    data: pikepdf.Dictionary


class _Annotations:
    """Links and fields: what can be pressed or filled in."""

    def __init__(self, file: pikepdf.Pdf, document: pdfium.PdfDocument, root: Tag | None, pages: Pages) -> None:
        self._root = root
        self._drawn = pages
        self._all = tuple(_annotations(file, document))
        self.pages = {each.number: (each.page, each.box) for each in self._all if each.number}
        self._tags = {number: tag for tag in root.walk() for number in tag.annotations} if root is not None else {}

    def links(self) -> Iterator[Link]:
        """Each link once: one that runs over two lines has an annotation for each, and one tag."""
        told: set[int] = set()
        for each in self._all:
            if each.data.get("/Subtype") != "/Link":
                continue
            tag = self._tags.get(each.number)
            if tag is not None and id(tag) in told:
                continue
            action = each.data.get("/A")
            target = (_text(action.get("/URI")) or "") if isinstance(action, pikepdf.Dictionary) else ""
            if tag is not None:
                told.add(id(tag))
                words = joined([thing for _, thing in self._drawn.of(tag.pieces())])
                words = tag.actual or words or next((t.alternative for t in tag.walk() if t.alternative), "") or ""
                place = place_of(tag, self._drawn, words)
                if place.box is None:
                    place = page_place(each.page, each.box, words)
            else:
                words = self._under(each)
                place = page_place(each.page, each.box, words)
            yield Link(place, words or _text(each.data.get("/Contents")) or "", target)

    def fields(self) -> Iterator[Field]:
        """Each field that people fill in."""
        for each in self._all:
            if each.data.get("/Subtype") != "/Widget":
                continue
            kind = str(_inherited(each.data, "/FT") or "")
            named = _text(_inherited(each.data, "/TU")) or ""
            tag = self._tags.get(each.number)
            above = (tag, *tag.above()) if tag is not None else ()
            named = named or next((t.alternative for t in above if t.type == "Form" and t.alternative), "") or ""
            flags = _inherited(each.data, "/Ff")
            pushed = kind == "/Btn" and isinstance(flags, int) and bool(flags & 1 << 16)
            own = "" if not pushed else _button(each.data)
            internal = _text(_inherited(each.data, "/T")) or ""
            yield Field(
                page_place(each.page, each.box, named or own or internal), named or own, _KINDS.get(kind, "text")
            )

    def _under(self, each: _Annotation) -> str:
        """The words that an annotation lies on."""
        x, y, width, height = each.box
        inside = [
            thing
            for thing in self._drawn.drawn.get(each.page, ())
            if thing.text.strip()
            and x - 1 <= thing.box[0] + thing.box[2] / 2 <= x + width + 1
            and y - 1 <= thing.box[1] + thing.box[3] / 2 <= y + height + 1
        ]
        return joined(inside)


_KINDS = {"/Tx": "text", "/Ch": "choice", "/Btn": "button", "/Sig": "signature"}


def _button(data: pikepdf.Dictionary) -> str:
    """The words on a button."""
    looks = data.get("/MK")
    return (_text(looks.get("/CA")) or "") if isinstance(looks, pikepdf.Dictionary) else ""


def _inherited(data: Any, key: str) -> Any:
    for _ in range(20):
        if not isinstance(data, pikepdf.Dictionary):
            return None
        if key in data:
            return data[key]
        data = data.get("/Parent")
    return None


def _annotations(file: pikepdf.Pdf, document: pdfium.PdfDocument) -> Iterator[_Annotation]:
    """What can be seen of annotations, in the order of pages."""
    for number, page in enumerate(file.pages, start=1):
        found = page.obj.get("/Annots")
        if not isinstance(found, pikepdf.Array) or number > MOST_PAGES:
            continue
        drawn_page = document[number - 1]
        try:
            for each in found.as_list():
                if not isinstance(each, pikepdf.Dictionary):
                    continue
                flags: Any = each.get("/F")
                box = _box(each.get("/Rect"), drawn_page)
                if box is not None and not (isinstance(flags, int) and flags & _HIDDEN):
                    yield _Annotation(each.objgen[0], number, box, each)
        finally:
            drawn_page.close()


def _box(value: Any, page: pdfium.PdfPage) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = (float(side) for side in value.as_list())
    except (TypeError, ValueError):
        return None
    return shown(page, left, bottom, right, top)
