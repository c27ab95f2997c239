"""The questions of patrons are answered by our site's search."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.browser.browser import Browser
from tests.site.searching import Searching, searching
from tests.site.whole_site import WholeSite

QUESTIONS: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def search(our_site: WholeSite, browser: Browser) -> Iterator[Searching]:
    with searching(our_site, browser) as each:
        yield each


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_patrons_ask_is_answered_within_three_results(
    search: Searching, our_pages: dict[str, str], lang: str
) -> None:
    asked = QUESTIONS[lang]
    assert len(QUESTIONS["en"]) >= 60
    for page in (page for pages in asked.values() for page in pages):
        assert page.partition("#")[0] in our_pages, page
    found = search.ask(lang, list(asked))
    missed = {
        question: [each["url"] for each in answer["results"][:3]]
        for (question, pages), answer in zip(asked.items(), found, strict=True)
        if not {each["url"] for each in answer["results"][:3]} & set(pages)
    }
    assert missed == {}


def test_excerpts_are_whole_sentences(search: Searching) -> None:
    answers = search.ask("en", list(QUESTIONS["en"]))
    torn = {
        each["summary"]
        for answer in answers
        for each in answer["results"][:10]
        if each["summary"] and not each["summary"].endswith((".", "!", "?", "…"))
    }
    assert torn == set()
