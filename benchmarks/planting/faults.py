"""The faults that are planted: fragments of HTML in pairs, with the fault and mended.

They are written in ``faults/*.txt``::

    ## F2 larger bold text stands for a heading | 1.3.1
    -- fault
    <div class="pl-big">…</div>
    -- mended
    <h2>…</h2>

The numbers with F are those of the W3C's catalogue of failures of WCAG; kinds without one are our own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("faults")
_KIND = re.compile(
    r"^## (?P<name>[^|\n]+) \| (?P<criteria>[\d. ]+)\n-- fault\n(?P<fault>.*?)\n-- mended\n(?P<mended>.*?)\s*(?=^## |\Z)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind: its name, the criteria that it fails, and the fragments with the fault and without it."""

    name: str
    criteria: tuple[str, ...]
    fault: str
    mended: str

    @property
    def number(self) -> str:
        """The number in the catalogue, such as ``F2``; empty for a kind of our own."""
        found = re.match(r"F\d+", self.name)
        return found.group(0) if found else ""


def faults(only: Sequence[str] = ()) -> list[Fault]:
    """Every kind in order; with words in ``only``, those whose name begins with one or holds it."""
    found = [
        Fault(match["name"].strip(), tuple(match["criteria"].split()), match["fault"], match["mended"])
        for file in sorted(FOLDER.glob("*.txt"))
        for match in _KIND.finditer(file.read_text(encoding="utf-8"))
    ]
    return [each for each in found if not only or any(f"{word} " in f"{each.name} " for word in only)]
