"""What a typeface of a PDF tells of its letters, read as the standard wants it."""

from __future__ import annotations

import struct

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from audit.documents.pdf_letters import fonts_of_fields, is_told, lists_all_shapes

HEAD = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("1 beginbfchar\n<0003> <0020>\nendbfchar", True),
        ("1 beginbfrange\n<0026> <0028> <0043>\nendbfrange\n1 beginbfchar <0003> <0020> endbfchar", True),
        ("1 beginbfrange\n<00A9> <00AA> [<00AB> <00BB>]\nendbfrange", True),
        ("1 beginbfrange\n<00A9> <00AB> [<00AB> <00BB>]\nendbfrange", False),
        ("1 beginbfrange\n<00AA> <00A9> <0043>\nendbfrange", False),
        ("1 beginbfchar\n<0003> space\nendbfchar", False),
        ("1 beginbfchar\n<0003> <0020>", False),
        ("", False),
    ],
)
def test_a_table_of_letters_is_read(table: str, told: bool) -> None:
    with pikepdf.new() as file:
        font = Dictionary(Type=Name.Font, ToUnicode=Stream(file, (HEAD + table).encode()))
        assert is_told(font) is told


def test_a_typeface_without_a_table_tells_nothing() -> None:
    assert not is_told(Dictionary(Type=Name.Font))


def _program(*lengths: int) -> bytes:
    """A TrueType program with the tables ``head`` and ``loca``: letters whose shapes have these lengths."""
    head, starts = b"\0" * 50 + struct.pack(">hh", 0, 0), [0]
    for each in lengths:
        starts.append(starts[-1] + each)
    loca = struct.pack(f">{len(starts)}H", *starts)
    begin = 12 + 2 * 16
    tables = ((b"head", begin, head), (b"loca", begin + len(head), loca))
    directory = b"".join(struct.pack(">4sIII", name, 0, at, len(data)) for name, at, data in tables)
    return struct.pack(">IHHHH", 0x10000, 2, 0, 0, 0) + directory + head + loca


@pytest.mark.parametrize(("listed", "whole"), [(b"\xa0", True), (b"\x80", False), (b"", False), (b"\xff\xff", True)])
def test_a_list_of_letters_needs_no_place_that_is_empty(listed: bytes, whole: bool) -> None:
    with pikepdf.new() as file:
        about = Dictionary(CIDSet=Stream(file, listed), FontFile2=Stream(file, _program(4, 0, 6, 0)))
        below = Dictionary(FontDescriptor=about, CIDToGIDMap=Name.Identity)
        assert lists_all_shapes(Dictionary(DescendantFonts=Array([below]))) is whole


@pytest.mark.parametrize("program", [b"", b"\0" * 12, _program(4)[:40]])
def test_a_damaged_program_is_left_to_the_validator(program: bytes) -> None:
    with pikepdf.new() as file:
        about = Dictionary(CIDSet=Stream(file, b"\xff"), FontFile2=Stream(file, program))
        assert not lists_all_shapes(Dictionary(FontDescriptor=about))


def test_a_typeface_that_only_fields_are_drawn_with() -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page().obj
        words, ticks = (file.make_indirect(Dictionary(Type=Name.Font)) for _ in range(2))
        drawn = Stream(file, b"", Resources=Dictionary(Font=Dictionary(A=words, B=ticks)))
        field = Dictionary(Subtype=Name.Widget, AP=Dictionary(N=Dictionary(On=file.make_indirect(drawn))))
        page.Annots = Array([file.make_indirect(field)])
        assert fonts_of_fields(file) == {words.objgen[0], ticks.objgen[0]}
        page.Resources = Dictionary(Font=Dictionary(F=words))
        assert fonts_of_fields(file) == {ticks.objgen[0]}
        page.Annots[0].Subtype = Name.FreeText
        assert fonts_of_fields(file) == frozenset()


def test_drawings_that_hold_each_other_and_what_is_no_typeface_do_not_disturb() -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page().obj
        font = file.make_indirect(Dictionary(Type=Name.Font))
        one, other = (file.make_indirect(Stream(file, b"")) for _ in range(2))
        one.Resources = Dictionary(XObject=Dictionary(A=other, B=one, C=3), Font=Dictionary(F=font, G=7, H=Name.None_))
        other.Resources = Dictionary(XObject=Dictionary(A=one))
        page.Annots = Array([Dictionary(Subtype=Name.Widget, AP=Dictionary(N=other)), Dictionary(), 5])
        assert fonts_of_fields(file) == {font.objgen[0]}
