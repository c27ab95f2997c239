"""The arrows of docs/architecture.md: who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: Folder → beginnings of module names that must not be imported below it.
FORBIDDEN = {
    "audit": ("pelican", "library_", "stepfree"),
    "plugins": ("audit", "stepfree", "selenium"),
    "audit/rules": (
        "audit.axe",
        "audit.baseline",
        "audit.browser",
        "audit.excuses",
        "audit.judge",
        "audit.reports",
        "audit.run",
        "selenium",
    ),
    "audit/semantics": ("audit.browser", "audit.judge", "audit.reports", "audit.run", "selenium"),
    "audit/capture": ("audit.judge", "audit.reports", "audit.rules"),
    "audit/reports": ("audit.browser", "audit.capture.visit", "selenium"),
}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_no_arrow_points_the_wrong_way(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files, f"{folder} holds no module, so nothing was looked at"
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files
        for name in _imports(file)
        if any(
            name == start.rstrip("_.") or name.startswith(start if start[-1] in "_." else f"{start}.")
            for start in FORBIDDEN[folder]
        )
    ]
    assert wrong == []
