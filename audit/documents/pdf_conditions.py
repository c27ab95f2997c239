"""The conditions of PDF/UA-1 that a validator tests, with what we say of each: ``clauses.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ClauseCondition:
    """One condition of the standard; see ``clauses.toml``. ``follows``: the condition that it cannot hold without."""

    id: str
    clause: str
    test: str
    matterhorn: str
    wcag: str
    rule: str
    says: str
    mend: str
    follows: str = ""


@cache
def conditions() -> Mapping[str, ClauseCondition]:
    """All conditions that are known, by id."""
    data = tomllib.loads(files("audit.documents").joinpath("clauses.toml").read_text(encoding="utf-8"))
    return {identifier: ClauseCondition(identifier, **entry) for identifier, entry in data.items()}
