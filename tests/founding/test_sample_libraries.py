"""Four libraries that are not ours, begun from recorded answers: they build, and say nothing of anywhere else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from stepfree.__main__ import run

pytestmark = pytest.mark.slow

ANSWERS = Path(__file__).parent / "answers"
NAMES = sorted(path.stem for path in ANSWERS.glob("*.toml"))
#: Words that belong to a place: in whose websites each may stand.
LOCAL: Mapping[str, tuple[str, ...]] = {
    "Maple Lake": (),
    "Dunmore": (),
    "Loon Bay": (),
    "Harcourt": (),
    "Pine Narrows": (),
    "brick library": (),
    "bibliothèque de brique": (),
    "Ontario": ("ontario",),
    "191/11": ("ontario",),
    "AODA": ("ontario",),
    "Canada": (),
    "Toronto": ("ontario", "gatineau"),  # the time zone
    "the catalogue": ("ontario", "leeds", "gatineau"),
    "+1-": ("ontario", "ohio", "gatineau"),
    "en_CA": ("ontario", "gatineau"),
    "O. Reg.": ("ontario",),
}
#: What the drafts of each library leave open on purpose, as rules that speak of it when no browser looks.
OPEN: Mapping[str, Mapping[str, int]] = {
    "ontario": {
        "missing-accessibility-plan": 1,
        "missing-accessibility-policy": 1,
        "missing-feedback-process": 1,
        "missing-status-report": 1,
        "missing-accessible-materials": 1,
    },
    "ohio": {},
    "leeds": {},
    "gatineau": {},
}


@pytest.fixture(scope="module", params=NAMES)
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A library as ``init`` begins it, built for publication once for all tests."""
    name: str = request.param
    folder = tmp_path_factory.mktemp("begun") / name
    assert run(["init", str(folder), "--answers", str(ANSWERS / f"{name}.toml")]) == 0
    with chdir(folder):
        assert run(["build", "--publish"]) == 0
    return name, folder


@pytest.fixture
def built(begun: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """Such a library, with its folder as the one that commands work in."""
    monkeypatch.chdir(begun[1])
    return begun


def pages(folder: Path) -> dict[str, str]:
    site = folder / "build" / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }


def test_no_word_of_another_place(built: tuple[str, Path]) -> None:
    name, folder = built
    written = {path: path.read_text(encoding="utf-8") for path in (folder / "build/site").rglob("*") if _is_text(path)}
    written |= {path: path.read_text(encoding="utf-8") for path in (folder / "content").rglob("*.md")}
    wrong = [
        (word, path.relative_to(folder).as_posix())
        for word, places in LOCAL.items()
        if name not in places
        for path, text in written.items()
        if word in text
    ]
    assert len(written) > 20
    assert wrong == []


def _is_text(path: Path) -> bool:
    return (
        path.suffix in {".html", ".json", ".xml", ".atom", ".ics", ".txt", ".css"} and "search-index" not in path.parts
    )


def test_every_number_can_be_dialled(built: tuple[str, Path]) -> None:
    name, folder = built
    dialled = {
        str(link["href"])
        for text in pages(folder).values()
        for link in BeautifulSoup(text, "html.parser").select("a[href^='tel:']")
    }
    expected = {
        "ontario": {"tel:+1-705-555-0171"},
        "ohio": {"tel:+1-740-555-0142;ext=3", "tel:+1-740-555-0143"},
        "leeds": {"tel:+44-113-496-0142"},
        "gatineau": {"tel:+1-819-555-0142;ext=12"},
    }
    assert dialled == expected[name]


def test_each_is_in_its_own_language(built: tuple[str, Path]) -> None:
    name, folder = built
    found = pages(folder)
    front = BeautifulSoup(found["index.html"], "html.parser")
    assert front.html is not None
    assert front.html["lang"] == ("fr" if name == "gatineau" else "en")
    if name == "gatineau":
        english = BeautifulSoup(found["en/contact/index.html"], "html.parser")
        assert english.html is not None
        assert english.html["lang"] == "en"
        assert "Nous joindre" in found["contact/index.html"]
    else:
        assert not any(path.startswith(("fr/", "en/")) for path in found)
        assert "français" not in found["index.html"]


def test_a_section_without_content_is_not_there(built: tuple[str, Path]) -> None:
    _, folder = built
    assert not {"booklists/index.html", "meetings/index.html", "programs/index.html"} & set(pages(folder))
    assert "branches/index.html" in pages(folder)


def test_the_check_finds_what_the_drafts_leave_open_and_nothing_else(built: tuple[str, Path]) -> None:
    name, folder = built
    assert run(["audit", "build/site", "--manifest", "build/manifest.json", "--no-browser"]) == 4
    report: dict[str, Any] = json.loads((folder / "build/report/report.json").read_text(encoding="utf-8"))
    assert Counter(finding["rule"] for finding in report["findings"]) == OPEN[name]
    said = json.dumps(report, ensure_ascii=False)
    assert ("Ontario" in json.dumps(report["notes"], ensure_ascii=False)) is (name == "ontario")
    assert "/tmp" not in said.replace(str(folder), "")


def test_each_draft_says_what_it_must_say(built: tuple[str, Path]) -> None:
    name, folder = built
    drafts = [
        text
        for path in (folder / "content").rglob("*.md")
        if "\nstatus: draft\n" in (text := path.read_text(encoding="utf-8"))
    ]
    assert len(drafts) >= (8 if name == "ontario" else 4)
    assert all("!!! note" in text and text.count("\n    - ") >= 1 for text in drafts)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('law = "us-ada"', 'law = "us-adaa"'), "there is no law “us-adaa”"),
        (('postal_code = "43015"', 'postal_code = "K0M 1S0"'), "“K0M 1S0” is not a postal code; write it as 43015."),
        (('country = "US"', 'country = "ZZ"'), "“ZZ” is not a country"),
        (('timezone = "America/New_York"', 'timezone = "Europe/Paris"'), "US has no time zone “Europe/Paris”"),
        (("monday =", "montag ="), "“montag” is not a weekday"),
        (("name =", "nam ="), "“name” is missing."),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(
    change: tuple[str, str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ANSWERS / "ohio.toml").read_text(encoding="utf-8").replace(*change, 1)
    (tmp_path / "answers.toml").write_text(text, encoding="utf-8")
    assert run(["init", str(tmp_path / "site"), "--answers", str(tmp_path / "answers.toml")]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path), "--answers", str(ANSWERS / "leeds.toml")]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_library_in_two_languages_passes_in_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gatineau"
    assert run(["init", str(folder), "--answers", str(ANSWERS / "gatineau.toml")]) == 0
    monkeypatch.chdir(folder)
    assert run(["check", "--publish", "--workers", "2"]) == 0
    report = json.loads((folder / "build/report/report.json").read_text(encoding="utf-8"))
    assert report["findings"] == []
