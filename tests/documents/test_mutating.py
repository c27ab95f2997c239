"""Documents that were changed inside come back from their reader, as a document or with a reason."""

from __future__ import annotations

import random
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from audit.documents.model import Unreadable
from audit.documents.office import text_of
from audit.documents.reading import read
from benchmarks.documents.description import USUAL
from benchmarks.documents.making import make
from benchmarks.documents.mutating import mutated

BODY = [
    {"heading": "Hours"},
    {"paragraph": "Doors open at ten."},
    {"table": {"header": True, "rows": [["a", "b"], ["c", "d"]]}},
]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "epub"])
def test_what_was_changed_inside_is_read_or_refused_with_a_reason(tmp_path: Path, kind: str) -> None:
    whole = make({**USUAL, "body": BODY}, kind, tmp_path / f"whole.{kind}")
    chance, again = random.Random(7), random.Random(7)
    ends = set()
    assert mutated(whole, chance) == mutated(whole, again), "the same chance makes the same file"
    for _ in range(8):
        data = mutated(whole, chance)
        changed = tmp_path / f"changed.{kind}"
        changed.write_bytes(data)
        try:
            ends.add(read(changed).format.value)
        except Unreadable as error:
            ends.add(str(error))
    assert kind in ends, "no changed file was read: nothing behind the archive was reached"


def test_what_is_no_element_has_no_words() -> None:
    assert [text_of(each) for each in (etree.Entity("what"), etree.Comment("a note"), None)] == ["", "", ""]


def test_a_name_of_a_tag_that_is_no_text_is_a_reason(tmp_path: Path) -> None:
    whole = make({**USUAL, "body": BODY}, "pdf", tmp_path / "whole.pdf")
    with pikepdf.open(whole) as file:
        tag = file.Root["/StructTreeRoot"]["/K"]
        tag = tag[0] if isinstance(tag, pikepdf.Array) else tag
        tag["/S"] = pikepdf.Object.parse(b"/Sect#fe")
        file.save(tmp_path / "changed.pdf")
    with pytest.raises(Unreadable, match="a name in it is not written in UTF-8"):
        read(tmp_path / "changed.pdf")
