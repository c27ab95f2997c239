"""Which link texts say nothing by themselves, in both languages."""

from __future__ import annotations

import pytest

from audit.semantics.links import Ends, compare, says_nothing
from audit.semantics.vocabulary import LANGUAGES, either, vocabulary


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("here", "en"),
        ("Click here!", "en"),
        ("Read more…", "en-CA"),
        ("PDF", "en"),
        ("page", "en"),
        ("the website", "en"),
        ("Details", "en"),
        ("this book", "en"),
        ("cliquez ici", "fr"),
        ("En savoir plus", "fr-CA"),
        ("cette page", "fr"),
    ],
)
def test_it_says_nothing(text: str, lang: str) -> None:
    known = vocabulary(lang)
    assert known is not None
    assert says_nothing(text, known)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("About us", "en"),
        ("Visit", "en"),
        ("Information and website", "en"),
        ("Page 2", "en"),
        ("Page B", "en"),
        ("--open", "en"),
        ("More about large print", "en"),
        ("Hours", "en"),
        ("Heures", "fr"),
        ("Page suivante", "fr"),
        ("Notre site", "fr"),
    ],
)
def test_it_says_something(text: str, lang: str) -> None:
    known = vocabulary(lang)
    assert known is not None
    assert not says_nothing(text, known)


def test_other_languages_are_not_judged() -> None:
    assert vocabulary("de") is None


def test_both_languages_hold_every_list() -> None:
    for code in LANGUAGES:
        known = vocabulary(code)
        assert known is not None
        # What a library adds of its own may be nothing.
        for name in known.__dataclass_fields__.keys() - {"link_vague"}:
            assert getattr(known, name), f"{code}.toml has nothing for {name}"
            assert getattr(either(), name)


def test_ends_that_were_not_read_are_unknown() -> None:
    from types import SimpleNamespace

    from audit.model.observations import Observations

    page = SimpleNamespace(observed=Observations(), url="http://127.0.0.1/")
    assert compare(page, "https://one.example.org", "https://one.example.org/", "Catalogue") is Ends.SAME  # type: ignore[arg-type]
    assert compare(page, "https://one.example.org/", "https://two.example.org/", "Catalogue") is Ends.UNKNOWN  # type: ignore[arg-type]
