"""Planted documents saved anew by LibreOffice, where it is there: another program's hand, the same faults."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

#: Seconds that one call may take, and files that go into one call.
SECONDS, MOST = 300, 40


def program() -> str | None:
    """Where LibreOffice is; ``None`` when it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def saved_again(files: Iterable[Path], folder: Path) -> Mapping[str, Path]:
    """Files opened and saved in their own format by LibreOffice, by their names; those that it could not save are not there."""
    office = program()
    assert office is not None, "LibreOffice is not there"
    out = folder / "again"
    by_format: dict[str, list[Path]] = {}
    for file in files:
        by_format.setdefault(file.suffix.removeprefix("."), []).append(file)
    for ending, all_of_it in by_format.items():
        for begin in range(0, len(all_of_it), MOST):
            piece = [str(each) for each in all_of_it[begin : begin + MOST]]
            # A profile of its own: one that a person has open would be asked to do the work.
            own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [office, own, "--headless", "--convert-to", ending, "--outdir", str(out), *piece]
            subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
    return {each.name: each for each in sorted(out.glob("*"))} if out.is_dir() else {}
