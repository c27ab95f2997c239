"""Makes documents from descriptions, in any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.documents import making_books, making_office, making_pdf
from benchmarks.documents.description import Description


def make(description: Description, kind: str, file: Path) -> Path:
    """Make the document in one format."""
    makers: Mapping[str, Callable[[Description, Path], None]] = {
        "pdf": making_pdf.make,
        "docx": making_office.make_word,
        "pptx": making_office.make_powerpoint,
        "xlsx": making_office.make_excel,
        "epub": making_books.make,
    }
    makers[kind](description, file)
    return file
