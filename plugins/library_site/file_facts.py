"""What a file says about itself: pages, language, title, and whether it has tags.

PDF is read with pikepdf; Word and OpenDocument files are archives of XML (ECMA-376, part 2,
core properties; OpenDocument 1.3, part 3, section 4.3), of which only the properties are read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
#: Properties larger than this are not those of an honest file.
_MOST = 5_000_000


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file. ``tagged``: ``None`` where files of the type have no tags."""

    pages: int | None = None
    language: str = ""
    title: str = ""
    tagged: bool | None = None


def file_facts(path: Path) -> FileFacts:
    """Read a file's facts; a file that cannot be read, or is of another type, has none."""
    reader = _READERS.get(path.suffix.lower())
    return reader(path) if reader else FileFacts()


def _pdf(path: Path) -> FileFacts:
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            marked = document.Root.get("/MarkInfo")
            return FileFacts(
                len(document.pages),
                str(document.Root.get("/Lang", "")),
                str(document.docinfo.get("/Title", "")),
                marked is not None and bool(marked.get("/Marked", False)),
            )
    except pikepdf.PdfError:
        return FileFacts()


def _word(path: Path) -> FileFacts:
    parts = _xml_parts(path, "docProps/app.xml", "docProps/core.xml", "word/styles.xml")
    language = _text(parts[1], f"{_DUBLIN}language")
    if not language and parts[2] is not None:
        found = parts[2].find(f".//{_WORD}docDefaults//{_WORD}lang")
        language = found.get(f"{_WORD}val", "") if found is not None else ""
    return FileFacts(_number(_text(parts[0], f"{_EXTENDED}Pages")), language, _text(parts[1], f"{_DUBLIN}title"))


def _open_document(path: Path) -> FileFacts:
    (meta,) = _xml_parts(path, "meta.xml")
    counted = meta.find(f".//{_META}document-statistic") if meta is not None else None
    pages = _number(counted.get(f"{_META}page-count", "")) if counted is not None else None
    return FileFacts(pages, _text(meta, f"{_DUBLIN}language"), _text(meta, f"{_DUBLIN}title"))


def _xml_parts(path: Path, *names: str) -> list[etree._Element | None]:
    """The named parts of an archive; ``None`` for those that are not there or cannot be read."""
    found: list[etree._Element | None] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(path) as archive:
            for name in names:
                try:
                    if archive.getinfo(name).file_size > _MOST:
                        found.append(None)
                    else:
                        found.append(etree.fromstring(archive.read(name), parser))
                except (KeyError, etree.XMLSyntaxError):
                    found.append(None)
    except (zipfile.BadZipFile, OSError):
        return [None] * len(names)
    return found


def _text(part: etree._Element | None, name: str) -> str:
    found = part.find(f".//{name}") if part is not None else None
    return (found.text or "").strip() if found is not None else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) > 0 else None


_READERS: Mapping[str, Callable[[Path], FileFacts]] = {
    ".pdf": _pdf,
    ".docx": _word,
    ".odt": _open_document,
}
