"""The content of this repository with the theme: what a build of it must hold."""

from __future__ import annotations

import re

import pytest

from library_schemas import CONTENT_TYPES
from tests.site.page_structure import PageStructure
from tests.site.soundness import Soundness
from tests.site.structured_vocabulary import StructuredVocabulary, documents_of
from tests.site.whole_site import WholeSite


@pytest.fixture(scope="module")
def site(our_site: WholeSite) -> WholeSite:
    return our_site


class TestMapleLake(Soundness, PageStructure, StructuredVocabulary):
    """What holds of every library's site."""


def test_an_organizer_from_outside_is_not_given_our_address(our_site: WholeSite) -> None:
    documents = documents_of(our_site)
    outside = [item["organizer"] for item in documents["/programs/friends-book-sale/"] if "organizer" in item]
    ours = [item["organizer"] for item in documents["/programs/storytime-maple-lake/"] if "organizer" in item]
    assert outside == [{"@type": "Organization", "name": "Friends of the Maple Lake County Public Library"}]
    assert ours
    assert all(each["url"] == "https://maplelakelibrary.example.org/" for each in ours)


def test_every_content_type_is_there(our_site: WholeSite) -> None:
    sources = {
        page["source"]["path"].split("/")[1]
        for page in our_site.manifest["pages"]
        if page["source"]["path"].startswith("content/")
    }
    on_listings = {"staff", "questions"}
    assert set(CONTENT_TYPES) - on_listings <= sources
    assert len(our_site.result.pages) >= 100
    assert sum(page["kind"] == "redirect" for page in our_site.manifest["pages"]) >= 25


def test_drafts_and_what_comes_later_are_not_published(our_site: WholeSite) -> None:
    everything = b"\n".join(data for name, data in our_site.files().items() if not name.startswith("search-index/"))
    for words in (b"Passport photos", b"Spring bird walk", b"passport-photos", b"spring-bird-walk"):
        assert words not in everything


def test_no_page_about_our_rules_is_in_the_index(our_site: WholeSite) -> None:
    assert "/accessibility/rules/" not in our_site.text("search-index/en.json")


def test_the_filter_of_online_resources_knows_the_same_words(our_pages: dict[str, str]) -> None:
    found = re.findall(r"<form[^>]* data-alike='([^']*)'", our_pages["/e-resources/"])
    for word in ("movie", "career", "employment", "ESL", "audio book"):
        assert any(word in each for each in found), word


def test_the_register_says_of_each_file_what_it_is(our_site: WholeSite) -> None:
    tables = our_site.trees["/statistics/"].xpath("//main//a[contains(@href, '.csv')]")
    assert tables
    assert all(re.search(r"\(CSV, \d+\sKB\)$", each.text) for each in tables)
    rows = our_site.trees["/documents/"].xpath("//main//li[@class='entry']")
    minutes = next(row for row in rows if "/documents/board-minutes-2026-10.pdf" in row.xpath(".//a/@href"))
    words = " ".join(minutes.text_content().split())
    assert "Board minutes, October 21, 2026 (PDF," in words
    assert "1 page" in words
    assert "In English" in words
    assert "Tagged" in words
