"""What decides a result, as texts that can be compared: files, our own code, what is installed, the browser."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from audit.browser.browser import BROWSERS, BrowserSettings, find
from audit.errors import AuditError

PACKAGE = Path(__file__).parents[1]
#: What ends the name of a file of ours that decides something.
CODE = frozenset({".py", ".js", ".json", ".toml", ".csv", ".txt", ".yml"})


@cache
def own_code() -> str:
    """Of all code of this package, as it was when it was first asked for: what runs does not change meanwhile."""
    return code_digest(code_files(PACKAGE))


@cache
def program_digest() -> str:
    """Of all that decides what the program says of a file: our code, Python, and every package that is installed."""
    packages = sorted(f"{each.name}={each.version}" for each in importlib.metadata.distributions())
    return joined(own_code(), sys.version, *packages)


def code_files(place: Path) -> Iterable[Path]:
    """The files of ours that decide something, in a folder or this one."""
    if place.is_file():
        return (place,)
    names = (os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names)  # noqa: PTH118 - much quicker
    return [Path(name) for name in sorted(names) if name[name.rfind(".") :] in CODE and Path(name).is_file()]


def code_digest(files: Iterable[Path], root: Path = PACKAGE) -> str:
    """Of files below a folder: their names and their bytes."""
    return joined(*(f"{path.relative_to(root).as_posix()}={file_digest(path)}" for path in sorted(files, key=str)))


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def joined(*parts: str) -> str:
    """One digest of several texts."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def fonts() -> str:
    """A digest of the fonts that are installed, as fontconfig lists them: pages without their own are drawn with
    these. Empty where there is no fontconfig.
    """
    lister = shutil.which("fc-list")
    if lister is None:
        return ""
    try:
        run = subprocess.run(
            [lister, "--format", "%{file} %{fontversion}\n"], capture_output=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return hashlib.sha256(b"\n".join(sorted(run.stdout.splitlines()))).hexdigest()


def identity(settings: BrowserSettings) -> str | None:
    """Which browser would be started, and with which fonts; ``None`` when that cannot be known (a Grid, Selenium's
    manager).
    """
    if settings.grid is not None:
        return None
    try:
        binary = settings.binary or find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        if binary is None:
            return None
        run = subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (AuditError, OSError, subprocess.SubprocessError):
        return None
    return f"{binary} {run.stdout.strip()} {fonts()}"
