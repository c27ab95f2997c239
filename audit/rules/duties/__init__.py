"""Rules about what Ontario's law wants published."""

from __future__ import annotations
