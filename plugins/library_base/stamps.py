"""Stamps: what a start tag carries inside the build to say where it comes from.

A stamp stands right after the name of a tag, ``<p⟦4:12⟧ class=…>``: the number of a source
file in the registry and a line. Templates get them when they are loaded, Markdown when it is
rendered, and ``source(page, "title")`` writes one by hand; the last stamp in a tag wins.
``library_manifest`` takes them all out again before anything is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OPEN, CLOSE = "\ufdd4", "\ufdd1"
#: One stamp; groups: number of the source, line.
STAMP = re.compile(f"{OPEN}(\\d+):(\\d+){CLOSE}")


def stamp(source: int, line: int) -> str:
    """Return the stamp for a line of a registered source."""
    return f"{OPEN}{source}:{line}{CLOSE}"


@dataclass(slots=True)
class Sources:
    """The registry of source files of one build: path ↔ number."""

    paths: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, path: str) -> int:
        """Return the number of ``path``, giving it one if it has none."""
        if path not in self._numbers:
            self._numbers[path] = len(self.paths)
            self.paths.append(path)
        return self._numbers[path]
