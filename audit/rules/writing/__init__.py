"""Rules about the sources that people write."""

from __future__ import annotations
