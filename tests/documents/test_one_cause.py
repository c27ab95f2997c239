"""What one cause does in several places of a document is told once, and none of its places gets lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.documents.model import Clause, Document, Format, Kind, Part, Passage, Picture, Place
from audit.examination.examination import RuleOutcome, examine_document
from audit.judgement import baseline
from audit.judgement.findings import Merger
from audit.model.finding import Finding, Source, SourceKind
from audit.rules import load

SLIDES = Document(Format.POWERPOINT, title="Board", language="en", address="/board.pptx", name="board.pptx")


def _slides(*without: int) -> Document:
    parts = tuple(
        Part(Place(f"slide {number}", number), None if number in without else f"Part {number}", words=9)
        for number in range(1, 31)
    )
    return replace(SLIDES, parts=parts)


def _told(document: Document, *rules: str) -> tuple[RuleOutcome, ...]:
    examined = examine_document(document, [load()[rule] for rule in rules])
    assert not examined.crashes
    return examined.outcomes


def _finding(document: Document, rule: str) -> Finding:
    merger = Merger(lambda outcome: Source("board.pptx", None, SourceKind.DOCUMENT), load())
    merger.add(_told(document, rule))
    [found] = merger.findings()
    return found


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ((4,), "Slide 4: This slide has no title."),
        ((4, 9), "Slide 4: This slide has no title. The same goes for slide 9."),
        ((1, 2, 3, 5, 7, 8), "Slide 1: This slide has no title. The same goes for slides 2, 3, 5, 7 and 8."),
        (tuple(range(1, 30, 3)), "Slide 1: This slide has no title. The same goes for slides 4, 7, 10, 13, 16, 19, 22, 25 and 28."),
        (tuple(range(1, 31, 2)), "Slide 1: This slide has no title. The same goes for slides 3, 5, 7, 9, 11, 13, 15, 17 and 6 more."),
    ],
)  # fmt: skip
def test_slides_without_a_title_are_told_once(without: tuple[int, ...], said: str) -> None:
    [outcome] = _told(_slides(*without), "slide-without-title")
    assert outcome.message == said


def test_places_with_the_same_name_are_counted_and_others_are_named() -> None:
    places = ("under “Fees”", "under “Fees”", "under “Hours”")
    rows = [Passage(Place(where), Kind.PARAGRAPH, text) for where in places for text in ("", "", "", "Open daily.")]
    document = Document(Format.WORD, title="Rules", language="en", passages=tuple(rows))
    [outcome] = _told(document, "document-blank-paragraphs")
    assert outcome.message.endswith("The same goes for 1 more place there and under “Hours”.")
    assert [place[0] for place in outcome.evidence["places"]] == [*places]  # type: ignore[index, union-attr]


def test_each_picture_is_told_for_itself() -> None:
    pictures = tuple(Picture(Place(f"slide {number}", number), None) for number in (1, 2))
    assert len(_told(replace(SLIDES, pictures=pictures), "document-image-without-alternative")) == 2


def test_facts_that_quote_other_words_stay_apart_and_questions_do_not() -> None:
    lines = [Passage(Place("page 1", 1), Kind.UNTAGGED, f"{what} is open today") for what in ("Nobody", "Desk")]
    document = Document(Format.PDF, title="Hours", language="en", tagged=True, passages=tuple(lines))
    assert len(_told(document, "document-words-not-announced")) == 2
    left_out = replace(document, passages=tuple(replace(each, kind=Kind.ARTIFACT) for each in lines))
    assert len(_told(left_out, "document-words-not-announced")) == 1


def test_a_condition_that_follows_from_another_is_not_told_beside_it() -> None:
    whole = Place("the document")
    document = Document(Format.PDF, tagged=True, clauses=(Clause("ID-SCHEMA", whole), Clause("ID-PART", whole)))
    [outcome] = _told(document, "pdf-not-labelled-as-accessible")
    assert "does not say that it follows the accessibility standard PDF/UA" in outcome.message
    [alone] = _told(replace(document, clauses=(Clause("ID-PART", whole),)), "pdf-not-labelled-as-accessible")
    assert "which part" in alone.message


def test_its_key_does_not_change_when_the_first_place_is_mended() -> None:
    before, after = (_finding(_slides(*slides), "slide-without-title") for slides in ((1, 4, 9), (4, 9)))
    assert before.key == after.key
    assert before.loose_key == after.loose_key


@pytest.mark.parametrize(("slides", "spread"), [((4, 9), False), ((1, 4, 9, 12), True)])
def test_a_place_that_was_not_known_is_not_covered_by_those_that_were(slides: tuple[int, ...], spread: bool) -> None:
    known = baseline.entry_of(_finding(_slides(1, 4, 9), "slide-without-title"))
    assert known.pages == ("slide 1", "slide 4", "slide 9")
    now = _finding(_slides(*slides), "slide-without-title")
    assert bool(set(baseline.spread_of(now)) - set(known.pages)) == spread


def test_very_many_pictures_are_told_in_one_piece_with_their_places() -> None:
    pictures = tuple(
        Picture(Place(f"slide {number}", number), f"scan_{number}.png", file=f"a{number}.png")
        for number in range(1, 21)
    )
    [told] = _told(replace(SLIDES, pictures=pictures), "document-alternative-says-nothing")
    assert told.message.endswith("is only “scan_1.png”. The same goes for slides 2 to 20.")
    assert len(_told(replace(SLIDES, pictures=pictures[:12]), "document-alternative-says-nothing")) == 12
