"""Files as the editor really saved them: ours, opened in Sveltia CMS 0.221.1, changed in one field, saved.

``test_editor.py`` holds all content against what the editor would write; these were written by it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES

SAVED = Path(__file__).parent / "saved_by_editor"


def _read(type_: str) -> Any:
    path = SAVED / f"{type_}.md"
    found = read_text(path.read_text(encoding="utf-8"), path.name, CONTENT_TYPES[type_])
    assert found.problems == ()
    return found


@pytest.mark.parametrize("path", sorted(SAVED.glob("*.md")), ids=lambda path: path.stem)
def test_what_the_editor_saved_is_understood(path: Path) -> None:
    found = _read(path.stem)
    assert found.record.title.endswith("(edited)")
    assert found.record.status == "published"


def test_values_without_quotation_marks_mean_what_they_did() -> None:
    branch = _read("branches").record
    assert branch.address.province == "ON"
    assert [(span.opens.hour, span.closes.hour) for span in branch.hours.week.wednesday] == [(12, 17)]
    assert branch.hours.week.monday == ()
    assert [(season.begins, season.ends) for season in branch.hours.seasons] == [("06-15", "09-05"), ("11-01", "03-31")]
    program = _read("programs").record
    assert program.repeats.days == ("thursday",)
    assert program.starts.hour > 0
    books = _read("booklists").record.items
    assert [book.isbn for book in books][:2] == ["9780920236161", "9780887761744"]
    assert next(book for book in books if book.record_id).record_id == "20417"
    assert _read("redirects").record.from_ == "/go/card"


def test_the_text_below_is_left_as_it_was() -> None:
    assert "\n## A branch for two seasons\n" in _read("branches").body
    assert "{filename}/e-resources/libby.md" in _read("branches").body
