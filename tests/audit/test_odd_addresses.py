"""Addresses that are none: whoever writes them into a page gets it looked at all the same."""

from __future__ import annotations

import pytest

from audit.survey.folder import ExpectedPage
from audit.survey.site_page import read_page, remember
from tests.audit.making import element, page

ODD = ("http://[", "//[", "http://a:b/", "blob:[", "http://a\u2100b/", "http://[x].pdf#a")


@pytest.mark.parametrize("address", ODD)
def test_what_is_no_address_is_no_crash(address: str) -> None:
    parts = [
        element(2, "base", 1, href=address),
        element(3, "link", 1, rel="alternate canonical", hreflang="fr", href=address),
        element(4, "a", 1, "A link", href=address),
        element(5, "a", 1, "Home", href="a/"),
    ]
    seen = remember(page("/", parts), ExpectedPage("/", "index.html"))
    read = read_page(
        f"<base href='{address}'><link rel='alternate canonical' hreflang=fr href='{address}'>"
        f"<a href='{address}'>A link</a><a href='a/'>Home</a>".encode(),
        "http://127.0.0.1/",
        ExpectedPage("/", "index.html"),
    )
    assert [each.links[-1].url.rsplit("/", 2)[-2:] for each in (seen, read)] == [["a", ""]] * 2
