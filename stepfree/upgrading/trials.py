"""The website built and audited by one version, in a copy: nothing of the library's folder is touched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepfree.upgrading.editions import Edition

#: What is made or fetched again, or belongs to the history; no version builds from it.
_LEFT_OUT = shutil.ignore_patterns("build", ".git", ".cache", ".venv", "node_modules", "__pycache__")


@dataclass(frozen=True, slots=True)
class Built:
    """What a version made of the website, below ``folder``. ``pages``: address → the manifest's entry;
    ``files``: path → digest, of everything that is no page.
    """

    folder: Path
    base_path: str
    pages: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]

    @property
    def site(self) -> Path:
        return self.folder / "build" / "site"

    @property
    def report(self) -> Path:
        return self.folder / "build" / "report" / "report.json"

    def text(self, address: str) -> str:
        """The HTML of a page."""
        return (self.site / str(self.pages[address]["file"])).read_text(encoding="utf-8")


def tried(edition: Edition, root: Path, place: Path, *, day: str, browser: bool) -> str | None:
    """Build and audit a copy of ``root`` in ``place``; ``None``, or what the version said when it would not build."""
    shutil.copytree(root, place, ignore=_LEFT_OUT, symlinks=True)
    options = () if browser else ("--no-browser",)
    done = edition.run("stepfree", "check", "--publish", "--format", "json", *options, folder=place, STEPFREE_TODAY=day)
    if (place / "build" / "report" / "report.json").is_file():
        return None
    return _sentences(done.stderr) or f"It ended with exit code {done.returncode} and said nothing."


def _sentences(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip() and line.strip() != "Building …"]
    return "\n".join(lines[-40:])


def built(place: Path) -> Built:
    """What :func:`tried` has left in ``place``."""
    manifest = json.loads((place / "build" / "manifest.json").read_text(encoding="utf-8"))
    return Built(
        place,
        str(manifest.get("base_path", "/")),
        {page["address"]: page for page in manifest["pages"]},
        {file["path"]: file["sha256"] for file in manifest["files"]},
    )
