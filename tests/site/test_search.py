"""The site's search: the questions of patrons are answered, by the very files that readers get."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from audit.browser.browser import Browser
from audit.survey.server import Server
from library_base.errors import ContentErrors
from library_search.synonyms import alike, synonyms
from library_search.words import fold, words
from tests.site.projects import Built

QUESTIONS: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
)
_ASK = """
const [engine, index, questions, done] = arguments;
Promise.all([import(engine), fetch(index).then(answer => answer.json())]).then(([module, data]) => {
  const search = module.engine(data);
  done(questions.map(each => search(each)));
}, error => done(String(error)));
"""


@pytest.fixture(scope="module")
def served(our_site: Built) -> Iterator[tuple[WebDriver, str]]:
    """A browser, and the address that our site is served at."""
    with Server(our_site.output) as server, Browser() as browser:
        yield browser.driver, server.origin


def ask(served: tuple[WebDriver, str], lang: str, questions: list[str]) -> list[dict[str, Any]]:
    """Search for each question: results, best first, and what was searched for instead."""
    driver, address = served
    driver.get(f"{address}/search/")
    found = driver.execute_async_script(
        _ASK, f"{address}/theme/search.js", f"{address}/search-index/{lang}.json", questions
    )
    assert isinstance(found, list), found
    return found


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_patrons_ask_is_answered_within_three_results(
    served: tuple[WebDriver, str], our_pages: dict[str, str], lang: str
) -> None:
    asked = QUESTIONS[lang]
    assert len(QUESTIONS["en"]) >= 60
    for page in (page for pages in asked.values() for page in pages):
        assert page.partition("#")[0] in our_pages, page
    found = ask(served, lang, list(asked))
    missed = {
        question: [each["url"] for each in answer["results"][:3]]
        for (question, pages), answer in zip(asked.items(), found, strict=True)
        if not {each["url"] for each in answer["results"][:3]} & set(pages)
    }
    assert missed == {}


@pytest.mark.browser
def test_a_mistyped_word_is_mended_and_said(served: tuple[WebDriver, str]) -> None:
    found = ask(served, "en", ["hotspt", "hotspot", "zzzzqq"])
    assert [each["instead"] for each in found] == ["hotspot", "", ""]
    assert found[2]["results"] == []


@pytest.mark.browser
def test_excerpts_are_whole_sentences(served: tuple[WebDriver, str]) -> None:
    answers = ask(served, "en", list(QUESTIONS["en"]))
    torn = {
        each["summary"]
        for answer in answers
        for each in answer["results"][:10]
        if each["summary"] and not each["summary"].endswith((".", "!", "?", "…"))
    }
    assert torn == set()


@pytest.mark.browser
def test_the_page_shows_what_was_asked_for_in_the_address(served: tuple[WebDriver, str]) -> None:
    driver, address = served
    driver.get(f"{address}/search/?q=late+fees")
    WebDriverWait(driver, 20, 0.1).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results li"))
    first = driver.find_element(By.CSS_SELECTOR, "#search-results li")
    assert first.find_element(By.CSS_SELECTOR, ".meta").text
    assert "late fees" in driver.find_element(By.ID, "search-status").text


def test_no_page_about_our_rules_is_in_the_index(our_site: Built) -> None:
    assert "/accessibility/rules/" not in our_site.text("search-index/en.json")


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


def test_words_of_the_same_meaning_are_given_to_filters() -> None:
    groups = [["film", "movie"], ["job", "career", "job skills"]]
    assert alike("Films and video", groups) == "film movie"
    assert alike("Design and job skills", groups) == "job career job skills"
    assert alike("Maps", groups) == ""


def test_the_filter_of_online_resources_knows_the_same_words(our_pages: dict[str, str]) -> None:
    found = re.findall(r'data-words="([^"]*)"', our_pages["/e-resources/"])
    for word in ("movie", "career", "employment", "ESL", "audio book"):
        assert any(word in each for each in found), word
