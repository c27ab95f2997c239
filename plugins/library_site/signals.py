"""Where other plugins hook in."""

from __future__ import annotations

from blinker import Signal

#: Sent with the assembled site before anything is written; receivers return the files to write.
site_ready = Signal("site_ready")
