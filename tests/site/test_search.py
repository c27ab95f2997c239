"""The site's search: questions are answered, by the very files that readers get."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from audit.browser.browser import Browser
from library_base.errors import ContentErrors
from library_search.synonyms import alike, synonyms
from library_search.words import fold, words
from tests.site.searching import Searching, searching
from tests.site.whole_site import WholeSite

#: What is asked, and the page that must be among the first three.
QUESTIONS = {
    "en": {
        "repair cafe": "/programs/repair-cafe/",
        "movie": "/branches/birch-falls/",
        "fine": "/questions/#fees",
        "hotspots": "/equipment/hotspot/",
        "overdrive": "/e-resources/libby/",
        "home delivery": "/services/home-delivery/",
    },
    "fr": {
        "réparation": "/fr/programs/repair-cafe/",
        "amende": "/fr/questions/#late-fees",
        "NIP": "/fr/e-resources/libby/",
    },
}


@pytest.fixture(scope="module")
def search(small_site: WholeSite, browser: Browser) -> Iterator[Searching]:
    with searching(small_site, browser) as each:
        yield each


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_questions_are_answered_within_three_results(search: Searching, lang: str) -> None:
    found = search.ask(lang, list(QUESTIONS[lang]))
    first = [[each["url"] for each in answer["results"][:3]] for answer in found]
    missed = {
        question: urls
        for (question, page), urls in zip(QUESTIONS[lang].items(), first, strict=True)
        if page not in urls
    }
    assert missed == {}


def test_excerpts_are_whole_sentences(search: Searching) -> None:
    answers = search.ask("en", list(QUESTIONS["en"]))
    excerpts = {each["summary"] for answer in answers for each in answer["results"][:10] if each["summary"]}
    assert excerpts
    assert {text for text in excerpts if not text.endswith((".", "!", "?", "…"))} == set()


def test_a_mistyped_word_is_mended_and_said(search: Searching) -> None:
    found = search.ask("en", ["hotspt", "hotspot", "zzzzqq"])
    assert [each["instead"] for each in found] == ["hotspot", "", ""]
    assert found[2]["results"] == []


def test_the_page_shows_what_was_asked_for_in_the_address(search: Searching) -> None:
    driver = search.driver
    driver.get(f"{search.address}/search/?q=late+fees")
    WebDriverWait(driver, 20, 0.1).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results li"))
    first = driver.find_element(By.CSS_SELECTOR, "#search-results li")
    assert first.find_element(By.CSS_SELECTOR, ".meta").text
    assert "late fees" in driver.find_element(By.ID, "search-status").text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E-books & Wi-Fi", ["ebooks", "wifi"]),
        ("l’heure du conte", ["heure", "du", "conte"]),
        ("Children’s œuvre, 3D", ["children", "oeuvre", "3d"]),
        ("a 7", ["7"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_accents_fold_away() -> None:
    assert fold("RÉSUMÉ can’t") == "resume cant"


def test_a_library_without_synonyms_has_none(tmp_path: Path) -> None:
    assert synonyms(tmp_path) == {}


@pytest.mark.parametrize("text", ["en: film", "xx: [[a, b]]", "- film", "en: [film]", "en:\n  - [a, b"])
def test_a_file_of_synonyms_that_is_none_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "search.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors, match=r"content/search\.yml"):
        synonyms(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "en:\n  - [film, movie]\n  - job, work\n",
            (3, "This is not a group of words in brackets.", "Write - [job, work]."),
        ),
        ("en:\n  - film: movie\n", (2, "This is not a group of words in brackets.", "Write - [film, movie].")),
        ("en:\n  - (film, movie)\n", (2, "This is not a group of words in brackets.", "Write - [film, movie].")),
        ("en:\n  - [film, ]\n  - []\n", (3, "This group is empty.", "Write - [word, another word].")),
        ("en:\n  - [film, movie\n", (2, "“- [film, movie” opens a bracket that is never closed.", "Close it with ].")),
        ("en: film\n", (1, "Below en: belongs a list of groups.", "Write - [film, another word] below en:.")),
        ("\nEnglish:\n  - [a, b]\n", (2, "“English” is not the short name of a language.", "Write en:.")),
        (
            "- [film, movie]\n",
            (1, "No language is named above the words.", "Write en: on a line of its own above them."),
        ),
        (
            "en:\n  - [a, b]\nen:\n  - [c, d]\n",
            (3, "The field “en” is written twice; the first time is in line 1.", "Delete one of the two."),
        ),
    ],
)
def test_a_slip_among_words_of_the_same_meaning_is_told_with_its_line(
    tmp_path: Path, text: str, told: tuple[int, str, str]
) -> None:
    (tmp_path / "search.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors) as error:
        synonyms(tmp_path)
    assert [(each.line, each.message, each.hint) for each in error.value.problems] == [told]


def test_a_language_without_groups_and_a_group_of_one_are_fine(tmp_path: Path) -> None:
    (tmp_path / "search.yml").write_text("en:\n  - [film]\nfr:\n", encoding="utf-8")
    assert synonyms(tmp_path) == {"en": [["film"]]}


def test_words_of_the_same_meaning_are_given_to_filters() -> None:
    groups = [["film", "movie"], ["job", "career", "job skills"]]
    assert alike("Films and video", groups) == {0: "film movie"}
    assert alike("Design and job skills", groups) == {1: "job career job skills"}
    assert alike("Maps", groups) == {}


def test_the_filter_of_online_resources_knows_the_same_words(small_site: WholeSite) -> None:
    page = small_site.pages["/e-resources/"]
    known = re.search(r"<form[^>]* data-alike='([^']*)'", page)
    assert known, page
    number = next(number for number, words in json.loads(known[1]).items() if "movie" in words)
    assert any(number in each.split() for each in re.findall(r'data-item[^>]* data-alike="([^"]*)"', page))
