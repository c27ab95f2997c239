"""Addresses and telephone numbers as each country writes them."""

from __future__ import annotations

import pytest

from library_places import address_lines, country_of_zone, known_country, postal_problem, tel_uri, telephone_problem


@pytest.mark.parametrize(
    ("number", "country", "uri"),
    [
        ("705-555-0142", "CA", "tel:+1-705-555-0142"),
        ("705-555-0142 ext. 12", "CA", "tel:+1-705-555-0142;ext=12"),
        ("819-555-0142, poste 12", "CA", "tel:+1-819-555-0142;ext=12"),
        ("(740) 555-0142 x3", "US", "tel:+1-740-555-0142;ext=3"),
        ("0113 496 0142", "GB", "tel:+44-113-496-0142"),
        ("01 23 45 67 89", "FR", "tel:+33-1-23-45-67-89"),
        ("+44 113 496 0142", "CA", "tel:+44-113-496-0142"),
    ],
)
def test_a_link_dials_the_whole_number(number: str, country: str, uri: str) -> None:
    assert telephone_problem(number, country) == ""
    assert tel_uri(number, country) == uri


@pytest.mark.parametrize(
    ("number", "country"), [("555-0142", "CA"), ("12", "US"), ("705-555-014", "CA"), ("0113", "GB")]
)
def test_a_number_that_cannot_be_dialled_is_told(number: str, country: str) -> None:
    assert "such as" in telephone_problem(number, country)


@pytest.mark.parametrize(
    ("code", "country", "fine"),
    [
        ("K0M 1S0", "CA", True), ("k0m1s0", "CA", False), ("43015", "US", True), ("43015-1234", "US", True),
        ("4301", "US", False), ("LS1 3AB", "GB", True), ("LS13AB", "GB", False), ("D02 AF30", "IE", True),
        ("35000", "FR", True), ("anything", "BR", True),
    ],
)  # fmt: skip
def test_postal_codes(code: str, country: str, fine: bool) -> None:
    assert (postal_problem(code, country) == "") is fine


def test_addresses_are_written_as_on_an_envelope_there() -> None:
    assert address_lines("US", "1 Main St", "Delaware", "OH", "43015") == ("1 Main St", "Delaware, OH 43015")
    assert address_lines("GB", "1 Chapel Lane", "Leeds", "", "LS1 3AB") == ("1 Chapel Lane", "Leeds", "LS1 3AB")
    assert address_lines("FR", "1 rue Haute", "Rennes", "", "35000") == ("1 rue Haute", "35000 Rennes")
    assert address_lines("CA", "1 Main St", "Minden", "ON", "K0M 2K0") == ("1 Main St", "Minden, ON\u00a0 K0M 2K0")
    assert address_lines("BR", "Rua 1", "Recife", "PE", "50000") == ("Rua 1", "Recife", "PE 50000")


def test_countries_by_time_zone() -> None:
    assert [country_of_zone(zone) for zone in ("America/Toronto", "Europe/London", "UTC")] == ["CA", "GB", ""]
    assert known_country("IE")
    assert not known_country("ZZ")
    assert not known_country("EU")
