"""Which documents the law leaves out by their age, and what remains to be done for them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from audit.documents.model import Document


@dataclass(frozen=True, slots=True)
class DocumentLaw:
    """One law; the fields are explained in ``laws.toml``."""

    jurisdiction: str
    section: str
    before: dt.date
    duty: str
    lost: str
    own_day: bool = False
    formats: tuple[str, ...] = ()
    archived: bool = False
    archived_duty: str = ""
    archived_lost: str = ""

    def day(self, document: Document) -> dt.date:
        """The day from which the law counts for whoever publishes the document."""
        return (_day(document.record.compliance_date) if self.own_day else None) or self.before

    def grounds(self, document: Document) -> Iterator[Ground]:
        """What exempts the document by the day on which it was published, whether or not a change has ended it."""
        record, day = document.record, self.day(document)
        published, changed, archived = (_day(each) for each in (record.published, record.changed, record.archived))
        if published is None or published >= day:
            return
        if not self.formats or document.format in self.formats:
            yield Ground(self, self._told(self.duty, day), self._told(self.lost, day), changed is None or changed < day)
        if self.archived and archived is not None:
            yield Ground(
                self,
                self._told(self.archived_duty, archived),
                self._told(self.archived_lost, archived),
                changed is None or changed <= archived,
            )

    def _told(self, sentence: str, day: dt.date) -> str:
        return sentence.format(day=f"{day:%B} {day.day}, {day.year}", archived=day.isoformat())


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a law exempts a document. ``duty``: what remains; ``lost``: what a change means; ``holds``: there was none."""

    law: DocumentLaw
    duty: str
    lost: str
    holds: bool


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


@cache
def all_laws() -> tuple[DocumentLaw, ...]:
    """Every law that is known."""
    data = tomllib.loads(files("audit.documents").joinpath("laws.toml").read_text(encoding="utf-8"))
    return tuple(DocumentLaw(**{**entry, "formats": tuple(entry.get("formats", ()))}) for entry in data["law"])


def grounds(document: Document) -> tuple[Ground, ...]:
    """Every ground on which the law of the document's site exempts it, or did before it was changed."""
    return tuple(
        ground
        for law in all_laws()
        if law.jurisdiction == document.record.jurisdiction
        for ground in law.grounds(document)
    )


def exempting(document: Document) -> Ground | None:
    """The ground that exempts a document today, if there is one."""
    return next((ground for ground in grounds(document) if ground.holds), None)
