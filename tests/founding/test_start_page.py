"""The guides hold: ``docs/start.md`` is walked by its own code blocks, and every example is one that works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from audit.standards.laws import laws
from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES
from stepfree.__main__ import run, stepfree

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"
START = (DOCS / "start.md").read_text(encoding="utf-8")
PAGES = ("start.md", "hosting.md", "audit-any-site.md", "handbook.md")


def blocks(kind: str, text: str = START) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def commands() -> list[list[str]]:
    """What is typed, in order."""
    return [shlex.split(line) for block in blocks("sh") for line in block.splitlines()]


def test_the_answers_of_the_page_found_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (answers,) = blocks("toml")
    Path("answers.toml").write_text(answers, encoding="utf-8")
    walked = []
    for words in commands():
        match words:
            case ["pipx", "install", "stepfree[all]"]:
                pass
            case ["cd", folder]:
                monkeypatch.chdir(folder)
            case ["stepfree", "check", "--publish"]:
                # Without a browser the check says that it has not looked; the next test looks.
                assert run(["check", "--publish", "--no-browser"]) == 4
            case ["stepfree", *rest]:
                assert run(rest) == 0
            case _:
                pytest.fail(f"nobody has tried {words}")
        walked.append(words[:2])
    assert walked == [["pipx", "install"], ["stepfree", "init"], ["cd", "our-library"], ["stepfree", "check"]]
    assert (tmp_path / "our-library/build/site/index.html").is_file()
    drafts = [path for path in Path("content").rglob("*.md") if "\nstatus: draft\n" in path.read_text("utf-8")]
    assert len(drafts) == 4, "the page says that there are four drafts"


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_the_library_of_the_page_may_be_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.toml").write_text(blocks("toml")[0], encoding="utf-8")
    assert run(["init", "our-library", "--answers", "answers.toml"]) == 0
    monkeypatch.chdir("our-library")
    assert run(["check", "--publish", "--workers", "2"]) == 0


def test_questions_are_shown_as_they_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Answers that are broken off are kept there.
    monkeypatch.chdir(tmp_path)
    typed = "Riverbend Public Library\n\nUS\nAmerica/Chicago\nus-ada\n\nhelp@riverbend.example.org\n"
    typed += (
        "https://riverbend.example.org\nRiverbend\n14 Main Street\nRiverbend\nIL\n60115\n555-0142\n(815) 555-0142\n"
    )
    said = CliRunner().invoke(stepfree, ["init", "never-written"], input=typed).output
    (shown,) = blocks("text")
    lines = [line for line in shown.splitlines() if not line.startswith(">")]
    assert len(lines) == 5
    assert [line for line in lines if line not in said.splitlines()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_that_is_named_exists(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    named = {
        tuple(shlex.split(line)[1:])
        for block in (*blocks("sh", text), *blocks("console", text))
        for line in block.splitlines()
        if line.startswith("stepfree ")
    }
    named |= {tuple(code.split()[1:]) for code in re.findall(r"`(stepfree [^`]+)`", text)}
    assert named
    context = click.Context(stepfree)
    for words in named:
        command = stepfree.get_command(context, words[0])
        assert command is not None, words
        if isinstance(command, click.Group) and words[1:]:
            command = command.get_command(context, words[1])
            assert command is not None, words
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= options, words


def test_every_law_is_named() -> None:
    assert [law for law in laws() if f"`{law}`" not in START] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_and_headings_that_are_there(page: str) -> None:
    text = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", (DOCS / page).read_text(encoding="utf-8"))
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", text):
        path = DOCS / target if target else DOCS / page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, anchor


def test_every_type_has_an_example_that_is_valid() -> None:
    handbook = (DOCS / "handbook.md").read_text(encoding="utf-8")
    shown = re.findall(r"`content/([a-z-]+)/[\w-]+\.md`[:\n]+```\w+\n(---\n.*?\n---\n.*?)```", handbook, re.DOTALL)
    assert {folder for folder, _ in shown} == set(CONTENT_TYPES) - {"programs"}
    for folder, text in shown:
        assert read_text(text, f"{folder}.md", CONTENT_TYPES[folder]).problems == ()
    program = re.search(r"```markdown\n(---\ntitle: Repair.*?)```", handbook, re.DOTALL)
    assert program is not None
    assert read_text(program[1], "program.md", CONTENT_TYPES["programs"]).problems == ()


def test_the_contents_of_the_handbook_name_every_part() -> None:
    handbook = (DOCS / "handbook.md").read_text(encoding="utf-8")
    plain = re.sub(r"```.*?```", "", handbook, flags=re.DOTALL)
    assert re.findall(r"^- \[(.+)\]\(#", plain, re.MULTILINE) == re.findall(r"^## (.+)$", plain, re.MULTILINE)
