"""Excuses and decisions: what people have answered for, with a reason, a name and a day.

Near the thing, in Markdown or a template::

    <!-- stepfree: allow RULE reason="…" owner="…" until=2027-01-31 -->
    <!-- stepfree: decided RULE answer="…" owner="…" until=2027-01-31 evidence=1a2b3c4d -->

(in front matter after ``#``, in a template also ``{# … #}``), or in ``excuses.toml``::

    [[excuse]]
    rule = "RULE"
    where = "/programs/*"          # address, or path of a source file; * for any text
    element = "words in it"        # optional: text of the element's HTML
    reason = "…"
    owner = "…"
    until = 2027-01-31

    [[decision]]                   # the answer to a question, good as long as its evidence is the same
    rule = "RULE"
    where = "/programs/"
    answer = "…"
    owner = "…"
    until = 2027-01-31
    evidence = "1a2b3c4d"

An excuse without a rule's name is refused: a blanket hides what nobody has looked at. So is one
for every place, without a role that answers for it, or with a day more than a year away.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.model.finding import Finding, Outcome, Target
from audit.semantics.words import indefinite
from audit.settings.config import entry_lines, read_toml, toml_text
from audit.settings.nearest import did_you_mean, known_words
from audit.settings.responsibility import place_flaw, role_flaw, until_flaw
from audit.writing.fences import fenced

#: Fewest words of a reason or an answer: “ok” is none.
WORDS = 2
_COMMENT = re.compile(r"(?:<!--|\{#|(?<![\w&])#)\s*stepfree:\s*(.*?)\s*(?:-->|#\}|$)", re.MULTILINE)
_ATTRIBUTE = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|“([^”]*)”|\'([^\']*)\'|([^\s"“\']+))')
_FIELD = re.compile(r"^[A-Za-z_][\w-]*\s*:")


@dataclass(frozen=True, slots=True)
class Excuse:
    """One excuse (for a fault) or decision (on a question, then with ``evidence``).

    ``where`` is a pattern for addresses and source paths; ``lines`` the lines of ``path`` that
    an inline one covers. ``path`` and ``line`` say where it is written.
    """

    rule: str
    reason: str
    owner: str
    until: dt.date
    path: str
    line: int
    where: str | None = None
    element: str | None = None
    lines: tuple[int, int] | None = None
    evidence: str | None = None
    link: str | None = None

    @property
    def decision(self) -> bool:
        return self.evidence is not None

    def names(self, rule: str, target: Target | None) -> bool:
        """Whether it is for this very element; one without an element is for a whole page."""
        return rule == self.rule and self.element is not None and target is not None and self.element in target.html

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is what this was written for, evidence and day aside."""
        if finding.rule != self.rule or finding.outcome is not (Outcome.CANT_TELL if self.decision else Outcome.FAILED):
            return False
        if self.element is not None and (finding.target is None or self.element not in finding.target.html):
            return False
        source = finding.source
        if self.lines is not None:
            first, last = self.lines
            return source is not None and source.path == self.path and first <= (source.line or first) <= last
        assert self.where is not None
        places = [*(finding.pages or (finding.page,)), *([source.path] if source else [])]
        matching = [place for place in places if fnmatch.fnmatchcase(place, self.where)]
        if source is not None and source.path in matching:
            return True
        # A fault that also stands on other pages is more than was excused.
        return len(matching) == len(finding.pages or (finding.page,))


@dataclass(frozen=True, slots=True)
class Flaw:
    """An inline excuse that cannot be used, and what to write instead."""

    path: str
    line: int
    message: str
    fix: str


def read_file(path: Path, name: str, rules: Mapping[str, str], today: dt.date) -> tuple[Excuse, ...]:
    """The excuses of a file. ``rules`` maps every id and former id to the present one.

    Raises:
        UsageError: with file and line.
    """
    data, text = read_toml(path, "the list of excuses")
    lines = entry_lines(text)
    found = []
    for table in data:
        if table not in {"excuse", "decision"}:
            raise UsageError(
                f"{path}:1: unknown table “{table}”.",
                did_you_mean(table, ("excuse", "decision")) or "Known: [[excuse]] and [[decision]].",
            )
    for table in ("excuse", "decision"):
        entries = data.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            raise UsageError(f"{path}:1: “{table}” must be written as [[{table}]].")
        for number, entry in enumerate(entries):
            line = lines.get((table, number), 1)
            try:
                found.append(_excuse(entry, table == "decision", name, line, rules, today))
            except _WrongKey as error:
                raise UsageError(f"{path}:{_line_of(text, line, error.key)}: {error}") from error
            except ValueError as error:
                raise UsageError(f"{path}:{line}: {error}") from error
    return tuple(found)


class _WrongKey(ValueError):
    """Something is wrong with one key of an entry."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def _line_of(text: str, start: int, key: str) -> int:
    """The line of a key in the entry that begins in line ``start``; that of the entry when it is not there."""
    for number, line in enumerate(text.splitlines()[start:], start=start + 1):
        if line.lstrip().startswith("["):
            break
        if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return start


def _excuse(
    entry: Mapping[str, Any], decision: bool, path: str, line: int, rules: Mapping[str, str], today: dt.date
) -> Excuse:
    said = "answer" if decision else "reason"
    needed = ("rule", "where", said, "owner", "until", *(("evidence",) if decision else ()))
    known = (*needed, "element", "link")
    for key in entry:
        if key not in known:
            raise _WrongKey(key, f"unknown key “{key}”. {did_you_mean(key, known) or f'Known: {known_words(known)}.'}")
    for key in needed:
        if key not in entry:
            raise ValueError(
                f"the {'decision' if decision else 'excuse'} lacks “{key}”. All of {known_words(needed)} are needed."
            )
    for key, value in entry.items():
        if key != "until" and (not isinstance(value, str) or not value.strip()):
            raise _WrongKey(key, f"“{key}” takes a text in quotation marks.")

    def read[T](key: str, how: Callable[[], T]) -> T:
        try:
            return how()
        except ValueError as error:
            raise _WrongKey(key, str(error)) from error

    rule = read("rule", lambda: _rule(entry["rule"], rules))
    reason = read(said, lambda: _reason(entry[said], said))
    until = read("until", lambda: _day(entry["until"]))
    for key, flaw in (
        ("owner", role_flaw(entry["owner"])),
        ("until", until_flaw(until, today)),
        ("where", place_flaw(entry["where"])),
    ):
        if flaw:
            raise _WrongKey(key, flaw)
    return Excuse(
        rule=rule,
        reason=reason,
        owner=entry["owner"],
        until=until,
        path=path,
        line=line,
        where=entry["where"],
        element=entry.get("element"),
        evidence=entry.get("evidence") if decision else None,
        link=entry.get("link"),
    )


def _rule(written: str, rules: Mapping[str, str]) -> str:
    if written not in rules:
        raise ValueError(f"there is no rule “{written}”. {did_you_mean(written, rules)}".strip())
    return rules[written]


def _reason(written: str, said: str) -> str:
    if len(written.split()) < WORDS:
        raise ValueError(f"“{written}” is not {indefinite(said)}. Write it as a sentence.")
    return written.strip()


def _day(written: object) -> dt.date:
    if isinstance(written, dt.datetime):
        written = written.date()
    if isinstance(written, dt.date):
        return written
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError as error:
        raise ValueError(f"“{written}” is not a day. Write until like 2027-01-31.") from error


def read_source(text: str, path: str, rules: Mapping[str, str], today: dt.date) -> Iterator[Excuse | Flaw]:
    """The inline excuses of a Markdown file or a template, and those that cannot be used."""
    if "stepfree:" not in text:
        return
    lines = text.splitlines()
    matter = _front_matter(lines)
    for number, line in _outside_code(lines, matter):
        for comment in _COMMENT.finditer(line):
            if comment.group(0).startswith("#") and number > matter:
                continue
            span = _field_span(lines, number) if number <= matter else _block_span(lines, number, path)
            yield _inline(comment.group(1), path, number, span, rules, today)


def _front_matter(lines: list[str]) -> int:
    """The line on which front matter ends; 0 without any."""
    if not lines or lines[0].strip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:], start=2) if line.strip() == "---"), 0)


def _outside_code(lines: list[str], matter: int) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without fenced code: an excuse that is shown is not meant."""
    yield from enumerate(lines[:matter], start=1)
    body = lines[matter:]
    for number, (line, code) in enumerate(zip(body, fenced(body), strict=True), start=matter + 1):
        if not code:
            yield number, line


def _block_span(lines: list[str], number: int, path: str) -> tuple[int, int]:
    """The block that a comment stands in, or the next one when it stands alone."""
    if not path.endswith(".md"):
        # In a template, the line itself and the next one that is not empty.
        after = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
        return number, after
    last = number
    alone = not _COMMENT.sub("", lines[number - 1]).strip()
    if alone and last < len(lines) and not lines[last].strip():
        last = next((n - 1 for n in range(last + 1, len(lines) + 1) if lines[n - 1].strip()), last)
    while last < len(lines) and lines[last].strip():
        last += 1
    first = number
    while not alone and first > 1 and lines[first - 2].strip():
        first -= 1
    return first, last


def _field_span(lines: list[str], number: int) -> tuple[int, int]:
    """The front-matter field that a comment stands beside, or the next one."""
    if _FIELD.match(lines[number - 1]):
        first = number
    else:
        first = next(
            (n for n in range(number + 1, len(lines) + 1) if not lines[n - 1].lstrip().startswith("#")), number
        )
    last = first
    while last < len(lines) and lines[last].strip() and lines[last][0] in " \t-" and lines[last].strip() != "---":
        last += 1
    return number, last


def _inline(
    written: str, path: str, line: int, span: tuple[int, int], rules: Mapping[str, str], today: dt.date
) -> Excuse | Flaw:
    shape = '<!-- stepfree: allow RULE reason="…" owner="…" until=2027-01-31 -->'
    words = written.split(maxsplit=2)
    verb = words[0] if words else ""
    if verb not in {"allow", "decided"}:
        hint = did_you_mean(verb, ("allow", "decided"))
        return Flaw(
            path, line, f"“stepfree: {written}” cannot be read as an excuse. {hint}".strip(), f"Write `{shape}`."
        )
    if len(words) < 2 or "=" in words[1]:
        return Flaw(path, line, "The excuse names no rule.", f"Write `{shape}`.")
    values = {
        key: next(value for value in found if value) if any(found) else ""
        for key, *found in _ATTRIBUTE.findall(words[2] if len(words) > 2 else "")
    }
    entry: dict[str, Any] = {"rule": words[1], "where": path, **values}
    try:
        excuse = _excuse(entry, verb == "decided", path, line, rules, today)
    except ValueError as error:
        sentence = str(error)
        return Flaw(path, line, f"The excuse cannot be used: {sentence}", f"Write `{shape}`.")
    return replace(excuse, where=None, lines=span)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of all excuses. ``by_key``: the excuse of each excused finding; ``late``: of each whose excuse has run out."""

    by_key: Mapping[str, Excuse]
    late: Mapping[str, Excuse]
    expired: tuple[Excuse, ...]
    unused: tuple[Excuse, ...]
    lapsed: tuple[tuple[Excuse, Finding], ...]


def apply(
    findings: Collection[Finding], excuses: Iterable[Excuse], today: dt.date, ran: Collection[str], complete: bool
) -> Applied:
    """Match excuses and findings.

    ``ran``: rules that took part in the run; an excuse for another one is not judged.
    ``complete``: whether every page was audited; if not, nothing is called unused.
    """
    by_key: dict[str, Excuse] = {}
    late: dict[str, Excuse] = {}
    expired, unused, lapsed = [], [], []
    for excuse in excuses:
        covered = [finding for finding in findings if excuse.covers(finding)]
        if excuse.until < today:
            if covered or excuse.rule in ran:
                expired.append(excuse)
            late.update({finding.key: excuse for finding in covered})
            continue
        same = [finding for finding in covered if not excuse.decision or _same(excuse, finding)]
        for finding in same:
            by_key.setdefault(finding.key, excuse)
        if not same and covered:
            lapsed.append((excuse, covered[0]))
        elif not covered and complete and excuse.rule in ran:
            unused.append(excuse)
    return Applied(by_key, late, tuple(expired), tuple(unused), tuple(lapsed))


def _same(excuse: Excuse, finding: Finding) -> bool:
    return (
        excuse.evidence is not None
        and len(excuse.evidence) >= 8
        and finding.evidence_digest.startswith(excuse.evidence)
    )


def entry_text(finding: Finding, reason: str, owner: str, until: dt.date, link: str | None = None) -> str:
    """The entry of ``excuses.toml`` that excuses a fault, or decides a question."""
    decision = finding.outcome is Outcome.CANT_TELL
    values = {
        "rule": finding.rule,
        "where": finding.source.path if finding.source else finding.page,
        "element": finding.target.html[:60].split("\n")[0] if finding.target and finding.target.html else None,
        "answer" if decision else "reason": reason,
        "owner": owner,
        "evidence": finding.evidence_digest if decision else None,
        "link": link,
    }
    lines = [f"{key} = {toml_text(value)}" for key, value in values.items() if value is not None]
    return "\n".join([f"[[{'decision' if decision else 'excuse'}]]", *lines, f"until = {until.isoformat()}", ""])
