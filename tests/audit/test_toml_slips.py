"""A settings file with a slip in it: the sentence has the line as it should be."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.settings.config import load, read_toml


def said(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "excuses.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError) as caught:
        read_toml(file, "the list of excuses")
    return str(caught.value).removeprefix(f"{file}:")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[a]\nprofile = everything\n", '2: the list of excuses is not valid TOML. Write profile = "everything"'),
        ("profile = “everything”\n", 'Use straight quotation marks: profile = "everything"'),
        ("reason = “Being moved“\n", 'Use straight quotation marks: reason = "Being moved"'),
        ('profile: "everything"\n', 'Write = instead of the colon: profile = "everything"'),
        ("owner: web team\n", 'Write = instead of the colon: owner = "web team"'),
        ("until = 01/02/2027\n", "Write a day as year-month-day: until = 2027-02-28"),
        ("until = 1 February 2027\n", "Write a day as year-month-day: until = 2027-02-28"),
        ("until = 2027-13-01\n", "Write a day as year-month-day: until = 2027-02-28"),
        ("[audit\nx = 1\n", "1: the list of excuses is not valid TOML. Write [audit] alone in its line."),
        ("[[excuse]\n", "Write [[excuse]] alone in its line."),
        ("[a]\nx = 1\n[a]\ny = 1\n", "[a] is there twice. Put everything under the first, and delete the second."),
        ("rule = 1\nrule = 2\n", "2: the list of excuses is not valid TOML. “rule” is there twice. Delete one of the two."),
        ('a = "one\n', 'Close the quotation mark: a = "one"'),
        ("on = True\n", "Write on = true"),
        ("on = yes\n", "Write on = true"),
        ("x =\n", "Write the value behind the equals sign: x = …"),
        ('x = ["a" "b"]\n', "Put a comma between the entries of the list"),
        ('x = "C:\\Users\\me"\n', 'Write / instead of \\: x = "C:/Users/me"'),
        ("x = [one, two]\n", "Put every entry in quotation marks"),
        ("né = 1\n".encode("latin-1"), "it is not UTF-8 text. Save it again with the encoding UTF-8."),
        ("a = 1\n".encode("utf-16"), "it is not UTF-8 text. Save it again with the encoding UTF-8."),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_to_write(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    assert sentence in said(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["a = everything", "a = “b”", "a: b", 'a: "b"', "a = True", 'a = "b', "a = 'b", 'a = "C:\\q"']
)
def test_what_is_proposed_can_be_read(tmp_path: Path, text: str) -> None:
    proposed = said(tmp_path, text + "\n").rpartition("a = ")[2]
    assert tomllib.loads(f"a = {proposed}")


def test_a_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    """An invisible mark at the beginning, and lines that end as on Windows."""
    file = tmp_path / "stepfree.toml"
    file.write_bytes('\ufeff[audit]\r\nprofile = "wcag22-aa"\r\n'.encode())
    assert load(file).profile == "wcag22-aa"


@pytest.mark.parametrize(
    "text", ['[site]\njurisdiction = "ada"', '[audit]\nprofile = "wcag21"', '[audit]\nblock = ["WCAG 2.2 AA"]']
)
def test_a_question_ends_with_its_own_mark(tmp_path: Path, text: str) -> None:
    (tmp_path / "stepfree.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"Did you mean “[^”]+”\?$"):
        load(tmp_path / "stepfree.toml")


def test_words_beside_the_settings_are_used(tmp_path: Path) -> None:
    (tmp_path / "stepfree.toml").write_text("[audit]\n", encoding="utf-8")
    assert load(tmp_path / "stepfree.toml").words is None
    (tmp_path / "words.toml").write_text("", encoding="utf-8")
    assert load(tmp_path / "stepfree.toml").words == tmp_path / "words.toml"
