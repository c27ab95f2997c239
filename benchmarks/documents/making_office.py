"""Makes Word, PowerPoint and Excel files from descriptions, with the libraries that others use as well."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from lxml import etree
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.worksheet.table import Table as SheetTable
from pptx.dml.color import RGBColor as SlideColor
from pptx.opc.package import Part as SlidePart
from pptx.opc.packuri import PackURI as SlideURI
from pptx.util import Emu
from pptx.util import Pt as SlidePt

from benchmarks.documents.description import Description, blocks, png

_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def make_word(description: Description, file: Path) -> None:
    """Write a Word file."""
    made: Any = docx.Document()
    made.core_properties.title = description["title"] or ""
    for language in list(made.styles.element.iter(qn("w:lang"))):
        if description["language"]:
            language.set(qn("w:val"), description["language"])
        else:
            language.getparent().remove(language)
    for kind, value, options in blocks(description):
        _WORD[kind](made, value, options)
    _word_beside(made, description)
    made.save(str(file))


def _word_beside(made: Any, description: Description) -> None:
    """Tracked changes, comments, files inside and a watermark."""
    for number in range(description.get("changes", 0)):
        change, run, words = OxmlElement("w:ins"), OxmlElement("w:r"), OxmlElement("w:t")
        change.set(qn("w:id"), str(number))
        change.set(qn("w:author"), "Clerk")
        words.text = " and again"
        run.append(words)
        change.append(run)
        made.paragraphs[-1]._p.append(change)
    for _ in range(description.get("comments", 0)):
        made.add_comment(
            made.paragraphs[-1].runs[:1] or made.add_paragraph("Hours").runs, text="Is this so?", author="Clerk"
        )
    for name in description.get("inside", ()):
        part = Part(PackURI(f"/word/embeddings/{name}"), "application/octet-stream", b"PK", made.part.package)
        made.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    for words in description.get("text_boxes", ()):
        made.paragraphs[-1].add_run()._r.append(parse_xml(_BOX.format(words)))
    if description.get("watermark"):
        run = made.sections[0].header.paragraphs[0].add_run()
        run._r.append(parse_xml(_WATERMARK.format(description["watermark"])))


_BOX = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wp:anchor simplePos="0"'
    ' relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1" distT="0" distB="0" distL="0"'
    ' distR="0"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>'
    '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="1800000" cy="900000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="77" name="Text Box 1"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>'
    "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
_WATERMARK = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<v:shape type="#_x0000_t136" fillcolor="silver" stroked="f"><v:textpath string="{}"/></v:shape></w:pict>'
)


def _word_paragraph(made: Any, value: Any, options: Mapping[str, Any]) -> None:
    run = made.add_paragraph().add_run(str(value))
    run.bold = True if options.get("bold") else None
    if "size" in options:
        run.font.size = Pt(options["size"])
    if "colour" in options:
        run.font.color.rgb = RGBColor.from_string(options["colour"][1:].upper())
    if "language" in options:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), options["language"])
        run._r.get_or_add_rPr().append(mark)


def _word_picture(made: Any, value: Any, options: Mapping[str, Any]) -> None:
    del options
    picture = made.add_picture(io.BytesIO(png()), width=Inches(1))
    own = picture._inline.docPr
    own.set("name", "Picture 1")
    _describe(own, value)
    if value.get("floating"):
        inline = picture._inline
        inline.tag = qn("wp:anchor")
    if value.get("caption"):
        made.add_paragraph(value["caption"], style="Caption")


def _describe(own: Any, value: Mapping[str, Any]) -> None:
    """Set the alternative of a drawing, or mark it as decoration."""
    if value.get("decorative"):
        holder = OxmlElement("a:extLst")
        each = OxmlElement("a:ext")
        each.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
        mark = each.makeelement(f"{{{_DECORATIVE}}}decorative", {"val": "1"})
        each.append(mark)
        holder.append(each)
        own.append(holder)
    if value.get("alternative") is not None:
        own.set("descr", value["alternative"])
    elif "descr" in own.attrib:
        del own.attrib["descr"]


def _word_table(made: Any, value: Any, options: Mapping[str, Any]) -> None:
    del options
    rows = value["rows"]
    table = made.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for number, row in enumerate(rows):
        for place, words in enumerate(row):
            table.cell(number, place).text = str(words)
    for colour, number, place in _fills(value):
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), colour)
        table.cell(number, place)._tc.get_or_add_tcPr().append(shade)
    if value.get("merge"):
        number, place = value["merge"]
        table.cell(number, place).merge(table.cell(number, place + 1))
    if value.get("header"):
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fills(value: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Colour (six digits), row and column of each cell that has a colour of its own."""
    return [(colour[1:], row, column) for colour, cells in value.get("fills", {}).items() for row, column in cells]


def _word_link(made: Any, value: Any, options: Mapping[str, Any]) -> None:
    del options
    paragraph = made.add_paragraph()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), made.part.relate_to(value["to"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = value["words"]
    run.append(words)
    link.append(run)
    paragraph._p.append(link)


def _word_field(made: Any, value: Any, options: Mapping[str, Any]) -> None:
    del options
    control, own, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    if value.get("name"):
        name = OxmlElement("w:alias")
        name.set(qn("w:val"), value["name"])
        own.append(name)
    own.append(OxmlElement("w:text"))
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "Click here"
    run.append(words)
    content.append(run)
    control.extend([own, content])
    made.add_paragraph()._p.append(control)


_WORD: Mapping[str, Any] = {
    "paragraph": _word_paragraph,
    "heading": lambda made, value, options: made.add_heading(str(value), int(options.get("level", 1))),
    "list": lambda made, value, _: [made.add_paragraph(str(each), style="List Bullet") for each in value],
    "picture": _word_picture,
    "table": _word_table,
    "link": _word_link,
    "field": _word_field,
    "blank": lambda made, value, _: [made.add_paragraph() for _ in range(value)],
    "page": lambda made, _value, _: made.add_page_break(),
}


def make_powerpoint(description: Description, file: Path) -> None:
    """Write a presentation: a new slide at the beginning and at each ``slide``."""
    made: Any = pptx.Presentation()
    made.core_properties.title = description["title"] or ""
    maker = _Slides(made, description["language"])
    for kind, value, options in blocks(description):
        getattr(maker, f"make_{kind}")(value, options)
    if description["language"] is None:
        _without_language(made)
    if "seconds" in description:
        for slide in made.slides:
            mark = etree.SubElement(slide._element, f"{{{_SHOW}}}transition")
            mark.set("advTm", str(int(description["seconds"] * 1000)))
    if "animation" in description:
        for slide in made.slides:
            slide._element.append(etree.fromstring(_ANIMATION.format(description["animation"])))
    if description.get("comments"):
        data = f'<p:cmLst xmlns:p="{_SHOW}">{"<p:cm/>" * description["comments"]}</p:cmLst>'.encode()
        slide = made.slides[0].part
        part = SlidePart(SlideURI("/ppt/comments/comment1.xml"), _COMMENTS, slide.package, data)
        slide.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    made.save(str(file))


#: One shape that turns by itself; the gap is how often.
_ANIMATION = (
    f'<p:timing xmlns:p="{_SHOW}"><p:tnLst><p:par><p:cTn id="1" dur="indefinite" nodeType="tmRoot"><p:childTnLst><p:par>'
    '<p:cTn id="2" presetID="8" presetClass="emph" repeatCount="{}" nodeType="withEffect"><p:stCondLst><p:cond delay="0"/>'
    '</p:stCondLst><p:childTnLst><p:animRot by="21600000"><p:cBhvr><p:cTn id="3" dur="2000"/><p:tgtEl><p:spTgt spid="2"/>'
    "</p:tgtEl></p:cBhvr></p:animRot></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
)


def _without_language(made: Any) -> None:
    for each in made.part._element.iter():
        each.attrib.pop("lang", None)


class _Slides:
    def __init__(self, made: Any, language: str | None) -> None:
        self.made, self.language = made, language
        self.new()

    def new(self) -> None:
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        self.top = 130

    def _run(self, paragraph: Any, words: str, options: Mapping[str, Any]) -> Any:
        run = paragraph.add_run()
        run.text = words
        language = options.get("language", self.language)
        if language:
            run._r.get_or_add_rPr().set("lang", language)
        if options.get("bold"):
            run.font.bold = True
        if "size" in options:
            run.font.size = SlidePt(options["size"])
        if "colour" in options:
            run.font.color.rgb = SlideColor(*(int(options["colour"][at : at + 2], 16) for at in (1, 3, 5)))  # type: ignore[no-untyped-call]
        return run

    def _box(self, options: Mapping[str, Any]) -> Any:
        top = int(options.get("at", self.top))
        self.top = top + 60
        return self.slide.shapes.add_textbox(Emu(60 * 12700), Emu(top * 12700), Emu(500 * 12700), Emu(40 * 12700))

    def make_paragraph(self, value: Any, options: Mapping[str, Any]) -> None:
        self._run(self._box(options).text_frame.paragraphs[0], str(value), options)

    def make_heading(self, value: Any, options: Mapping[str, Any]) -> None:
        self._run(self.slide.shapes.title.text_frame.paragraphs[0], str(value), options)

    def make_list(self, value: Any, options: Mapping[str, Any]) -> None:
        for each in value:
            self.make_paragraph(each, options)

    def make_slide(self, value: Any, options: Mapping[str, Any]) -> None:
        del value, options
        self.new()

    def make_picture(self, value: Any, options: Mapping[str, Any]) -> None:
        del options
        picture = self.slide.shapes.add_picture(io.BytesIO(png()), Emu(60 * 12700), Emu(self.top * 12700))
        self.top += 60
        _describe(picture._element.nvPicPr.cNvPr, value)

    def make_film(self, value: Any, options: Mapping[str, Any]) -> None:
        del options
        film = self.slide.shapes.add_movie(
            io.BytesIO(b"\x00" * 40), Emu(0), Emu(self.top * 12700), Emu(900000), Emu(900000)
        )
        own = film._element.nvPicPr
        own.cNvPr.set("descr", value["alternative"])
        if value.get("captions"):
            own.nvPr.append(own.makeelement("{http://schemas.microsoft.com/office/powerpoint/2017/3/main}track", {}))

    def make_table(self, value: Any, options: Mapping[str, Any]) -> None:
        del options
        rows = value["rows"]
        frame = self.slide.shapes.add_table(
            len(rows), max(len(row) for row in rows), Emu(0), Emu(self.top * 12700), Emu(6000000), Emu(1000000)
        )
        frame.table.first_row = bool(value.get("header"))
        for number, row in enumerate(rows):
            for place, words in enumerate(row):
                frame.table.cell(number, place).text = str(words)
        for colour, number, place in _fills(value):
            fill = frame.table.cell(number, place).fill
            fill.solid()
            fill.fore_color.rgb = SlideColor.from_string(colour.upper())  # type: ignore[no-untyped-call]
        if value.get("merge"):
            number, place = value["merge"]
            frame.table.cell(number, place).merge(frame.table.cell(number, place + 1))

    def make_link(self, value: Any, options: Mapping[str, Any]) -> None:
        if value["words"]:
            self._run(self._box(options).text_frame.paragraphs[0], value["words"], options).hyperlink.address = value[
                "to"
            ]
            return
        picture = self.slide.shapes.add_picture(io.BytesIO(png()), Emu(60 * 12700), Emu(self.top * 12700))
        picture.click_action.hyperlink.address = value["to"]
        _describe(picture._element.nvPicPr.cNvPr, {"decorative": True})


def make_excel(description: Description, file: Path) -> None:
    """Write a workbook; the same body on each of its ``sheets``."""
    made: Any = openpyxl.Workbook()
    made.properties.title = description["title"]
    sheets = description.get("sheets", ["Notes"])
    for number, name in enumerate(sheets):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = name
        row = 1
        for kind, value, options in blocks(description):
            row = _EXCEL[kind](sheet, row, value, options)
    made.save(str(file))
    _describe_in_sheets(file, [value for kind, value, _ in blocks(description) if kind == "picture"])


def _describe_in_sheets(file: Path, pictures: list[Mapping[str, Any]]) -> None:
    """Write the alternatives of pictures, which openpyxl does not."""
    if not pictures:
        return
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            written = data
            if name.startswith("xl/drawings/drawing"):
                tree = etree.fromstring(data)
                found = [each for each in tree.iter() if str(each.tag).endswith("}cNvPr")]
                for each, value in zip(found, pictures, strict=True):
                    _describe(each, value)
                written = etree.tostring(tree)
            archive.writestr(name, written)


def _cell(sheet: Any, row: int, value: Any, options: Mapping[str, Any]) -> int:
    cell = sheet.cell(row, 1, value)
    colour = options.get("colour", "#000000")[1:].upper()
    cell.font = openpyxl.styles.Font(color="FF" + colour, bold=bool(options.get("bold")), size=options.get("size", 11))
    cell.number_format = options.get("number", "General")
    return row + 2


def _sheet_table(sheet: Any, row: int, value: Any, options: Mapping[str, Any]) -> int:
    del options
    rows = value["rows"]
    for line, cells in enumerate(rows):
        for place, words in enumerate(cells, start=1):
            sheet.cell(row + line, place, words or None)
    for colour, line, place in _fills(value):
        sheet.cell(row + line, place + 1).fill = openpyxl.styles.PatternFill("solid", fgColor="FF" + colour.upper())
    last = f"{chr(64 + max(len(cells) for cells in rows))}{row + len(rows) - 1}"
    table = SheetTable(displayName=f"Table{row}", ref=f"A{row}:{last}")
    if not value.get("header"):
        table.headerRowCount = 0
    sheet.add_table(table)
    if value.get("merge"):
        line, place = value["merge"]
        sheet.merge_cells(start_row=row + line, end_row=row + line, start_column=place + 1, end_column=place + 2)
    return row + len(rows) + 1


def _sheet_cells(sheet: Any, row: int, value: Any, options: Mapping[str, Any]) -> int:
    del options
    for line, cells in enumerate(value):
        for place, words in enumerate(cells, start=1):
            sheet.cell(row + line, place, words)
    return row + len(value) + 1


def _sheet_picture(sheet: Any, row: int, value: Any, options: Mapping[str, Any]) -> int:
    del options
    del value
    sheet.add_image(SheetImage(io.BytesIO(png())), f"A{row}")
    return row + 5


def _sheet_link(sheet: Any, row: int, value: Any, options: Mapping[str, Any]) -> int:
    del options
    sheet.cell(row, 1, value["words"]).hyperlink = value["to"]
    return row + 2


_EXCEL: Mapping[str, Any] = {
    "paragraph": _cell,
    "heading": _cell,
    "table": _sheet_table,
    "cells": _sheet_cells,
    "picture": _sheet_picture,
    "link": _sheet_link,
}
