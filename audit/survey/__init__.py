"""Which pages there are: of a folder, of a live site, of a build that wrote a manifest."""

from __future__ import annotations
