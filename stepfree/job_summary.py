"""The Markdown report as a job summary on GitHub, within what GitHub takes.

A summary above 1 MiB is dropped whole, without a word. So a long report is cut
between two lines, and says so. Standard library only, because it must also
speak when the set-up has failed::

    python -m stepfree.job_summary build/report/report.md >> "$GITHUB_STEP_SUMMARY"
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

#: In bytes of UTF-8; GitHub's own limit is 1,048,576.
LIMIT = 1_000_000

CUT = "\n\n**The report continues:** it is too long for this page. All of it is in the artifact `report`.\n"
MISSING = "**There is no report:** the check ended before the audit did. The log of the step that failed says why.\n"

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def bounded(report: str, limit: int = LIMIT) -> str:
    """Return ``report``, or as many whole lines of it as fit into ``limit`` bytes.

    A code block and ``<details>`` that are open at the cut are closed, so that
    the last sentence is read as what it is. ``limit`` must leave room for it.
    """
    if len(report.encode()) <= limit:
        return report
    kept: list[str] = []
    size, fence, details = 0, "", 0
    closing = CUT
    for line in report.splitlines(keepends=True):
        size += len(line.encode())
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
        elif not fence:
            details += line.count("<details") - line.count("</details>")
        after = ("\n" + fence if fence else "") + "\n\n</details>" * max(details, 0) + CUT
        if size + len(after.encode()) > limit:
            break
        kept.append(line)
        closing = after
    return "".join(kept) + closing


def main(arguments: list[str]) -> int:
    """Write the summary of the report named by the one argument to standard output."""
    if len(arguments) != 1:
        sys.stderr.write("Name one Markdown report, for instance: build/report/report.md\n")
        return 2
    report = Path(arguments[0])
    summary = bounded(report.read_text(encoding="utf-8")) if report.is_file() else MISSING
    sys.stdout.buffer.write(summary.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
