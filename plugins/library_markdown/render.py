"""One Markdown instance for all texts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.extensions.toc import slugify
from markupsafe import Markup

from library_markdown.blocks import LibraryBlocks, Tables
from library_markdown.finish import Finisher, Targets
from library_markdown.lines import LineMarks, without_marks
from library_site.errors import Problem

_TAGS = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A heading of a text, for lists of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text. ``ids`` maps every anchor to its line."""

    html: Markup
    headings: tuple[Heading, ...]
    ids: dict[str, int]
    problems: tuple[Problem, ...]


class Renderer:
    """Holds the Markdown instance; building one costs more than rendering a short text."""

    def __init__(self, *, keep: bool = False) -> None:
        """With ``keep``, what was rendered before is not rendered again: for the preview."""
        self._kept: dict[tuple[str, int, str, str], tuple[str, list[Any]]] | None = {} if keep else None
        #: Pages that no author writes stay the same while the program runs: rendered once, by name.
        self.finished: dict[str, list[Rendered]] | None = {} if keep else None
        self._prefix = ""
        self._markdown = Markdown(
            extensions=[
                "abbr",
                "admonition",
                "attr_list",
                "def_list",
                "fenced_code",
                "md_in_html",
                "sane_lists",
                "tables",
                "toc",
                LibraryBlocks(),
            ],
            extension_configs={"toc": {"slugify": self._slug}},
            output_format="html",
        )
        self._marks = LineMarks(self._markdown)
        self._marks.note_titles = {}
        # Before fenced code (25) and raw HTML (20) are taken out of the text.
        self._markdown.preprocessors.register(self._marks, "library-lines", 28)

    def render(
        self,
        text: str,
        *,
        path: str,
        source: int,
        first_line: int,
        targets: Targets,
        words: dict[str, str],
        prefix: str = "",
    ) -> Rendered:
        """Render one text whose first line is line ``first_line`` of ``path``.

        ``prefix`` begins every id that is made here, for texts that share a page with others.

        ``words`` are the names of untitled notes by kind (``note``, ``warning`` …) and of
        ``table``, in the language of the text.
        """
        if not text.strip():
            return Rendered(Markup(), (), {}, ())
        self._prefix = prefix
        marked, tokens = self._converted(text, first_line, words)
        finisher = Finisher(path, source, first_line, targets)
        finished = finisher.run(marked)
        return Rendered(
            Markup(finished),  # noqa: S704 - HTML made from the author's Markdown
            tuple(_headings(tokens)),
            finisher.ids,
            tuple(finisher.problems),
        )

    def _converted(self, text: str, first_line: int, words: dict[str, str]) -> tuple[str, list[Any]]:
        """Return the HTML with marks, and the headings as Python-Markdown gives them."""
        key = (text, first_line, words.get("note", ""), self._prefix)
        if self._kept is not None and key in self._kept:
            return self._kept[key]
        self._markdown.reset()
        self._marks.first_line = first_line
        self._marks.note_titles = words
        tables = self._markdown.treeprocessors["library-tables"]
        assert isinstance(tables, Tables)
        tables.table_word = words.get("table", "Table")
        tables.prefix = self._prefix
        marked = self._markdown.convert(text)
        tokens: list[Any] = getattr(self._markdown, "toc_tokens", [])
        if self._kept is not None:
            self._kept[key] = (marked, tokens)
        return marked, tokens

    def _slug(self, value: str, separator: str) -> str:
        return self._prefix + slugify(without_marks(value), separator)


def _headings(tokens: list[Any]) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        text = html.unescape(_TAGS.sub("", without_marks(token["html"])))
        found.append(Heading(int(token["level"]), str(token["id"]), text.strip()))
        found.extend(_headings(token["children"]))
    return found
