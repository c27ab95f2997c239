"""``python -m audit.github``: what the workflows call.

::

    annotate REPORT [--base REPORT]             workflow commands on the standard output
    summary REPORT [--base REPORT]              what is new, for the summary of the job
    note REPORT --output FILE [--base REPORT]   the small file for the second stage
    comment                                     the second stage, in a workflow on workflow_run
    status RESULT                               the default branch's verdict, in a workflow on workflow_run
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from audit.errors import AuditError, UsageError
from audit.github import note, post
from audit.github.annotations import commands
from audit.github.client import GitHub
from audit.github.comment import Places, RunNumber, render, text
from audit.judgement.comparison import Comparison, compare
from audit.model.report import Report
from audit.reports.reading import from_json
from audit.settings.config import find


def main(arguments: list[str] | None = None) -> int:
    """Runs one of them; the exit status is that of ``audit.errors``."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "annotate":
                report, comparison = _read(options.report, options.base)
                findings = comparison.new if comparison else report.findings
                _say("\n".join(commands(report, findings)))
            case "summary":
                report, comparison = _read(options.report, options.base)
                said = render(
                    note.make(report, comparison), RunNumber(0, 0), _run_address(), Places(report.rules_address)
                )
                _say(text(said))
            case "note":
                report, comparison = _read(options.report, options.base)
                options.output.parent.mkdir(parents=True, exist_ok=True)
                options.output.write_bytes(note.to_json(note.make(report, comparison)))
            case "status":
                event, github = _finished_run()
                state = post.set_verdict(event, github, options.result, _run_address())
                _say(f"The status of {event.sha} is now {state}.")
            case _:
                _say(f"This stage {_comment()}.")
    except AuditError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code
    except OSError as problem:
        sys.stderr.write(f"{problem.filename}: {problem.strerror}.\n")
        return UsageError.exit_code
    return 0


def _finished_run() -> tuple[post.Event, GitHub]:
    event = post.read_event(Path(_setting("GITHUB_EVENT_PATH")))
    github = GitHub(
        base=os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        repository=_setting("GITHUB_REPOSITORY"),
        token=_setting("GITHUB_TOKEN"),
    )
    return event, github


def _comment() -> str:
    event, github = _finished_run()
    # The files here are those of the default branch, so what they say of the site can be trusted.
    rules = find(None, Path()).rules_address(os.environ.get("SITEURL"))
    return post.post(event, github, _site(), rules_address=rules)


def _site() -> str:
    """GitHub's address for people."""
    return os.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")


def _run_address() -> str:
    """The page of this run, where the whole report is kept."""
    return f"{_site()}/{_setting('GITHUB_REPOSITORY')}/actions/runs/{_setting('GITHUB_RUN_ID')}"


def _setting(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UsageError(f"{name} is not set.", "This command runs in a workflow on GitHub.")
    return value


def _read(report: Path, base: Path | None) -> tuple[Report, Comparison | None]:
    head = from_json(report.read_bytes(), str(report))
    # A base that is not there is no error: the first pull request has none, and says so.
    if base is None or not base.is_file():
        return head, None
    return head, compare(from_json(base.read_bytes(), str(base)), head)


def _say(text: str) -> None:
    if text:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m audit.github", description="What GitHub shows of a report.")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name, says in (
        ("annotate", "print workflow commands for annotations"),
        ("summary", "print what is new as Markdown"),
        ("note", "write the note for the second stage"),
    ):
        command = subparsers.add_parser(name, help=says)
        command.add_argument("report", type=Path, metavar="REPORT", help="a report.json")
        command.add_argument(
            "--base", type=Path, metavar="REPORT", help="the report.json of the base branch, if there is one"
        )
        if name == "note":
            command.add_argument("--output", type=Path, required=True, metavar="FILE", help="where to write it")
    subparsers.add_parser("comment", help="write or update the comment on the pull request")
    status = subparsers.add_parser("status", help="set the status of the commit that was checked")
    status.add_argument("result", metavar="RESULT", help="how the job that audited it ended")
    return parser


if __name__ == "__main__":
    sys.exit(main())
