"""Forms: what stands beside a field is its label, a grid with fields is no table, and many of one kind are told once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from audit.documents.model import Box, Cell, Document, Field, Format, Kind, Passage, Picture, Place, Table
from audit.documents.reading import read
from audit.examination.examination import examine_document
from audit.model.finding import Outcome
from audit.rules import load

FORM = Document(Format.PDF, title="Card", language="en", tagged=True)


def _told(document: Document, rule: str) -> list[tuple[Outcome, str]]:
    examined = examine_document(document, [load()[rule]])
    assert not examined.crashes
    return [(each.outcome, each.message) for each in examined.outcomes]


def _line(text: str, box: Box, bold: bool = False) -> Passage:
    return Passage(Place("page 1", 1, box, text), Kind.PARAGRAPH, text, bold=bold, size=10.0)


def _field(box: Box, name: str = "") -> Field:
    return Field(Place("page 1", 1, box, name), name)


LABELS = (_line("1. Your name", (50, 100, 80, 12)), _line("2. Your street", (50, 160, 80, 12)))


@pytest.mark.parametrize(
    ("box", "lists"),
    [((50.0, 120.0, 200.0, 20.0), 0), ((140.0, 98.0, 200.0, 20.0), 0), ((50.0, 400.0, 200.0, 20.0), 1)],
    ids=["below", "beside", "elsewhere"],
)
def test_numbered_labels_of_fields_are_no_list(box: Box, lists: int) -> None:
    document = replace(FORM, passages=LABELS, fields=(_field(box, "Name"),))
    assert len(_told(document, "document-fake-list")) == lists


@pytest.mark.parametrize(("box", "headings"), [((50.0, 115.0, 200.0, 20.0), 0), ((50.0, 400.0, 200.0, 20.0), 1)])
def test_a_bold_label_of_a_field_is_no_heading(box: Box, headings: int) -> None:
    passages = (
        _line("Your library card", (50, 100, 80, 12), bold=True),
        _line("The number stands on the back of the card, below the bars.", (50, 160, 300, 12)),
    )
    document = replace(FORM, passages=passages, fields=(_field(box, "Number"),))
    assert len(_told(document, "document-heading-only-bold")) == headings


@pytest.mark.parametrize("words", ["Number", "No. ________"])
def test_a_grid_to_fill_in_is_asked_about_once_and_not_told_to_have_headers(words: str) -> None:
    rows = ((Cell("Name"), Cell("□")), (Cell(words), Cell("□")))
    grid = Table(Place("page 1", 1, (50, 100, 300, 60)), rows, headers=False, form=words == "Number")
    document = replace(FORM, tables=(grid, grid, grid))
    assert _told(document, "document-table-without-headers") == []
    [(outcome, message)] = _told(document, "document-table-for-layout")
    assert outcome is Outcome.CANT_TELL
    assert "There are 2 more like it." in message


@pytest.mark.parametrize(
    ("count", "others"),
    [(3, "The same goes for 2 more places there."), (4, "The same is true of 3 other fields on this page")],
)
def test_many_fields_without_a_name_are_told_together(count: int, others: str) -> None:
    fields = tuple(_field((50, 20.0 * number, 100, 15)) for number in range(count))
    [(_, message)] = _told(replace(FORM, fields=fields), "document-field-without-name")
    assert others in message


_ENTRIES = (("Submitted by:", "{{ name }}"), ("Pages: (without this one)", "4"), ("Telephone:", ""))
_IN_ONE_CELL = (("Name: A patron", ""), ("Card: 1234", ""))
_HOURS = (("Branch", "Hours"), ("Main:", "9 to 5"), ("East:", "10 to 4"))
_TIMES = (("Monday:", "9", "5"), ("Tuesday:", "10", "4"))


@pytest.mark.parametrize(("rows", "form"), [(_ENTRIES, True), (_IN_ONE_CELL, True), (_HOURS, False), (_TIMES, False)])
def test_labels_and_their_entries_need_no_header_row(rows: tuple[tuple[str, ...], ...], form: bool) -> None:
    cells = tuple(tuple(map(Cell, row)) for row in rows)
    document = replace(FORM, tables=(Table(Place("page 1", 1, (50, 100, 300, 60)), cells, headers=False),))
    assert bool(_told(document, "document-table-without-headers")) != form
    asked = [message for _, message in _told(document, "document-table-for-layout")]
    assert any("a label in front of each entry" in each for each in asked) == form


def test_labels_of_columns_are_not_told_to_be_headings() -> None:
    text = "Bring the form to the desk, or send it by post to the branch."
    apart = (_line("By post", (50, 100, 80, 12), bold=True), _line(text, (50, 120, 300, 12)))
    row = tuple(
        each
        for at, label in enumerate(("Army branch", "Navy branch", "Air branch"))
        for each in (
            _line(label, (50 + 150.0 * at, 300 + at, 80, 12), bold=True),
            _line(text, (50 + 150.0 * at, 320, 100, 60)),
        )
    )
    told = _told(replace(FORM, passages=(*apart, *row)), "document-heading-only-bold")
    assert [(outcome, "By post" in message) for outcome, message in told] == [
        (Outcome.FAILED, True),
        (Outcome.CANT_TELL, False),
    ]


@pytest.mark.parametrize(("beside", "asked"), [("1,204", 0), ("", 1)])
def test_dots_that_lead_to_a_number_are_no_lines_to_write_on(beside: str, asked: int) -> None:
    dotted = [f"{name} . . . . . . . . . . . . . . . . ." for name in ("Books lent", "Visits")]
    lines = tuple(replace(_line(words, (50, 100, 200, 12)), kind=Kind.CELL) for words in dotted)
    rows = tuple((Cell(words), Cell(beside)) for words in dotted)
    table = Table(Place("page 1", 1, (50, 100, 300, 60)), rows, headers=False)
    told = _told(replace(FORM, passages=lines, tables=(table,)), "document-form-to-print")
    assert len(told) == asked


@pytest.mark.parametrize(("name", "count", "findings"), [("", 3, 3), ("", 4, 1), ("Photo", 6, 6), ("Photo", 7, 1)])
def test_many_pictures_without_an_alternative_are_told_together(name: str, count: int, findings: int) -> None:
    pictures = tuple(Picture(Place("page 1", 1, (0, 9.0 * each, 9, 9), name), None) for each in range(count))
    told = _told(replace(FORM, pictures=pictures), "document-image-without-alternative")
    assert len(told) == findings
    assert (f"The same is true of {count - 1} more on this page." in told[0][1]) == (findings == 1)


def test_a_field_that_stands_above_itself_does_not_keep_the_form_from_being_read(tmp_path: Path) -> None:
    with pikepdf.new() as file:
        file.add_blank_page()
        field = file.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), Rect=Array([9, 9, 99, 29]))
        )
        field.Parent = field
        file.pages[0].obj.Annots = Array([field])
        file.Root.AcroForm = Dictionary(Fields=Array([field]))
        file.save(tmp_path / "form.pdf")
    document = read(tmp_path / "form.pdf")
    assert [each.kind for each in document.fields] == ["text"]
    assert document.clauses


def test_a_colour_behind_words_that_a_style_or_another_shape_gives_is_not_taken_for_white(tmp_path: Path) -> None:
    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    large = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0), Inches(0), Inches(6), Inches(4))
    small = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    apart = slide.shapes.add_textbox(Inches(7), Inches(5), Inches(2), Inches(1))
    yellow = RGBColor(0xFF, 0xFF, 0)  # type: ignore[no-untyped-call]
    for shape, words in ((large, "On a style"), (small, "On a shape"), (apart, "On the slide")):
        run = shape.text_frame.paragraphs[0].add_run()
        run.text, run.font.color.rgb = words, yellow
    shown.save(str(tmp_path / "slides.pptx"))
    sure = {each.text: each.sure for each in read(tmp_path / "slides.pptx").colours}
    assert sure == {"On a style": False, "On a shape": False, "On the slide": True}


@pytest.mark.parametrize(("mark", "lists"), [("o\t", 1), ("o  ", 1), ("o ", 0)])
def test_the_letter_o_before_a_tab_is_the_mark_that_word_gives_to_items_within_items(mark: str, lists: int) -> None:
    lines = tuple(Passage(Place("paragraph"), Kind.PARAGRAPH, f"{mark}{what}") for what in ("a chair", "a lamp", "tea"))
    document = Document(Format.WORD, title="What to bring", language="en", passages=lines)
    assert len(_told(document, "document-fake-list")) == lists
