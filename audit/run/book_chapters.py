"""The chapters of books, opened in the browser like pages and judged by the rules for what stands in pages.

A book is unpacked into a folder of its own, which its chapters are served from; they reach nothing else. Rules that are
about a site, such as those on menus and landmarks, and what the rules about documents say already are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from audit.documents.archive import Archive
from audit.documents.model import Unreadable
from audit.examination.examination import RuleCrash, RuleOutcome
from audit.examination.gathered import the_same
from audit.model.finding import Fixer, Outcome, PageState
from audit.rules import LoadedRule
from audit.run.pool import Pool
from audit.run.worker import BROKEN_OFF, Job, PageRecord, PageTask, failed_record
from audit.semantics.words import wording_of
from audit.survey.folder import ExpectedPage

#: Chapters of one book that are opened.
MOST = 100
#: Rules of ours that say of a chapter what they say of a page.
RULES = frozenset(
    {
        "low-contrast", "link-by-colour-alone", "cells-told-by-colour", "colour-in-instruction", "control-without-name",
        "label-without-field", "header-without-cells", "headers-of-another-cell", "list-in-plain-text",
        "heading-without-content", "meaningful-background-image", "name-where-prohibited", "audio-without-text",
        "video-without-captions", "automatic-audio",
    }
)  # fmt: skip
#: Rules of axe-core that are about a site, or that the rules about documents tell.
_LEFT_OUT = (
    "area-alt", "bypass", "document-title", "empty-table-header", "heading-order", "html-",
    "image-", "landmark-", "link-name", "meta-", "page-has-heading-one", "region",
    "skip-link", "tabindex", "target-size", "valid-lang",
)  # fmt: skip

#: Rules about colours, which come from the style of the book and not from the words that they quote.
_OF_LOOKS = frozenset({"low-contrast", "link-by-colour-alone"})
_QUOTED = re.compile("“[^”]*”")

#: Seconds from outside, on top of twice what the settings give a page.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What the browser showed of a book. ``reason``: why a chapter could not be judged; ``""`` when all were."""

    outcomes: tuple[RuleOutcome, ...] = ()
    crashes: tuple[RuleCrash, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A book to open. ``chapters``: names of parts inside the file, in reading order."""

    file: Path
    chapters: tuple[str, ...]


type Opener = Callable[[Mapping[str, Book]], Mapping[str, Opened]]


def open_books(
    books: Mapping[str, Book], *, job: Job, rules: Sequence[LoadedRule], workers: int, stop: Callable[[], bool] = bool
) -> Mapping[str, Opened]:
    """Open the chapters of books, which come by their address, one after the other in the same browsers.

    ``job``: how pages of the site are looked at; ``rules`` are those that run. Once ``stop`` says
    so, no more are opened.
    """
    root = job.scratch / "books"
    found: dict[str, Opened] = {}
    tasks: dict[str, list[PageTask]] = {}
    for number, (address, book) in enumerate(books.items()):
        try:
            _unpack(book.file, root / str(number))
        except Unreadable as error:
            found[address] = Opened(reason=str(error))
            continue
        names = [f"{number}/{name}" for name in book.chapters[:MOST]]
        tasks[address] = [PageTask(ExpectedPage("/" + quote(name), name)) for name in names]
    if not tasks:
        return found
    own = _job(job, root, rules)
    every = [task for each in tasks.values() for task in each]
    records = {task.expected.address: failed_record(task.expected, BROKEN_OFF) for task in every}
    with Pool(own, min(workers, len(every)), 2 * own.capture.page + _PATIENCE) as pool:
        for _, _, record in () if stop() else pool.run(every):
            records[record.address] = record
            if stop():
                break
    for address, given in tasks.items():
        chapters = [(task.expected.file or "").partition("/")[2] for task in given]
        came = [records[task.expected.address] for task in given]
        more = len(books[address].chapters) - len(given)
        found[address] = _opened(address, list(zip(chapters, came, strict=True)), more)
    return found


def _job(job: Job, root: Path, rules: Sequence[LoadedRule]) -> Job:
    """How chapters are looked at: from their own folder, with what needs no more than a look, and nothing from elsewhere."""
    chosen = [rule for rule in rules if rule.id in RULES]
    return replace(
        job,
        needs=frozenset().union(*(rule.rule.needs for rule in chosen)),
        rules=tuple(rule.id for rule in chosen),
        base_path="/",
        cache=None,
        folder=root.resolve(),
        steady=True,
        capture=replace(job.capture, allowed=(), forms=False, folder=True),
        packs=(),
    )


def _opened(address: str, chapters: Sequence[tuple[str, PageRecord]], more: int) -> Opened:
    """What came of the chapters of one book; ``more``: those that were not opened."""
    found: list[tuple[int, str, RuleOutcome]] = []
    crashes: list[RuleCrash] = []
    for number, (name, record) in enumerate(chapters, start=1):
        where = f"chapter {number} ({name})"
        if record.state is PageState.AUDITED:
            found += ((number, name, each) for each in _told(record))
            crashes += record.examined.crashes
        elif not _shows_nothing(record):
            return Opened(reason=f"Its {where} could not be opened in the browser: {record.reason}")
    notes = (f"Only the first {MOST} chapters were opened in the browser; {more} more were only read.",) if more else ()
    return Opened(tuple(_gathered(found, address)), tuple(crashes), "", notes)


def _shows_nothing(record: PageRecord) -> bool:
    """An empty chapter, such as a blank page between parts, is no failure."""
    return "shows nothing" in (record.reason or "") or "is empty" in (record.reason or "")


def _unpack(file: Path, folder: Path) -> None:
    """Write the parts of a book, those whose names lead out of the folder left out."""
    with Archive(file) as archive:
        for name in archive.names:
            path = PurePosixPath(name)
            if name.endswith("/") or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def _told(record: PageRecord) -> Iterator[RuleOutcome]:
    """What the rules say of a chapter, without what is about a site."""
    for each in record.examined.outcomes:
        if each.engine == "stepfree" or not each.rule.startswith(_LEFT_OUT):
            yield each


def _gathered(told: Iterable[tuple[int, str, RuleOutcome]], address: str) -> Iterator[RuleOutcome]:
    """What was said of chapters, as of places in the book, each cause once: chapters share their looks.

    ``told``: number and name of the chapter, and what was said of it.
    """
    groups: dict[object, list[tuple[int, str, RuleOutcome]]] = {}
    for number, name, each in told:
        words = each.message
        if each.rule in _OF_LOOKS:
            words = _QUOTED.sub("", words)
        elif each.best_practice or each.outcome is Outcome.CANT_TELL:
            words = wording_of(words)
        cause = (each.rule, each.engine, each.outcome, each.conditions, each.requirements, each.fix, words)
        groups.setdefault(cause, []).append((number, name, each))
    for (number, name, first), *others in groups.values():
        where = f"chapter {number} ({name})"
        seen = f", {' and '.join(first.conditions)}" if first.conditions else ""
        more = f" {the_same(f'chapter {number}', [f'chapter {other}' for other, _, _ in others])}" if others else ""
        places = {
            "places": [
                [f"chapter {n}", o.target.name if o.target else ""] for n, _, o in [(number, name, first), *others]
            ]
        }
        yield replace(
            first,
            page=address,
            path=None,
            line=None,
            static=None,
            around=(),
            styled=(),
            target=first.target and replace(first.target, selector=f"{where}: {first.target.selector}", box=None),
            fixer=Fixer.DOCUMENT,
            message=f"{where[:1].upper()}{where[1:]}{seen}: {first.message}{more}",
            evidence={**first.evidence, **(places if others else {})},
        )
