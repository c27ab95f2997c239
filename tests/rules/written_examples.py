"""Examples of rules about writing, as texts without their marks, and what a rule says of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from audit.model.finding import Outcome
from audit.rules import LoadedRule
from audit.writing.source import SourceText

#: The day on which examples are read, so that a date in one stays past or to come.
TODAY = dt.date(2026, 11, 22)
#: Folders of content that an example can be read as a file of: ``ask-a-poster-in-programs.md``.
FOLDERS = frozenset({"programs", "pages", "e-resources", "meetings", "news"})
_MARK = re.compile(r"\s*(?:<!-- expect: ([\w-]+) -->|# expect: ([\w-]+))[ \t]*$", re.MULTILINE)


def written_example(file: Path) -> SourceText:
    """The text of an example without its marks; a name that ends in ``-fr`` is French."""
    place = file.stem.rpartition("-in-")[2]
    folder = f"{place}/" if "-in-" in file.stem and place in FOLDERS else ""
    lang = "fr" if file.stem.endswith("-fr") else "en"
    text = _MARK.sub("", file.read_text(encoding="utf-8"))
    # Beside the examples may lie a folder content/ with the files that they speak of.
    return SourceText(f"content/{folder}{file.name}", text, lang, today=TODAY, root=file.parent)


def marked_lines(file: Path, rule: str) -> set[int]:
    """The lines of an example that are marked for a rule."""
    return {
        number
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := _MARK.search(line)) and rule in match.groups()
    }


def said_of(rule: LoadedRule, file: Path) -> tuple[str, ...]:
    """What a rule about writing says of an example, in order; nothing where it finds nothing."""
    source = written_example(file)
    results = (rule.expect(source, place) for place in rule.applies(source))
    return messages(result.message for result in results if result.outcome in {Outcome.FAILED, Outcome.CANT_TELL})


def messages(said: Iterable[str]) -> tuple[str, ...]:
    """Each message once, in order."""
    return tuple(dict.fromkeys(said))
