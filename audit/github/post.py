"""The second stage: whether to write to a pull request, to which, and what.

It stays silent rather than write to the wrong place: exactly one open pull request must have
the commit that was checked as its head, still.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.github.client import Comment, GitHub, is_sha
from audit.github.comment import (
    Places,
    RunNumber,
    contradictory,
    of_the_judge,
    render,
    text,
    without_note,
    worth_saying,
    written_by,
)
from audit.github.note import Note, contradictions, parse

ARTIFACT = "note"
#: The name of the status that says what the default branch's rules say.
VERDICT = "Accessibility by the rules of the default branch"
AUTHOR = "github-actions[bot]"


class Done(StrEnum):
    """What the second stage did, in the words of its log."""

    CREATED = "wrote a comment"
    UPDATED = "updated the comment"
    UNCHANGED = "left the comment as it is: it says the same"
    NOTHING = "wrote nothing: there is nothing to say"
    NO_PULL = "wrote nothing: not exactly one open pull request has this commit as its head"
    OLDER = "wrote nothing: a later run has written already"
    NOT_A_PULL = "wrote nothing: the check did not run for a pull request, or was cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """The finished run, from the event that started this stage."""

    run_id: int
    number: RunNumber
    sha: str
    for_pull: bool
    conclusion: str


def read_event(path: Path) -> Event:
    """The event as GitHub wrote it.

    Raises:
        UsageError: it is no event of a finished run.
    """
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise UsageError("The event cannot be read.", "This command runs in a workflow on workflow_run.") from problem
    run = data.get("workflow_run") if isinstance(data, dict) else None
    if not isinstance(run, dict) or not is_sha(run.get("head_sha")):
        raise UsageError(
            "The event does not belong to a finished run.", "This command runs in a workflow on workflow_run."
        )
    return Event(
        run_id=_whole(run, "id"),
        number=RunNumber(_whole(run, "run_number"), _whole(run, "run_attempt")),
        sha=run["head_sha"],
        for_pull=run.get("event") == "pull_request",
        conclusion=str(run.get("conclusion")),
    )


def post(event: Event, github: GitHub, site: str, author: str = AUTHOR, rules_address: str | None = None) -> Done:
    """Writes, updates or leaves the comment. ``site`` is GitHub's address for people.

    ``rules_address``: where the library's website explains the rules, by the settings of the default branch.

    Raises:
        GitHubError: GitHub did not answer as expected.
        UsageError: the note is not one; nothing was written.
    """
    if not event.for_pull or event.conclusion not in {"success", "failure", "timed_out"}:
        return Done.NOT_A_PULL
    pulls = github.pulls_with_head(event.sha)
    if len(pulls) != 1:
        return Done.NO_PULL
    note = _note(event, github)
    address = f"{site.rstrip('/')}/{github.repository}/actions/runs/{event.run_id:d}"
    existing = _ours(github, pulls[0], author)
    if existing is not None:
        earlier = written_by(existing.body)
        if earlier is not None and earlier > event.number:
            return Done.OLDER
    files = f"{site.rstrip('/')}/{github.repository}/blob/{event.sha}/"
    said = Places(rules_address, files)
    judge = of_the_judge(github.changed_files(pulls[0]))
    wrong = contradictions(note, event.conclusion) if note is not None else ()
    if note is None:
        body = without_note(event.number, address, judge)
    elif wrong:
        body = contradictory(event.number, address, wrong, judge)
    else:
        body = render(note, event.number, address, said, judge)
    if existing is None:
        quiet = event.conclusion == "success" if note is None else not (wrong or worth_saying(note))
        if quiet and not judge:
            return Done.NOTHING
    elif _same(existing.body, body, address):
        return Done.UNCHANGED
    # Between the first look and now somebody may have pushed: what we say would be about the past.
    if github.pulls_with_head(event.sha) != pulls:
        return Done.NO_PULL
    if existing is None:
        github.create_comment(pulls[0], body)
        return Done.CREATED
    github.update_comment(existing.id, body)
    return Done.UPDATED


def _note(event: Event, github: GitHub) -> Note | None:
    """The note of the run; ``None`` when it kept none."""
    found = [artifact for artifact in github.artifacts(event.run_id) if artifact.name == ARTIFACT]
    return parse(github.download_note(found[0])) if len(found) == 1 else None


def _ours(github: GitHub, pull: int, author: str) -> Comment | None:
    """Our comment: by marker and author, so that nobody else's is ever changed."""
    return next(
        (comment for comment in github.comments(pull) if comment.author == author and written_by(comment.body)), None
    )


def _same(old: str, new: str, address: str) -> bool:
    """Whether two comments say the same: the address of the run always differs."""
    head, _, _ = address.rpartition("/")

    def without_address(body: str) -> str:
        parts = text(body).replace("\r\n", "\n").split(f"({head}/")
        return parts[0] + "".join(part.partition(")")[2] for part in parts[1:])

    return without_address(old) == without_address(new)


def _whole(run: Mapping[str, Any], name: str) -> int:
    value = run.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UsageError(f"The event has no number “{name}”.")
    return value


def set_verdict(event: Event, github: GitHub, result: str, address: str) -> str:
    """Set the status of the commit that was checked, from how the job that audited it ended; the state that it got.

    ``result``: ``success`` or ``failure``, as GitHub says it of a job. Anything else is no verdict, and so an error.

    Raises:
        GitHubError: GitHub did not answer as expected.
    """
    state, words = {
        "success": ("success", "Nothing blocks publishing."),
        "failure": ("failure", "Something must be fixed first, or not everything could be looked at."),
    }.get(result, ("error", "The audit did not come to its end."))
    github.create_status(event.sha, state, VERDICT, words, address)
    return state
