"""The small library of these tests, with the theme, as it would be published."""

from __future__ import annotations

import pytest

from library_schemas import CONTENT_TYPES
from tests.site.page_structure import PageStructure
from tests.site.soundness import Soundness
from tests.site.structured_vocabulary import StructuredVocabulary
from tests.site.whole_site import WholeSite


@pytest.fixture(scope="module")
def site(small_site: WholeSite) -> WholeSite:
    return small_site


class TestSmallLibrary(Soundness, PageStructure, StructuredVocabulary):
    """What holds of every library's site."""


def test_every_content_type_is_there(small_site: WholeSite) -> None:
    used = {path.parent.name for path in (small_site.library / "content").rglob("*.md")}
    assert set(CONTENT_TYPES) <= used


def test_drafts_and_what_comes_later_are_not_published(small_site: WholeSite) -> None:
    everything = b"\n".join(small_site.files().values())
    for words in (b"Accessibility plan", b"In preparation", b"crocus", b"What comes in spring"):
        assert words not in everything


def test_an_organizer_from_outside_is_not_given_our_address(small_site: WholeSite) -> None:
    documents = {address: text for address, text in small_site.pages.items() if address.startswith("/programs/")}
    assert '"organizer":{"@type":"Organization","name":"Friends of the library"}' in _close(
        documents["/programs/knitting-circle/"]
    )
    assert '"url":"https://birchlibrary.example.org/"' in _close(documents["/programs/repair-cafe/"])


def _close(text: str) -> str:
    """Structured data without the spaces that mean nothing."""
    return text.replace('": ', '":').replace(', "', ',"')
