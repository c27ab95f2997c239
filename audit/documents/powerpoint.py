"""PowerPoint presentations (``.pptx``; ECMA-376, part 1, PresentationML and DrawingML)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from audit.documents import office_extras
from audit.documents.archive import Archive, attribute, child, children, local, whole
from audit.documents.charts import chart_in, named
from audit.documents.drawings import pictures_of
from audit.documents.model import (
    Box,
    Cell,
    Colours,
    Document,
    Format,
    Kind,
    Link,
    Part,
    Passage,
    Picture,
    Place,
    Swap,
    Table,
    Unreadable,
)
from audit.documents.office import EMU, Theme, properties, text_of, theme, without_fallback
from audit.model.finding import Json

#: Kinds of placeholders that repeat on every slide.
FURNITURE = {"dt", "ftr", "sldNum", "hdr"}
TITLES = {"title", "ctrTitle"}
_COORDINATE = re.compile(r"-?[0-9]{1,12}")
_PAINTS = {"gradFill", "blipFill", "pattFill"}
_FILLS = {*_PAINTS, "noFill", "solidFill", "grpFill"}
_SHAPES = {"sp", "pic", "graphicFrame", "grpSp", "cxnSp"}


def read_powerpoint(path: Path) -> Document:
    """All facts of a presentation.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    with Archive(path) as archive:
        name = next((end for kind, end in archive.related("").values() if kind == "officeDocument"), "")
        if not archive.has(name):
            raise Unreadable("It is damaged: there is no presentation in it.")
        tree, ends, told = archive.xml(name), archive.related(name), properties(archive)
        slides = [_id(each) for each in children(child(tree, "sldIdLst"), "sldId")]
        readers = [
            _Slide(archive, number, ends[slide][1])
            for number, slide in enumerate(slides, start=1)
            if slide in ends and archive.has(ends[slide][1])
        ]
        if not readers:
            raise Unreadable("It is damaged: it has no slides.")
        default = attribute(child(tree, "defaultTextStyle", "defPPr", "defRPr"), "lang") or ""
        passages = tuple(passage for each in readers for passage in each.passages)
        default = default or told.language
        spoken = [language for passage in passages if (language := passage.language or default)]
        language = max(sorted(set(spoken)), key=spoken.count) if spoken else default
        facts: dict[str, Json] = {
            "modified": told.modified,
            "comments": sum(office_extras.comments(archive, each.ends) for each in readers),
            "inside": [name for each in readers for name in office_extras.files_inside(each.ends)],
            "by_itself": {str(each.number): each.seconds for each in readers if each.seconds is not None},
            "endless": [each.number for each in readers if each.endless],
        }
        return Document(
            Format.POWERPOINT,
            title=told.title,
            language=language or None,
            maker=told.maker,
            pages=len(readers),
            words=sum(len(passage.text.split()) for passage in passages),
            passages=passages,
            pictures=tuple(picture for each in readers for picture in each.pictures),
            links=tuple(link for each in readers for link in each.links),
            tables=tuple(table for each in readers for table in each.tables),
            colours=tuple(colours for each in readers for colours in each.colours),
            parts=tuple(each.part() for each in readers),
            swaps=tuple(swap for each in readers for swap in each.swaps()),
            facts=facts,
        )


def _id(element: etree._Element) -> str:
    """The relationship of a slide, whose plain ``id`` is something else."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


@dataclass(frozen=True, slots=True)
class _Shape:
    box: Box | None
    text: str
    title: bool


@dataclass
class _Slide:
    """One slide, read when it is made."""

    archive: Archive
    number: int
    name: str
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    colours: list[Colours] = field(default_factory=list)
    title: str | None = None
    shapes: list[_Shape] = field(default_factory=list)
    #: Where shapes have a colour or a picture of their own behind them.
    filled: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        tree = self.archive.xml(self.name)
        without_fallback(tree)
        self._hidden = tree.get("show") in {"0", "false"}
        self.seconds = _seconds(tree)
        self.endless = _is_endless(tree)
        self.ends = self.archive.related(self.name)
        layout = next((end for kind, end in self.ends.values() if kind == "slideLayout"), "")
        above = self.archive.related(layout) if self.archive.has(layout) else {}
        master = next((end for kind, end in above.values() if kind == "slideMaster"), "")
        self._theme, self._background = self._paint(tree, layout, master)
        self._boxes = {
            **_placeholders(self.archive.xml_or_none(master)),
            **_placeholders(self.archive.xml_or_none(layout)),
        }
        shapes = child(tree, "cSld", "spTree")
        for each in shapes if shapes is not None else ():
            self._shape(each)

    def _paint(self, tree: etree._Element, layout: str, master: str) -> tuple[Theme, str]:
        """The theme, and the colour of the background where it is one plain colour."""
        over = self.archive.xml_or_none(master)
        themed = (
            next((end for kind, end in self.archive.related(master).values() if kind == "theme"), "") if master else ""
        )
        made = theme(self.archive, themed, over)
        for each in (tree, self.archive.xml_or_none(layout), over):
            background = child(each, "cSld", "bg")
            if background is not None:
                filled = child(background, "bgPr", "solidFill")
                reference = child(background, "bgRef")
                return made, made.of(filled if filled is not None else reference)
        # Where nobody says a background, programs draw a white one.
        return made, "#ffffff" if over is not None else ""

    def place(self, box: Box | None = None, quote: str = "") -> Place:
        """A place on this slide."""
        return Place(f"slide {self.number}", self.number, box, quote[:200])

    def part(self) -> Part:
        """The slide as a part of the presentation."""
        words = sum(len(passage.text.split()) for passage in self.passages)
        return Part(self.place(), self.title, words, hidden=self._hidden)

    def _shape(self, element: etree._Element) -> None:
        name = local(element)
        if name in {"AlternateContent", "Choice"}:
            # A shape that old programs are shown another way: formulas, models, drawings with a pen.
            for each in element:
                self._shape(each)
        if name not in _SHAPES:
            return
        own = next((each for each in element.iter() if local(each) == "cNvPr"), None)
        if own is None or own.get("hidden") in {"1", "true"}:
            return
        described = bool((own.get("descr") or own.get("title") or "").strip())
        if name == "grpSp" and not described:
            for each in element:
                self._shape(each)
            return
        slot = next((each for each in element.iter() if local(each) == "ph"), None)
        box = _box(element) or self._boxes.get(_slot(slot)) or self._boxes.get((_slot(slot)[0], ""))
        table = next((each for each in element.iter() if local(each) == "tbl"), None)
        if table is not None:
            self._table(table, box)
        elif name in {"pic", "graphicFrame", "grpSp"}:
            place = self.place(box, own.get("name", ""))
            chart = chart_in(element, self.ends, self.archive, self._theme, place)
            self.pictures += [named(each, chart) for each in pictures_of(element, own, place, self.ends)]
            self.colours += chart.colours
            self.shapes.append(_Shape(box, own.get("descr") or own.get("name") or "", False))
        elif name == "sp" and (slot is not None or text_of(child(element, "txBody"))):
            self._words(element, slot, box)
        elif name == "sp":
            # A shape without words: some say something all the same.
            self.pictures += pictures_of(element, own, self.place(box, own.get("name", "")), self.ends)
        if name == "sp" and box is not None and _is_filled(element):
            self.filled.append(box)
        self._press(own, box)

    def _words(self, element: etree._Element, slot: etree._Element | None, box: Box | None) -> None:
        """The paragraphs of a shape."""
        kind = _slot(slot)[0] if slot is not None else ""
        body = child(element, "txBody")
        text = " ".join(filter(None, (text_of(each) for each in children(body, "p"))))
        if kind in TITLES:
            self.title = text or self.title
        if kind in FURNITURE or not text:
            return
        self.shapes.append(_Shape(box, text, kind in TITLES))
        fill = self._theme.of(child(element, "spPr", "solidFill"))
        painted = _is_filled(element) or any(local(each) in _PAINTS for each in element.iter())
        for paragraph in children(body, "p"):
            self._paragraph(paragraph, kind, box, fill, painted)

    def _paragraph(self, paragraph: etree._Element, kind: str, box: Box | None, fill: str, painted: bool) -> None:
        runs = [each for each in paragraph if local(each) in {"r", "fld"}]
        told = " ".join("".join(_raw(child(run, "t")) for run in runs).split())
        if not told:
            return
        looks = [child(run, "rPr") for run in runs]
        own = child(paragraph, "pPr")
        bulleted = any(local(each) in {"buChar", "buAutoNum", "buBlip"} for each in own) if own is not None else False
        in_body = kind in {"body", "obj", "subTitle"} or (kind == "" and bulleted)
        spoken = next((look.get("lang", "") for look in looks if look is not None and look.get("lang")), "")
        size = next((look.get("sz", "") for look in looks if look is not None and look.get("sz")), "")
        self.passages.append(
            Passage(
                self.place(box, told),
                Kind.HEADING if kind in TITLES else Kind.ITEM if in_body and kind != "subTitle" else Kind.PARAGRAPH,
                told,
                1 if kind in TITLES else 0,
                bool(looks) and all(look is not None and look.get("b") in {"1", "true"} for look in looks),
                whole(size) / 100,
                spoken,
                kind,
                len(self.passages),
            )
        )
        self._links_of(runs, looks, box)
        for run, look in zip(runs, looks, strict=True):
            self._run(run, look, box, fill, painted)

    def _links_of(
        self, runs: Sequence[etree._Element], looks: Sequence[etree._Element | None], box: Box | None
    ) -> None:
        """The links of a paragraph. Pieces beside each other that lead to one place are one link, whatever they look like."""
        pressed = [child(look, "hlinkClick") for look in looks]
        for lead, group in itertools.groupby(zip(runs, pressed, strict=True), lambda each: self._lead(each[1])):
            words = " ".join("".join(_raw(child(run, "t")) for run, _ in group).split())
            if words and lead is not None:
                self.links.append(Link(self.place(box, words), words, lead[0]))

    def _lead(self, link: etree._Element | None) -> tuple[str, str] | None:
        """Where a link leads (``""``: nowhere outside the slides), and what is done with it."""
        if link is None:
            return None
        kind, end = self.ends.get(attribute(link, "id") or "", ("", ""))
        outside = kind == "hyperlink" and (":" in end or self.archive.has(end))
        return end if outside else "", link.get("action", "")

    def _run(self, run: etree._Element, look: etree._Element | None, box: Box | None, fill: str, painted: bool) -> None:
        words = text_of(child(run, "t"))
        if look is None or not words:
            return
        link = child(look, "hlinkClick")
        ink = self._theme.of(child(look, "solidFill"))
        if ink and link is None:
            size = look.get("sz", "")
            background = fill or self._background
            self.colours.append(
                Colours(
                    self.place(box, words),
                    words,
                    ink,
                    background or "#ffffff",
                    whole(size) / 100 or 18.0,
                    look.get("b") in {"1", "true"},
                    bool(fill) or (bool(self._background) and not painted and not self._lies_on(box)),
                )
            )

    def _lies_on(self, box: Box | None) -> bool:
        """Whether something else lies where this is, so that the background may be that."""
        under = [*(each.place.box for each in self.pictures), *self.filled]
        return box is None or any(each is not None and _meet(each, box) for each in under)

    def _press(self, own: etree._Element, box: Box | None) -> None:
        """A shape that is a link as a whole."""
        link = child(own, "hlinkClick")
        end = self.ends.get(attribute(link, "id") or "", ("", "")) if link is not None else ("", "")
        if end[0] == "hyperlink":
            name = own.get("descr") or ""
            self.links.append(Link(self.place(box, own.get("name", "")), name, end[1]))

    def _table(self, table: etree._Element, box: Box | None) -> None:
        headers = attribute(child(table, "tblPr"), "firstRow") in {"1", "true"}
        columns = attribute(child(table, "tblPr"), "firstCol") in {"1", "true"}
        rows = []
        for number, row in enumerate(children(table, "tr")):
            cells = []
            for place, cell in enumerate(children(row, "tc")):
                if cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}:
                    continue
                header = (headers and number == 0) or (columns and place == 0)
                text = text_of(child(cell, "txBody"))
                fill = self._theme.of(child(cell, "tcPr", "solidFill"))
                cells.append(Cell(text, header, _span(cell, "rowSpan"), _span(cell, "gridSpan"), fill=fill))
                if text:
                    self.passages.append(Passage(self.place(box, text), Kind.CELL, text, order=len(self.passages)))
            rows.append(tuple(cells))
        quote = next((cell.text for row in rows for cell in row if cell.text), "")
        self.tables.append(Table(self.place(box, quote), tuple(rows), headers or columns))
        self.shapes.append(_Shape(box, quote, False))

    def swaps(self) -> Iterator[Swap]:
        """Words that are read after others which stand clearly below them."""
        known = [each for each in self.shapes if each.box is not None and each.text]
        for before, each in itertools.pairwise(known):
            assert before.box is not None
            assert each.box is not None
            bottom = each.box[1] + each.box[3]
            shared = min(each.box[0] + each.box[2], before.box[0] + before.box[2]) - max(each.box[0], before.box[0])
            if bottom <= before.box[1] + 1 and shared > 0:
                yield Swap(self.place(each.box, each.text), before.text, each.text)


def _seconds(tree: etree._Element) -> float | None:
    """After how many seconds a slide moves on by itself (ECMA-376, part 1, 19.3.1.50); ``None``: never."""
    for each in tree.iter():
        if local(each) == "transition" and each.get("advTm") is not None:
            return whole(each.get("advTm")) / 1000
    return None


def _is_endless(tree: etree._Element) -> bool:
    """Whether an effect that begins without a click goes on until the next slide (ECMA-376, part 1, 19.5.33)."""
    return any(
        local(each) == "cTn"
        and each.get("repeatCount") == "indefinite"
        and each.get("presetClass") in {"emph", "path", "entr", "exit"}
        and each.get("nodeType") != "clickEffect"
        for each in tree.iter()
    )


def _raw(element: etree._Element | None) -> str:
    return "".join(str(part) for part in element.itertext()) if element is not None else ""


def _is_filled(shape: etree._Element) -> bool:
    """Whether something is painted behind the words of a shape: as it says itself, or by its style (ECMA-376, 20.1.4.2.10)."""
    own = child(shape, "spPr")
    said = next((local(each) for each in own if local(each) in _FILLS), "") if own is not None else ""
    return said != "noFill" if said else attribute(child(shape, "style", "fillRef"), "idx") not in {None, "0"}


def _meet(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > 0 and down > 0


def _span(cell: etree._Element, name: str) -> int:
    value = whole(cell.get(name), 1)
    return value if 0 < value < 1000 else 1


def _slot(element: etree._Element | None) -> tuple[str, str]:
    """Kind and number of a placeholder; a missing kind is ``obj`` (ECMA-376, 19.3.1.36)."""
    return (element.get("type", "obj"), element.get("idx", "")) if element is not None else ("", "?")


def _placeholders(tree: etree._Element | None) -> Mapping[tuple[str, str], Box]:
    found = {}
    for shape in tree.iter() if tree is not None else ():
        if local(shape) in _SHAPES:
            slot = next((each for each in shape.iter() if local(each) == "ph"), None)
            box = _box(shape)
            if slot is not None and box is not None:
                found[_slot(slot)] = box
                found.setdefault((_slot(slot)[0], ""), box)
    return found


def _box(shape: etree._Element) -> Box | None:
    for each in shape.iter():
        if local(each) == "xfrm":
            offset, extent = child(each, "off"), child(each, "ext")
            if offset is not None and extent is not None:
                sides = [offset.get("x", ""), offset.get("y", ""), extent.get("cx", ""), extent.get("cy", "")]
                if all(_COORDINATE.fullmatch(side) for side in sides):
                    x, y, width, height = (int(side) / EMU for side in sides)
                    return x, y, width, height
    return None
