"""What README and CONTRIBUTING tell a newcomer to type is there, and what they link to."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from library_schemas import Program

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md")]
GUIDES += sorted((ROOT / "docs" / "decisions").glob("*.md"))

every_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)


def targets() -> set[str]:
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    return set(phony[1].replace("\\\n", " ").split())


@every_guide
def test_every_make_target_that_is_named_exists(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert named <= targets()


@every_guide
def test_every_link_to_a_file_leads_to_one(guide: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", guide.read_text(encoding="utf-8"))
    assert [link for link in links if not (guide.parent / link).exists()] == []


def test_every_target_has_a_rule() -> None:
    rules = {name for line in re.findall(r"^([a-z][a-z -]*):", MAKEFILE, re.MULTILINE) for name in line.split()}
    assert targets() <= rules


def test_help_names_every_target_but_other_names_for_the_same() -> None:
    result = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    shown = set(re.findall(r"^  make ([a-z-]+)", result.stdout, re.MULTILINE))
    assert shown == targets() - {"serve", "devserver"}


def test_the_program_that_the_readme_shows_is_valid() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```markdown\n +---\n(.*?)\n +---\n", text, re.DOTALL)
    assert example is not None
    assert Program.model_validate(yaml.safe_load(example[1])).title == "Repair café"


def test_ci_runs_the_two_commands_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "make test", "make check"]


# The set-up looks for a browser, which no test finds that does not say so.
@pytest.mark.browser
@pytest.mark.parametrize(("command", "make"), [(0, 0), (1, 1), (2, 2), (4, 2)])
def test_make_tells_a_blocked_site_from_a_broken_command(command: int, make: int) -> None:
    standing_in = f"STEPFREE=sh -c 'exit {command}'"
    result = subprocess.run(["make", "check", standing_in], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == make
    assert (f"Error {command}" in result.stderr) == (make == 2)
