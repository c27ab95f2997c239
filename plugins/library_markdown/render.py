"""One Markdown instance for all texts."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.extensions.toc import slugify
from markupsafe import Markup

from library_base.errors import Problem
from library_base.sharing import shared
from library_base.shelf import Shelf
from library_markdown.blocks import LibraryBlocks, Tables
from library_markdown.finish import Finisher, Targets
from library_markdown.lines import LineMarks, without_marks
from library_markdown.plain import PlainTexts

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


class Text(NamedTuple):
    """A text before its links are resolved; the fields are those of :meth:`Renderer.render`."""

    text: str
    first_line: int
    words: Mapping[str, str]
    prefix: str

    @property
    def digest(self) -> str:
        """The same, the same in every process."""
        return hashlib.sha256("\0".join(map(str, (*self.key, *sorted(self.words.items())))).encode()).hexdigest()

    @property
    def key(self) -> _Key:
        """What tells it from others: one language has one word for a note."""
        return self.text, self.first_line, self.words.get("note", ""), self.prefix


type _Key = tuple[str, int, str, str]
#: A text as HTML with marks, and its headings as Python-Markdown gives them.
type Converted = tuple[str, list[Any]]


class Renderer:
    """Holds the Markdown instance; building one costs more than rendering a short text."""

    def __init__(self, *, keep: bool = False, processes: int = 1) -> None:
        """With ``keep``, what was rendered before is not rendered again: for the preview.

        ``processes`` is how many may convert texts at once.
        """
        self._kept: dict[_Key, Converted] | None = {} if keep else None
        self._ahead: dict[_Key, Converted] = {}
        self._processes = processes
        #: What earlier builds have converted, by :attr:`Text.digest`.
        self.before: Shelf[Converted] | None = None
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
                PlainTexts(),
            ],
            extension_configs={"toc": {"slugify": self._slug}},
            output_format="html",
        )
        self._marks = LineMarks(self._markdown)
        self._marks.note_titles = {}
        # Before fenced code (25) and raw HTML (20) are taken out of the text.
        self._markdown.preprocessors.register(self._marks, "library-lines", 28)

    def convert_ahead(self, texts: Iterable[Text]) -> None:
        """Convert many texts at once, before :meth:`render` is called for each of them."""
        if self._kept is None:
            wanted = [each for each in texts if each.text.strip() and not self._is_known(each)]
            wanted = list({each.key: each for each in wanted}.values())
            for text, converted in zip(wanted, shared(self._convert, wanted, self._processes), strict=True):
                self._know(text, converted)

    def convert_until(self, ready: Callable[[], bool], texts: Iterable[Text]) -> None:
        """Convert texts one after the other, as many as there is time for until something else is ``ready``."""
        if self._kept is None:
            for text in texts:
                if ready():
                    break
                if text.text.strip() and not self._is_known(text):
                    self._know(text, self._convert(text))

    def _is_known(self, text: Text) -> bool:
        """Whether it was converted before, in this build or an earlier one."""
        if text.key not in self._ahead and self.before is not None:
            if (found := self.before.get(text.digest)) is None:
                return False
            self._ahead[text.key] = found
        return text.key in self._ahead

    def _know(self, text: Text, converted: Converted) -> None:
        self._ahead[text.key] = converted
        if self.before is not None:
            self.before.put(text.digest, converted)

    def render(
        self,
        text: str,
        *,
        path: str,
        source: int,
        first_line: int,
        targets: Targets,
        words: Mapping[str, str],
        prefix: str = "",
    ) -> Rendered:
        """Render one text whose first line is line ``first_line`` of ``path``.

        ``prefix`` begins every id that is made here, for texts that share a page with others.

        ``words`` are the names of untitled notes by kind (``note``, ``warning`` …) and of
        ``table``, in the language of the text.
        """
        if not text.strip():
            return Rendered(Markup(), (), {}, ())
        marked, tokens = self._converted(Text(text, first_line, words, prefix))
        finisher = Finisher(path, source, first_line, targets)
        finished = finisher.run(marked)
        return Rendered(
            Markup(finished),  # noqa: S704 - HTML made from the author's Markdown
            tuple(_headings(tokens)),
            finisher.ids,
            tuple(finisher.problems),
        )

    def _converted(self, text: Text) -> Converted:
        key = text.key
        if self._kept is None:
            return self._ahead.get(key) or self._convert(text)
        if key not in self._kept:
            self._kept[key] = self._convert(text)
        return self._kept[key]

    def _convert(self, text: Text) -> Converted:
        """Return the HTML with marks, and the headings as Python-Markdown gives them."""
        self._prefix = text.prefix
        self._markdown.reset()
        self._marks.first_line = text.first_line
        self._marks.note_titles = text.words
        tables = self._markdown.treeprocessors["library-tables"]
        assert isinstance(tables, Tables)
        tables.table_word = text.words.get("table", "Table")
        tables.prefix = text.prefix
        marked = self._markdown.convert(text.text)
        tokens: list[Any] = getattr(self._markdown, "toc_tokens", [])
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
