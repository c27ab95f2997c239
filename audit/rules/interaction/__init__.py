"""Rules about what happens when keys and pointers are used."""

from __future__ import annotations
