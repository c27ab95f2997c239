"""From a file to a document: which reader reads it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from audit.documents.contents import PASSWORD, contents_of
from audit.documents.model import Document, Format, Unreadable
from audit.settings.extras import missing_part

_FORMATS = {
    ".pdf": Format.PDF, ".docx": Format.WORD, ".docm": Format.WORD, ".dotx": Format.WORD, ".pptx": Format.POWERPOINT,
    ".pptm": Format.POWERPOINT, ".ppsx": Format.POWERPOINT, ".ppsm": Format.POWERPOINT, ".potx": Format.POWERPOINT,
    ".xlsx": Format.EXCEL, ".xlsm": Format.EXCEL, ".xltx": Format.EXCEL, ".epub": Format.EPUB,
}  # fmt: skip
#: What files of each format are by their bytes.
_CONTENTS = {
    Format.PDF: "a PDF", Format.WORD: "a Word document (.docx)", Format.POWERPOINT: "a presentation (.pptx)",
    Format.EXCEL: "a workbook (.xlsx)", Format.EPUB: "a book (.epub)",
}  # fmt: skip
_WORD, _SHOW, _BOOK = "Word (.docx)", "PowerPoint (.pptx)", "Excel (.xlsx)"
_IN_OFFICE, _IN_LIBRE = "File > Save As", "in LibreOffice, File > Save As"
#: What files of other types are, what to save them as, and how.
_ELSEWHERE = {
    ".doc": ("in the old format of Word", _WORD, _IN_OFFICE), ".dot": ("in the old format of Word", _WORD, _IN_OFFICE),
    ".rtf": ("an RTF file", _WORD, _IN_OFFICE),
    ".xls": ("in the old format of Excel", _BOOK, _IN_OFFICE), ".xlsb": ("a binary workbook", _BOOK, _IN_OFFICE),
    ".ppt": ("in the old format of PowerPoint", _SHOW, _IN_OFFICE), ".pps": ("in the old format of PowerPoint", _SHOW, _IN_OFFICE),
    ".odt": ("an OpenDocument text", _WORD, _IN_LIBRE), ".ods": ("an OpenDocument spreadsheet", _BOOK, _IN_LIBRE),
    ".odp": ("an OpenDocument presentation", _SHOW, _IN_LIBRE),
    ".pages": ("a file of Pages", _WORD, "File > Export To > Word"),
    ".numbers": ("a file of Numbers", _BOOK, "File > Export To > Excel"),
    ".key": ("a file of Keynote", _SHOW, "File > Export To > PowerPoint"),
    ".pub": ("a file of Publisher", "a tagged PDF", "File > Export > Create PDF"),
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
        raise Unreadable(_unknown(path.suffix.lower()))
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("It is empty.")
    if size > LARGEST:
        raise Unreadable(f"It is larger than {LARGEST // 1_000_000} MB.")
    _refuse_others(path, kind)
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


def _unknown(ending: str) -> str:
    """What to do with a file of a type that no check reads."""
    program, kind, steps = _ELSEWHERE.get(ending, ("", "", ""))
    if not program:
        return f"No check reads files of the type {ending}. Publish it as a page, or as a tagged PDF or in the new format of Office."
    return f"It is {program}, which no check reads. Publish it as a page, or save it as {kind} and check that: {steps}."


def _refuse_others(path: Path, kind: Format) -> None:
    """What only has the name of a document is told as what it is. A file that is nothing known, its reader refuses."""
    found = contents_of(path)
    if found == PASSWORD:
        raise Unreadable("It needs a password to be opened. Publish it without one.")
    if found and found != _CONTENTS[kind]:
        raise Unreadable(
            f"Its name ends in {path.suffix.lower()}, but it is {found}. Save it as {_CONTENTS[kind]}, or give it the ending of"
            " what it is."
        )
