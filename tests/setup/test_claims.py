"""What the guides say can be typed can be typed: commands, their options, modules, and files that are named."""

from __future__ import annotations

import ast
import builtins
import importlib
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
#: What a docstring refers to: a module, or something in one.
REFERENCE = re.compile(r":(?:mod|func|class|meth|attr|data|exc):`~?([\w.]+)`")
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
    # FAMILY and NAME stand for anything; and a library with a content of its own deletes what is about ours.
    about_ours = "tests/maple_lake/"
    if not (ROOT / about_ours).is_dir():
        named = {path for path in named if not path.startswith(about_ours)}
    assert [path for path in sorted(named) if not (ROOT / path).exists() and "NAME" not in path] == []


def test_the_guides_name_many_commands() -> None:
    assert len({name for guide in GUIDES for name, _ in commands_of(guide)}) > 10


def is_there(name: str) -> bool:
    """Whether a dotted name leads to something: a module, what it holds, a field of a class."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if part in getattr(found, "__annotations__", {}):
                return True
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return hasattr(builtins, name)


@pytest.mark.parametrize("top", ["audit", "stepfree", "plugins"])
def test_what_docstrings_refer_to_is_there(top: str) -> None:
    gone = []
    for file in sorted((ROOT / top).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not (named := set(REFERENCE.findall(text))):
            continue
        parts = file.relative_to(ROOT / "plugins" if top == "plugins" else ROOT).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        nodes = list(ast.walk(ast.parse(text)))
        classes = [node.name for node in nodes if isinstance(node, ast.ClassDef)]
        # What an object has is set by its own methods.
        named -= {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
        within = ["", f"{module}.", *(f"{module}.{each}." for each in classes)]
        gone += [f"{file}: {name}" for name in named if not any(is_there(f"{each}{name}") for each in within)]
    assert gone == []
