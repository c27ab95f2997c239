"""A rule as a person reads it: what it finds, why it matters, what to do, with examples."""

from __future__ import annotations
