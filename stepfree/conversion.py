"""From a Word file to a page: Markdown, pictures with their alternatives, and a list of what is missing.

mammoth turns the file into HTML that says what its styles mean; here that becomes Markdown. What a person still
has to do is listed with file and line, and nothing is made up: a picture without an alternative gets none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mammoth
import yaml
from lxml import html

from audit.documents.model import Kind
from audit.documents.reading import read
from stepfree.manuscript import Manuscript

_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
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
    writer = Manuscript(title, tuple(bool(table.headers) for table in document.tables))
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
