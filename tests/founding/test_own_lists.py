"""Kinds, groups and audiences are the library's own lists: what stands in them is used, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from stepfree.__main__ import run

ANSWERS = Path(__file__).parent / "answers" / "leeds.toml"
LISTS = """
lists:
  kinds: [LEGO club]
  audiences: [home schoolers]
  service_groups: [At your school]
  equipment_groups: [Tool shed]
  resource_kinds: [homework help, ebooks]
"""
FILES = {
    "programs/bricks.md": (
        "title: Bricks\nsummary: Build with us.\nstarts: 2026-12-05 10:30\nends: 2026-12-05 11:30\nplace: Town hall\n"
        "outside_hours: true\naudience: [home schoolers]\nkind: LEGO club\nregistration: {needed: drop-in}"
    ),
    "services/visits.md": (
        "title: Class visits\nsummary: We come to you.\nwho: Schools\nhow: Call us.\ngroup: At your school"
    ),
    "equipment/drill.md": "title: Drill\nsummary: For walls.\ngroup: Tool shed\nloan: 7 days",
    "e-resources/tutor.md": (
        "title: Tutor\nsummary: Someone to ask.\nurl: https://tutor.example.org\naccess: card\nsubjects: [School]\n"
        "audience: [home schoolers]\nkinds: [homework help, ebooks]"
    ),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    assert run(["init", str(folder), "--answers", str(ANSWERS)]) == 0
    library = folder / "content/library.yml"
    library.write_text(library.read_text(encoding="utf-8") + LISTS, encoding="utf-8")
    for name, front in FILES.items():
        (folder / "content" / name).parent.mkdir(exist_ok=True)
        (folder / "content" / name).write_text(f"---\n{front}\n---\n\nWords.\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("STEPFREE_TODAY", "2026-12-01")
    return folder


def test_words_of_a_library_are_used_and_filtered_by(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--publish"]) == 0, capsys.readouterr().err
    built = site / "build/site"
    listing = BeautifulSoup((built / "e-resources/index.html").read_text(encoding="utf-8"), "html.parser")
    (item,) = listing.select("li.resource")
    assert str(item["data-kind"]).split() == ["homework-help", "ebooks"]
    page = (built / "e-resources/tutor/index.html").read_text(encoding="utf-8")
    assert "homework help, E-books" in page
    assert "Tool shed" in (built / "equipment/index.html").read_text(encoding="utf-8")
    bricks = (built / "programs/kind/lego-club/index.html").read_text(encoding="utf-8")
    assert "LEGO club – " in bricks.partition("<title>")[2].partition("</title>")[0]
    assert "At your school" in (built / "services/index.html").read_text(encoding="utf-8")
    programs = (built / "programs/index.html").read_text(encoding="utf-8")
    assert 'data-audience="home-schoolers" data-kind="lego-club"' in programs
    assert "LEGO club" in programs
    assert (built / "programs/for/home-schoolers/index.html").is_file()
    assert (built / "calendar/audience/home-schoolers.ics").is_file()
    # Whatever a list says, no address has a blank or a capital in it.
    paths = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    assert [path for path in paths if re.search(r"[^a-z0-9._/-]", path)] == []


def test_what_is_in_no_list_is_refused_with_the_list(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = site / "content/e-resources/tutor.md"
    file.write_text(file.read_text(encoding="utf-8").replace("homework help", "homework"), encoding="utf-8")
    assert run(["build"]) == 2
    said = capsys.readouterr().err
    assert "content/e-resources/tutor.md:8: “homework” is not a value of “kinds”." in said
    assert "Write homework help or ebooks." in said
    assert "Your own lists are in “lists” of content/library.yml." in said
