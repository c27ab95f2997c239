"""What rules ask of linked pages goes through one door, where it is noted."""

from __future__ import annotations

import re
from pathlib import Path

AUDIT = Path(__file__).parents[2] / "audit"


def test_nobody_else_looks_at_linked_pages() -> None:
    """A question that is not noted would let an old result stand for a page that has changed since."""
    reading = re.compile(r"\bobserved\.(?:link_ends|read|compared_blocks)\b")
    found = {
        path.relative_to(AUDIT).as_posix()
        for path in AUDIT.rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"semantics/linked_pages.py", "run/linked_pages.py", "run/worker.py"}
