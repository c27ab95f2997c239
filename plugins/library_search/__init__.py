"""The index of the site's search, one file for each language; ``theme/static/search.js`` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled

FOLDER = "search-index"


class _Index:
    """The files of the index, written after the pages; nothing runs beside them."""

    def __init__(self, outputs: Iterator[Output], folder: Path) -> None:
        self._outputs = outputs
        self._folder = folder

    def __iter__(self) -> Iterator[Output]:
        for each in self._outputs:
            target = self._folder / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(each.data)
            yield each

    def close(self) -> None:
        """There is nothing to end."""


def _written(assembled: Assembled, output: Path) -> _Index | None:
    from library_search.index import indexes

    if not any(page.template == "search" for page in assembled.site.all):
        return None
    return _Index(indexes(assembled.site, output, FOLDER), output)


def register() -> None:
    """Index the pages once they are written."""
    from library_model.signals import pages_written

    pages_written.connect(_written)
