"""The index of the site search, made by Pagefind; its own interfaces are thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_site.assemble import Assembled
    from library_site.model import Output


def _written(assembled: Assembled, output: Path) -> list[Output]:
    from library_search.index import make_index

    return make_index(assembled.site, output)


def register() -> None:
    """Index the pages once they are written."""
    from library_site.signals import site_written

    site_written.connect(_written)
