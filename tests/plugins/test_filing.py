"""Titles are filed as library catalogues file them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from library_site.site_view import SiteView, by_title


def page(title: str, lang: str) -> Any:
    return SimpleNamespace(title=title, lang=lang, path=title, listed=True, template="page", kind="page")


@pytest.mark.parametrize(
    ("title", "lang", "filed"),
    [
        ("A local author reads", "en-CA", "local author reads"),
        ("The library in numbers", "en", "library in numbers"),
        ("La Ronge branch", "en", "la ronge branch"),
        ("L’heure du conte", "fr", "heure du conte"),
        ("Des romans d’ici", "fr-CA", "romans d’ici"),
        ("Élections", "fr", "elections"),
        ("Los martes de cine", "es", "martes de cine"),
        ("A la carte", "fr", "a la carte"),
        ("Anime club", "en", "anime club"),
    ],
)
def test_an_article_of_the_titles_own_language_is_left_out(title: str, lang: str, filed: str) -> None:
    assert by_title(page(title, lang))[0] == filed


def test_a_title_stands_under_the_letter_that_it_is_filed_by() -> None:
    titles = ["About us", "A local author reads", "Libby", "The library in numbers", "3D printer"]
    view = SiteView(SimpleNamespace(all=[page(each, "en") for each in titles]), SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    listed = {letter: [each.title for each in pages] for letter, pages in view.alphabetical("en")}
    assert listed == {
        "0–9": ["3D printer"],
        "A": ["About us"],
        "L": ["Libby", "The library in numbers", "A local author reads"],
    }
