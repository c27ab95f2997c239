"""What the guides say can be typed can be typed: commands, their options, modules, and files that are named."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from stepfree.__main__ import stepfree

ROOT = Path(__file__).parents[2]
GUIDES = sorted(
    file
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md", "benchmarks/**/*.md", "stepfree/starter/**/*.md")
    for file in ROOT.glob(pattern)
)
#: Code that stands in a text: between backticks, and in blocks of their own.
CODE = re.compile(r"^```\w*\n(.*?)^```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"(?:^|[\s(;&|])stepfree ((?!@)[a-z][a-z-]*)((?:[^\n`;&|]|\\\n)*)", re.MULTILINE)


def codes(guide: Path) -> list[str]:
    return [block or span for block, span in CODE.findall(guide.read_text(encoding="utf-8"))]


def commands_of(guide: Path) -> list[tuple[str, str]]:
    """Each command that a guide names, with what stands behind it."""
    return [found for code in codes(guide) for found in TYPED.findall(code)]


def options_of(command: click.Command) -> set[str]:
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    if isinstance(command, click.Group):
        options.update(*(options_of(each) for each in command.commands.values()))
    return options | {"--help"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_command_that_is_named_exists_with_its_options(guide: Path) -> None:
    context = click.Context(stepfree)
    for name, rest in commands_of(guide):
        command = stepfree.get_command(context, name)
        assert command is not None, f"there is no command {name}"
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest)) <= options_of(command), f"stepfree {name}{rest}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_module_that_is_named_exists(guide: Path) -> None:
    named = {name for code in codes(guide) for name in re.findall(r"python3? -m ([a-z_.]+)", code)}
    ours = {name for name in named if name.partition(".")[0] in {"audit", "stepfree", "tests", "benchmarks"}}
    assert [name for name in sorted(ours) if find_spec(name) is None] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_file_of_ours_that_is_named_exists(guide: Path) -> None:
    named = {
        path
        for code in codes(guide)
        for path in re.findall(r"^(?:audit|stepfree|plugins|theme|tests|benchmarks|docs|setup)/[\w./-]+$", code)
    }
    # FAMILY and NAME stand for anything.
    assert [path for path in sorted(named) if not (ROOT / path).exists() and "NAME" not in path] == []


def test_the_guides_name_many_commands() -> None:
    assert len({name for guide in GUIDES for name, _ in commands_of(guide)}) > 10
