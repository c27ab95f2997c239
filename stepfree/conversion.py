"""From a Word file to a page: Markdown, pictures with their alternatives, and a list of what is missing.

mammoth turns the file into HTML that says what its styles mean; here that becomes Markdown. What a person still
has to do is listed with file and line, and nothing is made up: a picture without an alternative gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import mammoth
import yaml
from lxml import html

from audit.documents.model import Document, Kind, Passage
from audit.documents.reading import read
from audit.documents.wording import counted
from library_base.errors import slug_of
from stepfree.hidden_text import without_hidden
from stepfree.manuscript import Manuscript

_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
#: What Markdown writes into the words of a sentence: pictures and the numbers of notes, and where links lead.
_PICTURES_AND_NOTES = re.compile(r"!\[[^\]]*\]\([^)]*\)|\\\[\d+\\\]")
_TARGETS = re.compile(r"(?<!\\)\]\((?:[^()]|\([^()]*\))*\)")
#: Addresses that only one machine, or one office, knows.
_AT_HOME = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\")
#: Pieces of text that are told as missing, each by itself.
_MOST_QUOTED = 20
#: A line that is bold as a whole, the words of the longest heading, and the signs that people type before items.
_ALL_BOLD = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")
_LONGEST_HEADING = 12
#: Signs that begin an item and nothing else; and those that begin one where the next line has them as well.
_SIGN = re.compile(r"([•▪◦‣●■➢])\s")
_PERHAPS = re.compile(r"([·○□–—]|\\[-+*]|o(?=\s\s))\s|(\d{1,2})\\\.\s")
#: What no page can show as it is.
_DRAWN = {"chart", "diagram", "shape", "film", "sound"}
_STYLES = """
p[style-name^='toc '] => !
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
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
    slug = slug_of(file.stem) or "page"
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

    shown, hidden = without_hidden(file)
    made = mammoth.convert_to_html(shown, style_map=_STYLES, convert_image=mammoth.images.img_element(keep))
    tree = html.fragment_fromstring(made.value, create_parent="div")
    _mark_headings(tree, document)
    _without_ways_back(tree)
    at_home = list(_only_at_home(tree))
    _with_alternatives(tree, document)
    headings = [each.text for each in document.passages if each.kind is Kind.HEADING]
    title = (document.title or "").strip() or next(iter(headings), "") or slug.replace("-", " ").capitalize()
    writer = Manuscript(title)
    writer.blocks(tree)
    if download:
        writer.block([f"Also as a file: [{title} (Word)]({{static}}/{download})"])
    writer.without_alternative += at_home
    if hidden:
        writer.without_alternative.append(f"Left out: {counted(hidden, 'piece', 'pieces')} of hidden text.")
    writer.without_alternative += [f"A picture of the type {kind} was left out: save it as PNG." for kind in unreadable]
    front = yaml.safe_dump({"title": title, "summary": ""}, allow_unicode=True, sort_keys=False)
    head = ["---", *front.splitlines(), "---", ""]
    missing = [] if (document.title or "").strip() else [Missing(2, _about_the_title(headings))]
    missing.append(Missing(3, "Write in one or two sentences what the page is about."))
    told = sorted([*writer.missing, *_marked_by_hand(writer.lines, title)], key=lambda each: each[0])
    missing += [Missing(len(head) + line, sentence) for line, sentence in told]
    text = "\n".join([*head, *writer.lines]).rstrip() + "\n"
    missing += [Missing(1, sentence) for sentence in (*writer.without_alternative, *_left_out(document, text))]
    return Conversion(slug, text, tuple(pictures), tuple(missing))


def _about_the_title(headings: Sequence[str]) -> str:
    """What to see to where the file says no title of its own."""
    if headings:
        return "The title is the first heading of the file: see whether it says what the whole page is about."
    return "The title is the name of the file: write what the page is about."


def _marked_by_hand(lines: Sequence[str], title: str) -> Iterator[tuple[int, str]]:
    """Lines that only look like a heading or a list, with their number from 1."""
    before = ""
    for number, line in enumerate(lines, start=1):
        bold = _ALL_BOLD.fullmatch(line)
        if bold is not None and _letters(bold[1]) == _letters(title):
            yield number, "The title of the page says this already: take the line out."
        elif bold is not None and len(bold[1].split()) <= _LONGEST_HEADING and bold[1][-1] not in ".!,;:":
            yield number, f"“{bold[1]}” is only bold: if it is a heading, write “## {bold[1]}”."
        sign = _mark_of(line)
        after = next((_mark_of(each) for each in lines[number:] if each), "")
        if sign and sign != before and (_SIGN.match(line) or sign == after):
            begin = "“1. ”" if sign == _NUMBER else "“- ”"
            yield number, f"The lines from “{line[:60]}” on are a list that was typed by hand: begin each with {begin}."
        before = sign if line else before


_NUMBER = "number"


def _mark_of(line: str) -> str:
    """What stands before the words of a line as before an item: a sign, or that it is a number."""
    found = _SIGN.match(line) or _PERHAPS.match(line)
    return "" if found is None else found[1] or _NUMBER


def _mark_headings(tree: Any, document: Document) -> None:
    """Paragraphs that are headings by a style of the file's own, or by their outline level, become headings."""
    levels: dict[str, list[int]] = {}
    for each in document.passages:
        if each.kind is Kind.HEADING:
            levels.setdefault(" ".join(each.text.split()), []).append(max(each.level, 1))
    for each in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "p"):
        waiting = levels.get(" ".join(each.text_content().split()))
        if waiting:
            level = waiting.pop(0)
            each.tag = f"h{min(level, 6)}" if each.tag == "p" else each.tag


def _with_alternatives(tree: Any, document: Document) -> None:
    """Alternatives that the file keeps where mammoth does not look, such as those of old drawings (VML)."""
    shown = list(tree.iter("img"))
    held = [each for each in document.pictures if each.kind == "picture" and each.file]
    for image, picture in zip(shown, held, strict=True) if len(shown) == len(held) else ():
        if not image.get("alt") and picture.alternative:
            image.set("alt", picture.alternative)


def _without_ways_back(tree: Any) -> None:
    """Take out the arrows from a note to where it is called: on a page they lead nowhere."""
    for each in list(tree.iter("a")):
        if each.text_content().strip() == "↑":
            each.drop_tree()


def _only_at_home(tree: Any) -> Iterator[str]:
    """Take away links that lead to a file on somebody's own machine; of each a sentence. Their words stay.

    What a field says beside an address, such as a tip, is no part of it; mammoth takes it for one.
    """
    for each in list(tree.iter("a")):
        address, _, beside = (each.get("href") or "").partition('"')
        if beside:
            each.set("href", address.strip())
        if _AT_HOME.match(address):
            words = " ".join(each.text_content().split())
            each.drop_tag()
            yield f"The link “{words}” leads to a file on somebody’s computer, {address}: publish that file, and link to it."


def _left_out(document: Document, text: str) -> Iterator[str]:
    """What the file holds and the page does not: words in drawings and formulas, charts, pictures in groups."""
    # The number of a note looks like one that somebody wrote in brackets: the words may be there with either.
    texts = (unescape(_TARGETS.sub("", each)) for each in (_PICTURES_AND_NOTES.sub("", text), text))
    written = "\n".join(map(_letters, texts))
    told = [each for each in document.passages if not _is_contents(each)]
    if len(told) < len(document.passages):
        yield "The table of contents was left out: the numbers of its pages mean nothing here."
    lost = [each for each in told if (letters := _letters(each.text)) and letters not in written]
    yield from dict.fromkeys(
        f"These words of the file are not on the page ({each.place.where}): “{' '.join(each.text.split())[:120]}”."
        for each in lost[:_MOST_QUOTED]
    )
    if len(lost) > _MOST_QUOTED:
        yield f"{len(lost) - _MOST_QUOTED} more pieces of text are not on the page: compare it with the file."
    yield from _without_a_place(document)
    for picture in document.pictures:
        if picture.kind in _DRAWN:
            name = f" “{picture.caption or picture.place.quote}”" if picture.caption or picture.place.quote else ""
            yield f"The {picture.kind}{name} is not on the page: say in words, or in a table, what it shows."
    # A picture that the page shows is one that was taken out of the file or told as left out.
    shown = text.count("]({static}/images/pages/")
    held = sum(each.kind == "picture" and bool(each.file) for each in document.pictures)
    if held > shown:
        more = held - shown
        yield (
            f"{more} picture{'' if more == 1 else 's'} of the file {'is' if more == 1 else 'are'} not on the page, such as one"
            " in a group or a text box, or one that is only linked and not in the file: save each as PNG and put it in."
        )


def _is_contents(passage: Passage) -> bool:
    """Whether a passage is a line of a table of contents, or the words above one."""
    return passage.style.casefold().startswith("toc ")


def _without_a_place(document: Document) -> Iterator[str]:
    """What a page has no place for: comments, files within the file, fields to fill in, a watermark."""
    comments, changes, inside, behind = (
        document.facts.get(name) for name in ("comments", "changes", "inside", "watermarks")
    )
    if isinstance(comments, int) and comments:
        yield f"Left out, as meant for its authors: {counted(comments, 'comment', 'comments')} in the file."
    if isinstance(changes, int) and changes:
        yield f"Taken as accepted: {counted(changes, 'tracked change', 'tracked changes')}. See that the page says what was meant."
    for name in inside if isinstance(inside, list | tuple) else ():
        yield f"The file “{name}” inside the file is not on the page: publish it by itself, or write what it says."
    for words in behind if isinstance(behind, list | tuple) else ():
        yield f"“{words}” lies behind the text of the file: if it is still true, write it at the beginning of the page."
    if document.fields:
        yield f"The file has {counted(len(document.fields), 'field', 'fields')} to fill in; a page has none. Link to a form on the web."


def _letters(text: str) -> str:
    """The letters and digits of a text alone: what Markdown writes between them does not count."""
    return "".join(each for each in text.casefold() if each.isalnum())
