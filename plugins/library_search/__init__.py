"""The index of the site search, made by Pagefind; its own interfaces are thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.signals import Assembled
    from library_search.index import Indexing


def _written(assembled: Assembled, output: Path) -> Indexing | None:
    from library_search.index import make_index

    return make_index(assembled.site, output)


def register() -> None:
    """Index the pages once they are written."""
    from library_model.signals import pages_written

    pages_written.connect(_written)
