"""The laws that a site may be under: data in ``laws.toml``, and how it is read."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

#: The jurisdiction of a site that says nothing.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Law:
    """A law. ``profile``: what it asks of pages; ``short``: how a report speaks of it; ``dates``: for whom, from when.

    ``also``: what else people call it, in small letters.
    """

    id: str
    name: str
    short: str
    cite: str
    profile: str
    documents: str
    source: str
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def note(self) -> str:
        """What the law asks, in one or two sentences; empty where there is none."""
        if not self.cite:
            return ""
        days = "; ".join(f"{whom}: from {day.day} {day:%B %Y}" for whom, day in self.dates.items())
        asked = f"The site is under {self.name} ({self.cite})" + (f"; {days}." if days else ".")
        return f"{asked} {self.documents}".rstrip()


@cache
def laws() -> Mapping[str, Law]:
    """Every law by the name that ``[site] jurisdiction`` gives it."""
    data = tomllib.loads(Path(__file__).with_name("laws.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: Law(id=key, **table) for key, table in data.items()})


def law_meant(typed: str) -> str:
    """The id of the law that somebody means by ``AODA``, ``Section 504`` or ``us ada``; what was typed where none is."""
    said = re.sub(r"[\s_]+", " ", typed.strip().casefold())
    if re.sub(" ", "-", said) in laws():
        return said.replace(" ", "-")
    called = [law.id for law in laws().values() if said in law.also]
    named = [law.id for law in laws().values() if re.search(rf"\b{re.escape(said)}\b", law.name.casefold())]
    found = called or named if said else []
    return found[0] if len(found) == 1 else typed
