"""Which documents the law leaves out by their age, and what remains to be done for them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from audit.documents.model import Record


@dataclass(frozen=True, slots=True)
class DocumentLaw:
    """One law; the fields are explained in ``laws.toml``."""

    name: str
    section: str
    published_before: dt.date
    archived: bool
    duty: str
    lost: str
    mend: str

    def would_exempt(self, record: Record) -> bool:
        """Whether the document is old enough, or archived where that counts."""
        return _before(record.published, self.published_before) or (self.archived and bool(record.archived))

    def ended(self, record: Record) -> bool:
        """Whether a change after the day has ended it."""
        return bool(record.changed) and not _before(record.changed, self.published_before)

    def exempts(self, record: Record) -> bool:
        """Whether the document is exempt today."""
        return self.would_exempt(record) and not self.ended(record)


def _before(day: str, limit: dt.date) -> bool:
    try:
        return dt.date.fromisoformat(day) < limit
    except ValueError:
        return False


@cache
def all_laws() -> tuple[DocumentLaw, ...]:
    """Every law that is known."""
    data = tomllib.loads(files("audit.documents").joinpath("laws.toml").read_text(encoding="utf-8"))
    return tuple(DocumentLaw(**entry) for entry in data["law"])


def laws(names: Iterable[str] = ("Ontario",)) -> tuple[DocumentLaw, ...]:
    """The laws of the places with these names."""
    wanted = frozenset(names)
    return tuple(law for law in all_laws() if law.name in wanted)


def exempting(record: Record, names: Iterable[str] = ("Ontario",)) -> DocumentLaw | None:
    """The law that exempts a document today, if one does."""
    return next((law for law in laws(names) if law.exempts(record)), None)
