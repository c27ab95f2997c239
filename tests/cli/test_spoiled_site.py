"""Breaking the site turns the gate red: one fault for each family, in the real theme.

Each test spoils things in a site that passes, and demands exactly their findings, on the
right pages and with the right files. What is reported besides these would be a false alarm.
"""

from __future__ import annotations

import io
import json
import shutil
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stepfree.__main__ import run
from tests.site.projects import LIBRARY, REPOSITORY, Project, project

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

TEXT = """\
The library has a room where people mend things together. It is open to everybody.

## What you can bring

- A lamp that does not light
- A zipper that does not close

Ask the staff at the front desk before you come.
"""


@dataclass(frozen=True)
class Site:
    """A project with the library's own theme and one page of text."""

    project: Project

    def check(self) -> tuple[int, list[dict[str, Any]]]:
        """The exit code of ``stepfree check``, and the findings that block."""
        code = run(["check", "--format", "json", "--workers", "1"])
        path = self.project.folder / "build" / "report" / "report.json"
        found = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return code, [each for each in found if each["blocking"]]

    def page(self, body: str) -> None:
        self.project.page("pages/mending.md", body)

    def lines(self, path: str) -> list[str]:
        """A page of text, as its author sees it."""
        return (self.project.folder / path).read_text(encoding="utf-8").splitlines()

    def theme(self, name: str, change: Callable[[str], str]) -> None:
        file = self.project.folder / "theme" / name
        before = file.read_text(encoding="utf-8")
        after = change(before)
        assert after != before, f"{name} has nothing to spoil there"
        file.write_text(after, encoding="utf-8")


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that no test spoils are captured once for all of them."""
    return tmp_path_factory.mktemp("captures")


@pytest.fixture
def site(tmp_path: Path, captures: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = project(tmp_path)
    shutil.rmtree(tmp_path / "theme")
    shutil.rmtree(tmp_path / "content")
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    (tmp_path / "plugins").symlink_to(REPOSITORY / "plugins")
    settings = (
        '[audit]\nprofile = "wcag22-aa"\nblock = ["aoda", "wcag22-aa"]\nblock_rules = ["broken-link"]\n'
        f'[paths]\ncache = "{captures}"\n'
    )
    made.write("stepfree.toml", settings)
    made.write("content/library.yml", LIBRARY)
    made.page("pages/index.md", "Welcome to the library. See [the mending room]({filename}mending.md).\n")
    made.page("pages/mending.md", TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("STEPFREE_TODAY", "2026-11-22")
    return Site(made)


def _only(found: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    assert [each["rule"] for each in found] == [rule]
    return found[0]


def test_the_site_passes_before_it_is_spoiled(site: Site) -> None:
    assert site.check() == (0, [])


def test_each_fault_of_content_is_told_of_its_own_page(site: Site) -> None:
    """One page for each: what is found on it is its own fault, and nothing else."""
    site.project.write("content/images/x.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>')
    site.project.write("content/documents/birds.wav", _sound())
    player = '<audio autoplay src="{static}/documents/birds.wav"></audio>\n\n'
    # The fault, the page's text, and how the line begins that is at fault.
    faults = {
        "image-without-alternative": (TEXT + "\n![]({static}/images/x.svg)\n", "![]"),
        "fake-list": ("Bring:\n- a lamp\n- a zipper\n\n" + TEXT, "- a lamp"),
        "second-top-heading": ("# Mending together\n\n" + TEXT, "# Mending together"),
        "automatic-audio": (player + TEXT, "<audio"),
    }
    index = "Welcome to the library. See [the mending room]({filename}mending.md).\n"
    for rule, (text, _) in faults.items():
        site.project.page(f"pages/{rule}.md", text)
        index += f"\nRead about [{rule.replace('-', ' ')}]({{filename}}{rule}.md).\n"
    site.project.page("pages/index.md", index)
    code, found = site.check()
    assert code == 1
    assert sorted((each["page"], each["rule"]) for each in found) == sorted((f"/{rule}/", rule) for rule in faults)
    for each in found:
        path = f"content/pages/{each['rule']}.md"
        assert each["source"]["path"] == path
        line = site.lines(path)[each["source"]["line"] - 1]
        assert line.startswith(faults[each["rule"]][1])


def test_each_fault_of_the_theme_is_told_of_the_theme(site: Site) -> None:
    """One for each kind of rule, side by side: that of a page, that of what one does, and that of the site."""
    hidden = "\n*:focus, *:focus-visible { outline: none !important; box-shadow: none !important; }\n"
    site.page(TEXT + "\nSee [what else the library offers]({filename}index.md).\n")
    site.theme("templates/base.html", lambda text: text.replace('<html lang="{{ page.lang }}"', "<html", 1))
    site.theme(
        "templates/base.html", lambda text: text.replace("</body>", '<p><a href="/gone/">Gone</a></p></body>', 1)
    )
    site.theme("static/base.css", lambda text: text + hidden)
    code, found = site.check()
    assert code == 1
    assert {each["rule"] for each in found} == {"page-without-language", "invisible-focus", "broken-link"}
    # An author who wrote a plain link is not blamed for what the style sheet does to it.
    assert {each["source"]["kind"] for each in found} == {"theme"}
    (language,) = (each for each in found if each["rule"] == "page-without-language")
    assert "/mending/" in language["pages"]
    (broken,) = (each for each in found if each["rule"] == "broken-link")
    assert broken["source"]["path"] == "theme/templates/base.html"


def _sound() -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(4000)
        sound.writeframes(bytes(128 + (at // 8 % 2) * 40 for at in range(4000)) * 30)
    return data.getvalue()


def test_duties_the_page_for_feedback_is_gone(site: Site) -> None:
    settings = site.project.folder / "stepfree.toml"
    bound = '[site]\njurisdiction = "ontario"\n[site.duties]\nfeedback = "/messages/"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + bound, encoding="utf-8")
    index = site.project.folder / "content/pages/index.md"
    before = index.read_text(encoding="utf-8")
    site.project.page("pages/messages.md", "Tell us by telephone, 705-555-0142, or at the front desk of any branch.\n")
    index.write_text(f"{before}[Tell us about barriers]({{filename}}messages.md).\n", encoding="utf-8")
    assert site.check() == (0, [])
    index.write_text(before, encoding="utf-8")
    (site.project.folder / "content/pages/messages.md").unlink()
    code, found = site.check()
    finding = _only(found, "missing-feedback-process")
    assert code == 1
    assert "/messages/" in finding["message"]
