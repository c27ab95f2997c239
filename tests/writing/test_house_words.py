"""A library's own words: what the file adds, what it takes away, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.examination.examination import examine_source
from audit.rules import load as load_rules
from audit.semantics.links import says_nothing
from audit.semantics.vocabulary import vocabulary
from audit.writing.house_words import house_words, use_own_list
from audit.writing.source import SourceText

OWN = """\
# What we say in Maple Lake.
[en]
abbreviations = ["MLCPL"]
vague_links = ["More info!"]
fine_links = ["Here we go"]

[en.jargon]
"Zone B" = "the north of the county"
"Patron" = ""

[fr.jargon]
"zone B" = "le nord du comté"
"""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "words.toml"
    path.write_text(OWN, encoding="utf-8")
    yield path
    use_own_list(None)


def _jargon(text: str, lang: str = "en") -> list[str]:
    rule = load_rules()["library-jargon"]
    return [each.message for each in examine_source(SourceText("a.md", text, lang), [rule]).outcomes]


def test_words_are_added_and_taken_off(file: Path) -> None:
    assert len(_jargon("Every patron of zone B is welcome.")) == 1
    use_own_list(file)
    (message,) = _jargon("Every patron of zone B is welcome.")
    assert "“zone B”" in message
    assert len(_jargon("Venez dans la zone B.", "fr")) == 1
    use_own_list(None)
    assert "patron" in house_words("en").jargon
    assert _jargon("Venez dans la zone B.", "fr") == []


def test_links_and_abbreviations_follow_the_file(file: Path) -> None:
    before = vocabulary("en")
    assert before is not None
    assert not says_nothing("Tell me your story", before)
    file.write_text(OWN.replace("More info!", "Tell me your story"), encoding="utf-8")
    use_own_list(file)
    known = vocabulary("en-CA")
    assert known is not None
    assert says_nothing("tell me your story", known)
    assert not says_nothing("Here we go", known)
    assert "mlcpl" in known.familiar_abbreviations
    french = vocabulary("fr")
    assert french is not None
    assert "mlcpl" not in french.familiar_abbreviations


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[en]\nabreviations = ["A"]\n', ":2: unknown key “abreviations” in [en]."),
        ('[eng]\nexact = ["A"]\n', ":1: “eng” is not a language of this list."),
        ('[en]\nvague_links = "more"\n', ":2: “vague_links” is a list of texts."),
        ("[en]\nvague_links = [1]\n", ":2: “vague_links” is a list of texts."),
        ('[en.jargon]\n"OPAC" = 3\n', ":2: what to say instead of “OPAC” must be a text in quotation marks."),
        ('[en]\njargon = ["OPAC"]\n', ":2: “jargon” is a table."),
        ("[en\n", ":1: "),
    ],
)
def test_a_mistake_is_a_sentence_with_its_line(text: str, sentence: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        use_own_list(file)
    assert f"words.toml{sentence}" in str(caught.value)
