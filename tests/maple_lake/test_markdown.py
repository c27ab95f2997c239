"""Our own texts are made into the same HTML whatever makes it quick or traces it."""

from __future__ import annotations

from markdown import Markdown

from library_markdown.plain import PlainTexts
from tests.plugins.marking import changed_by_marks, texts
from tests.plugins.test_markdown_plain import EXTENSIONS
from tests.site.projects import REPOSITORY

CONTENT = REPOSITORY / "content"


def test_marks_change_nothing() -> None:
    assert changed_by_marks(CONTENT) == []


def test_texts_without_inline_syntax_are_the_same() -> None:
    usual, sparing = Markdown(extensions=EXTENSIONS), Markdown(extensions=[*EXTENSIONS, PlainTexts()])
    assert [path for path, text in texts(CONTENT) if sparing.reset().convert(text) != usual.reset().convert(text)] == []
