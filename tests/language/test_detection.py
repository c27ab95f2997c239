"""What the detector may say of a text, and above all when it must stay silent."""

from __future__ import annotations

import pytest

from audit.semantics.language.detect import Match, evidence, judge, little_words


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("La bibliothèque est ouverte du mardi au samedi.", "en", "fr"),
        ("The library is open from Tuesday to Saturday.", "fr-CA", "en"),
        ("Die Bücherei hat am Montag nicht geöffnet.", "en", "de"),
        ("مكتبة المقاطعة مفتوحة كل يوم", "en", "ar"),
        ("Бібліотека відкрита щодня крім неділі", "en", "uk"),
        # Little words of these languages are not known, but the letters speak clearly.
        ("The library is open from Monday to Friday all year", "da", "en"),
        ("Alla barn är välkomna till sagostunden på biblioteket varje lördag", "da", "sv"),
    ],
)
def test_a_sentence_in_another_language_is_found(text: str, declared: str, language: str) -> None:
    judgement = judge(text, declared)
    assert (judgement.match, judgement.language) == (Match.OTHER, language)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("The library is open from Tuesday to Saturday.", "en-CA"),
        ("La bibliothèque est ouverte du mardi au samedi.", "fr"),
        ("Maple Lake County Public Library", "fr"),
        ("Libby, Kanopy, hoopla, PressReader", "fr"),
        ("Pine Narrows Branch, 12 Main Street, 705-555-0142", "fr"),
        ("Six pages", "fr"),
        ("Boozhoo", "en"),
        ("crème brûlée", "en"),
        ("Les Misérables", "en"),
        ("12:30", "fr"),
        ("https://example.org/the/library/is/open", "fr"),
        ("Lëtzebuerg ass e Land an Europa.", "lb"),
        ("Alle børn er velkomne til historietime på biblioteket hver lørdag", "da"),
        ("Biblioteket er åpent fra mandag til fredag hele året", "no"),
        ("Biblioteket er åpent fra mandag til fredag hele året", "da"),
        ("Die biblioteek is oop van Maandag tot Vrydag, ook vir kinders", "af"),
        ("La biblioteca és oberta de dilluns a divendres durant tot l'any", "ca"),
        ("Biblioteca este deschisă de luni până vineri, tot anul", "ro"),
        ("Knižnica je otvorená od pondelka do piatku počas celého roka", "sk"),
    ],
)
def test_names_numbers_short_and_unknown_texts_are_no_evidence(text: str, declared: str) -> None:
    assert judge(text, declared).match is not Match.OTHER


def test_quoted_words_are_mentioned_and_not_used() -> None:
    assert "gelukkig" not in evidence('The Dutch word "gelukkig" has no equivalent in English.')


def test_a_text_that_is_only_a_quotation_is_still_judged() -> None:
    assert evidence('"Hij ging op stok"') == "Hij ging op stok"


def test_little_words_that_two_languages_share_count_for_neither() -> None:
    assert little_words("on a plus", "en", "fr") == (1, 1)
    assert little_words("in is de", "en", "nl") == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Další nehoda kamionu uzavřela na větší část odpoledne úsek dálnice, kde se tvořily dlouhé kolony aut.",
        "Acesta este un document despre bibliotecă și cărțile pe care le puteți împrumuta în fiecare săptămână.",
        "dignissim qui blandit praesent luptatum zzril delenit augue duis dolore te feugait nulla facilisi",
        "1. Mincho, 8 pt offset of the small letters is 0 pt 今日は一日だ。 2. the same with an offset of 1 pt 今日は一日だ。",
    ],
)
def test_what_no_known_language_is_written_like_is_none_of_them(text: str) -> None:
    assert judge(text, "en").match in {Match.UNKNOWN, Match.SAME}
