"""Word documents (``.docx``; ECMA-376, part 1, WordprocessingML)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from audit.documents import office_extras, word_markup
from audit.documents.archive import Archive, attribute, child, children, is_on, local, whole
from audit.documents.charts import chart_in, named
from audit.documents.drawings import BOXES, is_only_words, pictures_of, within
from audit.documents.model import (
    Cell,
    Colours,
    Document,
    Field,
    Format,
    Kind,
    Link,
    Part,
    Passage,
    Picture,
    Place,
    Table,
    Unreadable,
)
from audit.documents.office import Theme, properties, text_of, theme, without_fallback
from audit.documents.word_styles import Look, Styles, paragraph_look, run_look

#: Words on a page, where the file does not say how many pages it has.
WORDS_ON_PAGE = 400
#: What a tab looks like that draws a line to write on.
TO_WRITE_ON = " __________ "
_TO = re.compile(r"HYPERLINK\s+(?:\\l\s+)?\"([^\"]*)\"", re.IGNORECASE)
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def read_word(path: Path) -> Document:
    """All facts of a Word document.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    with Archive(path) as archive:
        name = next((end for kind, end in archive.related("").values() if kind == "officeDocument"), "")
        if not archive.has(name):
            raise Unreadable("It is damaged: there is no Word document in it.")
        told = properties(archive)
        tree = archive.xml(name)
        without_fallback(tree)
        ends = archive.related(name)
        beside = dict(ends.values())
        styles = Styles(archive.xml_or_none(beside.get("styles", "")))
        reader = _Reader(styles, ends, archive, theme(archive, beside.get("theme", "")))
        body = child(tree, "body")
        if body is None:
            raise Unreadable("It is damaged: there is no Word document in it.")
        reader.blocks(body, _Around())
        for part, kind in _NOTES.items():
            reader.notes(beside.get(part, ""), kind)
        reader.headers(office_extras.headers(ends))
        words = sum(len(each.text.split()) for each in reader.passages if not each.page_furniture)
        pages = told.pages or max(reader.page, words // WORDS_ON_PAGE + 1)
        return Document(
            Format.WORD,
            title=told.title,
            language=_language(reader.passages, styles.language or told.language) or None,
            maker=told.maker,
            pages=pages,
            words=words,
            passages=tuple(reader.passages),
            pictures=tuple(_captioned(reader.pictures, reader.passages)),
            links=tuple(reader.links),
            tables=tuple(reader.tables),
            fields=tuple(reader.fields),
            colours=tuple(reader.colours),
            parts=(Part(Place("the document"), None, words),),
            facts={
                "modified": told.modified,
                "changes": office_extras.tracked_changes(tree),
                "comments": office_extras.comments(archive, ends),
                "inside": office_extras.files_inside(ends),
                "watermarks": list(dict.fromkeys(reader.watermarks)),
                "floating_boxes": [[each.where, each.page, each.quote] for each in reader.boxes],
            },
        )


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block stands in."""

    in_table: bool = False
    background: str = ""
    #: A style of tables may paint the background in ways that are not followed here.
    sure: bool = True


@dataclass(slots=True)
class _OpenField:
    """A field that has begun: what it does, and what it shows."""

    instruction: str = ""
    words: str = ""


@dataclass
class _Reader:
    styles: Styles
    ends: Mapping[str, tuple[str, str]]
    archive: Archive
    theme: Theme
    page: int = 1
    heading: str = ""
    passages: list[Passage] = field(default_factory=list)
    pictures: list[tuple[int, Picture]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    colours: list[Colours] = field(default_factory=list)
    note: str = ""
    watermarks: list[str] = field(default_factory=list)
    #: Text boxes that are not in line with the text.
    boxes: list[Place] = field(default_factory=list)
    _broken: bool = False
    #: A page has begun, and nothing of it has been read: what Word noted of its beginning is that same break.
    _fresh: bool = False
    _open: list[_OpenField] = field(default_factory=list)

    def notes(self, part: str, kind: str) -> None:
        """The notes in a part of their own, each under its number."""
        tree = self.archive.xml_or_none(part)
        self.ends = self.archive.related(part) if tree is not None else {}
        # A line that parts notes from the text is written like a note, with a type.
        written = (each for each in tree if attribute(each, "type") is None) if tree is not None else ()
        for number, each in enumerate(written, start=1):
            self.note = f"{kind} {number}"
            self.blocks(each, _Around())

    def headers(self, parts: Iterable[tuple[str, str]]) -> None:
        """Headers and footers, each of those that are alike once. What repeats on each page is no running text."""
        seen = set()
        for kind, part in parts:
            tree = self.archive.xml_or_none(part)
            if tree is None or (kind, office_extras.same(tree)) in seen:
                continue
            seen.add((kind, office_extras.same(tree)))
            without_fallback(tree)
            self.watermarks += office_extras.watermarks(tree)
            self.ends, self.note = self.archive.related(part), f"the {kind}"
            first, tables, boxes = len(self.passages), len(self.tables), len(self.boxes)
            self.blocks(tree, _Around())
            # Tables there only set words left and right.
            del self.tables[tables:]
            del self.boxes[boxes:]
            self.passages[first:] = [
                replace(each, kind=Kind.ARTIFACT, page_furniture=True) for each in self.passages[first:]
            ]

    def place(self, quote: str = "") -> Place:
        """Where the reader is: page as Word last showed it, and heading; else the number of the paragraph."""
        if self.note:
            return Place(self.note, None, None, quote[:200])
        parts = [f"page {self.page}"] if self._broken else []
        parts += [f"under “{self.heading[:80]}”"] if self.heading else []
        return Place(
            ", ".join(parts) or f"paragraph {len(self.passages) + 1}",
            self.page if self._broken else None,
            None,
            quote[:200],
        )

    def blocks(self, holder: etree._Element, around: _Around) -> None:
        """Paragraphs and tables, in order."""
        for each in holder:
            match local(each):
                case "p":
                    self._paragraph(each, around)
                case "tbl":
                    self._table(each, around)
                case "sdt":
                    self._control(each)
                    self.blocks(each, around)
                case name if name in word_markup.HOLDERS:
                    self.blocks(each, around)
                case _:
                    pass

    def _paragraph(self, element: etree._Element, around: _Around) -> None:
        own = child(element, "pPr")
        look = paragraph_look(self.styles.of(attribute(child(own, "pStyle"), "val") or ""), own)
        self._open = []
        runs = list(self._runs(element, look))
        text = "".join(words for words, _ in runs)
        if word_markup.draws_lines(own):
            text = text.replace("\t", TO_WRITE_ON)
        told = " ".join(text.split())
        kind = Kind.CELL if around.in_table else Kind.PARAGRAPH
        if look.level and told:
            kind = Kind.HEADING
            self.heading = told
        elif look.name.lower() in {"caption", "légende"}:
            kind = Kind.CAPTION
        elif look.listed:
            kind = Kind.ITEM
        elif not told and any(local(each) in word_markup.FILLING for each in within(element)):
            kind = Kind.FIGURE
        place = self.place(told)
        loud = [(words, each) for words, each in runs if words.strip()]
        spoken = Counter[str]()
        for words, each in loud:
            spoken[each.spoken(words)] += len(words)
        self.passages.append(
            Passage(
                place,
                kind,
                text.strip("\n"),
                max(look.level, 0),
                bool(loud) and all(each.bold for _, each in loud),
                max((each.size for _, each in loud), default=look.size),
                spoken.most_common(1)[0][0] if spoken else look.language,
                look.name,
                len(self.passages),
                underlined=bool(loud) and all(each.underlined for _, each in loud) and not self._is_link(told),
            )
        )
        self.colours += self._coloured(loud, place, around, look)
        self._inside(element, place)
        if word_markup.ends_page(own):
            self._turn()

    def _is_link(self, text: str) -> bool:
        """Whether a whole paragraph is the link that was noted last."""
        return bool(self.links) and self.links[-1].text == text

    def _coloured(self, loud: list[tuple[str, Look]], place: Place, around: _Around, base: Look) -> Iterator[Colours]:
        seen = set()
        for words, each in loud:
            background = each.background or base.background or around.background or "#ffffff"
            known = bool(each.background or base.background) or around.sure
            if not each.foreground and background == "#ffffff":
                continue
            # Letters without a colour of their own are black on light and white on dark: Word sees to it.
            if each.foreground and (each.foreground, background) not in seen:
                seen.add((each.foreground, background))
                at = replace(place, quote=words.strip()[:200])
                yield Colours(at, words.strip()[:200], each.foreground, background, each.size, each.bold, known)

    def _runs(self, element: etree._Element, look: Look) -> Iterator[tuple[str, Look]]:
        """The words of a paragraph with their looks; links and pages are noted on the way."""
        for each in element:
            name = local(each)
            if name == "hyperlink":
                inner = list(self._runs(each, look))
                words = " ".join("".join(text for text, _ in inner).split()) or word_markup.said_by_pictures(each)
                end = self.ends.get(attribute(each, "id") or "", ("", ""))[1]
                if words or not text_of(each).strip():
                    # What is hidden is no link for anybody.
                    self.links.append(Link(self.place(words), words, end))
                yield from inner
            elif name in word_markup.HOLDERS or name == "fldSimple":
                if name == "sdt":
                    self._control(each)
                inner = list(self._runs(each, look))
                self._simple_field(each, inner)
                yield from inner
            elif name in {"oMath", "oMathPara"}:
                yield text_of(each), look
            elif name == "r":
                self._legacy_field(each)
                words = self._run_words(each)
                self._follow_field(each, words)
                looks = run_look(self.styles, look, child(each, "rPr"))
                if words and not looks.hidden:
                    yield words, looks

    def _follow_field(self, run: etree._Element, words: str) -> None:
        """Note what a field is, and the words that it shows; at the end of one that is a link, note the link."""
        for begun in self._open:
            begun.words += words
        for each in run:
            kind = attribute(each, "fldCharType") if local(each) == "fldChar" else None
            if kind == "begin":
                self._open.append(_OpenField())
            elif local(each) == "instrText" and self._open:
                self._open[-1].instruction += each.text or ""
            elif kind == "end" and self._open:
                ended = self._open.pop()
                if match := _TO.search(ended.instruction):
                    text = " ".join(ended.words.split())
                    self.links.append(Link(self.place(text), text, match[1]))

    def _simple_field(self, element: etree._Element, inner: list[tuple[str, Look]]) -> None:
        match = _TO.search(attribute(element, "instr") or "") if local(element) == "fldSimple" else None
        if match:
            words = " ".join("".join(text for text, _ in inner).split())
            self.links.append(Link(self.place(words), words, match[1]))

    def _turn(self) -> None:
        """Another page begins."""
        self.page, self._broken, self._fresh = self.page + 1, True, True

    def _run_words(self, run: etree._Element) -> str:
        parts = []
        for each in run:
            match local(each):
                case "t":
                    parts.append(each.text or "")
                    self._fresh = self._fresh and not parts[-1].strip()
                case "tab" | "ptab":
                    parts.append("\t")
                case "cr":
                    parts.append("\n")
                case "br":
                    if attribute(each, "type") == "page":
                        self._turn()
                    else:
                        parts.append("\n")
                case "lastRenderedPageBreak" if not self._fresh:
                    self._turn()
                case "noBreakHyphen":
                    parts.append("-")
                case "sym":
                    parts.append(word_markup.sign(attribute(each, "char") or ""))
                case "ruby":
                    parts.append(text_of(child(each, "rubyBase")))
                case name if name in word_markup.FILLING:
                    self._fresh = False
                case _:
                    pass
        return "".join(parts)

    def _inside(self, element: etree._Element, place: Place) -> None:
        """Pictures of a paragraph, and the words in its text boxes."""
        for each in within(element):
            name = local(each)
            if name in {"inline", "anchor"}:
                own = child(each, "docPr")
                if own is not None and not is_only_words(each):
                    self._picture(each, own, place)
            elif name == "imagedata":
                self._old_picture(each, place)
            elif name == "textpath" and (words := attribute(each, "string")):
                # Words drawn as a picture, as Word did before 2010 (WordArt).
                shape = each.getparent()
                alternative = shape.get("alt") if shape is not None else None
                self.pictures.append((len(self.passages) - 1, Picture(replace(place, quote=words[:200]), alternative)))
            elif name in BOXES:
                open_fields = self._open
                if word_markup.floats(each) and (words := " ".join(text_of(each).split())):
                    self.boxes.append(replace(place, quote=words[:200]))
                self.blocks(each, _Around())
                self._open = open_fields

    def _picture(self, frame: etree._Element, own: etree._Element, place: Place) -> None:
        chart = chart_in(frame, self.ends, self.archive, self.theme, place)
        shown = [named(each, chart) for each in pictures_of(frame, own, place, self.ends)]
        self.pictures += [(len(self.passages) - 1, each) for each in shown]
        self.colours += chart.colours
        pressed = child(own, "hlinkClick")
        end = self.ends.get(attribute(pressed, "id") or "", ("", "")) if pressed is not None else ("", "")
        if end[1] and not any(local(each) == "hyperlink" for each in frame.iterancestors()):
            said = next((each.alternative for each in shown if each.alternative), "") or ""
            self.links.append(Link(self.place(said), said, end[1]))

    def _old_picture(self, data: etree._Element, place: Place) -> None:
        """A picture as Word 97 to 2003 drew them (VML), or what a form control of those days looks like."""
        shape = data.getparent()
        held = next((each for each in data.iterancestors() if local(each) == "object"), None)
        if child(held, "control") is not None:
            self.fields.append(Field(place, ""))
            return
        alternative = shape.get("alt") if shape is not None else None
        part = self.ends.get(attribute(data, "id") or "", ("", ""))[1]
        at = replace(place, part=part)
        name = attribute(data, "title") or part.rsplit("/", 1)[-1]
        self.pictures.append((len(self.passages) - 1, Picture(at, alternative, file=name)))

    def _table(self, element: etree._Element, around: _Around) -> None:
        place, fields = self.place(), len(self.fields)
        rows, headers = [], False
        styled = child(element, "tblPr", "tblStyle") is not None
        lined = styled or word_markup.has_lines(element)
        for number, row in enumerate(word_markup.rows(element)):
            headers = headers or (number == 0 and is_on(child(row, "trPr", "tblHeader")))
            cells = []
            begins, ends = self.page, self.page
            for cell in word_markup.cells(row):
                before = len(self.passages)
                # Each cell of a row that goes on over a page notes the break for itself.
                self.page, ends = begins, max(ends, self.page)
                own = attribute(child(cell, "tcPr", "shd"), "fill") or ""
                fill = f"#{own.lower()}" if len(own) == 6 else ""
                self.blocks(cell, _Around(True, fill, bool(fill) or not styled))
                inside = self.passages[before:]
                words = " ".join(each.text for each in inside if each.text.strip())
                if not words and any(local(each) in {*word_markup.FILLING, "sdt"} for each in within(cell)):
                    words = "□"
                if word_markup.goes_on(cell):
                    continue
                span = max(whole(attribute(child(cell, "tcPr", "gridSpan"), "val"), 1), 1)
                merged = 2 if attribute(child(cell, "tcPr", "vMerge"), "val") == "restart" else 1
                bold = bool(words) and all(each.bold for each in inside if each.text.strip())
                cells.append(Cell(words, headers and number == 0, merged, span, bold, fill))
            rows.append(tuple(cells))
            self.page = max(ends, self.page)
        quote = next((cell.text for row in rows for cell in row if cell.text), "")
        form = len(self.fields) > fields
        place = replace(place, quote=quote[:200])
        self.tables.append(Table(place, tuple(rows), headers, around.in_table, form=form, lined=lined))

    def _control(self, element: etree._Element) -> None:
        """A content control that people fill in."""
        own = child(element, "sdtPr")
        if own is None or child(own, "dataBinding") is not None:
            # It shows a property of the document, such as its title on a cover; nobody fills it in.
            return
        kind = next((local(each) for each in own if local(each) in _CONTROLS), "")
        if not kind and child(own, "showingPlcHdr") is not None and child(own, "docPartObj") is None:
            # A control without a kind is one for rich text (ECMA-376, part 1, 17.5.2.26); its words ask to be replaced.
            kind = "richText"
        if kind:
            name = attribute(child(own, "alias"), "val") or ""
            self.fields.append(Field(self.place(text_of(child(element, "sdtContent"))), name, _CONTROLS[kind]))

    def _legacy_field(self, run: etree._Element) -> None:
        for mark in children(run, "fldChar"):
            data = child(mark, "ffData")
            if data is not None:
                help_text = attribute(child(data, "helpText"), "val") or attribute(child(data, "statusText"), "val")
                self.fields.append(Field(self.place(), help_text or "", "text"))


_CONTROLS = {
    "text": "text", "richText": "text", "date": "text", "comboBox": "choice", "dropDownList": "choice",
    "checkbox": "button",
}  # fmt: skip


def _language(passages: Iterable[Passage], declared: str) -> str:
    """The language of a document: what it declares for all, unless none of its words is in that."""
    spoken = Counter[str]()
    for each in passages:
        if each.language and each.text.strip():
            spoken[each.language] += len(each.text)
    return declared if spoken[declared] or not spoken.total() else spoken.most_common(1)[0][0]


def _captioned(pictures: list[tuple[int, Picture]], passages: list[Passage]) -> Iterator[Picture]:
    """Pictures with the caption that stands in the paragraph after or before theirs."""
    for number, each in pictures:
        near = [passages[at] for at in (number + 1, number, number - 1) if 0 <= at < len(passages)]
        caption = next((passage.text for passage in near if passage.kind is Kind.CAPTION), "")
        yield replace(each, caption=caption or each.caption)
