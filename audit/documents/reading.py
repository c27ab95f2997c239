"""From a file to a document: which reader reads it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from audit.documents.model import Document, Format, Unreadable
from audit.settings.extras import missing_part

_FORMATS = {
    ".pdf": Format.PDF, ".docx": Format.WORD, ".docm": Format.WORD, ".pptx": Format.POWERPOINT,
    ".pptm": Format.POWERPOINT, ".xlsx": Format.EXCEL, ".xlsm": Format.EXCEL, ".epub": Format.EPUB,
}  # fmt: skip
#: A larger file is not read.
LARGEST = 200_000_000


def format_of(name: str) -> Format | None:
    """The format that a file of this name is in; ``None`` when no reader knows it."""
    return _FORMATS.get(PurePosixPath(name).suffix.lower())


def read(path: Path) -> Document:
    """All facts of a document.

    Raises:
        Unreadable: it cannot be judged; the sentence says why.
    """
    kind = format_of(path.name)
    if kind is None:
        raise Unreadable(
            f"No check reads files of the type {path.suffix.lower()}. Publish it as a page, or as a tagged PDF or in the new"
            " format of Office."
        )
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("It is empty.")
    if size > LARGEST:
        raise Unreadable(f"It is larger than {LARGEST // 1_000_000} MB.")
    match kind:
        case Format.PDF:
            try:
                from audit.documents.pdf import read_pdf
            except ImportError as error:
                raise Unreadable(missing_part(error) or f"Its reader cannot be started: {error}.") from error

            return read_pdf(path)
        case Format.WORD:
            from audit.documents.word import read_word

            return read_word(path)
        case Format.POWERPOINT:
            from audit.documents.powerpoint import read_powerpoint

            return read_powerpoint(path)
        case Format.EXCEL:
            from audit.documents.excel import read_excel

            return read_excel(path)
        case Format.EPUB:
            from audit.documents.epub import read_epub

            return read_epub(path)
