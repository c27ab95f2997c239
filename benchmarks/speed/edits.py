"""From one edit to the verdict on the whole site, in a copy of the repository: build and audit, as ``make check`` does."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from audit.errors import ExitCode, UsageError
from benchmarks.speed.measuring import Spent, measured

EDITS = "A whole check after one edit"
#: Seconds of the clock on two quiet processors.
COLD, CHANGED, SAME = 300.0, 45.0, 4.0
#: What a copy needs to be built and audited.
_PARTS = (
    "content",
    "theme",
    "plugins",
    "pelicanconf.py",
    "publishconf.py",
    "stepfree.toml",
    "words.toml",
    "excuses.toml",
    "baseline.toml",
    "pyproject.toml",
    "README.md",
    "docs",
    "data",
)


def edits(repository: Path, program: Path) -> tuple[list[str], int]:
    """Measure three checks of a copy: cold, unchanged, and with one sentence more in one program (or page, where there is none).

    ``repository``: the library's files; ``program``: where the code is.

    Raises:
        UsageError: there is no program to edit.
    """
    content = repository / "content"
    pages = sorted((content / "programs").glob("*.md")) or sorted((content / "pages").rglob("*.md"))
    if not pages:
        raise UsageError("There is no program or page in content to change a sentence in.")
    with tempfile.TemporaryDirectory(prefix="stepfree-edits-") as place:
        copy = Path(place) / "repository"
        copy.mkdir()
        for part in _PARTS:
            source = repository / part
            if source.is_dir():
                shutil.copytree(source, copy / part)
            elif source.is_file():
                shutil.copy2(source, copy / part)
        command = [sys.executable, "-m", "stepfree", "check"]
        environment = {"PYTHONPATH": f"{copy}:{program}"}
        runs: list[tuple[str, Spent, float]] = []
        runs.append(("Cold", measured(command, copy, environment), COLD))
        runs.append(("Nothing changed", measured(command, copy, environment), SAME))
        file = copy / pages[len(pages) // 2].relative_to(repository)
        file.write_text(
            f"{file.read_text(encoding='utf-8').rstrip()}\n\nCoats can be left at the desk.\n", encoding="utf-8"
        )
        runs.append(("One sentence changed on one page", measured(command, copy, environment), CHANGED))
    broken = [run for _, run, _ in runs if run.status not in {ExitCode.NOTHING_BLOCKS, ExitCode.BLOCKING_FINDINGS}]
    if broken:
        raise UsageError(f"The check ended with {broken[0].status}: {broken[0].output[-400:]}")
    cold = runs[0][1]
    lines = ["| Check | processor, s | times a cold one | clock, s | bar, s on two quiet processors |"]
    lines.append("| --- | --- | --- | --- | --- |")
    lines += [
        f"| {name} | {run.cpu:.1f} | {run.cpu / cold.cpu:.3f} | {run.wall:.1f} | {bar:g} |" for name, run, bar in runs
    ]
    missed = any(run.wall > bar for _, run, bar in runs)
    return lines, ExitCode.BLOCKING_FINDINGS if missed else ExitCode.NOTHING_BLOCKS
