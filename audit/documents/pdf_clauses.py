"""Clauses of PDF/UA-1: what a validator says of a file, in our terms and with a place that a person can find.

The validator is ``page-validation`` (docs/decisions/0013-documents.md); nothing outside this module knows it, so
another can take its place. It names the number of an object, which is for nobody: :func:`broken` finds the page and
the spot on it.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import page as validator
import pikepdf

from audit.documents.archive import local, parsed
from audit.documents.model import Box, Clause, Place, Unreadable
from audit.documents.pdf_conditions import conditions
from audit.documents.pdf_letters import appearances, fonts_of_fields, is_told, lists_all_shapes, nameless
from audit.documents.pdf_passages import Pages, page_place, place_of
from audit.documents.pdf_programs import names_of_codes
from audit.documents.pdf_shown import shown_codes
from audit.documents.pdf_tags import Tag
from audit.documents.pdf_typefaces import (
    drawn_with,
    has_its_letters,
    is_in_file,
    lists_its_letters,
    says_its_coding,
    widths_fit,
)

_PREFIX = re.compile(r"^PDFUA1-(.+?)-\d+$")
_PAGE = re.compile(r"\bpage (\d+)\b")
_OBJECT = re.compile(r"\bobject (\d+) \d+\b")
#: How the validator speaks of tags: their kind, what they are not in, what they hold beside what they may.
_TAG = re.compile(r"^an? (\w+) (?:structure element|has no)\b")
_OUTSIDE = re.compile(r"not contained in (.+)$")
_BEYOND = re.compile(r"other than (.+)$")
_KINDS = re.compile(r"\b[A-Z]\w*\b")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Pages that one condition is told for: after these, the same cause is at work everywhere.
MOST_PAGES = 25
#: Metadata larger than this is not that of an honest file.
METADATA = 2_000_000
#: What a file without any tags breaks as a matter of course. That it has none is told once.
WITHOUT_TAGS = frozenset({"document-without-tags", "document-without-title", "pdf-title-not-shown"}) | {
    "document-shuts-out-assistive-technology",
    "pdf-letters-that-cannot-be-read",
    "pdf-typeface-faulty",
    "pdf-not-well-made",
    "document-field-without-name",
}

#: What PDF/UA-2 (ISO 14289-2) asks otherwise: its label, the tags of PDF 2.0, notes without numbers.
OTHERWISE_IN_PART_2 = frozenset(
    {"pdf-not-labelled-as-accessible", "pdf-tags-of-no-standard-kind", "pdf-note-without-number"}
)


def version() -> str:
    """The validator and its version, for the report."""
    return f"page-validation {validator.__version__}"


def broken(
    path: Path, file: pikepdf.Pdf, root: Tag | None, pages: Pages, annotations: Mapping[int, tuple[int, Box]]
) -> tuple[Clause, ...]:
    """What the validator finds, once for each condition and page.

    Raises:
        Unreadable: the file goes beyond what the validator reads.
    """
    later = _part(file) == "2"
    found = _Places(file, root, pages, annotations)
    told: dict[tuple[str, int], Clause] = {}
    counts: dict[tuple[str, int], int] = {}
    for name, message, number in verdicts(path):
        if root is None and (name not in conditions() or conditions()[name].rule not in WITHOUT_TAGS):
            continue
        if later and name in conditions() and conditions()[name].rule in OTHERWISE_IN_PART_2:
            continue
        if (words := _still(file, name, message, number)) is None:
            continue
        place = found.place(number, words)
        key = (name, place.page or 0)
        counts[key] = counts.get(key, 0) + 1
        told.setdefault(key, Clause(name, place))
    return tuple(_cut(told, counts))


#: What the validator says of a typeface too soon, and what answers it. It names one typeface only, not always the first.
_OF_TYPEFACES: Mapping[str, Callable[[Any], bool | None]] = {
    "FONT-EMBEDDING": is_in_file,
    "FONT-GLYPH-PRESENCE": has_its_letters,
    "FONT-TYPE1-CHARSET": lists_its_letters,
    "TRUETYPE-NONSYMBOLIC-ENCODING": says_its_coding,
}


def _still(file: pikepdf.Pdf, name: str, message: str, said: int) -> str | None:
    """The words of the validator, or others that name the typeface that is meant; ``None`` where all is well after all.

    It reads some tables more strictly than the standard. That letters of a typeface cannot be told concerns nobody
    where only fields of a form are drawn with it. ``said``: the number of the object that it names beside its words.
    """
    if name == "ANNOTATION-CONTENTS-ALT" and said and _is_window_of_note(file.get_object(said, 0)):
        return None
    if (named := _OBJECT.search(message)) is None:
        return message
    number = int(named[1])
    font = file.get_object(number, 0)
    if name == "CID-SUBSET-CIDSET":
        return None if lists_all_shapes(font) else message
    if name == "FONT-UNICODE-MAPPING":
        told = number in fonts_of_fields(file) or ("malformed" in message and is_told(font))
        return _unread(file, number, message, told)
    if name == "NOTDEF-GLYPH":
        return next((f"page {page}" for page in _with_no_shape(file, number, font)), message)
    if name == "FONT-GLYPH-WIDTH":
        shown = [codes for _, page in shown_codes(file, number.__eq__) for codes in page.values()]
        return None if widths_fit(font, set[int]().union(*shown)) else message
    answer = _OF_TYPEFACES.get(name)
    if answer is None or not isinstance(font, pikepdf.Dictionary) or answer(font) is None:
        return message
    fonts = dict.fromkeys([*drawn_with(file), number])
    return next((f"font object {each} 0" for each in fonts if answer(file.get_object(each, 0)) is False), None)


def _unread(file: pikepdf.Pdf, number: int, message: str, told: bool) -> str | None:
    """The words of the validator of letters that nothing names, with the first page that shows one; ``None`` where none does.

    ``told``: the typeface that it names, of this number, is in order after all.
    """
    found: dict[int, frozenset[int] | None] = {}

    def unnamed(each: int) -> frozenset[int]:
        if each not in found:
            found[each] = nameless(file.get_object(each, 0))
        return found[each] or frozenset()

    unnamed(number)
    if not told and found[number] is None:
        return message
    for page, shown in shown_codes(file, lambda each: bool(unnamed(each))):
        if any(codes & unnamed(each) for each, codes in shown.items()):
            return f"page {page}"
    return None


def _with_no_shape(file: pikepdf.Pdf, number: int, font: Any) -> Iterator[int]:
    """The pages that show a code which a typeface says has no shape: the first of one with many letters, or one so named."""
    wide = isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0"
    if wide and font.get("/Encoding") not in {"/Identity-H", "/Identity-V"}:
        return
    names = {} if wide or not isinstance(font, pikepdf.Dictionary) else names_of_codes(font) or {}
    missing = {0} if wide else {code for code, each in names.items() if each == ".notdef"}
    for page, shown in shown_codes(file, number.__eq__, 2 if wide else 1):
        if missing & shown.get(number, set()):
            yield page


def _is_window_of_note(annotation: Any) -> bool:
    """Whether an annotation is the window in which the words of another one stand (Matterhorn Protocol, checkpoint 28)."""
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == pikepdf.Name.Popup


def _cut(told: Mapping[tuple[str, int], Clause], counts: Mapping[tuple[str, int], int]) -> Iterator[Clause]:
    """The first pages of each condition, the last of them with the number of pages that follow."""
    by_condition: dict[str, list[tuple[str, int]]] = {}
    for key in told:
        by_condition.setdefault(key[0], []).append(key)
    for keys in by_condition.values():
        shown = sorted(keys, key=lambda key: key[1])[:MOST_PAGES]
        for key in shown:
            more = f"{counts[key]} times on this page" if counts[key] > 1 and key[1] else ""
            rest = len(keys) - len(shown)
            if rest and key == shown[-1]:
                more = f"and on {rest} more pages"
            yield Clause(key[0], told[key].place, more)


def verdicts(path: Path) -> Iterator[tuple[str, str, int]]:
    """Condition, the validator's own words, and the number of the object it names (0: none).

    Raises:
        Unreadable: the file goes beyond what the validator reads.
    """
    numbered = True
    try:
        try:
            report = validator.validate_pdf(path, profile="ua1")
        except validator.SafetyLimitError:
            if (mended := _without_loops(path)) is None:
                raise
            # Objects of a copy have other numbers.
            numbered = False
            report = validator.validate_pdf_bytes(mended, profile="ua1")
    except validator.SafetyLimitError as error:
        raise Unreadable("It is larger, or nested deeper, than a document can be.") from error
    except validator.PageError as error:
        numbered = False
        report = _of_mended(path, error)
    for failure in report.failures:
        match = _PREFIX.match(failure.rule_id)
        name = match[1] if match else failure.rule_id
        if numbered:
            yield name, failure.message, failure.object_id.object_number if failure.object_id else 0
        else:
            yield name, _OBJECT.sub("", failure.message), 0


def _of_mended(path: Path, error: Exception) -> validator.ValidationReport:
    """What the validator says of a copy whose list of objects is written anew, as programs that show the file do for themselves.

    Raises:
        Unreadable: it reads that neither.
    """
    copy = io.BytesIO()
    try:
        with pikepdf.open(path, suppress_warnings=True) as file:
            file.save(copy)
        return validator.validate_pdf_bytes(copy.getvalue(), profile="ua1")
    except validator.SafetyLimitError as beyond:
        raise Unreadable("It is larger, or nested deeper, than a document can be.") from beyond
    except (validator.PageError, pikepdf.PdfError, RuntimeError):
        raise Unreadable("It is damaged: its objects cannot be read.") from error


def _without_loops(path: Path) -> bytes | None:
    """A copy in which no field stands above itself, as some programs write them; ``None`` where none does."""
    cut = False
    with pikepdf.open(path, suppress_warnings=True) as file, warnings.catch_warnings():
        # That fields are missing from the list of all fields is nothing that concerns a copy.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        for page in file.pages:
            annotations = page.obj.get("/Annots")
            for each in annotations.as_list() if isinstance(annotations, pikepdf.Array) else ():
                above, seen = each, set[tuple[int, int]]()
                while isinstance(above, pikepdf.Dictionary) and isinstance(above.get("/Parent"), pikepdf.Dictionary):
                    seen.add(above.objgen)
                    if above.Parent.objgen in seen:
                        del above["/Parent"]
                        cut = True
                        break
                    above = above.Parent
        if not cut:
            return None
        copy = io.BytesIO()
        file.save(copy)
    return copy.getvalue()


class _Places:
    """Finds the page of an object."""

    def __init__(
        self, file: pikepdf.Pdf, root: Tag | None, pages: Pages, annotations: Mapping[int, tuple[int, Box]]
    ) -> None:
        self._file = file
        self._root = root
        self._pages = pages
        self._annotations = annotations
        self._tags = {tag.number: tag for tag in root.walk() if tag.number} if root is not None else {}
        self._own = {each.obj.objgen[0]: number for number, each in enumerate(file.pages, start=1)}
        self._resources: dict[int, int] | None = None

    def place(self, number: int, message: str) -> Place:
        """The place of an object, or what the words of the validator say of it; else the document."""
        if number in self._annotations:
            page, box = self._annotations[number]
            return page_place(page, box)
        if number in self._tags and self._tags[number].type != "StructTreeRoot":
            return place_of(self._tags[number], self._pages)
        named = _OBJECT.search(message) if not number else None
        number = int(named[1]) if named else number
        if not number and (tag := self._meant(message)) is not None:
            return place_of(tag, self._pages)
        said = _PAGE.search(message)
        page = self._own.get(number) or (int(said[1]) if said else 0)
        if not page and number:
            page = self._used().get(number, 0)
        return page_place(page if page <= len(self._own) else 0)

    def _meant(self, message: str) -> Tag | None:
        """The tag that is meant where the validator names none: the first of its kind of which it is true."""
        kind = _TAG.match(message)
        if kind is None or self._root is None:
            return None
        outside, beyond = _OUTSIDE.search(message), _BEYOND.search(message)
        for tag in self._root.walk():
            if tag.type != kind[1]:
                continue
            above = tag.parent.type if tag.parent is not None else ""
            if outside is not None and above in _KINDS.findall(outside[1]):
                continue
            if beyond is not None and all(kid.type in _KINDS.findall(beyond[1]) for kid in tag.kids):
                continue
            if "/Headers" in message and (tag.has_headers or _explained(tag)):
                continue
            return tag
        return None

    def _used(self) -> Mapping[int, int]:
        """For each typeface, picture and form the first page that uses it."""
        if self._resources is None:
            self._resources = {}
            for number, page in enumerate(self._file.pages, start=1):
                _note(page.resources, number, self._resources, 0)
                annotations = page.obj.get("/Annots")
                for one in annotations.as_list() if isinstance(annotations, pikepdf.Array) else ():
                    for looks in appearances(one) if isinstance(one, pikepdf.Dictionary) else ():
                        _note(looks.get("/Resources"), number, self._resources, 0)
                contents = page.obj.get("/Contents")
                for each in contents.as_list() if isinstance(contents, pikepdf.Array) else (contents,):
                    _keep(each, number, self._resources)
        return self._resources


def _explained(cell: Tag) -> bool:
    """Whether every header of the cell's table says what it is a header of."""
    table = next((each for each in cell.above() if each.type == "Table"), None)
    return table is not None and all(each.scope for each in table.walk() if each.type == "TH")


def _note(resources: Any, page: int, found: dict[int, int], depth: int) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 5:
        return
    for kind in ("/Font", "/XObject"):
        group = resources.get(kind)
        for each in dict(group.items()).values() if isinstance(group, pikepdf.Dictionary) else ():
            if not _keep(each, page, found) or not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                continue
            _note(each.get("/Resources"), page, found, depth + 1)
            below = each.get("/DescendantFonts")
            for one in below.as_list() if isinstance(below, pikepdf.Array) else ():
                _keep(one, page, found)
            _keep(each.get("/FontDescriptor"), page, found)


def _keep(each: Any, page: int, found: dict[int, int]) -> bool:
    """Note the page of an object; whether it was new."""
    if not isinstance(each, pikepdf.Object) or not each.objgen[0]:
        return isinstance(each, pikepdf.Object)
    if each.objgen[0] in found:
        return False
    found[each.objgen[0]] = page
    return True


def metadata_title(file: pikepdf.Pdf) -> str | None:
    """``dc:title`` of the metadata (XMP); ``None`` when there is none."""
    tree = _metadata(file)
    titles: Iterable[Any] = tree.iter("{http://purl.org/dc/elements/1.1/}title") if tree is not None else ()
    for title in titles:
        words = [" ".join((each.text or "").split()) for each in title.iter() if local(each) in {"li", "title"}]
        return next((each for each in words if each), "")
    return None


def metadata_day(file: pikepdf.Pdf) -> str:
    """``xmp:ModifyDate`` of the metadata as a day in ISO form; ``""`` when there is none."""
    tree = _metadata(file)
    key = "{http://ns.adobe.com/xap/1.0/}ModifyDate"
    for each in tree.iter() if tree is not None else ():
        written = (each.text or "") if each.tag == key else (each.get(key) or "")
        if _ISO_DAY.match(written.strip()):
            return written.strip()[:10]
    return ""


def _part(file: pikepdf.Pdf) -> str:
    """The part of PDF/UA that the metadata names; ``""`` when they name none."""
    tree = _metadata(file)
    key = "{http://www.aiim.org/pdfua/ns/id/}part"
    for each in tree.iter() if tree is not None else ():
        written = (each.text or "") if each.tag == key else (each.get(key) or "")
        if written.strip():
            return str(written.strip())
    return ""


def _metadata(file: pikepdf.Pdf) -> Any:
    stream = file.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        return parsed(stream.read_bytes()[:METADATA].strip(b"\x00 \r\n\t"), "metadata")
    except (Unreadable, pikepdf.PdfError, pikepdf.DependencyError, RuntimeError):
        # Packed in a way that cannot be undone, such as that of a picture.
        return None
