"""For phones: a page of hours and telephone numbers that is there without a connection, and an icon for the home screen.

``offline: false`` in ``content/library.yml`` switches all of it off; ``sw.js`` then takes back what it kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled


class _Worker:
    """The service worker, written after the pages: it is named after what they hold."""

    def __init__(self, outputs: Iterator[Output], folder: Path) -> None:
        self._outputs = outputs
        self._folder = folder

    def __iter__(self) -> Iterator[Output]:
        for each in self._outputs:
            (self._folder / each.path).write_bytes(each.data)
            yield each

    def close(self) -> None:
        """There is nothing to end."""


def _outputs(assembled: Assembled) -> Iterator[Output]:
    from library_offline.web_manifest import icons, web_manifests

    if assembled.site.settings.library.offline:
        yield from icons(assembled.site)
        yield from web_manifests(assembled.site)


def _written(assembled: Assembled, output: Path) -> _Worker:
    from library_offline.worker import worker

    return _Worker(worker(assembled.site, output), output)


def register() -> None:
    """Add the files to the site, and the worker once the pages are written."""
    from library_model.signals import pages_written, site_ready

    site_ready.connect(_outputs)
    pages_written.connect(_written)
