"""Dates, times and interface words in both languages."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from library_frontmatter.yaml_lines import read_yaml
from library_site.theme import words_beside
from library_words import format_date, format_span, format_time, money, translate, untranslated
from library_words.translate import french

REPOSITORY = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 12, 3)
_CALL = re.compile(r"""\bt\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


@pytest.mark.parametrize(
    ("style", "english", "in_french"),
    [
        ("full", "Thursday, December 3, 2026", "jeudi 3 décembre 2026"),
        ("long", "December 3, 2026", "3 décembre 2026"),
        ("day", "Thursday, December 3", "jeudi 3 décembre"),
        ("month-day", "December 3", "3 décembre"),
        ("short", "Dec. 3", "3 déc."),
        ("month", "December 2026", "décembre 2026"),
        ("weekday", "Thursday", "jeudi"),
        ("iso", "2026-12-03", "2026-12-03"),
    ],
)
def test_dates(style: str, english: str, in_french: str) -> None:
    assert format_date(DAY, style).replace("\u00a0", " ") == english  # type: ignore[arg-type]
    assert format_date(DAY, style, "fr").replace("\u00a0", " ") == in_french  # type: ignore[arg-type]


def test_the_first_of_a_month_in_french() -> None:
    assert format_date(dt.date(2027, 6, 1), "long", "fr") == "1er\u00a0juin 2027"


@pytest.mark.parametrize(
    ("time", "english", "in_french"),
    [
        (dt.time(9, 30), "9:30 am", "9 h 30"),
        (dt.time(10), "10 am", "10 h"),
        (dt.time(12), "noon", "12 h"),
        (dt.time(12, 30), "12:30 pm", "12 h 30"),
        (dt.time(0), "midnight", "0 h"),
        (dt.time(0, 15), "12:15 am", "0 h 15"),
        (dt.time(20, 5), "8:05 pm", "20 h 05"),
    ],
)
def test_times(time: dt.time, english: str, in_french: str) -> None:
    assert format_time(time).replace("\u00a0", " ") == english
    assert format_time(time, "fr").replace("\u00a0", " ") == in_french


def test_spans_are_words_and_not_dashes() -> None:
    assert format_span(dt.time(10), dt.time(17)) == "10\u00a0am to 5\u00a0pm"
    assert format_span(dt.time(10), dt.time(17), "fr") == "de 10\u00a0h à 17\u00a0h"


def test_money() -> None:
    assert money(3.5) == "$3.50"
    assert money(3.5, "fr") == "3,50\u00a0$"
    assert money("free") == "free"


def test_translation() -> None:
    assert translate("Programs in {month}", "en", month="May 2026") == "Programs in May 2026"
    assert translate("Programs in {month}", "fr", month="mai 2026") == "Activités en mai 2026"
    assert translate("Words nobody translated", "fr") == "Words nobody translated"
    assert "Words nobody translated" in untranslated()


def test_the_french_catalogue_names_nothing_twice() -> None:
    path = REPOSITORY / "plugins" / "library_words" / "words" / "fr.yml"
    assert read_yaml(path.read_text(encoding="utf-8"), path.name, 1).problems == []
    assert french()["Home"] == "Accueil"


def test_every_word_of_the_theme_is_there_in_french() -> None:
    missing = {
        (path.name, words)
        for path in (REPOSITORY / "theme").rglob("*.html")
        for call in _CALL.finditer(path.read_text(encoding="utf-8"))
        if (words := ast.literal_eval(call[1])) not in french()
    }
    assert missing == set()


def test_every_word_of_the_plugins_is_there_in_french() -> None:
    call = re.compile(r'(?:translate|_say)\(\s*("(?:[^"\\]|\\.)*")')
    missing = {
        (path.name, words)
        for path in (REPOSITORY / "plugins").rglob("*.py")
        for found in call.finditer(path.read_text(encoding="utf-8"))
        if (words := ast.literal_eval(found[1])) not in french()
    }
    assert missing == set()


def test_words_that_an_entry_says_already_are_not_kept_beside_it() -> None:
    further = (["hoopla digital", "hoolpa"], ("Hoolpa", "Music"), [""], ("Midwest Tape",))
    assert words_beside("Hoopla: films and music", *further) == "digital Hoolpa Midwest Tape"
