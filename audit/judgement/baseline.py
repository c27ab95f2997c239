"""The baseline: faults that were there before the gate was, written down so that they shrink.

A sorted TOML file in the repository, one entry for each finding, readable in a diff. It only
shrinks: nothing adds to it unless a person says so. A file that cannot be read is an error,
never “no baseline”. An entry whose evidence has changed asks to be confirmed; one that
matches nothing is reported; one for a page that was not audited is unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.errors import UsageError
from audit.model.finding import Finding, Outcome
from audit.settings.config import entry_lines, read_toml, toml_text
from audit.settings.nearest import did_you_mean, known_words

HEADER = """\
# Faults that were known before. This list only gets shorter: `stepfree baseline` removes
# what is gone, and nothing is added unless somebody asks for it.
"""
KEYS = ("rule", "where", "what", "key", "loose", "evidence", "pages")
#: Nobody can write an entry by hand: it holds digests.
_AGAIN = "Take the entry out; to keep the fault in the list, run stepfree baseline --add KEY with its key, which report.json has."


@dataclass(frozen=True, slots=True)
class Known:
    """One known fault. ``where``: source and line, or the address, as it was; ``pages`` only
    where it may spread: to other pages where no source is known, to other places of a document."""

    rule: str
    where: str
    what: str
    key: str
    loose_key: str
    evidence: str
    pages: tuple[str, ...] = ()
    line: int = 0


def read(path: Path, rules: Mapping[str, str]) -> tuple[Known, ...]:
    """The entries of a baseline. ``rules`` maps every id and former id to the present one.

    Raises:
        UsageError: the file is missing, damaged, or holds something else; with file and line.
    """
    data, text = read_toml(path, "the baseline")
    lines = entry_lines(text)
    entries = data.get("known", [])
    if set(data) - {"known"} or not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        other = next((key for key in data if key != "known"), "known")
        line = next(
            (n for n, row in enumerate(text.splitlines(), 1) if re.match(rf"[\s\[\"']*{re.escape(other)}\b", row)), 1
        )
        raise UsageError(
            f"{path}:{line}: a baseline has entries [[known]] and nothing else, and here is “{other}”.",
            "Write [[known]] above each entry." if other in {*KEYS, "known"} else did_you_mean(other, ["known"]),
        )
    found = []
    for number, entry in enumerate(entries):
        line = lines.get(("known", number), 1)
        for key in entry:
            if key not in KEYS:
                raise UsageError(
                    f"{path}:{line}: unknown key “{key}”.", did_you_mean(key, KEYS) or f"Known: {known_words(KEYS)}."
                )
        pages = entry.get("pages", [])
        missing = [key for key in KEYS if key not in entry and key != "pages"]
        if missing:
            raise UsageError(f"{path}:{line}: the entry has no {known_words(f'“{key}”' for key in missing)}.", _AGAIN)
        if wrong := next((key for key in KEYS if key != "pages" and not isinstance(entry[key], str)), ""):
            raise UsageError(f"{path}:{line}: “{wrong}” of the entry is not a text in quotation marks.", _AGAIN)
        if not (isinstance(pages, list) and all(isinstance(page, str) for page in pages)):
            raise UsageError(f"{path}:{line}: “pages” of the entry is not a list of texts in brackets.", _AGAIN)
        found.append(
            Known(
                rules.get(entry["rule"], entry["rule"]),
                entry["where"],
                entry["what"],
                entry["key"],
                entry["loose"],
                entry["evidence"],
                tuple(pages),
                line,
            )
        )
    return tuple(found)


def entry_of(finding: Finding) -> Known:
    """The entry that would make a finding known."""
    source = finding.source
    where = f"{source.path}:{source.line}" if source and source.line else source.path if source else finding.page
    return Known(
        finding.rule,
        where,
        finding.message,
        finding.key,
        finding.loose_key,
        finding.evidence_digest,
        spread_of(finding),
    )


def spread_of(finding: Finding) -> tuple[str, ...]:
    """Where a fault that may spread has been seen.

    A second one in the same place of a document counts as another, and so does one more element of those that are told
    together. Not so what the looks of a site cause: it is one fault, however much is on a page.
    """
    if finding.source is None and "elements" not in finding.evidence:
        return finding.pages
    places = finding.evidence.get("places")
    seen: dict[str, int] = {}
    spots = []
    for place in places if isinstance(places, list) else ():
        where = str(place[0]) if isinstance(place, list) and place else ""
        seen[where] = seen.get(where, 0) + 1
        spots.append(where if seen[where] == 1 else f"{where} ({seen[where]})")
    return tuple(spots)


def text_of(entries: Iterable[Known]) -> str:
    """The file: the same entries give the same text."""
    blocks = [HEADER]
    for entry in sorted(entries, key=lambda each: (each.where, each.rule, each.key)):
        values = {
            "rule": entry.rule,
            "where": entry.where,
            "what": entry.what,
            "key": entry.key,
            "loose": entry.loose_key,
            "evidence": entry.evidence,
        }
        lines = [f"{key} = {toml_text(value)}" for key, value in values.items()]
        if entry.pages:
            lines.append(f"pages = [{', '.join(toml_text(page) for page in entry.pages)}]")
        blocks.append("[[known]]\n" + "\n".join(lines) + "\n")
    return "\n".join(blocks)


def eligible(finding: Finding) -> bool:
    """Only facts can be known faults: questions get decisions."""
    return finding.outcome is Outcome.FAILED
