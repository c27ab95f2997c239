"""Word files as people and programs really write them: boxes, groups, changes that are followed, fields, notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches

from audit.documents.archive import Archive
from audit.documents.model import Document, Kind, Unreadable
from audit.documents.reading import read
from audit.documents.tables import layout_reason
from benchmarks.documents.description import png

_NAMES = " ".join(
    f'xmlns:{name}="http://schemas.{where}"'
    for name, where in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "openxmlformats.org/drawingml/2006/main"),
        ("pic", "openxmlformats.org/drawingml/2006/picture"),
        ("m", "openxmlformats.org/officeDocument/2006/math"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
        ("wpg", "microsoft.com/office/word/2010/wordprocessingGroup"),
    )
)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _xml(name: str, inside: str, attributes: str = "") -> Any:
    return parse_xml(f"<w:{name} {_NAMES} {attributes}>{inside}</w:{name}>")


def _frame(name: str, inside: str, alternative: str = "") -> str:
    described = f'descr="{alternative}"' if alternative else ""
    return (
        f'<w:r><w:drawing><wp:anchor><wp:docPr id="9" name="{name}" {described}/><a:graphic>'
        f'<a:graphicData uri="x">{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )


def _picture(number: int, alternative: str) -> str:
    return f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="P{number}" descr="{alternative}"/></pic:nvPicPr></pic:pic>'


def _made(folder: Path, fill: Callable[[docx.document.Document], None]) -> Document:
    word = docx.Document()
    word.add_heading("Reading room", 1)
    fill(word)
    word.save(str(folder / "made.docx"))
    return read(folder / "made.docx")


def _add(word: docx.document.Document, *paragraphs: str) -> None:
    for inside in paragraphs:
        word.element.body.insert(-1, _xml("p", inside))


@pytest.mark.parametrize(("second", "told"), [("A ramp", ["A door", "A ramp"]), ("", [None])])
def test_pictures_of_a_group_speak_for_it_when_each_of_them_speaks(
    tmp_path: Path, second: str, told: list[str]
) -> None:
    group = f"<wpg:wgp>{_picture(1, 'A door')}{_picture(2, second)}</wpg:wgp>"
    document = _made(tmp_path, lambda word: _add(word, _frame("Group 9", group)))
    assert [each.alternative for each in document.pictures] == told


def test_a_picture_in_a_text_box_is_one_picture_and_the_box_is_none(tmp_path: Path) -> None:
    inner = f"<w:p><w:r><w:t>Words in the box</w:t></w:r></w:p><w:p>{_frame('Picture 1', '<a:blip/>')}</w:p>"
    box = f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
    document = _made(tmp_path, lambda word: _add(word, _frame("Text Box 1", box)))
    assert len(document.pictures) == 1
    assert [each.text for each in document.passages if each.text] == ["Reading room", "Words in the box"]


@pytest.mark.parametrize(("preset", "asked"), [("rightArrow", ["shape"]), ("rect", [])])
def test_a_shape_without_words_is_asked_about_unless_it_is_plain(tmp_path: Path, preset: str, asked: list[str]) -> None:
    shape = f'<wps:wsp><wps:spPr><a:prstGeom prst="{preset}"/></wps:spPr></wps:wsp>'
    document = _made(tmp_path, lambda word: _add(word, _frame("Shape 1", shape)))
    assert [each.kind for each in document.pictures] == asked


def test_what_a_followed_change_took_away_is_not_there(tmp_path: Path) -> None:
    gone = f"<w:del>{_frame('Picture 1', '<a:blip/>')}<w:r><w:delText>old words</w:delText></w:r></w:del>"
    kept = "<w:ins><w:r><w:t>new words</w:t></w:r></w:ins>"
    document = _made(tmp_path, lambda word: _add(word, gone + kept))
    assert document.pictures == ()
    assert document.passages[-1].text == "new words"


def test_a_link_is_found_whose_field_is_written_in_pieces(tmp_path: Path) -> None:
    runs = (
        '<w:fldChar w:fldCharType="begin"/>', '<w:instrText> HYPERLINK "https://exam</w:instrText>',
        '<w:instrText>ple.org/hours" </w:instrText>', '<w:fldChar w:fldCharType="separate"/>', "<w:t>All hours</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )  # fmt: skip
    document = _made(tmp_path, lambda word: _add(word, "".join(f"<w:r>{each}</w:r>" for each in runs)))
    (link,) = document.links
    assert (link.text, link.target) == ("All hours", "https://example.org/hours")


def test_a_picture_that_is_a_link_has_its_alternative_as_name(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        paragraph = word.add_paragraph()
        run = paragraph.add_run()
        run.add_picture(io.BytesIO(png()), width=Inches(1))._inline.docPr.set("descr", "Hours of all branches")
        number = word.part.relate_to("https://example.org/hours", _LINK, is_external=True)
        link = _xml("hyperlink", "", f'r:id="{number}"')
        paragraph._p.append(link)
        link.append(run._r)

    assert [each.text for each in _made(tmp_path, fill).links] == ["Hours of all branches"]


def test_formulas_and_pictures_are_no_blank_lines_and_signs_are_dots(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    dot = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>a card</w:t></w:r>'
    picture = _frame("Picture 1", "<a:blip/>", "A door")
    told = _made(tmp_path, lambda word: _add(word, formula, picture, dot)).passages
    assert [(each.kind, each.text) for each in told[1:]] == [
        (Kind.PARAGRAPH, "x=2"), (Kind.FIGURE, ""), (Kind.PARAGRAPH, "•\ta card"),
    ]  # fmt: skip


def test_notes_are_read_after_the_text(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        note = '<w:footnote w:id="2"><w:p><w:hyperlink r:id="rId1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p></w:footnote>'
        line = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
        part = Part(
            PackURI("/word/footnotes.xml"), "application/xml",
            f"<w:footnotes {_NAMES}>{line}{note}</w:footnotes>".encode(), word.part.package,
        )  # fmt: skip
        part.relate_to("https://example.org/plan", _LINK, is_external=True)
        word.part.relate_to(part, _LINK.replace("hyperlink", "footnotes"))

    (link,) = _made(tmp_path, fill).links
    assert (link.place.where, link.text, link.target) == ("footnote 1", "here", "https://example.org/plan")


def test_a_change_of_looks_that_is_tracked_counts_as_one(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Carried.")
    paragraph._p.get_or_add_pPr().append(_xml("pPrChange", "<w:pPr/>", 'w:id="7" w:author="Desk"'))
    made.save(str(tmp_path / "minutes.docx"))
    assert read(tmp_path / "minutes.docx").facts["changes"] == 1


def test_what_is_nested_too_deep_is_not_called_damaged(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Carried.")
    made.save(str(tmp_path / "plain.docx"))
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(tmp_path / "deep.docx", "w") as deep:
        for name in plain.namelist():
            data = plain.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 900 + b"</w:sdt>" * 900)
            deep.writestr(name, data)
    with pytest.raises(Unreadable, match=r"word/document\.xml is nested deeper"):
        read(tmp_path / "deep.docx")


@pytest.mark.parametrize(
    ("words", "declared", "told"),
    [
        ("تفتح المكتبة أبوابها كل يوم من التاسعة صباحا حتى الخامسة مساء لكل السكان", {"bidi": "ar-SA"}, "ar-SA"),
        ("図書館は毎日九時から五時まで開いています。カードは無料です。", {"eastAsia": "ja-JP"}, "ja-JP"),
        ("The library is open every day from nine to five.", {"eastAsia": "ja-JP", "bidi": "ar-SA"}, "en-CA"),
        ("تفتح المكتبة أبوابها كل يوم من التاسعة صباحا حتى الخامسة مساء لكل السكان", {}, "en-CA"),
    ],
)
def test_a_language_is_declared_for_the_letters_of_the_words(
    words: str, declared: dict[str, str], told: str, tmp_path: Path
) -> None:
    document = docx.Document()
    fonts = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = fonts.find(qn("w:lang"))
    for name in ("eastAsia", "bidi"):
        language.attrib.pop(qn(f"w:{name}"), None)
    for name, value in {"val": "en-CA", **declared}.items():
        language.set(qn(f"w:{name}"), value)
    document.add_paragraph(words)
    document.save(str(tmp_path / "leaflet.docx"))
    found = read(tmp_path / "leaflet.docx")
    assert {found.language, *(each.language for each in found.passages)} == {told}


def test_a_page_break_and_what_word_noted_of_it_are_one(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        seen = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"
        body = word.element.body
        body.append(_xml("p", '<w:r><w:t>One</w:t><w:br w:type="page"/></w:r>'))
        body.append(_xml("p", seen.format("Two") + "<w:pPr/>"))
        body.append(_xml("p", seen.format("Three")))
        cell = f"<w:tc><w:p>{seen.format('Four')}</w:p></w:tc>"
        body.append(_xml("tbl", f"<w:tr>{cell}{cell}</w:tr>"))
        body.append(_xml("p", "<w:r><w:t>Last of the section</w:t></w:r>"))
        body.append(_xml("p", "<w:pPr><w:sectPr/></w:pPr>"))
        body.append(_xml("p", seen.format("Five")))

    pages = {each.text.strip(): each.place.page for each in _made(tmp_path, fill).passages}
    assert [pages[word] for word in ("Two", "Three", "Four", "Last of the section", "Five")] == [2, 3, 4, 4, 5]


def test_lines_that_are_only_underlined_and_tabs_that_draw_lines_are_seen(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        word.add_paragraph().add_run("BUDGET").underline = True
        word.add_paragraph().add_run("Half of this").underline = True
        word.paragraphs[-1].add_run(" is underlined.")
        line = word.add_paragraph("Name:\t")
        stop = '<w:tab w:val="left" w:leader="underscore" w:pos="8000"/>'
        line._p.get_or_add_pPr().append(_xml("tabs", stop))

    found = {each.text.strip(): each for each in _made(tmp_path, fill).passages}
    assert found["BUDGET"].underlined
    assert not found["Half of this is underlined."].underlined
    assert any(text.startswith("Name: ____") for text in found)


def test_words_drawn_as_a_picture_are_one(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="Summer reading"/></v:shape>'
        word.element.body.append(_xml("p", f"<w:r><w:pict>{shape}</w:pict></w:r>"))

    (drawn,) = _made(tmp_path, fill).pictures
    assert (drawn.place.quote, drawn.alternative) == ("Summer reading", None)


@pytest.mark.parametrize(
    ("style", "left_blank", "reason"),
    [(None, 9, "has no lines, and many of its cells are blank"), (None, 0, ""), ("Table Grid", 9, "")],
)
def test_words_set_beside_each_other_without_lines_are_no_data(
    tmp_path: Path, style: str | None, left_blank: int, reason: str
) -> None:
    def fill(word: docx.document.Document) -> None:
        table = word.add_table(6, 2, style)
        words = ["Superior Court", "Docket 12", "Estate of M. Roy", "Notice", "Applicant", "the Town"]
        for number, cell in enumerate([cell for row in table.rows for cell in row.cells]):
            if number % 2 or number >= left_blank:
                cell.text = words[number % 6]

    (table,) = _made(tmp_path, fill).tables
    assert layout_reason(table) == reason


def test_parts_are_found_in_either_case(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Opening hours", 1)
    word.save(str(tmp_path / "plain.docx"))
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(tmp_path / "odd.docx", "w") as odd:
        for each in plain.namelist():
            written = zipfile.ZipInfo("x")
            written.filename = each.lower().replace("/", "\\")
            odd.writestr(written, plain.read(each))
    assert [each.text for each in read(tmp_path / "odd.docx").passages] == ["Opening hours"]
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("Meta-Inf/Container.xml", "<container/>")
    with Archive(tmp_path / "book.epub") as archive:
        assert not archive.has("META-INF/container.xml")


def test_a_hidden_link_is_none(tmp_path: Path) -> None:
    def fill(word: docx.document.Document) -> None:
        for words, looks in (("Expand all", "<w:rPr><w:vanish/></w:rPr>"), ("Hours", ""), ("", "")):
            target = word.part.relate_to(f"https://example.org/{words[:1]}", _LINK, is_external=True)
            run = f'<w:r>{looks}<w:t xml:space="preserve">{words}</w:t></w:r>'
            word.add_paragraph()._p.append(_xml("hyperlink", run, f'r:id="{target}"'))

    assert [each.text for each in _made(tmp_path, fill).links] == ["Hours", ""]
