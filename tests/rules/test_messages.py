"""What rules say reads right for one, two and many, and with the article that a word has."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

import audit.rules
from audit.semantics.words import counted, indefinite

FOLDER = Path(audit.rules.__file__).parent
MODULES = sorted(FOLDER.rglob("rule.py"))
#: Nouns that stand in the plural behind a number in messages.
_PLURAL = re.compile(
    r" (?:words|seconds|minutes|rows|columns|cells|things|choices|fields|tabs|frames|links|lines|boxes|places|times|spaces|"
    r"characters|pages|chapters|paragraphs|sentences|colours|pixels)\b"
)
#: Numbers that are at least two wherever the rule says anything: its own limits see to that. By rule and expression.
MANY = frozenset(
    {
        ("all_capitals", "len(words(loud))"),
        ("article_of_links", "len(links)"),
        ("cells_told_by_colour", "len(painted)"),
        ("cells_told_by_colour", "len(shades)"),
        ("columns_of_spaces", "len(rows)"),
        ("columns_of_spaces", "len(rows[0])"),
        ("document_form_to_print", "lines"),
        ("document_low_contrast", "again"),
        ("document_without_bookmarks", "document.pages"),
        ("error_not_tied_to_its_field", "len(some)"),
        ("error_not_tied_to_its_field", "len(fields(document))"),
        ("fake_list", "place.count"),
        ("fixed_text_spacing", "share"),
        ("flashes_too_often", "flashes"),
        ("flashing_animation", "often"),
        ("flat_nested_list", "(place.above // CHILD + 1) * CHILD"),
        ("focus_past_content_at_load", "len(before)"),
        ("frames_of_one_name", "len(group)"),
        ("heading_in_plain_text", "ratio"),
        ("heading_that_is_text", "count"),
        ("heading_that_is_text", "len(sentences(text))"),
        ("invisible_focus", "pixels"),
        ("invisible_focus", "what"),
        ("irregular_table", "words"),
        ("links_of_one_name", "len(group)"),
        ("links_of_one_name_in_one_place", "len(group)"),
        ("list_in_plain_text", "len(items)"),
        ("log_in_without_help", "len(boxes)"),
        ("long_alternative", "len(alternative)"),
        ("long_heading", "len(place.quote)"),
        ("long_italics", "number"),
        ("long_lines", "length"),
        ("long_sentence", "count"),
        ("long_text_without_headings", "number"),
        ("long_text_without_headings", "len(stretch)"),
        ("meaningful_background_image", "room"),
        ("missing_accessibility_plan", "YEARS"),
        ("one_way_only", "len(lonely)"),
        ("passage_in_bold", "len(words)"),
        ("poster_with_the_facts", "place.words"),
        ("symbol_without_words", "number"),
        ("table_of_boxes", "len(rows)"),
        ("table_of_boxes", "len(rows[0])"),
        ("table_without_header_line", "len(rows)"),
        ("table_without_headers", "len(cells.rows)"),
        ("table_without_headers", "cells.columns"),
        ("tabs_without_selection", "len(tabs)"),
        ("wide_table", "columns"),
    }
)
#: Words in a message whose article is always the same: "is a Sunday".
CONSONANT = frozenset({("weekday_contradicts_date", "right")})


@cache
def _pairs(module: Path) -> list[tuple[ast.expr, ast.expr]]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [
        (one, two)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for one, two in zip(text.values, text.values[1:], strict=False)
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.parent.name))
def test_a_number_before_a_plural_is_counted_or_never_one(module: Path) -> None:
    said = [
        ast.unparse(one.value)
        for one, two in _pairs(module)
        if isinstance(one, ast.FormattedValue) and isinstance(two, ast.Constant) and _PLURAL.match(str(two.value))
    ]
    assert {(module.parent.name, each) for each in said} <= MANY, "write it with counted()"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.parent.name))
def test_an_article_before_a_word_that_varies_is_chosen(module: Path) -> None:
    said = [
        ast.unparse(two.value)
        for one, two in _pairs(module)
        if isinstance(two, ast.FormattedValue)
        and isinstance(one, ast.Constant)
        and re.search(r"(?:^|[ “(])[Aa]n? $", str(one.value))
    ]
    assert {(module.parent.name, each) for each in said} <= CONSONANT, "write it with indefinite()"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 seconds"), (1, "1 second"), (1.0, "1 second"), (2, "2 seconds"), (1.5, "1.5 seconds"), (99, "99 seconds")],
)
def test_one_two_and_many(number: float, said: str) -> None:
    assert counted(number, "second", "seconds") == said


@pytest.mark.parametrize(
    "said",
    [
        "a list",
        "an option",
        "an MP3",
        "a PDF",
        "an RTF file",
        "a URL",
        "a unit",
        "a user",
        "an <ul>",
        "an EPUB",
        "a ZIP",
        "an article",
    ],
)
def test_the_article_goes_by_the_sound(said: str) -> None:
    assert indefinite(said.split(" ", 1)[1]) == said


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.parent.name))
def test_what_is_said_of_the_examples_reads_right(module: Path) -> None:
    recorded = module.with_name("said.json")
    if not recorded.exists():
        pytest.skip("nothing is recorded of this rule")
    for sentence in [each for said in json.loads(recorded.read_text(encoding="utf-8")).values() for each in said]:
        frame = re.sub(r"“[^”]*”", "“”", str(sentence))
        assert not re.search(
            r"(?<![\d.,/:-])\b1 (?:seconds|things|rows|columns|times|words|fields|cells|links)\b", frame
        ), sentence
        assert not re.search(r"\b[Aa] (?=[aeio][a-z])(?!one\b|once\b|eu)", frame), sentence
        assert not re.search(r"\b[Aa]n (?=[bcdfgjklmnpqrstvwz][a-z])", frame), sentence
