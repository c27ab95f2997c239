"""Where other plugins hook in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from blinker import Signal

from library_model.model import Output, Site

#: Sent with the assembled site before anything is written; receivers return the files to write.
site_ready = Signal("site_ready")
#: Sent with the assembled site and ``output``, the folder with all its pages, before other files are
#: written. Receivers begin to write into the folder and return ``None`` or a :class:`Begun`.
pages_written = Signal("pages_written")
#: Sent with the generator and ``written``, addresses and files, when the whole site is written.
site_written = Signal("site_written")


class Assembled(Protocol):
    """What receivers are sent: the site with every page placed, rendered and with its view."""

    @property
    def site(self) -> Site:
        """The site."""


class Begun(Protocol):
    """Work that goes on while other files are written. It is always closed, even when the build fails."""

    def __iter__(self) -> Iterator[Output]:
        """Wait until it is done; return what it wrote."""

    def close(self) -> None:
        """End it, and remove what it needed on the way."""
