"""What people read is plain English, not another language's turns of phrase (docs/words.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: A pattern, and what a native speaker says.
FOREIGN = {
    r"\b(?:is|are|was) no (?!longer\b|more\b)(?:[a-z]+|\{)": "is not a …",
    r"\bst(?:ands?|ood) (?:in|on|at|here|there|above|below|between|beside|behind|before|again|only|inside|directly)\b": "is …",
    r"\bbroken off\b": "interrupted",
    r"\bexclude each other\b": "cannot be used together",
    r"\bgood until\b": "expired on, ends on",
    r"\bbelow each other\b": "stacked",
    r"\b(?:a|four|with|the) blanks?\b (?!cells?|paragraphs?|lines?|pages?|rows?)": "a space",
    r"\bin vain at\b": "for nothing",
}
#: "There is no …" is English, and so are these.
_ENGLISH = re.compile(r"\b[Tt]here (?:is|are|was) no\b|\b[Tt]hat is no\b|\bstands? in for\b|\bEnglish stands in\b")


def _texts(module: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that have several words, docstrings left out."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                inner.add(id(first.value))
        if isinstance(node, ast.JoinedStr):
            inner.update(id(each) for each in ast.walk(node) if each is not node)
    for node in ast.walk(tree):
        if id(node) in inner:
            continue
        if isinstance(node, ast.JoinedStr):
            said = "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        else:
            continue
        if len(said.split()) >= 4 and "\\b" not in said:
            yield node.lineno, " ".join(said.split())


def foreign(said: str) -> list[str]:
    """What in a text is not said in English, with what is."""
    rest = _ENGLISH.sub("", said)
    return [f"{found[0]}: {better}" for pattern, better in FOREIGN.items() if (found := re.search(pattern, rest))]


@pytest.mark.parametrize("part", ["stepfree", "audit", "plugins"])
def test_messages_are_english(part: str) -> None:
    found = [
        f"{module.relative_to(ROOT)}:{line}: {said} ({'; '.join(bad)})"
        for module in sorted((ROOT / part).rglob("*.py"))
        for line, said in _texts(module)
        if (bad := foreign(said))
    ]
    assert found == []


def test_such_turns_are_found() -> None:
    assert foreign("“{}” is no country; write two letters") == ["is no country: is not a …"]
    assert foreign("The title stands in old properties") == ["stands in: is …"]
    assert foreign("There is no page at {}, and it is no longer linked") == []
    assert foreign("(missing: English stands in)") == []
