"""``stepfree fix``: repairs slips, never meaning, and nothing twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.errors import UsageError
from audit.writing.source import SourceText
from stepfree.commands.fix import fix
from stepfree.repair import mend, questions

HEAD = "---\ntitle: Example\n---\n\n"


def _mended(body: str, lang: str = "en") -> str:
    return mend(SourceText("content/pages/x.md", HEAD + body, lang)).text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Bring:\n- a\n- b\n", "Bring:\n\n- a\n- b\n"),
        ("1) one\n2) two\n", "1. one\n2. two\n"),
        ("Bring:\n• a\n• b\n", "Bring:\n\n- a\n- b\n"),
        ("# Hours\n\n## Summer\n", "## Hours\n\n### Summer\n"),
        ("## Hours\n\n# Summer\n\n### June\n", "## Hours\n\n## Summer\n\n### June\n"),
        ("- A\n  - B\n  - C\n- D\n", "- A\n    - B\n    - C\n- D\n"),
        ("One. \nTwo.\t\n", "One.\nTwo.\n"),
        ("See http://www.ontario.ca/page.\n", "See https://www.ontario.ca/page.\n"),
    ],
)
def test_a_slip_is_mended(written: str, mended: str) -> None:
    assert _mended(written) == mended


@pytest.mark.parametrize(
    "body",
    [
        "Bring:\n\n- a\n- b\n",
        "A line with a break  \nand the next.\n",
        "We are closed\n- and on holidays.\n",
        "```\n# comment   \n- x\n1) y\nhttp://www.ontario.ca\n```\n",
        "    # code that is indented   \n",
        "Write `http://www.ontario.ca` so.\n",
        "See http://unknown.example/page.\n",
        "A host in a host: http://notontario.ca/x\n",
        "> 1) quoted\n",
        "##### Five\n\n###### Six\n\n# One\n",
        "- A\n    - B\n",
        "|---|\n",
    ],
)
def test_what_is_no_slip_stays_to_the_letter(body: str) -> None:
    assert _mended(body) == body


def test_a_wrong_weekday_is_asked_and_not_changed() -> None:
    body = "Join us on Tuesday, December 3, 2026.\n"
    source = SourceText("content/x.md", HEAD + body)
    assert mend(source).text == source.text
    assert [(line, "Thursday" in question) for line, question in questions(source)] == [(5, True)]


PIECES = (
    "Text.", "Bring:", "- a", "  - b", "    - c", "1) one", "2) two", "• x", "• y", "# One", "## Two", "### Three", "",
    "", "trailing   ", "break  ", "http://www.canada.ca/x", "```", "| a | b |", "> quoted", "<!-- note", "-->", "\t- tab",
)  # fmt: skip


def _body(seed: int) -> str:
    pick = random.Random(seed)
    return "\n".join(pick.choice(PIECES) for _ in range(pick.randint(1, 14)))


def test_mending_twice_changes_nothing_more() -> None:
    for seed in range(300):
        once = mend(SourceText("content/x.md", HEAD + _body(seed)))
        assert mend(once).text == once.text, f"seed {seed}"


def test_no_word_is_lost() -> None:
    for seed in range(1000, 1100):
        body = _body(seed)
        kept = [word for word in body.replace("http:", "https:").split() if word.isalpha()]
        after = _mended(body).replace("http:", "https:").split()
        assert [word for word in after if word.isalpha()] == kept, f"seed {seed}"


def test_a_diff_comes_first_and_write_applies_it(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text(HEAD + "Bring:\n- a\n- b\n", encoding="utf-8")
    shown = CliRunner().invoke(fix, [str(file)], standalone_mode=False)
    assert "+- a" not in shown.output
    assert "Nothing is written yet" in shown.output
    assert "Bring:\n- a" in file.read_text(encoding="utf-8")
    CliRunner().invoke(fix, [str(file), "--write"], standalone_mode=False)
    assert "Bring:\n\n- a" in file.read_text(encoding="utf-8")


def test_line_ends_and_the_mark_at_the_beginning_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("\ufeff---\r\ntitle: A\r\n---\r\n\r\nBring:\r\n- a bag\r\n- a cord\r\n".encode())
    assert CliRunner().invoke(fix, [str(file), "--write"]).exit_code == 0
    expected = "\ufeff---\r\ntitle: A\r\n---\r\n\r\nBring:\r\n\r\n- a bag\r\n- a cord\r\n"
    assert file.read_bytes().decode() == expected


def test_a_file_of_another_encoding_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    written = "---\ntitle: Café\n---\n\nBring:\n- a bag\n- a cord\n".encode("latin-1")
    file.write_bytes(written)
    with pytest.raises(UsageError, match="not saved as UTF-8"):
        CliRunner().invoke(fix, [str(file), "--write"], catch_exceptions=False)
    assert file.read_bytes() == written


def test_a_missing_path_is_one_sentence() -> None:
    result = CliRunner().invoke(fix, ["nowhere"], standalone_mode=False)
    assert "There is no file or folder nowhere." in str(result.exception)
