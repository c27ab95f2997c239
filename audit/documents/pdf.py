"""PDF: facts of the file, its pages and its tags. pikepdf reads the objects, PDFium what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from audit.documents import pdf_clauses
from audit.documents.model import Box, Clause, Colours, Document, Field, Format, Link, Part, Place, Unreadable
from audit.documents.pdf_content import Drawn, drawn, faint, page_size, shown
from audit.documents.pdf_passages import Pages, around, joined, page_place, passages, pictures, place_of, swaps, tables
from audit.documents.pdf_tags import Tag, read_tags
from audit.model.finding import Json

#: Pages that are read; of a longer document the report says that it was cut.
MOST_PAGES = 1500
#: Files inside that are named.
MOST_FILES = 50
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
#: Points that a letter must reach into a link.
_EDGE = 0.7
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
    except RecursionError:
        raise
    except (pikepdf.PdfError, pdfium.PdfiumError, RuntimeError) as error:
        raise Unreadable("It is damaged: it cannot be opened as a PDF.") from error
    except UnicodeDecodeError as error:
        raise Unreadable("It is damaged: a name in it is not written in UTF-8.") from error


def _read(file: pikepdf.Pdf, path: Path) -> Document:
    if not len(file.pages):
        raise Unreadable("It is damaged: it has no pages.")
    _refuse_portfolio(file)
    if _is_shell(file):
        return _shell(file)
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
        "inside": [str(name) for name in list(file.attachments)[:MOST_FILES]],
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
        tables=tuple(tables(root, pages, fields)),
        fields=fields,
        colours=tuple(colours),
        clauses=pdf_clauses.broken(path, file, root, pages, annotations.pages),
        parts=tuple(parts),
        swaps=tuple(swaps(found)) if root is not None else (),
        facts=facts,
    )


def _refuse_portfolio(file: pikepdf.Pdf) -> None:
    """What only wraps other files cannot be judged by its one page that says so."""
    if isinstance(file.Root.get("/Collection"), pikepdf.Dictionary) and len(file.attachments):
        held = len(file.attachments)
        raise Unreadable(
            f"It is a portfolio: {held} file{'' if held == 1 else 's'} in the wrapping of one PDF, which phones and screen"
            " readers do not open. Publish each by itself."
        )


def _is_shell(file: pikepdf.Pdf) -> bool:
    """Whether the pages only ask to wait for a form that another program draws (dynamic XFA)."""
    form, rendered = file.Root.get("/AcroForm"), _flag(file.Root.get("/NeedsRendering"))
    return isinstance(form, pikepdf.Dictionary) and "/XFA" in form and rendered


def _shell(file: pikepdf.Pdf) -> Document:
    """What is known of a dynamic XFA form: that it is one. What its pages say is not what the form says."""
    return Document(
        Format.PDF,
        title=_title(file),
        language=_text(file.Root.get("/Lang")),
        maker=_maker(file),
        pages=len(file.pages),
        clauses=(Clause("DYNAMIC-XFA", Place("the document")),),
        facts={"modified": _modified(file)},
    )


def _page(document: pdfium.PdfDocument, number: int, pages: Pages, colours: list[Colours]) -> Part:
    page = document[number - 1]
    try:
        width, height = page_size(page)
        things = drawn(page)
        pages.add(number, height, things)
        colours.extend(_coloured(number, page, things))
        words = sum(len(each.text.split()) for each in things)
        area = max(width * height, 1.0)
        pictured = sum(each.box[2] * each.box[3] for each in things if each.picture) / area
        return Part(page_place(number, (0.0, 0.0, width, height)), None, words, round(min(pictured, 1.0), 3))
    finally:
        page.close()


def _coloured(number: int, page: pdfium.PdfPage, things: list[Drawn]) -> Iterator[Colours]:
    """Words in a colour of their own; those that stand one after the other in the same colours once."""
    run: list[Drawn] = []
    known: tuple[str, str, bool] = ("", "", False)
    for each, background, sure in (*faint(page, things), (None, "", False)):
        looks = (each.colour, background, sure) if each is not None else known
        if run and (each is None or looks != known or not _follows(run[-1], each)):
            text = joined(run)
            place = page_place(number, around(one.box for one in run), text)
            yield Colours(place, text, known[0], known[1], run[0].size, run[0].bold, known[2])
            run = []
        if each is not None:
            known = looks
            run.append(each)


def _follows(before: Drawn, each: Drawn) -> bool:
    """Whether a run of words goes on where another ends."""
    if (before.size, before.bold) != (each.size, each.bold) or abs(before.box[1] - each.box[1]) > before.size:
        return False
    return -1 <= each.box[0] - (before.box[0] + before.box[2]) <= before.size


def _flag(value: Any) -> bool:
    return value is True


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
    """``words``: what a link lies on."""

    number: int
    page: int
    box: Box
    data: pikepdf.Dictionary
    words: str = ""


class _Annotations:
    """Links and fields: what can be pressed or filled in."""

    def __init__(self, file: pikepdf.Pdf, document: pdfium.PdfDocument, root: Tag | None, pages: Pages) -> None:
        self._root = root
        self._drawn = pages
        self._all = tuple(_annotations(file, document))
        self.pages = {each.number: (each.page, each.box) for each in self._all if each.number}
        self._tags = {number: tag for tag in root.walk() for number in tag.annotations} if root is not None else {}

    def links(self) -> Iterator[Link]:
        """Each link once: one that runs over two lines has an annotation for each, and one tag or one target."""
        told: set[int] = set()
        before: tuple[_Annotation, Link] | None = None
        for each in self._all:
            if each.data.get("/Subtype") != "/Link":
                continue
            tag = self._tags.get(each.number)
            if tag is not None and id(tag) in told:
                continue
            link = self._link(each, tag, told)
            if before is not None and tag is None and _goes_on(*before, each, link):
                # An address is broken between two letters, words are broken between two words.
                between = "" if "://" in before[1].text and " " not in before[1].text else " "
                words = between.join(filter(None, (before[1].text, link.text)))
                before = each, replace(before[1], text=words, place=replace(before[1].place, quote=words[:200]))
                continue
            if before is not None:
                yield before[1]
            before = each, link
        if before is not None:
            yield before[1]

    def _link(self, each: _Annotation, tag: Tag | None, told: set[int]) -> Link:
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
            words = each.words
            place = page_place(each.page, each.box, words)
        return Link(place, words or _text(each.data.get("/Contents")) or "", target)

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


def _goes_on(before: _Annotation, link: Link, each: _Annotation, other: Link) -> bool:
    """Whether a link is the rest of the one before it: the same target, on the next line or the next page."""
    if not link.target or link.target != other.target:
        return False
    if each.page != before.page:
        return each.page == before.page + 1
    below = each.box[1] - before.box[1]
    return 0 < below <= 3 * max(before.box[3], each.box[3]) or (abs(below) < 2 and each.box[0] >= before.box[0])


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
        text = drawn_page.get_textpage()
        try:
            for each in found.as_list():
                if not isinstance(each, pikepdf.Dictionary):
                    continue
                flags: Any = each.get("/F")
                box = _box(each.get("/Rect"), drawn_page)
                if box is not None and not (isinstance(flags, int) and flags & _HIDDEN):
                    words = _under(each, text) if each.get("/Subtype") == "/Link" else ""
                    yield _Annotation(each.objgen[0], number, box, each, words)
        finally:
            text.close()
            drawn_page.close()


def _under(annotation: pikepdf.Dictionary, text: pdfium.PdfTextPage) -> str:
    """The words that an annotation lies on."""
    left, bottom, right, top = (float(side) for side in annotation["/Rect"].as_list())
    left, right, bottom, top = *sorted((left, right)), *sorted((bottom, top))
    # Letters that only touch the edge belong to what stands beside it.
    found = text.get_text_bounded(left + _EDGE, bottom + _EDGE, right - _EDGE, top - _EDGE)
    return " ".join(found.replace("\ufffe", "").split())


def _box(value: Any, page: pdfium.PdfPage) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = (float(side) for side in value.as_list())
    except (TypeError, ValueError):
        return None
    return shown(page, left, bottom, right, top)
