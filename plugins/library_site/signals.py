"""Where other plugins hook in."""

from __future__ import annotations

from blinker import Signal

#: Sent with the assembled site before anything is written; receivers return the files to write.
site_ready = Signal("site_ready")
#: Sent with the assembled site and ``output``, the folder with all its pages, before the manifest
#: is written; receivers write into the folder and return what they wrote.
site_written = Signal("site_written")
