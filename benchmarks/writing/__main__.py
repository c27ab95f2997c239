"""Every rule about writing on texts that look like faults and are none.

    python -m benchmarks.writing

``clean/*.md`` hold the texts, parted by a line of five equals signs; files that end in ``-fr``
are French. Exit status 1 when a rule states a fault. Questions are counted and shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.examination.examination import RuleOutcome, examine_source
from audit.model.finding import Family, Outcome
from audit.rules import load
from audit.writing.source import SourceText
from stepfree.installation import CONTENT_RULES

CLEAN = Path(__file__).with_name("clean")
#: The day on which the texts are read, so that a date in one stays past or to come.
TODAY = dt.date(2026, 11, 22)
PARTING = "\n=====\n"


@dataclass(frozen=True, slots=True)
class Text:
    """One text: ``id`` is its file and its number there, from 1."""

    id: str
    source: SourceText


def texts() -> Iterator[Text]:
    """All texts, in the order of files."""
    for file in sorted(CLEAN.glob("*.md")):
        lang = "fr" if file.stem.endswith("-fr") else "en"
        for number, piece in enumerate(file.read_text(encoding="utf-8").split(PARTING), start=1):
            # Beside the texts lies content/, with the branches that some of them speak of.
            source = SourceText(
                f"content/pages/{file.name}", piece.strip("\n") + "\n", lang, "/", today=TODAY, root=CLEAN.parent
            )
            yield Text(f"{file.stem} {number}", source)


def said(text: Text) -> tuple[RuleOutcome, ...]:
    """What the rules about writing say of a text.

    Raises:
        RuntimeError: a rule did not come to an end.
    """
    examined = examine_source(
        text.source, [rule for rule in load((CONTENT_RULES,)).values() if rule.rule.family is Family.WRITING]
    )
    if examined.crashes:
        raise RuntimeError(examined.crashes[0].sentence)
    return examined.outcomes


def main() -> int:
    """Print what was said, and how often."""
    counts = dict.fromkeys(Outcome, 0)
    clean = tuple(texts())
    for text in clean:
        for outcome in said(text):
            counts[outcome.outcome] += 1
            print(f"{outcome.outcome} {outcome.rule}, {text.id}: {outcome.message}")
    print(
        f"{len(clean)} clean texts: {counts[Outcome.FAILED]} faults stated, {counts[Outcome.CANT_TELL]} questions asked"
    )
    return int(counts[Outcome.FAILED] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
