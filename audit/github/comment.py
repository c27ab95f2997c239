"""The comment on a pull request: a pure function of the note.

New findings first, by file and line, the theme's apart from the authors'; then questions; then
what was fixed, with thanks; then counts. Below GitHub's limit whatever happens: pieces are
left out whole, so neither the marker nor a block of code is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from audit.github.note import Item, Note
from audit.model.report import Verdict
from audit.reports.causes import Cause
from audit.reports.escaped import Piece, code, fit, words
from audit.reports.markdown import indented, prose, rule_link
from audit.reports.sentences import count, listed, number, sentence
from audit.standards import criteria

# GitHub takes 65,536 characters; we count bytes, which are never fewer.
LIMIT = 65_000

_MARKER = re.compile(r"<!-- stepfree-comment run=(\d{1,18}) attempt=(\d{1,9}) -->")
#: What decides the verdict: the auditor, its settings, its lists, and what starts it.
_JUDGE = re.compile(
    r"(?:audit|stepfree|setup|\.github|\.ci)/|(?:stepfree|excuses|baseline|words|pyproject)\.toml$|Makefile$"
    r"|requirements\.lock$|action\.yml$|(?:pelican|publish)conf\.py$|\.python-version$"
)
#: Most of these files that are named.
_NAMED = 10
_AUTHORS = (Cause.CONTENT, Cause.PAGE, Cause.DOCUMENT)


@dataclass(frozen=True, slots=True, order=True)
class RunNumber:
    """Which run wrote a comment; a later one is larger."""

    run: int
    attempt: int


def marker(run: RunNumber) -> str:
    """The hidden first line by which the comment is found again."""
    return f"<!-- stepfree-comment run={run.run} attempt={run.attempt} -->"


def written_by(body: str) -> RunNumber | None:
    """The run that wrote a comment; ``None`` when it is not ours."""
    match = _MARKER.match(body)
    return RunNumber(int(match[1]), int(match[2])) if match else None


def text(body: str) -> str:
    """The comment without its marker: what people read."""
    return _MARKER.sub("", body, count=1).strip()


def of_the_judge(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths among these that decide what the check says, in their order, each once."""
    return tuple(dict.fromkeys(path for path in sorted(paths) if _JUDGE.match(path)))


def worth_saying(note: Note) -> bool:
    """Whether there is a reason to write to somebody who was not written to before."""
    return bool(note.new or note.questions or note.errors or note.verdict is not Verdict.CLEAR)


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses with / at their ends, from what can be trusted; never from the note.

    ``rules``: where the site explains the rules. ``files``: the files of the state that was checked.
    """

    rules: str | None = None
    files: str | None = None


NOWHERE = Places()
#: Under every headline that comes from a note.
MADE_BY = (
    "<sub>The words below were made by the code of this pull request. Nobody at the library has written or"
    " approved them.</sub>\n\n"
)


def render(note: Note, run: RunNumber, report_address: str, places: Places = NOWHERE, judge: Sequence[str] = ()) -> str:
    """The whole comment. ``report_address`` is the page of the run, where the report is kept.

    ``judge``: the files that decide the verdict and that the pull request changes.
    """
    head = [f"{marker(run)}\n", *changed_judge(judge), f"### Accessibility: {words(_headline(note))}\n\n", MADE_BY]
    if not note.compared and (note.new or note.questions):
        head.append("There was no report of the base branch to compare with, so everything found is shown.\n\n")
    authors = [item for item in note.new if item.cause in _AUTHORS]
    questions = [item for item in note.questions if item.cause in _AUTHORS]
    # Neither a fault nor a question of the theme is put to an author.
    theme = [item for item in (*note.new, *note.questions) if item.cause not in _AUTHORS]
    body = [
        *_errors(note.errors),
        *_section("#### To change\n\n" if authors else "", authors, places),
        *_section(
            "#### For whoever looks after the theme\n\nNothing here is the fault of an author.\n\n",
            theme,
            places,
        ),
        *_section(
            "#### Questions for you\n\nThe checks cannot decide these. Look once, and answer or change.\n\n",
            questions,
            places,
        ),
        *_fixed(note.fixed),
    ]
    tail = [f"\n{words(_counts(note))} [The whole report]({report_address}) is kept with the check.\n"]
    return fit(head, body, tail, LIMIT, "They are in the report.")


def changed_judge(files: Sequence[str]) -> list[str]:
    """Said before everything else when a pull request changes what judges it."""
    if not files:
        return []
    named = listed([code(path) for path in files[:_NAMED]])
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return [
        (
            f"**This pull request changes what judges it:** {named}{more}. Read these changes before you trust what"
            " is said below.\n\n"
        )
    ]


def contradictory(run: RunNumber, report_address: str, why: Sequence[str], judge: Sequence[str] = ()) -> str:
    """The comment when what was handed over cannot be true; nothing of it is repeated."""
    lines = "".join(f"- {words(sentence)}\n" for sentence in why)
    return (
        f"{marker(run)}\n{''.join(changed_judge(judge))}### Accessibility: the check contradicts itself\n\n"
        f"What it handed over cannot be true, so nothing of it is shown.\n\n{lines}\n"
        f"[The log of the check]({report_address}) says more.\n"
    )


def without_note(run: RunNumber, report_address: str, judge: Sequence[str] = ()) -> str:
    """The comment when the check ended before there was anything to hand over."""
    return (
        f"{marker(run)}\n{''.join(changed_judge(judge))}### Accessibility: the check could not finish\n\n"
        "The site could not be built or checked, so nothing can be said about it. "
        f"[The log of the check]({report_address}) says why; often it is a line at the top of a file.\n"
    )


def _headline(note: Note) -> str:
    counts = note.counts
    if note.verdict is Verdict.INCOMPLETE:
        return "the check is incomplete"
    if note.verdict is Verdict.NOTHING:
        return "nothing was checked"
    if counts["new_blocking"]:
        return f"{count(counts['new_blocking'], 'thing')} to change before this can be published"
    if note.verdict is Verdict.BLOCKED:
        return "nothing new, but something older blocks publishing"
    if counts["new"]:
        return f"{count(counts['new'], 'thing')} worth changing"
    if counts["questions"]:
        return f"{count(counts['questions'], 'question')} for you"
    return "nothing new was found"


def _counts(note: Note) -> str:
    counts = note.counts
    parts = [count(counts["audited"], "page checked", "pages checked")]
    if counts["not_audited"]:
        parts.append(count(counts["not_audited"], "page not checked", "pages not checked"))
    parts.append(f"{number(counts['new'])} new")
    if note.compared and counts["fixed"]:
        parts.append(f"{number(counts['fixed'])} fixed")
    if note.compared and counts["unchanged"]:
        parts.append(f"{number(counts['unchanged'])} there before")
    if counts["not_comparable"]:
        parts.append(f"{number(counts['not_comparable'])} not comparable")
    if counts["known"]:
        parts.append(f"{number(counts['known'])} known before")
    if counts["excused"]:
        parts.append(f"{number(counts['excused'])} excused")
    if counts["theirs"]:
        parts.append(f"{number(counts['theirs'])} in what belongs to somebody else")
    return sentence(listed(parts)) + ". Automated checks find many problems, not all of them."


def _errors(errors: Sequence[str]) -> list[Piece]:
    if not errors:
        return []
    lines = "".join(f"- {words(error)}\n" for error in errors)
    return [Piece(f"#### Could not be checked\n\nThis is not the pages’ fault.\n\n{lines}\n")]


def _section(heading: str, items: Sequence[Item], places: Places) -> list[Piece]:
    if not items:
        return []
    pieces = [Piece(heading)]
    for place, group in groupby(sorted(items, key=_order), key=_place):
        pieces.append(Piece(f"{code(place)}\n\n"))
        pieces.extend(Piece(_item(item, places), 1) for item in group)
    return pieces


def _order(item: Item) -> tuple[object, ...]:
    return (not item.path, item.path or item.page, item.line, item.rule, item.title)


def _place(item: Item) -> str:
    return item.path or item.page or "the site as a whole"


def _item(item: Item, places: Places) -> str:
    where = f"{_line(item, places)}: " if item.line else ""
    page = f", seen on {code(item.page)}" if item.page and item.path else ""
    names = [criteria()[criterion].name for criterion in item.wcag if criterion in criteria()]
    facts = [
        *(["Must be changed before publishing."] if item.blocking else []),
        *([f"Part of the guidelines: {words(', '.join(names))}."] if names else []),
        f"Rule: {rule_link(item.rule, places.rules)}",
    ]
    return "\n".join(
        (
            f"- **{where}{words(item.title)}**{page}",
            "",
            indented(prose(item.message)),
            "",
            indented(prose(item.fix)),
            "",
            f"  _Why it matters:_ {words(item.why)}",
            "",
            f"  <sub>{' '.join(facts)}</sub>",
            "",
            "",
        )
    )


def _line(item: Item, places: Places) -> str:
    """The number of the line, as a link to it where the files of this state can be seen."""
    if not places.files:
        return f"Line {item.line}"
    return f"[Line {item.line}]({places.files}{quote(item.path, safe='/')}?plain=1#L{item.line})"


def _fixed(items: Sequence[Item]) -> list[Piece]:
    if not items:
        return []
    pieces = [Piece("#### Fixed: thank you\n\n")]
    for item in sorted(items, key=_order):
        line = f":{item.line}" if item.line else ""
        pieces.append(Piece(f"- {code(_place(item) + line)}: {words(item.title)}\n", 1))
    return pieces
