"""The note: what the first stage hands to the second, as one small JSON file.

It holds findings in few fields, each bounded, and no Markdown made by the first stage: that
stage runs a stranger's code, so the second one writes the comment itself. :func:`parse`
refuses whatever is not exactly a note; nothing of a refused note is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from audit.errors import UsageError
from audit.judgement.comparison import Comparison
from audit.model.finding import Finding, FindingState, Outcome, SourceKind
from audit.model.report import Report, Verdict
from audit.reports.causes import Cause, cause
from audit.reports.prose import plain

SCHEMA = "stepfree-note/1"
FILE = "note.json"
MAX_BYTES = 1_000_000

_LIMITS = {"path": 300, "page": 300, "rule": 80, "title": 120, "message": 600, "why": 400, "fix": 1500, "sentence": 300}
_RULE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CRITERION = re.compile(r"[1-4]\.[1-9]\.[1-9][0-9]?\Z")
_MANY = {"new": 300, "questions": 150, "fixed": 150, "errors": 50}
_COUNTS = (
    "audited",
    "not_audited",
    "new",
    "new_blocking",
    "questions",
    "fixed",
    "unchanged",
    "not_comparable",
    "known",
    "excused",
    "theirs",
    "errors",
)
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as the comment needs it. ``path`` and ``page`` may be empty, ``line`` is then 0."""

    path: str
    line: int
    cause: Cause
    page: str
    rule: str
    title: str
    message: str
    why: str
    fix: str
    wcag: tuple[str, ...]
    blocking: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What the second stage knows. The lists may be shorter than the counts say.

    ``compared``: whether there was a base to compare with; without one, ``new`` is everything
    that is neither known nor excused.
    """

    verdict: Verdict
    compared: bool
    counts: Mapping[str, int]
    new: tuple[Item, ...]
    questions: tuple[Item, ...]
    fixed: tuple[Item, ...]
    errors: tuple[str, ...]


def make(report: Report, comparison: Comparison | None) -> Note:
    """The note of a run; ``comparison`` with the base branch when there is one."""
    rules = {rule.id: rule for rule in report.rules}
    candidates = comparison.new if comparison else report.findings
    fresh = [finding for finding in candidates if finding.state == FindingState.NEW]
    new = [finding for finding in fresh if finding.outcome is Outcome.FAILED or finding.blocking]
    questions = [finding for finding in fresh if finding.outcome is Outcome.CANT_TELL and not finding.blocking]
    fixed = comparison.gone if comparison else ()
    summary = report.summary
    errors = [f"{error.where}: {error.sentence}" for error in report.errors]

    def items(findings: Sequence[Finding], most: int) -> tuple[Item, ...]:
        # Blocking ones are never crowded out by others.
        worst = sorted(range(len(findings)), key=lambda number: (not findings[number].blocking, number))[:most]
        return tuple(_item(findings[number], cause(findings[number], rules)) for number in sorted(worst))

    return Note(
        verdict=report.verdict,
        compared=comparison is not None,
        counts={
            "audited": summary.audited,
            "not_audited": summary.not_audited,
            "new": len(new),
            "new_blocking": sum(finding.blocking for finding in new),
            "questions": len(questions),
            "fixed": len(fixed),
            "unchanged": len(comparison.unchanged) if comparison else 0,
            "not_comparable": len(comparison.not_comparable) if comparison else 0,
            "known": summary.known,
            "excused": summary.excused,
            "theirs": summary.theirs,
            "errors": summary.errors,
        },
        new=items(new, _MANY["new"]),
        questions=items(questions, _MANY["questions"]),
        fixed=items(fixed, _MANY["fixed"]),
        errors=tuple(_cut(sentence, _LIMITS["sentence"]) for sentence in errors[: _MANY["errors"]]),
    )


def to_json(note: Note) -> bytes:
    """The file, never above :data:`MAX_BYTES`: lists lose their ends until it fits."""
    data = {"schema": SCHEMA, **asdict(note)}
    while True:
        encoded = json.dumps(data, ensure_ascii=True, sort_keys=True, indent=1).encode("ascii") + b"\n"
        if len(encoded) <= MAX_BYTES:
            return encoded
        for name in ("fixed", "questions", "new"):
            data[name] = data[name][: len(data[name]) * 2 // 3]


def parse(data: bytes) -> Note:
    """The note in a file from a stranger.

    Raises:
        UsageError: it is too large, no JSON, or anything in it is not as :func:`make` writes it.
    """
    if len(data) > MAX_BYTES:
        raise UsageError(f"The note is larger than {MAX_BYTES:,} bytes.")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise UsageError("The note is not JSON.") from None
    fields = _object(value, {"schema", "verdict", "compared", "counts", *_MANY}, "the note")
    if fields["schema"] != SCHEMA:
        raise UsageError(f"The note is not of the schema {SCHEMA}.")
    counts = _object(fields["counts"], set(_COUNTS), "counts")
    compared = fields["compared"]
    if not isinstance(compared, bool):
        raise UsageError("In the note, compared is neither true nor false.")
    return Note(
        verdict=_word(fields["verdict"], Verdict, "verdict"),
        compared=compared,
        counts={name: _whole(counts[name], f"counts.{name}") for name in _COUNTS},
        new=_items(fields["new"], "new"),
        questions=_items(fields["questions"], "questions"),
        fixed=_items(fields["fixed"], "fixed"),
        errors=tuple(_text(entry, "sentence", "errors") for entry in _list(fields["errors"], "errors")),
    )


def inside(path: str) -> bool:
    """Whether a path is one of a file inside the repository: relative, going nowhere else."""
    parts = path.split("/")
    return (
        bool(path)
        and not path.startswith("/")
        and "\\" not in path
        and not re.match(r"[A-Za-z]:", path)
        and all(part not in ("", ".", "..", ".git") for part in parts)
        and path.isprintable()
    )


def contradictions(note: Note, conclusion: str) -> tuple[str, ...]:
    """What cannot be true of a note as it is, or beside how GitHub says the run ended; sentences.

    A note is made by the code of a pull request, which may say whatever it likes.
    """
    counts = note.counts
    blocking = sum(item.blocking for item in note.new)
    wrong = {
        "It says that nothing blocks, and counts pages or rules that were not checked.": note.verdict is Verdict.CLEAR
        and bool(counts["not_audited"] or counts["errors"]),
        "It says that nothing blocks, and counts new faults that are.": note.verdict is Verdict.CLEAR
        and bool(counts["new_blocking"] or blocking),
        "It says that nothing blocks, and counts no page that was checked.": note.verdict is Verdict.CLEAR
        and not counts["audited"],
        "It says that nothing was checked, and counts pages that were.": note.verdict is Verdict.NOTHING
        and bool(counts["audited"]),
        "It says that the check is incomplete, and counts nothing that is missing.": note.verdict is Verdict.INCOMPLETE
        and not (counts["not_audited"] or counts["errors"]),
        "It lists more than it counts.": any(
            len(listed) > counts[name]
            for name, listed in (
                ("new", note.new),
                ("questions", note.questions),
                ("fixed", note.fixed),
                ("errors", note.errors),
            )
        )
        or blocking > counts["new_blocking"],
        "It counts more new blocking faults than new faults.": counts["new_blocking"] > counts["new"],
        "It says that something is new, and that there was nothing to compare with.": not note.compared
        and bool(counts["fixed"] or counts["unchanged"]),
        "It reports something that blocks, and the run that made it ended well.": conclusion == "success"
        and (note.verdict in {Verdict.INCOMPLETE, Verdict.NOTHING} or counts["new_blocking"] > 0),
    }
    return tuple(sentence for sentence, holds in wrong.items() if holds)


def _item(finding: Finding, whose: Cause) -> Item:
    source = finding.source
    path = source.path if source and inside(source.path) and len(source.path) <= _LIMITS["path"] else ""
    # Of a document no line is meant; of a path that is not shown neither.
    line = source.line or 0 if source and path and source.kind is not SourceKind.DOCUMENT else 0
    return Item(
        path=path,
        line=line,
        cause=whose,
        page=_cut(finding.page, _LIMITS["page"]),
        rule=finding.rule if _RULE.match(finding.rule) and len(finding.rule) <= _LIMITS["rule"] else "unnamed",
        title=_cut(plain(finding.title), _LIMITS["title"]),
        message=_cut(finding.message, _LIMITS["message"]),
        why=_cut(plain(finding.why), _LIMITS["why"]),
        fix=_cut(finding.fix, _LIMITS["fix"]),
        wcag=tuple(number for number in finding.requirements.wcag if _CRITERION.match(number))[:10],
        blocking=finding.blocking,
    )


def _items(value: object, name: str) -> tuple[Item, ...]:
    found = []
    for number, entry in enumerate(_list(value, name)):
        place = f"{name}[{number}]"
        fields = _object(entry, set(Item.__dataclass_fields__), place)
        path = _text(fields["path"], "path", place)
        rule = _text(fields["rule"], "rule", place)
        blocking = fields["blocking"]
        criteria = fields["wcag"]
        if path and not inside(path):
            raise UsageError(f"In the note, {place}.path leads out of the repository.")
        if not _RULE.match(rule):
            raise UsageError(f"In the note, {place}.rule is not the name of a rule.")
        if not isinstance(blocking, bool):
            raise UsageError(f"In the note, {place}.blocking is neither true nor false.")
        if not isinstance(criteria, list) or len(criteria) > 10:
            raise UsageError(f"In the note, {place}.wcag is not a list of at most ten.")
        if not all(isinstance(criterion, str) and _CRITERION.match(criterion) for criterion in criteria):
            raise UsageError(f"In the note, {place}.wcag contains something that is not a success criterion.")
        found.append(
            Item(
                path=path,
                line=_whole(fields["line"], f"{place}.line"),
                cause=_word(fields["cause"], Cause, f"{place}.cause"),
                page=_text(fields["page"], "page", place),
                rule=rule,
                title=_text(fields["title"], "title", place),
                message=_text(fields["message"], "message", place),
                why=_text(fields["why"], "why", place),
                fix=_text(fields["fix"], "fix", place),
                wcag=tuple(criteria),
                blocking=blocking,
            )
        )
    return tuple(found)


def _object(value: object, names: set[str], place: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or set(value) != names:
        raise UsageError(f"In the note, {place} does not have exactly the fields of a note.")
    return value


def _list(value: object, name: str) -> Sequence[object]:
    if not isinstance(value, list) or len(value) > _MANY[name]:
        raise UsageError(f"In the note, {name} is not a list of at most {_MANY[name]}.")
    return value


def _text(value: object, field: str, place: str) -> str:
    if not isinstance(value, str) or len(value) > _LIMITS[field]:
        raise UsageError(
            f"In the note, {place} has a {field} that is not a text of at most {_LIMITS[field]} characters."
        )
    return value


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise UsageError(f"In the note, {place} is not a whole number up to {_MOST:,}.")
    return value


def _word[W: (Verdict, Cause)](value: object, words: type[W], place: str) -> W:
    for word in words:
        if value == word.value:
            return word
    raise UsageError(f"In the note, {place} is not one of the words known there.")


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 8]
    # A fence that was open before the cut is closed after it.
    fences = [line for line in cut.split("\n") if line.lstrip().startswith("```")]
    return cut.rstrip() + ("…\n```" if len(fences) % 2 else "…")
