"""EPUB books (EPUB 3.3 and 2.0.1; EPUB Accessibility 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from pathlib import Path

from lxml import etree

from audit.documents.archive import Archive, Malformed, child, children, local, parsed, resolved, whole
from audit.documents.model import (
    Cell,
    Document,
    Format,
    Kind,
    Link,
    Part,
    Passage,
    Picture,
    Place,
    Table,
    Unreadable,
)
from audit.documents.office import text_of
from audit.model.finding import Json

_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = _HEADINGS | {"p", "li", "figcaption", "caption", "blockquote", "dt", "dd", "td", "th", "pre"}
#: Names that programs give to what is set as it was typed, where it is no ``pre``.
_LISTING = frozenset({"code", "listing", "programlisting", "sourceCode", "verbatim", "screen"})
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OF_XML = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_MARKUP = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


def read_epub(path: Path) -> Document:
    """All facts of a book.

    Raises:
        Unreadable: it is protected, damaged or too large.
    """
    with Archive(path) as archive:
        _refuse_protected(archive)
        container = archive.xml("META-INF/container.xml")
        name = next((each.get("full-path", "") for each in container.iter() if local(each) == "rootfile"), "")
        book = archive.xml(name)
        data = child(book, "metadata")
        entries = [each for each in data.iter() if each is not data] if data is not None else []
        items = {each.get("id", ""): each for each in children(child(book, "manifest"), "item")}
        spine = [
            items[each.get("idref", "")]
            for each in children(child(book, "spine"), "itemref")
            if each.get("idref") in items
        ]
        written = (resolved(name, each.get("href", "")) for each in spine if each.get("media-type") in _MARKUP)
        # Some programs list each part of a chapter, by its mark in the same file.
        names = list(dict.fromkeys(written))
        chapters, damaged = _chapters(archive, names)
        if not chapters:
            raise Unreadable("It is damaged: it has no chapter that can be read.")
        nav = [each for each in items.values() if "nav" in each.get("properties", "").split()]
        ncx = [each for each in items.values() if each.get("media-type") == "application/x-dtbncx+xml"]
        told = _told(entries)
        facts: dict[str, Json] = {
            "accessibility": dict(sorted(told.items())),
            "navigation": bool(nav) and _has_contents(archive, resolved(name, nav[0].get("href", "")), "toc"),
            "old_navigation": bool(ncx),
            # A book may have both kinds of contents: a file that both lead to is one.
            "contents_lead_nowhere": list(
                dict.fromkeys(
                    lost for each in (*nav, *ncx) for lost in _lost(archive, resolved(name, each.get("href", "")))
                )
            ),
            "page_list": bool(nav) and _has_contents(archive, resolved(name, nav[0].get("href", "")), "page-list"),
            "page_marks": sum(each.marks for each in chapters),
            "spoken": any(each.get("media-overlay") for each in items.values()),
            "fixed": _is_fixed(entries),
            "chapters": [each.name for each in chapters],
            "damaged": damaged,
            "elsewhere": [address for each in chapters for address in each.elsewhere],
            "modified": next(
                (text_of(each)[:10] for each in entries if each.get("property") == "dcterms:modified"), ""
            ),
        }
        passages = tuple(passage for each in chapters for passage in each.passages)
        titles = [text_of(each) for each in entries if local(each) == "title"]
        languages = [text_of(each) for each in entries if local(each) == "language"]
        return Document(
            Format.EPUB,
            title=titles[0] if titles else None,
            language=languages[0] if languages and languages[0] else None,
            pages=len(chapters),
            words=sum(len(passage.text.split()) for passage in passages),
            passages=passages,
            pictures=tuple(picture for each in chapters for picture in each.pictures),
            links=tuple(link for each in chapters for link in each.links),
            tables=tuple(table for each in chapters for table in each.tables),
            parts=tuple(each.part() for each in chapters),
            facts=facts,
        )


def _chapters(archive: Archive, names: list[str]) -> tuple[list[_Chapter], list[Json]]:
    """The chapters that can be read, and the names of those that are no XML."""
    read: list[_Chapter] = []
    damaged: list[Json] = []
    for name in names:
        if not archive.has(name):
            continue
        try:
            read.append(_Chapter(archive, len(read) + 1, name))
        except Malformed:
            damaged.append(name)
    return read, damaged


def _refuse_protected(archive: Archive) -> None:
    """A book whose chapters are encrypted cannot be read; one whose typefaces are hidden can."""
    tree = archive.xml_or_none("META-INF/encryption.xml")
    for each in tree.iter() if tree is not None else ():
        if local(each) == "EncryptionMethod" and not each.get("Algorithm", "").startswith(_FONTS):
            raise Unreadable("It is protected against copying (DRM), which also keeps many reading apps out.")


def _told(entries: list[etree._Element]) -> dict[str, str]:
    """What the book says of its accessibility, by the name of the property."""
    found: dict[str, str] = {}
    for each in entries:
        written = each.get("property") or each.get("name") or ""
        key = written.removeprefix("schema:")
        value = text_of(each) or each.get("content", "")
        if key != written and value:
            found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def _has_contents(archive: Archive, name: str, kind: str) -> bool:
    """Whether the navigation document has links of a kind: ``toc`` or ``page-list`` (EPUB 3.3, 7.4)."""
    tree = archive.xml_or_none(name)
    for each in tree.iter() if tree is not None else ():
        if local(each) == "nav" and kind in (each.get(_TYPE) or "").split():
            return any(local(one) == "a" for one in each.iter())
    return False


def _lost(archive: Archive, name: str) -> Iterator[str]:
    """Files that a table of contents of either kind leads to, and that are not in the book; each once."""
    try:
        tree = archive.xml_or_none(name)
    except Unreadable:
        # The chapters can be read without it.
        return
    wanted = dict.fromkeys(
        (each.get("src" if local(each) == "content" else "href") or "").split("#")[0]
        for each in (tree.iter() if tree is not None else ())
        if local(each) in {"a", "content"}
    )
    yield from (each for each in wanted if each and ":" not in each and not archive.has(resolved(name, each)))


def _is_fixed(entries: list[etree._Element]) -> bool:
    """Whether the whole book has pages of a fixed size (EPUB 3.3, 8.2.2.1)."""
    return any(each.get("property") == "rendition:layout" and text_of(each) == "pre-paginated" for each in entries)


@dataclass
class _Chapter:
    """One chapter, read when it is made."""

    archive: Archive
    number: int
    name: str
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    title: str | None = None
    #: Marks of printed pages.
    marks: int = 0
    #: Addresses of images that are not in the book.
    elsewhere: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        tree = parsed(_with_characters(self.archive.read(self.name)), self.name)
        title = child(tree, "head", "title")
        self.title = text_of(title) if title is not None else None
        for each in tree.iter():
            if "pagebreak" in (each.get(_TYPE) or "").split() or each.get("role") == "doc-pagebreak":
                self.marks += 1
            match local(each):
                case name if name in _BLOCKS:
                    self._block(each, name)
                case "img" | "image":
                    self._picture(each)
                case "video":
                    self._film(each)
                case "a":
                    self._link(each)
                case "table":
                    self._table(each)
                case _:
                    pass

    def place(self, element: etree._Element, quote: str = "", part: str = "") -> Place:
        """A place in this chapter, by its line."""
        number: object = element.sourceline
        line = f", line {number}" if isinstance(number, int) else ""
        return Place(f"chapter {self.number} ({self.name}{line})", self.number, None, quote[:200], part)

    def part(self) -> Part:
        """The chapter as a part of the book."""
        words = sum(len(each.text.split()) for each in self.passages)
        pictured = 1.0 if any(each.kind == "picture" for each in self.pictures) and not words else 0.0
        return Part(Place(f"chapter {self.number} ({self.name})", self.number), self.title, words, pictured)

    def _block(self, element: etree._Element, name: str) -> None:
        inner = [each for each in element.iter() if each is not element and local(each) in _BLOCKS]
        text = _said(element) if not inner else " ".join((element.text or "").split())
        level = int(name[1]) if name in _HEADINGS else 0
        if not text:
            if level and not _pictured(element):
                blank = Passage(self.place(element), Kind.PARAGRAPH, "", level, order=len(self.passages))
                self.passages.append(blank)
            return
        spoken = next(
            (
                each.get(_LANGUAGE) or each.get("lang")
                for each in (element, *element.iterancestors())
                if each.get(_LANGUAGE) or each.get("lang")
            ),
            "",
        )
        kind = Kind.HEADING if name in _HEADINGS else _KINDS.get(name, Kind.PARAGRAPH)
        if kind is Kind.PARAGRAPH and any(map(_is_note, (element, *element.iterancestors()))):
            # A note has the number of its place in the text, and is announced as what it is.
            kind = Kind.ITEM
        bold = not (element.text or "").strip() and len(element) == 1 and local(element[0]) in {"b", "strong"}
        bold = bold and not (element[0].tail or "").strip()
        self.passages.append(
            Passage(
                self.place(element, text),
                kind,
                text,
                level,
                bold,
                language=spoken or "",
                style="pre" if name == "pre" or _LISTING & set(element.get("class", "").split()) else "",
                order=len(self.passages),
            )
        )

    def _picture(self, element: etree._Element) -> None:
        source = element.get("src") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        if _WEB.match(source):
            self.elsewhere.append(source)
        alternative = element.get("alt")
        if local(element) == "image":
            holder = next((each for each in element.iterancestors() if local(each) == "svg"), None)
            titled = text_of(child(holder, "title")) or (holder.get("aria-label") if holder is not None else None)
            alternative = titled or element.get("aria-label")
        role = element.get("role", "")
        decorative = role in {"presentation", "none"} or alternative == ""
        file = source.rsplit("/", 1)[-1]
        around = next((each for each in element.iterancestors() if local(each) == "figure"), None)
        part = resolved(self.name, source)
        place = self.place(element, file, part)
        self.pictures.append(Picture(place, alternative, decorative, text_of(child(around, "figcaption")), file))

    def _film(self, element: etree._Element) -> None:
        sources = [element.get("src", ""), *(each.get("src", "") for each in children(element, "source"))]
        file = next((each for each in sources if each), "").rsplit("/", 1)[-1]
        kinds = {each.get("kind", "subtitles") for each in children(element, "track")}
        name = element.get("aria-label") or element.get("title") or file
        # A film needs words beside it, which a chapter has; an alternative of its own it cannot have.
        self.pictures.append(
            Picture(self.place(element, name), None, True, file=file, kind="film", captions_track="captions" in kinds)
        )

    def _link(self, element: etree._Element) -> None:
        target = element.get("href", "")
        if not target:
            return
        inside = (each.get("alt", "") for each in element.iter() if local(each) == "img")
        text = element.get("aria-label") or text_of(element) or next((each for each in inside if each), "")
        self.links.append(Link(self.place(element, text), text, target if ":" in target.split("#")[0] else ""))

    def _table(self, element: etree._Element) -> None:
        rows = tuple(tuple(_cells(row)) for row in element.iter() if local(row) == "tr")
        headers = any(cell.header for row in rows for cell in row)
        declared = element.get("role") not in {"presentation", "none"}
        quote = next((cell.text for row in rows for cell in row if cell.text), "")
        nested = any(local(each) == "table" for each in element.iterancestors())
        self.tables.append(Table(self.place(element, quote), rows, headers, nested, declared))


_KINDS = {
    "li": Kind.ITEM, "dt": Kind.ITEM, "dd": Kind.ITEM, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION, "td": Kind.CELL, "th": Kind.CELL,
}  # fmt: skip


#: Notes and entries of a bibliography (EPUB 3 Structural Semantics Vocabulary; DPUB-ARIA with ``doc-`` before them).
_NOTES = frozenset({"footnote", "endnote", "rearnote", "note", "biblioentry"})


def _is_note(element: etree._Element) -> bool:
    said = {*(element.get(_TYPE) or "").split(), *(element.get("role") or "").replace("doc-", "").split()}
    return not said.isdisjoint(_NOTES)


def _said(element: etree._Element) -> str:
    """The words of a block; a break, and a line of text that is set as it is written, begins a new line."""
    written: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            written += ["\0" if local(each) == "br" else "", each.text or ""]
        elif each is not element:
            written.append(each.tail or "")
    text = "".join(written).replace("\n", "\0" if local(element) == "pre" else " ")
    return "\n".join(line for part in text.split("\0") if (line := " ".join(part.split())))


def _pictured(element: etree._Element) -> bool:
    """Whether a picture or a name speaks for an element without words."""
    return any(each.get("alt") or each.get("aria-label") or local(each) == "svg" for each in element.iter())


def _with_characters(data: bytes) -> bytes:
    """Names of characters (``&eacute;``, of XHTML 1.1) as numbers: the parser reads no document type that explains them."""
    return _NAMED.sub(_number, data)


def _number(match: re.Match[bytes]) -> bytes:
    letters = html5.get(f"{match[1].decode('ascii')};", "")
    return (
        match[0]
        if match[1] in _OF_XML or not letters
        else "".join(f"&#{ord(each)};" for each in letters).encode("ascii")
    )


def _cells(row: etree._Element) -> Iterator[Cell]:
    for each in row:
        name = local(each)
        if name in {"td", "th"}:
            text = text_of(each) or ("□" if any(local(one) in {"img", "svg"} for one in each.iter()) else "")
            yield Cell(text, name == "th", _span(each, "rowspan"), _span(each, "colspan"))


def _span(element: etree._Element, name: str) -> int:
    value = whole(element.get(name), 1)
    return value if 0 < value < 1000 else 1
