"""Markdown with and without the marks that tell lines."""

from __future__ import annotations

import re
from pathlib import Path

from library_markdown import Renderer
from library_markdown.lines import without_marks
from library_words import note_titles

_TITLE = re.compile(r'<p class="admonition-title">.*?</p>')


def texts(content: Path) -> list[tuple[str, str]]:
    """The texts of a library below their facts: path and Markdown."""
    files = sorted(content.rglob("*.md"))
    return [(str(path), path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]) for path in files]


def changed_by_marks(content: Path) -> list[str]:
    """Files of a library whose text gives other HTML with marks than without."""
    renderer = Renderer()
    markdown, marks = renderer._markdown, renderer._marks
    marks.note_titles = note_titles("en")
    found = []
    bodies = texts(content)
    assert bodies
    for path, body in bodies:
        marked = markdown.reset().convert(body)
        preprocessors = markdown.preprocessors
        preprocessors.deregister("library-lines")
        try:
            plain = markdown.reset().convert(re.sub(r"^Table:", "\nTable:", body, flags=re.MULTILINE))
        finally:
            preprocessors.register(marks, "library-lines", 28)
        if _TITLE.sub("", without_marks(marked)) != _TITLE.sub("", plain):
            found.append(path)
    return found
