"""The judgements made by hand: which pages of which packages were read, and what was right.

``judged.toml`` names for each site its package, version and pages, and for each statement of
a rule whether it is ``right``, ``disputed`` (informed people differ) or ``wrong``. A statement
is a message without what it quotes, so that “Save” and “Send” in the same two colours are
judged once; ``count`` says on how many elements it was read. What was said of more elements,
or was never read, counts as not judged, never as right. Where the words that are quoted decide,
``says`` is the whole message with them, and is judged apart from the others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from audit.errors import UsageError

JUDGED = Path(__file__).with_name("judged.toml")

type Statement = tuple[str, str]
"""A rule (``axe:…`` for axe-core's) and what it says, without quotations."""

_QUOTED = re.compile(r"“[^”]*”|`[^`]*`")
#: How large something is, and how much of it is out of sight, is another number on each element.
_MEASURED = re.compile(r"\(\d+ px\)|\d+ × \d+ px")


class Verdict(StrEnum):
    """What a person said of a finding."""

    RIGHT = "right"
    DISPUTED = "disputed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """``count``: on how many elements it was read. ``why``: always there unless it is right."""

    verdict: Verdict
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class ForeignSite:
    """One site: ``name`` of its folder, ``package`` and ``version`` it was made from, its ``pages``."""

    name: str
    package: str
    version: str
    pages: tuple[str, ...]
    judgements: Mapping[Statement, Judgement]


def statement(rule: str, message: str) -> Statement:
    """What a finding says, without what it quotes, and measures in brackets."""
    return rule, _MEASURED.sub("… px", _QUOTED.sub("“…”", message))


def load_sites(file: Path = JUDGED) -> tuple[ForeignSite, ...]:
    """All sites with their judgements, in the order of the file.

    Raises:
        UsageError: a verdict that is none, one without a reason, or a statement judged twice.
    """
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        ForeignSite(
            entry["name"],
            entry["package"],
            entry["version"],
            tuple(entry["pages"]),
            _judgements(f"{file.name}, site {entry['name']}", entry.get("finding", ())),
        )
        for entry in table["site"]
    )


def _judgements(where: str, entries: Iterable[Mapping[str, Any]]) -> Mapping[Statement, Judgement]:
    found: dict[Statement, Judgement] = {}
    for entry in entries:
        key = (entry["rule"], entry["says"])
        place = f"{where}, rule {entry['rule']}"
        if entry["verdict"] not in {verdict.value for verdict in Verdict}:
            raise UsageError(f"{place}: “{entry['verdict']}” is no verdict.", "Write right, disputed or wrong.")
        verdict, why = Verdict(entry["verdict"]), entry.get("why", "")
        if verdict is not Verdict.RIGHT and not why:
            raise UsageError(f"{place}: a finding that is {verdict.value} needs a reason.", "Write why = “…”.")
        if key in found:
            raise UsageError(f"{place}: “{entry['says']}” is judged twice.", "Take one of them away.")
        found[key] = Judgement(verdict, entry["count"], why)
    return found
