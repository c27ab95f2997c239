"""Where other plugins hook in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from blinker import Signal

from library_site.model import Output

#: Sent with the assembled site before anything is written; receivers return the files to write.
site_ready = Signal("site_ready")
#: Sent with the assembled site and ``output``, the folder with all its pages, before other files are
#: written. Receivers begin to write into the folder and return ``None`` or a :class:`Begun`.
pages_written = Signal("pages_written")


class Begun(Protocol):
    """Work that goes on while other files are written. It is always closed, even when the build fails."""

    def __iter__(self) -> Iterator[Output]:
        """Wait until it is done; return what it wrote."""

    def close(self) -> None:
        """End it, and remove what it needed on the way."""
