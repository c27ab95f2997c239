"""A library in French or Spanish alone has no English word of ours on any page, whatever it publishes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString

from library_words.translate import missing_words, words_of
from stepfree.__main__ import run

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
EXAMPLES = dict(
    re.findall(r"`content/([a-z-]+/[\w-]+\.md)`[:\n]+```\w+\n(---\n.*?\n---\n)", HANDBOOK, re.DOTALL),
)
LANGUAGES = ("es", "fr")
ANSWERS = """
name = "Nnnn"
country = "{country}"
timezone = "{zone}"
languages = ["{lang}"]
email = "info@nnnn.example.org"
url = "https://nnnn.example.org"
tagline = "Tttt"
host = "later"
catalogue = {{ system = "koha", host = "https://catalogue.example.org" }}
[[branches]]
name = "Main"
street = "25, Ssss"
town = "Oooo"
province = "{province}"
postal_code = "{code}"
phone = "{phone}"
hours = {{ tuesday = "10:00-17:00", thursday = "12:00-20:00" }}
"""
PLACES = {
    "es": {"country": "US", "zone": "America/Chicago", "province": "TX", "code": "78040", "phone": "956-555-0142"},
    "fr": {"country": "CA", "zone": "America/Toronto", "province": "QC", "code": "J8X 3A1", "phone": "819-555-0142"},
}
#: Short words that no sentence of English goes without, and that neither French nor Spanish has.
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|for|from|until|open|opens|closed|today|this|these|your|you|our|we|is|are|not|all|by|to|at)\b",
    re.IGNORECASE,
)
MORE = {
    "services/ramp.md": "---\ntitle: Rrrr\nsummary: Ssss ssss.\nwho: Wwww\nhow: Hhhh\ngroup: borrowing\n---\n",
    "programs/weekly.md": (
        "---\ntitle: Pppp\nsummary: Ssss ssss.\nstarts: 2026-12-03 13:30\nends: 2026-12-03 14:30\n"
        "repeats: {every: week, days: [thursday], count: 6}\nbranch: main\naudience: [adults, children]\n"
        "kind: storytime\nregistration: {needed: required, phone: %s}\ncost: $3.50\nsupport_person_fee: free\n---\n\nPppp.\n"
    ),
}


def content_files(lang: str) -> Iterator[tuple[str, str]]:
    """The handbook's example of every type, in the one branch of the library."""
    place = PLACES[lang]
    program = re.search(r"```markdown\n(---\ntitle: Repair.*?\n---\n)", HANDBOOK, re.DOTALL)
    assert program is not None
    for name, text in (*EXAMPLES.items(), ("programs/repair.md", program[1]), *MORE.items()):
        if name.startswith(("branches/", "pages/")):
            continue
        fitting = text
        for old, new in (
            ("branch: maple-lake", "branch: main"),
            ("2026-12-19 11:00\nends: 2026-12-19 15", "2026-12-10 13:00\nends: 2026-12-10 15"),
            ("pages/get-a-card.md", "pages/contact.md"),
            ("%s", place["phone"]),
        ):
            fitting = fitting.replace(old, new)
        yield name, fitting if fitting.endswith("\n\nPppp.\n") else f"{fitting}\nPppp.\n"


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    lang: str = request.param
    folder = tmp_path_factory.mktemp(lang)
    (folder / "answers.toml").write_text(ANSWERS.format(lang=lang, **PLACES[lang]), encoding="utf-8")
    site = folder / "site"
    assert run(["init", str(site), "--answers", str(folder / "answers.toml")]) == 0
    for name, text in content_files(lang):
        path = site / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (site / "content/documents").mkdir(exist_ok=True)
    for name in set(re.findall(r"documents/([\w-]+\.pdf)", "".join(text for _, text in content_files(lang)))):
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(site / "content/documents" / name)
    with pytest.MonkeyPatch.context() as patch, chdir(site):
        patch.setenv("STEPFREE_TODAY", "2026-12-01")
        assert run(["build"]) == 0
    return lang, site


def said(page: str) -> Iterator[str]:
    """All that a person reads or hears of a page, one piece at a time."""
    soup = BeautifulSoup(page, "html.parser")
    for node in soup.find_all(string=True):
        if isinstance(node, PreformattedString) or (node.parent and node.parent.name in {"script", "style"}):
            continue
        assert isinstance(node, NavigableString)
        yield " ".join(node.split()).removesuffix(" – Nnnn")
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if isinstance(value, str) and value.startswith('{"'):
                # What a script says, with names in braces.
                yield from (re.sub(r"\{\w+\}", "", str(words)) for words in json.loads(value).values())
            elif isinstance(value, str) and name in {"alt", "title", "placeholder", "aria-label", "label"}:
                yield " ".join(value.split())


@pytest.mark.slow
def test_no_english_word_of_ours_is_left(built: tuple[str, Path]) -> None:
    lang, site = built
    sources = " ".join(
        " ".join(path.read_text(encoding="utf-8").split())
        for path in (site / "content").rglob("*")
        if path.suffix in {".md", ".yml"}
    )
    catalogue = words_of(lang)
    told = set(missing_words(lang))
    ours = {words for english, words in catalogue.items() if "{" not in english}
    left = {
        english
        for english, words in catalogue.items()
        if words != english and "{" not in english and english not in ours and len(english) > 2
    }
    pages = {path.relative_to(site / "build/site").as_posix(): path for path in (site / "build/site").rglob("*.html")}
    assert len(pages) > 30
    wrong = {
        (piece, name)
        for name, path in pages.items()
        for piece in said(path.read_text(encoding="utf-8"))
        if piece
        and piece not in sources
        and piece not in told
        and (piece.strip(" :.()") in left or ENGLISH.search(_without_proper(piece)))
    }
    assert sorted(wrong) == []


def _without_proper(piece: str) -> str:
    """Without what is named in its own language everywhere: addresses, files, OpenStreetMap."""
    return re.sub(r"\S*(?:://|@|\.[a-z]{2,4}\b|/)\S*", "", piece)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_has_every_word(lang: str) -> None:
    catalogue = words_of(lang)
    assert all(words.strip() for words in catalogue.values())
    known = set(words_of("fr"))
    missing = sorted(known - set(catalogue))
    # Of Spanish a few may be missing for a while: the build says which, and that English stands in.
    assert len(missing) <= len(known) // 50, missing


def test_no_template_has_words_outside_the_catalogue() -> None:
    """A word that stands in a template as it is would be English in every language."""
    found = []
    for path in sorted((ROOT / "theme").rglob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
        attributes = re.findall(r'\b(?:aria-label|alt|title|placeholder|label)="([^"]*[A-Za-z]{2}[^"]*)"', text)
        words = re.findall(r"[A-Za-z]{2,}[^\n]*", re.sub(r"<[^<>]*>", "", text))
        found += [(path.name, each) for each in (*attributes, *words)]
    assert found == []


@pytest.mark.slow
def test_a_language_without_a_catalogue_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answers.toml").write_text(ANSWERS.format(lang="pt", **PLACES["es"]), encoding="utf-8")
    assert run(["init", str(tmp_path / "site"), "--answers", str(tmp_path / "answers.toml")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    assert run(["words", "pt", "--write"]) == 0
    file = Path("content/words-pt.yml")
    text = file.read_text(encoding="utf-8").replace(
        '"Skip to main content":', '"Skip to main content": "Ir ao conteúdo"'
    )
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(["build"]) == 0
    total = len(words_of("fr"))
    note = capsys.readouterr().err
    assert f"In Portuguese, {total - 1} of {total} words of the website's own are missing" in note
    assert "so they appear in English" in note
    assert "Ir ao conteúdo" in Path("build/site/index.html").read_text(encoding="utf-8")
    assert run(["words", "pt", "--write"]) == 0
    assert file.read_text(encoding="utf-8") == text
    file.write_text('"Skip to main contents": "Ir"\n', encoding="utf-8")
    assert run(["build"]) == 2
    assert "Did you mean “Skip to main content”?" in capsys.readouterr().err
