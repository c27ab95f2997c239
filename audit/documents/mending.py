"""How to mend a fault in the program that the document came from, in the words of its menus."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from audit.documents.model import Document, Format

_NAMES = {
    "word": "Word",
    "powerpoint": "PowerPoint",
    "excel": "Excel",
    "libreoffice": "LibreOffice",
    "acrobat": "Acrobat",
}
#: What LibreOffice is called where its menus are others than in Writer.
_PARTS = {Format.POWERPOINT: "impress", Format.EXCEL: "calc"}
_PROGRAMS: Mapping[Format, tuple[str, ...]] = {
    Format.WORD: ("word", "libreoffice"),
    Format.POWERPOINT: ("powerpoint", "libreoffice"),
    Format.EXCEL: ("excel", "libreoffice"),
    Format.EPUB: (),
}
#: Words in the name of the program that made a PDF, and the program whose menus are meant.
_MAKERS = (
    ("powerpoint", "powerpoint"),
    ("excel", "excel"),
    ("word", "word"),
    ("libreoffice", "libreoffice"),
    ("openoffice", "libreoffice"),
    ("writer", "libreoffice"),
    ("impress", "libreoffice"),
    ("calc", "libreoffice"),
)


@cache
def _mends() -> Mapping[str, Mapping[str, str]]:
    text = files("audit.documents").joinpath("mends.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def topics() -> frozenset[str]:
    """All that there is advice on."""
    return frozenset(_mends())


def mend(document: Document, topic: str) -> str:
    """What to do, for the programs that this document may have come from."""
    advice = _mends()[topic]
    programs = programs_of(document)
    told = [f"In {_NAMES[program]}: {_said(document, advice, program)}." for program in programs if program in advice]
    if document.format is Format.EPUB and "epub" in advice:
        told = [f"{advice['epub']}."]
    if not told or (document.format is Format.PDF and not set(programs) - {"acrobat"}):
        told.insert(0, f"{advice['any']}.")
    return " ".join(told)


def _said(document: Document, advice: Mapping[str, str], program: str) -> str:
    part = _PARTS.get(document.format, "") if program == "libreoffice" else ""
    return advice.get(part, advice[program])


def programs_of(document: Document) -> tuple[str, ...]:
    """The programs in which the document can be mended, the one that it came from first."""
    if document.format is not Format.PDF:
        return _PROGRAMS[document.format]
    maker = document.maker.lower()
    return (*dict.fromkeys(program for word, program in _MAKERS if word in maker), "acrobat")
