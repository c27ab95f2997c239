"""Rules about several pages together."""

from __future__ import annotations
