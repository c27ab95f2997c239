"""What an upgrade would do, told on the terminal, as Markdown for a proposal, and as a page with pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.errors import ExitCode
from audit.reports.escaped import words
from audit.reports.html import framed
from audit.reports.markup import items, text
from audit.reports.sentences import count, sentence
from stepfree.upgrading.differences import Differences, Kind, PageChange, RuleChange

#: How many lines of a list stand on the terminal, and how long they are; the page has it all.
SHOWN, WIDTH = 12, 160


@dataclass(frozen=True)
class Outcome:
    """All that is told. ``own``: sentences about the library's own files; ``pictures``: as
    :func:`stepfree.upgrading.views.looks`; ``blind``: why there are none.
    """

    old: str
    new: str
    differences: Differences
    own: Sequence[str] = ()
    pictures: Mapping[str, tuple[bytes, bytes] | None] | None = None
    blind: str = ""

    @property
    def exit_code(self) -> ExitCode:
        """1 when a new finding blocks, 4 when pages were not looked at."""
        if self.differences.blocking:
            return ExitCode.BLOCKING_FINDINGS
        return ExitCode.INCOMPLETE if self.differences.not_audited else ExitCode.NOTHING_BLOCKS


def summary(outcome: Outcome) -> str:
    """In one line."""
    found = outcome.differences
    return f"{_pages_told(found)} {_findings(found)}"


def as_text(outcome: Outcome) -> str:
    """For a terminal."""
    return "\n".join(
        line for heading, lines in _parts(outcome) for line in ("", heading, *(f"  {line}" for line in _cut(lines)))
    ).lstrip("\n")


def as_markdown(outcome: Outcome) -> str:
    """For a proposal; complete."""
    written = [f"# Stepfree {words(outcome.new)} instead of {words(outcome.old)}\n"]
    for heading, lines in _parts(outcome):
        written.append(f"\n## {words(heading)}\n")
        written += [f"    {line.strip()}" if line.startswith("  ") else f"- {words(line)}" for line in lines]
    return "\n".join(written) + "\n"


def as_html(outcome: Outcome) -> bytes:
    """A page of its own, with the pictures in it; complete."""
    main = "".join(f"<section><h2>{text(heading)}</h2>{_html(lines)}</section>\n" for heading, lines in _parts(outcome))
    shown = [(address, pair) for address, pair in (outcome.pictures or {}).items() if pair is not None]
    if shown:
        main += "<section><h2>Before and after</h2>" + "".join(_pair(*each, outcome) for each in shown) + "</section>"
    title = f"Stepfree {outcome.new} instead of {outcome.old}"
    return framed(title, title, text(summary(outcome)), main).encode()


def _pair(address: str, pair: tuple[bytes, bytes], outcome: Outcome) -> str:
    figures = "".join(
        f'<figure><img alt="{text(address)} with {text(version)}" '
        f'src="data:image/webp;base64,{base64.b64encode(picture).decode()}">'
        f"<figcaption>{text(name)} ({text(version)})</figcaption></figure>"
        for name, version, picture in zip(("Before", "After"), (outcome.old, outcome.new), pair, strict=True)
    )
    return f"<h3>{text(address)}</h3>{figures}"


def _html(lines: Sequence[str]) -> str:
    """Lines that are indented belong to the one above them."""
    entries: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("  ") and entries:
            entries[-1][1].append(line.strip())
        else:
            entries.append((line, []))
    return items(
        text(line) + (f"<pre><code>{text(chr(10).join(below))}</code></pre>" if below else "")
        for line, below in entries
    )


def _cut(lines: Sequence[str]) -> Sequence[str]:
    lines = [f"{line[:WIDTH]} …" if len(line) > WIDTH else line for line in lines]
    if len(lines) <= SHOWN + 1:
        return lines
    return (*lines[:SHOWN], f"… and {len(lines) - SHOWN} more lines, in build/upgrade/upgrade.html")


def _parts(outcome: Outcome) -> Iterator[tuple[str, Sequence[str]]]:
    found = outcome.differences
    yield _pages_told(found), tuple(_pages(found.pages, outcome))
    yield f"Other files: {found.files_identical:,} identical, {len(found.files):,} different.", found.files
    yield _findings(found), tuple(_rules(found.rules))
    yield "Your own files.", tuple(outcome.own) or ("None would be changed.",)
    notes = tuple(_notes(outcome))
    if notes:
        yield "What was not looked at.", notes


def _pages_told(found: Differences) -> str:
    return f"Pages: {found.identical:,} identical, {len(found.pages):,} different."


def _pages(changes: Sequence[PageChange], outcome: Outcome) -> Iterator[str]:
    """Pages that differ in one way are told together: a theme's change is on all of them."""
    groups: dict[tuple[Kind, tuple[str, ...], str], list[str]] = {}
    for change in changes:
        groups.setdefault((change.kind, change.lines, _look(change.address, outcome)), []).append(change.address)
    order = list(Kind)
    for (kind, lines, look), addresses in sorted(groups.items(), key=lambda group: order.index(group[0][0])):
        yield f"{', '.join(addresses)}: {kind.value}{look}"
        yield from (f"  {line}" for line in lines)


def _look(address: str, outcome: Outcome) -> str:
    if outcome.pictures is None or address not in outcome.pictures:
        return ""
    return "; it looks the same" if outcome.pictures[address] is None else "; see the pictures"


def _findings(found: Differences) -> str:
    new = sum(len(rule.places) for rule in found.rules)
    blocking = f" ({found.blocking:,} would keep the website from being published)" if found.blocking else ""
    return f"Findings: {new:,} new{blocking}, {found.no_longer:,} no longer found, {found.unchanged:,} as before."


def _rules(changes: Sequence[RuleChange]) -> Iterator[str]:
    for change in changes:
        blocks = f", {count(change.blocking, 'blocks', 'block')}" if change.blocking else ""
        yield f"{change.rule} ({change.title}): {count(len(change.places), 'place')}{blocks}; {change.why.value}"
        yield from (f"  {place}" for place in change.places)


def _notes(outcome: Outcome) -> Iterator[str]:
    missed = outcome.differences.not_audited
    if missed:
        yield f"{sentence(count(missed, 'page was', 'pages were'))} not opened in a browser, so more may be found there."
    if outcome.blind:
        yield outcome.blind
    if outcome.pictures is not None:
        left = sum(change.kind not in {Kind.NEW, Kind.GONE} for change in outcome.differences.pages) - len(
            outcome.pictures
        )
        if left > 0:
            yield f"{sentence(count(left, 'page that differs has', 'pages that differ have'))} no picture here."
