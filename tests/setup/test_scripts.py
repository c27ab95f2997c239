"""JavaScript stands in files that are linted and formatted, and in no string of Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: What only JavaScript has: functions, names of the page's own objects, declarations.
JAVASCRIPT = re.compile(
    r"=> |\bfunction\s*\w*\s*\(|\b(?:document|window|navigator|location)\.\w+[\w.?]*\s*[(=;!\[]"
    r"|\b(?:const|let|var) \w+ = |\baddEventListener\(|\.querySelector"
)
#: The map of styles of mammoth has an arrow of its own.
OTHER = frozenset({"stepfree/conversion.py"})


def holding() -> set[str]:
    found = set()
    for file in sorted(path for top in ("audit", "stepfree", "plugins") for path in (ROOT / top).rglob("*.py")):
        written = file.read_text(encoding="utf-8")
        if not JAVASCRIPT.search(written):
            continue
        # It may be Python that looks like it, or stand in a docstring.
        tree = ast.parse(written)
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        ]
        if any(JAVASCRIPT.search(text) for text in texts):
            found.add(file.relative_to(ROOT).as_posix())
    return found


def test_no_javascript_stands_in_strings() -> None:
    assert sorted(holding() - OTHER) == []
