"""Whether another version of the auditor finds the same: one folder, audited by both, and compared.

``python -m benchmarks.sameness REVISION FOLDER …`` checks the revision out beside this one, audits each folder with
its code and with the code here, under the same conditions and without a cache, and prints what ``stepfree compare``
says of the two reports: nothing new and nothing gone means the same findings. Both run with the packages that are
installed here, so the revision must not need others.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from audit.reports.comparison import as_text
from stepfree.api import compare, read_report

HERE = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Compare the findings of a revision with those of the code here; 0 when they are the same for each folder."""
    if len(arguments) < 2:
        print(__doc__)
        return 2
    revision, *folders = arguments
    same = True
    with tempfile.TemporaryDirectory() as work:
        there = Path(work, "before")
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", there, revision], cwd=HERE, check=True)
        try:
            for number, folder in enumerate(folders):
                target = Path(folder).resolve()
                before, after = (
                    read_report(_audit(code, target, Path(work, f"{number}-{name}")))
                    for code, name in ((there, "before"), (HERE, "after"))
                )
                found = compare(before, after)
                print(f"\n{folder}:\n{as_text(found)}")
                same &= not (found.new or found.gone or found.incomplete)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", there], cwd=HERE, check=True)
    return 0 if same else 1


def _audit(code: Path, target: Path, output: Path) -> Path:
    """The report of one version on a folder; findings are no failure here, an audit that breaks off is."""
    options = ("--profile", "everything", "--workers", "2", "--format", "json", "--no-cache", "--output", str(output))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(code), str(code / "plugins")))}
    ended = subprocess.run(
        [sys.executable, "-m", "stepfree", "audit", str(target), *options],
        cwd=output.parent, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if ended.returncode not in {0, 1, 4}:
        raise SystemExit(f"The audit of {target} by {code.name} ended with {ended.returncode}.\n{ended.stderr}")
    return output / "report.json"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
