"""Compares two trials: done by the newer version, which can read what the older one has written.

``python -m stepfree.upgrading TASK``: TASK is a JSON file, see :class:`Task`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypedDict

from audit.errors import AuditError, BrowserError, ExitCode
from stepfree.failures import told
from stepfree.reading import read_report
from stepfree.upgrading.differences import differences
from stepfree.upgrading.telling import Outcome, as_html, as_markdown, as_text, summary
from stepfree.upgrading.trials import built
from stepfree.upgrading.views import chosen, looks


class Task(TypedDict):
    """``old`` and ``new``: version and folder of a trial; ``own``: sentences about the library's files;
    ``browser``: whether pictures are wanted; ``output``: the folder for what is told.
    """

    old: tuple[str, str]
    new: tuple[str, str]
    own: list[str]
    browser: bool
    output: str


def perform(task: Task) -> ExitCode:
    """Compare, and write ``upgrade.txt``, ``upgrade.md`` and ``upgrade.html``.

    Raises:
        UsageError: a report cannot be read by this version.
    """
    (old_version, old_folder), (new_version, new_folder) = task["old"], task["new"]
    old, new = built(Path(old_folder)), built(Path(new_folder))
    found = differences(old, new, read_report(old.report), read_report(new.report))
    pictures, blind = None, ""
    if task["browser"]:
        try:
            pictures = looks(old, new, chosen(found.pages))
        except BrowserError as error:
            blind = f"There are no pictures: {error}"
    outcome = Outcome(old_version, new_version, found, task["own"], pictures, blind)
    output = Path(task["output"])
    output.mkdir(parents=True, exist_ok=True)
    for name, data in (
        ("upgrade.txt", f"{as_text(outcome)}\n\n{summary(outcome)}\n".encode()),
        ("upgrade.md", as_markdown(outcome).encode()),
        ("upgrade.html", as_html(outcome)),
    ):
        (output / name).write_bytes(data)
    return outcome.exit_code


def main(task: str) -> int:
    """Perform a task in a file; the exit code. What goes wrong is told in a sentence."""
    try:
        return int(perform(json.loads(Path(task).read_text(encoding="utf-8"))))
    except AuditError as error:
        return told(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
