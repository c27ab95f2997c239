"""A package in ``plugins/`` is a plugin, which Pelican calls, or a library, which the others use."""

from __future__ import annotations

import ast
from pathlib import Path

from library_site.defaults import PLUGINS

ROOT = Path(__file__).parents[2]


def test_what_can_be_registered_is_registered() -> None:
    """A plugin that Pelican is not told of does nothing, and a library has nothing to hook into."""
    packages = sorted((ROOT / "plugins").glob("*/__init__.py"))
    found = {
        file.parent.name
        for file in packages
        if any(
            isinstance(node, ast.FunctionDef | ast.ImportFrom)
            and "register" in ([node.name] if isinstance(node, ast.FunctionDef) else [name.name for name in node.names])
            for node in ast.parse(file.read_text(encoding="utf-8")).body
        )
    }
    assert len(packages) > len(found) > 3
    assert found == set(PLUGINS)
