"""The folder into which a site is written: what is right already stays as it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from library_base.errors import SettingsError


def prepare(output: Path, content: Path) -> None:
    """Make the output folder. Raises :class:`SettingsError` for one that holds the content or is held by it."""
    if output.resolve() == content.resolve() or output.resolve() in content.resolve().parents:
        raise SettingsError(f"The output folder {output} contains the content; choose another one.")
    output.mkdir(parents=True, exist_ok=True)


def place(target: Path, data: bytes) -> None:
    """Write a file unless it is there with these bytes; whatever else stands in its way is removed."""
    try:
        if not target.is_symlink() and target.read_bytes() == data:
            return
    except OSError:
        _clear(target)
    if target.is_symlink():
        target.unlink()
    target.write_bytes(data)


def _clear(target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    for parent in reversed(target.parents):
        # A file of an earlier build may have the name of a folder of this one.
        if parent.is_file():
            parent.unlink()
            break
    target.parent.mkdir(parents=True, exist_ok=True)


def remove_others(output: Path, written: Collection[str]) -> None:
    """Remove every file that this build did not write, and the folders that are empty then."""
    for folder, folders, files in os.walk(output, topdown=False):
        here = Path(folder)
        below = "" if here == output else f"{here.relative_to(output).as_posix()}/"
        for name in (*files, *(each for each in folders if (here / each).is_symlink())):
            if f"{below}{name}" not in written:
                (here / name).unlink()
        if here != output and not any(here.iterdir()):
            here.rmdir()
