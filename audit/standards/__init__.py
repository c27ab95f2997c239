"""Success criteria and profiles: data, and how it is read.

``success-criteria.csv`` has every criterion of WCAG 2.0, 2.1 and 2.2; ``profiles.toml`` says
which of them each profile holds.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent
#: Met by every page whatever its markup, since W3C's errata of 2023 for WCAG 2.0 and 2.1, and gone from 2.2.
ALWAYS_MET = "4.1.1"
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion. ``obsolete_in`` is the version of WCAG that dropped it, or ``None``."""

    id: str
    name: str
    level: str
    introduced: str
    in_aoda: bool
    obsolete_in: str | None

    @property
    def slug(self) -> str:
        """The name as W3C writes it in addresses: ``pause-stop-hide``."""
        return re.sub(r"[^a-z0-9-]+", "-", re.sub(r"[(),]", "", self.name.lower())).strip("-")

    @property
    def understanding(self) -> str:
        """The address of W3C's explanation."""
        return f"https://www.w3.org/WAI/WCAG22/Understanding/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is held against a site. ``short``: in a sentence; ``best_practices``: also what breaks no criterion."""

    id: str
    name: str
    short: str
    criteria: frozenset[str]
    best_practices: bool = False


@cache
def criteria() -> Mapping[str, Criterion]:
    """Every criterion by its number, in the order of WCAG."""
    with (FOLDER / "success-criteria.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Criterion(
                row["id"],
                row["name"],
                row["level"],
                row["introduced"],
                row["in_aoda"] == "yes",
                row["obsolete_in"] or None,
            )
            for row in csv.DictReader(file)
        ]
    rows.sort(key=lambda row: tuple(int(part) for part in row.id.split(".")))
    return MappingProxyType({row.id: row for row in rows})


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile by its id, as ``profiles.toml`` defines them."""
    data = tomllib.loads((FOLDER / "profiles.toml").read_text(encoding="utf-8"))
    found = {}
    for identifier, table in data.items():
        chosen = frozenset(
            criterion.id
            for criterion in criteria().values()
            if criterion.level in table["levels"]
            and criterion.introduced in table["versions"]
            and criterion.obsolete_in not in table["versions"]
            and criterion.id not in table.get("without", ())
        )
        best_practices = table.get("best_practices", False)
        found[identifier] = Profile(identifier, table["name"], table["short"], chosen, best_practices)
    return MappingProxyType(found)


#: The names of the profiles, for the command line and the configuration.
PROFILES = tuple(profiles())
