"""Words, sentences and file names as people read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.semantics import images, purposes, words
from audit.semantics.vocabulary import OwnVocabulary, either, primary, use_own, vocabulary
from tests.audit.making import element


def test_words_are_what_is_spoken() -> None:
    assert words.words("L’École  est — ouverte (9 h)!") == ("l'école", "est", "ouverte", "9", "h")
    assert words.words("ﬁle_name x²") == ("file", "name", "x2")
    assert words.same_words("Place a hold", "place a HOLD…")
    assert not words.same_words("Place a hold", "A place hold")
    assert words.has_words("日本")
    assert not words.has_words("→ …")


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("list", "a list"),
        ("option", "an option"),
        ("MP3", "an MP3"),
        ("PDF", "a PDF"),
        ("unit", "a unit"),
        ("European map", "a European map"),
    ],
)
def test_the_article_follows_the_sound(noun: str, said: str) -> None:
    assert words.indefinite(noun) == said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Section 2", ("section",)),
        ("Part B", ("part",)),
        ("Chapter iv", ("chapter",)),
        ("Section", ("section",)),
        ("2", ("2",)),
        ("Section 2: Boats", ("section", "2", "boats")),
    ],
)
def test_a_number_at_the_end_is_left_out(text: str, left: tuple[str, ...]) -> None:
    assert words.unnumbered(text) == left


def test_what_is_quoted() -> None:
    assert words.quoted("She said “We open.” and « Nous fermons. »") == ("We open.", "Nous fermons.")


def test_numbers_have_their_noun() -> None:
    assert [words.counted(number, "second", "seconds") for number in (1, 2, 1.5, 0)] == [
        "1 second",
        "2 seconds",
        "1.5 seconds",
        "0 seconds",
    ]


@pytest.mark.parametrize(
    ("text", "is_file"),
    [
        ("IMG_0042.jpg", True),
        ("uploads/2026/summer banner.PNG?v=2", True),
        ("plan.pdf", True),
        ("The plan, as plan.pdf", False),
        ("Version 2.0", False),
        ("Maple tree", False),
    ],
)
def test_a_file_name(text: str, is_file: bool) -> None:
    assert words.is_file_name(text) is is_file


def test_what_is_quoted_is_left_out() -> None:
    assert words.unquoted("He said “never «once» again” twice").split() == ["He", "said", "twice"]
    assert words.unquoted("a “torn quotation") == "a “torn quotation"


def test_sentences_end_before_a_capital() -> None:
    assert words.sentences("Come in. It is free!  “Really?” Yes… 5 people came. e.g. this") == (
        "Come in.",
        "It is free!",
        "“Really?",
        "Yes…",
        "5 people came. e.g. this",
    )


@pytest.mark.parametrize(
    ("lang", "first"), [("en-CA", "en"), ("FR_ca", "fr"), (" fr ", "fr"), (None, ""), ("", ""), ("iu-Cans", "iu")]
)
def test_the_primary_language(lang: str | None, first: str) -> None:
    assert primary(lang) == first


def test_another_language_has_no_words_and_none_is_english() -> None:
    assert vocabulary("de") is None
    assert vocabulary(None) is vocabulary("en-CA")
    english, french, spanish = vocabulary("en"), vocabulary("fr"), vocabulary("es-MX")
    assert english is not None
    assert french is not None
    assert spanish is not None
    assert either().stop == english.stop | french.stop | spanish.stop
    assert english.stop - french.stop
    assert french.stop - english.stop


def test_a_library_adds_its_own_words_and_takes_them_back() -> None:
    use_own({"en": OwnVocabulary(frozenset({" ILL "}), frozenset({"Find out"}), frozenset({"More & More"}))})
    try:
        found = vocabulary("en")
        assert found is not None
        assert "ill" in found.familiar_abbreviations
        assert "find out" in found.link_vague
        assert "more more" in found.link_describing
        assert "ill" in either().familiar_abbreviations
    finally:
        use_own({})
    found = vocabulary("en")
    assert found is not None
    assert "ill" not in found.familiar_abbreviations
    assert "find out" not in found.link_vague


@pytest.mark.parametrize(
    ("label", "purpose"),
    [
        ("Your e-mail address *", "email"),
        ("Courriel (obligatoire)", "email"),
        ("Phone number", "tel"),
        ("Date of birth", "bday"),
        ("Code postal", "postal-code"),
        ("Name", "name"),
        ("Name of the lake", ""),
        ("E-mail of the teacher", ""),
        ("", ""),
    ],
)
def test_what_a_label_asks_for(label: str, purpose: str) -> None:
    assert purposes.purpose_of(label) == purpose


@pytest.mark.parametrize(
    ("label", "attributes", "own"),
    [
        ("Your comment", {}, True),
        ("Username", {}, True),
        ("Card number", {}, True),
        ("Contact", {"type": "email"}, True),
        ("Reach us", {"autocomplete": "firstname"}, True),
        ("Reach us", {"autocomplete": "e-mail"}, True),
        ("Reach us", {"autocomplete": "on"}, False),
        ("Title of the book", {}, False),
        ("Search", {}, False),
    ],
)
def test_what_is_of_the_visitor(label: str, attributes: dict[str, str], own: bool) -> None:
    assert purposes.is_of_visitor(replace(element(2, "input"), attributes=attributes), label) is own


@pytest.mark.parametrize(
    ("name", "source", "from_file"),
    [
        ("img_0042", "/uploads/IMG_0042.jpg", True),
        ("summer-banner-v2", "https://example.org/summer-banner-v2.png?x=1", True),
        ("Summer banner", "/summer-banner.png", False),
        ("logo", "/logo.svg", False),
        ("img_0042", "/IMG_0043.jpg", False),
        ("a_1", "http://[", False),
    ],
)
def test_a_name_that_is_a_file_name(name: str, source: str, from_file: bool) -> None:
    assert images.is_from_file(name, source) is from_file


def test_words_of_a_file_name_are_those_that_say_something() -> None:
    assert images.file_words("/uploads/2026/IMG_maple-tree_final-1024x768.jpg") == ("maple", "tree")
    assert images.file_words("/xk7-qrst.png") == ()
