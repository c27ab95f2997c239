"""From a Word file to a page: Markdown, pictures with their alternatives, and a list of what is missing.

mammoth turns the file into HTML that says what its styles mean; here that becomes Markdown. What a person still
has to do is listed with file and line, and nothing is made up: a picture without an alternative gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mammoth
import yaml
from lxml import html

from audit.documents.model import Kind, Table
from audit.documents.reading import read

_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_STARTS = re.compile(r"^(\s*)(#{1,6} |[-+] |\d+\. |> )")
_SLUG = re.compile(r"[^a-z0-9]+")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.caption:fresh
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a person has to add. ``line`` counts from 1 in the page."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A page: its text, its pictures by file name, and what is missing in it."""

    slug: str
    text: str
    pictures: tuple[tuple[str, bytes], ...]
    missing: tuple[Missing, ...]


def convert(file: Path, download: str | None = None) -> Conversion:
    """Convert a Word file. ``download``: where the file itself is put, below ``content/``, to be linked.

    Raises:
        Unreadable: the file cannot be read.
    """
    document = read(file)
    slug = _SLUG.sub("-", file.stem.lower()).strip("-") or "page"
    pictures: list[tuple[str, bytes]] = []
    unreadable: list[str] = []

    def keep(image: Any) -> dict[str, str]:
        ending = _PICTURES.get(image.content_type)
        if ending is None:
            unreadable.append(image.content_type)
            return {"src": ""}
        with image.open() as stream:
            pictures.append((f"{slug}-{len(pictures) + 1}.{ending}", stream.read()))
        return {"src": f"{{static}}/images/pages/{pictures[-1][0]}"}

    with file.open("rb") as stream:
        made = mammoth.convert_to_html(stream, style_map=_STYLES, convert_image=mammoth.images.img_element(keep))
    tree = html.fragment_fromstring(made.value, create_parent="div")
    headings = [each.text for each in document.passages if each.kind is Kind.HEADING]
    title = (document.title or "").strip() or next(iter(headings), "") or slug.replace("-", " ").capitalize()
    writer = _Writer(title, document.tables)
    writer.blocks(tree)
    if download:
        writer.block([f"The same as a file: [{title} (Word)]({{static}}/{download})"])
    writer.without_alternative += [f"A picture of the type {kind} was left out: save it as PNG." for kind in unreadable]
    front = yaml.safe_dump({"title": title, "summary": ""}, allow_unicode=True, sort_keys=False)
    head = ["---", *front.splitlines(), "---", ""]
    missing = [Missing(3, "Write in one or two sentences what the page is about.")]
    missing += [Missing(len(head) + line, sentence) for line, sentence in writer.missing]
    missing += [Missing(1, sentence) for sentence in writer.without_alternative]
    return Conversion(slug, "\n".join([*head, *writer.lines]).rstrip() + "\n", tuple(pictures), tuple(missing))


@dataclass
class _Writer:
    title: str
    tables: tuple[Table, ...]
    lines: list[str] = field(default_factory=list)
    missing: list[tuple[int, str]] = field(default_factory=list)
    without_alternative: list[str] = field(default_factory=list)
    _shift: int = 0
    _table: int = 0

    def block(self, lines: list[str]) -> None:
        """Lines of one block, with a blank one after it."""
        self.lines += [*lines, ""]

    def miss(self, sentence: str) -> None:
        """Something is missing in the block that comes next."""
        self.missing.append((len(self.lines) + 1, sentence))

    def blocks(self, holder: Any) -> None:
        for each in holder:
            name = each.tag
            if name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                self._heading(each, int(name[1]))
            elif name in {"ul", "ol"}:
                self.block(list(self._items(each, 0)))
            elif name == "table":
                self._rows(each)
            else:
                self._paragraph(each)

    def _heading(self, element: Any, level: int) -> None:
        text = self._inline(element)
        if not text:
            return
        if level == 1 and text.casefold() == self.title.casefold() and not self.lines:
            # The title stands in the front matter, and the page shows it.
            return
        if level == 1:
            # The page's own title is its only heading of the first level.
            self._shift = 1
        self.block([f"{'#' * min(level + self._shift, 6)} {text}"])

    def _paragraph(self, element: Any) -> None:
        text = self._inline(element)
        if text:
            self.block([_STARTS.sub(r"\1\\\2", text) if not text.startswith("![") else text])

    def _items(self, holder: Any, depth: int) -> Iterator[str]:
        for number, item in enumerate((each for each in holder if each.tag == "li"), start=1):
            mark = f"{number}." if holder.tag == "ol" else "-"
            inner = [each for each in item if each.tag in {"ul", "ol"}]
            yield f"{'    ' * depth}{mark} {self._inline(item, without=inner)}"
            for each in inner:
                yield from self._items(each, depth + 1)

    def _rows(self, element: Any) -> None:
        rows = [[self._inline(cell) or " " for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
        rows = [row for row in rows if row]
        facts = self.tables[self._table] if self._table < len(self.tables) else None
        self._table += 1
        if not rows:
            return
        if len(rows) == 1 or max(len(row) for row in rows) == 1:
            for row in rows:
                self.block([" ".join(row)])
            return
        if facts is None or not facts.headers:
            self.miss("The table had no header row: see whether its first row holds the headers.")
        if any(cell.get("colspan") or cell.get("rowspan") for cell in element.iter("td", "th")):
            self.miss("The table had merged cells: write the words into each cell.")
        wide = max(len(row) for row in rows)
        written = ["| " + " | ".join([*row, *[" "] * (wide - len(row))]) + " |" for row in rows]
        self.block([written[0], "|" + " --- |" * wide, *written[1:]])

    def _inline(self, element: Any, without: list[Any] | None = None) -> str:
        parts = [_escaped(element.text)]
        for each in element:
            if not (without and each in without):
                parts.append(self._span(each))
            parts.append(_escaped(each.tail))
        return " ".join("".join(parts).split())

    def _span(self, element: Any) -> str:
        inner = self._inline(element)
        match element.tag:
            case "strong" | "b":
                return f"**{inner}**" if inner else ""
            case "em" | "i":
                return f"*{inner}*" if inner else ""
            case "a":
                return self._link(element, inner)
            case "img":
                return self._image(element)
            case "br":
                return " "
            case _:
                return inner + (" " if element.tag == "p" else "")

    def _link(self, element: Any, inner: str) -> str:
        target = element.get("href", "")
        if not target or target.startswith("#"):
            return inner
        if not inner:
            self.miss(f"The link to {target} had no words, and was left out.")
            return ""
        if inner.startswith(("http:", "https:", "www.")):
            self.miss(f"The words of the link are its address, {target}: write where it leads.")
        return f"[{inner}]({target})"

    def _image(self, element: Any) -> str:
        source = element.get("src", "")
        if not source:
            return ""
        alternative = " ".join((element.get("alt") or "").split())
        if not alternative:
            self.miss("The picture has no alternative: write what it shows between the square brackets.")
        return f"![{alternative}]({source})"


def _escaped(text: str | None) -> str:
    """Words as Markdown: signs that would mean something are only signs, and bars do not part cells."""
    return _SPECIAL.sub(r"\\\1", text or "").replace("|", "\\|")
