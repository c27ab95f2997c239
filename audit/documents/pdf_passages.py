"""From tags and what is drawn to passages, pictures, tables and links, each with its place on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audit.documents.model import Box, Cell, Field, Kind, Passage, Picture, Place, Swap, Table
from audit.documents.pdf_content import Drawn
from audit.documents.pdf_tags import BLOCKS, HEADINGS, Tag

type Piece = tuple[int, int, bool]

#: Letters of one passage that are kept.
LONGEST = 1200
#: What a page number or date changes in a running header from page to page.
_CHANGING = re.compile(r"[\dIVXivx]+")
#: Running headers and footers stand within this share of the page's height from its edges.
MARGIN = 0.09


@dataclass
class Pages:
    """What is drawn on each page, by its number, and what of it each piece of content is."""

    drawn: dict[int, list[Drawn]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    pieces: dict[Piece, list[Drawn]] = field(default_factory=dict)

    def add(self, number: int, height: float, things: list[Drawn]) -> None:
        """One page."""
        self.drawn[number] = things
        self.heights[number] = height
        for each in things:
            if each.mcid >= 0 and not each.painted:
                self.pieces.setdefault((number, each.mcid, each.in_form), []).append(each)

    def of(self, pieces: Iterable[Piece]) -> list[tuple[int, Drawn]]:
        """What is drawn of these pieces, in their order, each with its page."""
        return [(piece[0], each) for piece in pieces for each in self.pieces.get(piece, ())]


def joined(things: Sequence[Drawn]) -> str:
    """Runs of words as one text: a gap, or a new line, is a space."""
    parts: list[str] = []
    before: Drawn | None = None
    for each in things:
        if before is not None and _is_apart(before, each):
            parts.append(" ")
        parts.append(each.text)
        before = each
    text = " ".join("".join(parts).split())
    # A soft hyphen at the end of a line is no part of the word.
    return text.replace("\u00ad ", "").replace("\u00ad", "")[:LONGEST]


def _is_apart(one: Drawn, other: Drawn) -> bool:
    if one.text[-1:].isspace() or other.text[:1].isspace():
        return False
    size = max(one.size, other.size, 4.0)
    if abs(other.box[1] + other.box[3] - one.box[1] - one.box[3]) > 0.6 * size:
        return True
    return other.box[0] - (one.box[0] + one.box[2]) > 0.15 * size or other.box[0] < one.box[0]


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds all of them."""
    each = list(boxes)
    if not each:
        return None
    left, top = min(box[0] for box in each), min(box[1] for box in each)
    right, bottom = max(box[0] + box[2] for box in each), max(box[1] + box[3] for box in each)
    return left, top, right - left, bottom - top


def place_of(tag: Tag, pages: Pages, quote: str = "") -> Place:
    """Where what a tag holds is to be seen: the first page of it."""
    things = pages.of(tag.pieces())
    number = things[0][0] if things else next((piece[0] for piece in tag.pieces()), tag.page)
    number = number or next((each.page for each in tag.walk() if each.page), 0) or _page_near(tag)
    box = around(thing.box for page, thing in things if page == number)
    return page_place(number, box, quote)


def _page_near(tag: Tag) -> int:
    """The page of a tag that holds nothing itself: that of its neighbour, the one before it first."""
    for each in (tag, *tag.above()):
        beside = each.parent.kids if each.parent is not None else []
        here = next((number for number, one in enumerate(beside) if one is each), 0)
        for one in (*reversed(beside[:here]), *beside[here + 1 :]):
            numbers = [piece[0] for piece in one.pieces() if piece[0]] or [
                inner.page for inner in one.walk() if inner.page
            ]
            if numbers:
                return numbers[-1] if any(one is before for before in beside[:here]) else numbers[0]
    return 0


def page_place(number: int, box: Box | None = None, quote: str = "") -> Place:
    """A place on a page; page 0 is the document as a whole."""
    return Place(f"page {number}" if number else "the document", number or None, box, quote[:200])


def passages(root: Tag | None, pages: Pages, language: str) -> tuple[Passage, ...]:
    """The words of a document in the order in which they are read; without tags in that in which they are drawn."""
    if root is None:
        return tuple(_untagged_lines(pages))
    found: list[Passage] = []
    for owner, pieces in _owners(root):
        things = pages.of(piece for piece, _ in pieces)
        text = joined([thing for _, thing in things])
        if text:
            spoken = _spoken(pieces, pages) or language
            found.append(_passage(owner, things, text, spoken, len(found)))
    found += (_blank_heading(tag, pages, len(found)) for tag in root.walk() if _is_blank_heading(tag, pages))
    claimed = set(root.pieces())
    found += _unclaimed(pages, claimed)
    return tuple(found)


def _owners(root: Tag) -> Iterator[tuple[Tag, list[tuple[Piece, str]]]]:
    """Each block with the pieces that are its own, in reading order, and the language that tags declare for each."""
    order: dict[int, tuple[Tag, list[tuple[Piece, str]]]] = {}
    stack: list[tuple[Tag | Piece, Tag, str]] = [(root, root, "")]
    while stack:
        each, owner, language = stack.pop()
        if isinstance(each, Tag):
            inner = each if each.type in BLOCKS or owner is root else owner
            spoken = each.language or language
            stack.extend((inside, inner, spoken) for inside in reversed(each.inside))
        else:
            order.setdefault(id(owner), (owner, []))[1].append((each, language))
    yield from order.values()


def _spoken(pieces: Iterable[tuple[Piece, str]], pages: Pages) -> str:
    """The language of most letters of a block: a mark in the page says it, or the nearest tag (ISO 32000-1, 14.9.2)."""
    letters: Counter[str] = Counter()
    for piece, language in pieces:
        for _, thing in pages.of([piece]):
            letters[thing.language or language] += len(thing.text.strip())
    return letters.most_common(1)[0][0] if letters else ""


def _is_blank_heading(tag: Tag, pages: Pages) -> bool:
    """Whether a heading announces nothing: neither words nor a picture with an alternative."""
    if tag.type not in HEADINGS or any(each.alternative or each.actual for each in tag.walk()):
        return False
    return not any(thing.text.strip() for _, thing in pages.of(tag.pieces()))


def _blank_heading(tag: Tag, pages: Pages, order: int) -> Passage:
    level = 1 if tag.type == "H" else int(tag.type[1])
    return Passage(place_of(tag, pages), Kind.PARAGRAPH, "", level, style=tag.type, order=order)


def _passage(owner: Tag, things: list[tuple[int, Drawn]], text: str, spoken: str, order: int) -> Passage:
    number = things[0][0]
    own = [thing for page, thing in things if page == number]
    around_it = [owner, *owner.above()]
    visible = [thing for _, thing in things if thing.text.strip()]
    sizes = Counter(thing.size for thing in visible for _ in thing.text)
    level = int(owner.type[1]) if owner.type in HEADINGS and owner.type != "H" else 0
    return Passage(
        page_place(number, around(thing.box for thing in own), text),
        _kind(owner, around_it),
        text,
        level,
        bool(visible) and all(thing.bold for thing in visible),
        sizes.most_common(1)[0][0] if sizes else 0.0,
        spoken,
        owner.type,
        order,
    )


def _kind(owner: Tag, around_it: list[Tag]) -> Kind:
    if owner.type in HEADINGS or owner.type == "Title":
        return Kind.HEADING
    if owner.type == "Caption":
        return Kind.CAPTION
    for each in around_it:
        if each.type in {"TD", "TH"}:
            return Kind.CELL
        if each.type in {"LI", "LBody", "TOCI"}:
            return Kind.ITEM
    return Kind.PARAGRAPH


def _lines(things: Iterable[Drawn]) -> Iterator[list[Drawn]]:
    """Runs of words that stand on one line and were drawn one after the other."""
    line: list[Drawn] = []
    for each in things:
        if line and abs(each.box[1] + each.box[3] - line[-1].box[1] - line[-1].box[3]) > 3:
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _untagged_lines(pages: Pages) -> Iterator[Passage]:
    for number, things in pages.drawn.items():
        for line in _lines(thing for thing in things if thing.text.strip()):
            text = joined(line)
            place = page_place(number, around(thing.box for thing in line), text)
            bold = all(thing.bold for thing in line if thing.text.strip())
            yield Passage(place, Kind.PARAGRAPH, text, bold=bold, size=line[0].size)


def _unclaimed(pages: Pages, claimed: set[Piece]) -> Iterator[Passage]:
    """Words that no tag announces, with those that are marked as decoration."""
    lines: list[tuple[int, Kind, bool, list[Drawn], str]] = []
    for number, things in pages.drawn.items():
        loose = [
            thing
            for thing in things
            if thing.text.strip()
            and thing.visible
            and (thing.artifact or (number, thing.mcid, thing.in_form) not in claimed)
        ]
        for line in _lines(loose):
            kind = Kind.ARTIFACT if line[0].artifact else Kind.UNTAGGED
            lines.append((number, kind, line[0].furniture, line, joined(line)))
    often = Counter(_CHANGING.sub("0", text) for _, _, _, _, text in lines)
    for number, kind, furniture, line, text in lines:
        box = around(thing.box for thing in line)
        assert box is not None
        height = pages.heights.get(number, 0.0)
        at_edge = box[1] < MARGIN * height or box[1] + box[3] > (1 - MARGIN) * height
        repeated = often[_CHANGING.sub("0", text)] > 1
        yield Passage(
            page_place(number, box, text),
            kind,
            text,
            size=line[0].size,
            page_furniture=furniture or repeated or at_edge,
        )


def pictures(root: Tag | None, pages: Pages) -> Iterator[Picture]:
    """Figures and formulas."""
    for tag in root.walk() if root is not None else ():
        if tag.type not in {"Figure", "Formula"}:
            continue
        place = place_of(tag, pages)
        alternative = tag.alternative if tag.alternative is not None else tag.actual
        words = joined([thing for _, thing in pages.of(tag.pieces())])
        yield Picture(
            place,
            alternative,
            caption=_caption(tag, pages),
            kind="formula" if tag.type == "Formula" else "picture",
            file="" if not words else f"words: {words[:80]}",
        )


def _caption(tag: Tag, pages: Pages) -> str:
    """The caption of a figure: inside it, or beside it."""
    beside = tag.parent.kids if tag.parent is not None else []
    here = next((number for number, each in enumerate(beside) if each is tag), -1)
    near = beside[max(here - 1, 0) : here + 2] if here >= 0 else []
    for each in (*tag.kids, *near):
        if each.type == "Caption":
            return joined([thing for _, thing in pages.of(each.pieces())])
    return ""


def tables(root: Tag | None, pages: Pages, fields: Sequence[Field] = ()) -> Iterator[Table]:
    """All that is tagged as a table. ``fields``: those of the document, with tags or without."""
    for tag in root.walk() if root is not None else ():
        if tag.type != "Table":
            continue
        rows = tuple(tuple(_cells(row, pages)) for row in tag.walk() if row.type == "TR" and _table_of(row) is tag)
        headers = any(cell.header for row in rows for cell in row)
        nested = any(each.type == "Table" for each in tag.above())
        place = place_of(tag, pages)
        form = any(each.type == "Form" for each in tag.walk()) or any(_is_beside(each.place, place) for each in fields)
        yield Table(place, rows, headers, nested, form=form)


def _is_beside(field: Place, table: Place) -> bool:
    """Whether the middle of a field is as high as a table, whose box holds no more than the words in it."""
    if field.page != table.page or field.box is None or table.box is None:
        return False
    return table.box[1] <= field.box[1] + field.box[3] / 2 <= table.box[1] + table.box[3]


def _table_of(tag: Tag) -> Tag | None:
    return next((each for each in tag.above() if each.type == "Table"), None)


def _cells(row: Tag, pages: Pages) -> Iterator[Cell]:
    for cell in row.kids:
        if cell.type in {"TH", "TD"}:
            things = [thing for _, thing in pages.of(cell.pieces())]
            # A picture or a field in a cell is something in it.
            text = joined(things) or next(
                (each.alternative or "□" for each in cell.walk() if each.type in _FILLING), ""
            )
            bold = bool(things) and all(thing.bold for thing in things if thing.text.strip())
            yield Cell(text, cell.type == "TH", cell.row_span, cell.column_span, bold)


_FILLING = {"Figure", "Form", "Link", "Formula", "Annot"}

#: Share of the narrower one's width that both must have in common: beside one another is no order.
SHARED = 0.6


def swaps(found: Iterable[Passage]) -> Iterator[Swap]:
    """Neighbours in reading order of which the second is seen clearly above the first, in the same column."""
    before: Passage | None = None
    for each in found:
        if each.kind in {Kind.ARTIFACT, Kind.UNTAGGED, Kind.CELL} or each.place.box is None:
            continue
        if before is not None and before.place.page == each.place.page and before.place.box is not None:
            x, y, width, _ = each.place.box
            left, top, wide, high = before.place.box
            shared = min(x + width, left + wide) - max(x, left)
            bottom = y + each.place.box[3]
            if shared >= SHARED * min(width, wide) > 0 and bottom < top + 0.2 * high and not _new_column(before, each):
                yield Swap(each.place, before.text, each.text)
        before = each


def _new_column(before: Passage, each: Passage) -> bool:
    """Whether the second begins another column: it stands to the right of where the first begins."""
    assert before.place.box is not None
    assert each.place.box is not None
    return each.place.box[0] > before.place.box[0] + 0.5 * before.place.box[2]
