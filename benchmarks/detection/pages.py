"""Which pages of a built site are measured: spread over it, and none that sends its visitors on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.model.redirects import immediate_redirect


def chosen(site: Path, number: int) -> list[str]:
    """That many files of a site, spread evenly over its sorted list of pages."""
    files = sorted(_pages(site))
    if number >= len(files):
        return files
    return [files[len(files) * at // number] for at in range(number)]


def _pages(site: Path) -> Iterator[str]:
    for file in site.rglob("*.html"):
        if file.name != "404.html" and immediate_redirect(file.read_bytes()) is None:
            yield file.relative_to(site).as_posix()
