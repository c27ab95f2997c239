"""The site core: ties reading, rendering, placing and writing into one Pelican generator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from library_site.building import BuildResult


def build(
    settings_path: Path,
    output: Path,
    manifest: Path,
    production: bool,
    today: dt.date | None = None,
    overrides: dict[str, Any] | None = None,
) -> BuildResult:
    """Build the site in-process; see :func:`library_site.building.build`."""
    from library_site.building import build as run

    return run(settings_path, output, manifest, production, today, overrides)


def _generator(_sender: Any) -> Any:
    from library_site.generator import LibraryGenerator

    return LibraryGenerator


def register() -> None:
    """Add our generator to Pelican's."""
    from pelican import signals

    signals.get_generators.connect(_generator)
