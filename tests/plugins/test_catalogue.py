"""The catalogue's search as a setting, for every system."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode

import pytest

from library_catalogue import catalogue_problems, catalogue_search, item_url
from library_frontmatter import Lines
from library_schemas.library import Catalogue, CatalogueSystem
from library_schemas.resource import BooklistItem

HOST = "https://cat.example.org"
LINES = Lines("content/library.yml", {("catalogue",): 5, ("catalogue", "host"): 7})
SYSTEMS = [name for name in get_args(CatalogueSystem) if name != "custom"]
BY_SCRIPT = {"encore", "primo-ve"}


def catalogue(system: str, **fields: Any) -> Catalogue:
    values = {"profile": "main", "locale": "en_US", "scope": "7", **fields}
    return Catalogue.model_validate({"system": system, "host": HOST, **values})


def asked(system: str, terms: str = "soup & seeds") -> str:
    """The address to which a browser goes when somebody types ``terms``."""
    search = catalogue_search(catalogue(system))
    # A GET form replaces the query of its action by the fields in order (HTML, form submission).
    assert "?" not in search.action
    return f"{search.action}?{urlencode([(search.field, terms), *search.hidden])}"


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_a_form_or_a_link(system: str) -> None:
    settings = catalogue(system)
    assert catalogue_problems(settings, LINES) == []
    search = catalogue_search(settings)
    assert search.mode == ("link" if system in BY_SCRIPT else "form")
    assert search.home == f"{HOST}/"
    assert "{terms}" in search.pattern
    assert "<" not in search.pattern
    if search.mode == "form":
        assert "{" not in search.action + search.field + repr(search.hidden)
        # What the form sends is what the pattern says, whatever the order of the fields.
        sent = dict(parse_qsl(asked(system, "TERMS").partition("?")[2], keep_blank_values=True))
        meant = dict(parse_qsl(search.pattern.replace("{terms}", "TERMS").partition("?")[2], keep_blank_values=True))
        assert sent == meant


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("koha", f"{HOST}/cgi-bin/koha/opac-search.pl?q=soup+%26+seeds"),
        ("sirsidynix-enterprise", f"{HOST}/client/en_US/main/search/results?qu=soup+%26+seeds&te=ILS"),
        ("evergreen", f"{HOST}/eg/opac/results?query=soup+%26+seeds&qtype=keyword&locg=7"),
        ("bibliocommons", f"{HOST}/v2/search?query=soup+%26+seeds&searchType=smart"),
    ],
)
def test_what_a_form_sends(system: str, expected: str) -> None:
    assert asked(system) == expected


def test_polaris_keeps_its_fixed_values() -> None:
    hidden = dict(catalogue_search(catalogue("polaris")).hidden)
    assert hidden["ctx"] == "1.1033.0.0.7"
    assert hidden["limit"] == "TOM=*"
    assert hidden["query"] == ""


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_missing_is_said(system: str) -> None:
    bare = catalogue(system, profile=None, scope=None)
    problems = catalogue_problems(bare, LINES)
    assert all(problem.line == 5 and "cannot be searched without" in problem.message for problem in problems)
    if system in {
        "evergreen",
        "polaris",
        "sierra-webpac",
        "primo-ve",
        "sirsidynix-enterprise",
        "horizon",
        "ebsco-discovery",
    }:
        assert problems


def test_host_without_scheme() -> None:
    found = catalogue_problems(Catalogue(system="koha", host="cat.example.org"), LINES)
    assert [str(each) for each in found] == [
        "content/library.yml:7: “cat.example.org” is not an address. Write https://cat.example.org."
    ]


def test_custom() -> None:
    own = catalogue("custom", template=f"{HOST}/find?kind=all&text={{terms}}", item_template=f"{HOST}/i/{{isbn}}")
    assert catalogue_problems(own, LINES) == []
    search = catalogue_search(own)
    assert (search.mode, search.action, search.field, search.hidden) == (
        "form",
        f"{HOST}/find",
        "text",
        (("kind", "all"),),
    )
    path = catalogue_search(catalogue("custom", template=f"{HOST}/find/{{terms}}"))
    assert path.mode == "link"
    assert len(catalogue_problems(catalogue("custom", template=f"{HOST}/find", item_template=HOST), LINES)) == 2


def item(**fields: Any) -> BooklistItem:
    return BooklistItem.model_validate({"title": "Soup & Seeds", "author": "A Writer", **fields})


@pytest.mark.parametrize("isbn", ["9780143127551", "0143127552", "978014312755X"])
def test_a_wrong_digit_of_an_isbn_is_told(isbn: str) -> None:
    assert item(isbn="0143127551" if len(isbn) == 10 else "9780143127550").isbn
    with pytest.raises(ValueError, match=r"does not fit the others|pattern"):
        item(isbn=isbn)


def test_items() -> None:
    koha = catalogue("koha")
    assert item_url(koha, item(record_id="12/3")) == f"{HOST}/cgi-bin/koha/opac-detail.pl?biblionumber=12%2F3"
    assert item_url(koha, item(isbn="9780143127550")) == f"{HOST}/cgi-bin/koha/opac-search.pl?idx=nb&q=9780143127550"
    assert item_url(koha, item()) == f"{HOST}/cgi-bin/koha/opac-search.pl?q=Soup%20%26%20Seeds%20A%20Writer"
    assert item_url(catalogue("sierra-webpac"), item(isbn="9780143127550")) == f"{HOST}/search~S7/i9780143127550"
    own = catalogue("custom", template=f"{HOST}/{{terms}}", item_template=f"{HOST}/i/{{isbn}}")
    assert item_url(own, item(isbn="9780143127550")) == f"{HOST}/i/9780143127550"
