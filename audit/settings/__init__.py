"""``stepfree.toml``: what may be set, read with the line of every mistake."""

from __future__ import annotations
