"""What writers are told of how hard their page is to read."""

from __future__ import annotations

import re

from stepfree.preview.reading_level import reading_level

_EASY = "We read two books. Then we sing and play. You can come when you like. Bring your baby and a hat. "
_HARD = (
    "Notwithstanding considerable organizational constraints, the administration continuously endeavours to facilitate "
    "the implementation of comprehensive accessibility accommodations throughout institutional environments. "
)


def _page(text: str, before: str = "") -> bytes:
    return f"<!DOCTYPE html><title>t</title><main><h1>Title</h1>{before}<p>{text}</p></main>".encode()


def _grade(said: str) -> int:
    found = re.search(r"grade (\d+)", said)
    assert found is not None, said
    return int(found[1])


def test_easy_and_hard_are_told_apart() -> None:
    easy, hard = reading_level(_page(_EASY * 6), "en-CA"), reading_level(_page(_HARD * 6), "en")
    assert _grade(easy) <= 4
    assert "Shorter sentences" not in easy
    assert _grade(hard) > 12
    assert hard.endswith("Shorter sentences and everyday words would help.")


def test_french_has_its_own_formula() -> None:
    easy = "Nous lisons un livre. Puis on chante. Tu viens avec ton papa. Il y a du jus pour tous. "
    hard = "L'administration municipale privilégie systématiquement l'implantation d'aménagements institutionnels particulièrement considérables. "
    assert "Shorter" not in reading_level(_page(easy * 8), "fr")
    assert "Shorter" in reading_level(_page(hard * 12), "fr-CA")


def test_tables_and_short_or_foreign_pages_have_no_figure() -> None:
    assert reading_level(_page("Too short to say."), "en") == ""
    assert reading_level(_page(_EASY * 6), "es") == ""
    table = f"<table><tr><td><p>{_HARD * 9}</p></td></tr></table>"
    assert _grade(reading_level(_page(_EASY * 6, table), "en")) <= 4
    assert reading_level(b"", "en") == ""
