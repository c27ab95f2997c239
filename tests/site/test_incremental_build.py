"""A build over an earlier one against one that begins with nothing: the same bytes, whatever was edited.

    STEPFREE_EDITS=200 pytest tests/site/test_incremental_build.py

goes on for longer than the suite does.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import library_site
from tests.site.projects import BRANCH, LIBRARY, PROGRAM, REPOSITORY

_TODAY = dt.date(2026, 11, 22)
#: What builds leave for later ones below ``.cache``.
_KEPT = ("pages", "read")
_NEWS = (
    "---\ntitle: News %n\nsummary: Something is new.\ndate: 2026-11-%d\n---\nSee [a page]({filename}/pages/p1.md).\n"
)
_NOTICE = """\
---
title: Notice %n
kind: closure
reason: Repairs.
level: important
starts: 2026-11-20
expected_end: 2026-12-%d
alternatives: Call us.
---
It is closed.
"""


class Site:
    """A small library with the theme of this repository, both in a folder where they may be edited."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.theme = root, root / "content", root / "theme"
        self.siteurl = ""
        shutil.copytree(REPOSITORY / "theme", self.theme)
        for name, text in {
            "library.yml": LIBRARY,
            "branches/minden.md": BRANCH,
            "pages/index.md": "---\ntitle: Home\n---\nWelcome.\n",
            "pages/fr/index.md": "---\ntitle: Accueil\ntranslation_of: pages/index.md\n---\nBienvenue.\n",
            "pages/p1.md": "---\ntitle: First\nmenu: 1\n---\n## Part\n\nSee [it]({filename}/programs/a.md).\n",
            "programs/a.md": PROGRAM,
        }.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a content file."""
        (self.content / name).parent.mkdir(parents=True, exist_ok=True)
        (self.content / name).write_text(text, encoding="utf-8")

    def built(self, name: str, *, cold: bool) -> dict[str, bytes]:
        """All files of a build and its manifest; a cold one finds neither output nor what was kept."""
        output = self.root / name
        if cold:
            shutil.rmtree(output, ignore_errors=True)
            for kept in _KEPT:
                if (self.root / ".cache" / kept).exists():
                    (self.root / ".cache" / kept).rename(self.root / ".cache" / f"{kept}-aside")
        overrides = {
            "PATH": str(self.content), "STEPFREE_ROOT": str(self.root), "THEME": str(self.theme), "STEPFREE_PROCESSES": 1,
            "THEME_TEMPLATES_OVERRIDES": [str(self.theme / "components")], "SITEURL": self.siteurl,
        }  # fmt: skip
        manifest = self.root / f"{name}.json"
        library_site.build(REPOSITORY / "pelicanconf.py", output, manifest, False, _TODAY, overrides)
        if cold:
            for kept in _KEPT:
                if (self.root / ".cache" / f"{kept}-aside").exists():
                    shutil.rmtree(self.root / ".cache" / kept, ignore_errors=True)
                    (self.root / ".cache" / f"{kept}-aside").rename(self.root / ".cache" / kept)
        found = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
        return found | {
            "folders": repr(sorted(str(p.relative_to(output)) for p in output.rglob("*") if p.is_dir())).encode(),
            "manifest": manifest.read_bytes(),
        }


def _replaced(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


class Edits:
    """Changes of one thing at random; the numbers in them are never the same twice."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self.site, self.chance, self.number = site, chance, 0

    def one(self) -> str:
        """Change something; return what it was."""
        self.number += 1
        changes: list[Callable[[], None]] = [
            self._sentence, self._sentence, self._title, self._title, self._add, self._add, self._add, self._rename,
            self._delete, self._template, self._style, self._library, self._address, self._link,
        ]  # fmt: skip
        done = self.chance.choice(changes)
        done()
        return done.__name__

    @property
    def _own(self) -> list[Path]:
        return sorted(path for path in self.site.content.rglob("x*.md"))

    def _any(self) -> Path:
        content = self.site.content
        return self.chance.choice(
            [*self._own, content / "programs/a.md", content / "pages/p1.md", content / "branches/minden.md"]
        )

    def _sentence(self) -> None:
        path = self._any()
        path.write_text(f"{path.read_text(encoding='utf-8')}\nOne *more* line, {self.number}.\n", encoding="utf-8")

    def _title(self) -> None:
        _replaced(self._any(), "title: ", f"title: New{self.number} ")

    def _add(self) -> None:
        folder, text = self.chance.choice([
            ("news", _NEWS), ("notices", _NOTICE), ("programs", PROGRAM.replace("Repair café", "Program %n")),
            ("pages", "---\ntitle: Page %n\n---\nWords.\n"),
        ])  # fmt: skip
        text = text.replace("%n", str(self.number)).replace("%d", str(self.chance.randrange(10, 22)))
        self.site.write(f"{folder}/x{self.number}.md", text)

    def _rename(self) -> None:
        if self._own:
            path = self.chance.choice(self._own)
            path.rename(path.with_name(f"x{self.number}-renamed.md"))

    def _delete(self) -> None:
        if self._own:
            self.chance.choice(self._own).unlink()

    def _template(self) -> None:
        names = [
            "templates/page.html",
            "templates/program.html",
            "components/footer/template.html",
            "templates/base.html",
        ]
        _replaced(self.site.theme / self.chance.choice(names), "<div", f'<div data-edit="{self.number}"')

    def _style(self) -> None:
        path = self.site.theme / "static" / "tokens.css"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n.x{self.number} {{ color: red }}\n", encoding="utf-8")

    def _library(self) -> None:
        _replaced(self.site.content / "library.yml", "name: ", f"name: The{self.number} ")

    def _address(self) -> None:
        self.site.siteurl = self.chance.choice(
            ["", "https://library.example.org", f"https://example.org/l{self.number}"]
        )

    def _link(self) -> None:
        text = f"---\ntitle: Links\nmenu: 2\n---\n[P]({{filename}}/programs/a.md) {self.number}\n"
        self.site.write("pages/x-links.md", text)


def follow(root: Path, edits: int, seed: int, before: int) -> None:
    """Build after each of many edits, both ways; raises :class:`AssertionError` at the first difference.

    ``before``: so many edits are made before the first build.
    """
    chance, site = random.Random(seed), Site(root)
    edits_of = Edits(site, chance)
    told = [edits_of.one() for _ in range(before)]
    site.built("warm", cold=False)
    for _ in range(edits):
        # Some edits at once, as between two builds of a day.
        told += [edits_of.one() for _ in range(chance.choice([1, 1, 3]))]
        warm, cold = site.built("warm", cold=False), site.built("cold", cold=True)
        different = sorted(name for name in warm.keys() | cold.keys() if warm.get(name) != cold.get(name))
        assert not different, f"seed {seed}, after {told}: {different[:10]}"


# Three short walks, begun with a small, a larger and a large site: each is far from its time limit, however busy
# the machine is.
@pytest.mark.slow
@pytest.mark.parametrize(("seed", "before"), [(16, 0), (17, 15), (18, 30)])
def test_incremental_and_cold_builds_are_the_same_bytes(tmp_path: Path, seed: int, before: int) -> None:
    follow(tmp_path, -(-int(os.environ.get("STEPFREE_EDITS", "30")) // 3), seed, before)


def test_a_changed_sentence_makes_its_own_page_only(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.built("warm", cold=False)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "warm").rglob("*.html")}
    site.write("pages/p1.md", (site.content / "pages/p1.md").read_text(encoding="utf-8") + "\nOne more.\n")
    site.built("warm", cold=False)
    written = [path.parent.name for path, time in times.items() if path.stat().st_mtime_ns != time]
    assert written == ["p1"]


def test_a_page_that_somebody_changed_in_the_output_is_made_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    before = site.built("warm", cold=False)
    (tmp_path / "warm/p1/index.html").write_text("old", encoding="utf-8")
    (tmp_path / "warm/stray.html").write_text("old", encoding="utf-8")
    for kept in (tmp_path / ".cache/pages").iterdir():
        kept.write_bytes(kept.read_bytes()[:-5] + b"wrong")
    assert site.built("warm", cold=False) == before
