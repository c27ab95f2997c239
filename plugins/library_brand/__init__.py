"""The library's own face: colours of its own as light and dark tokens that keep their contrast.

A library, not a plugin: the site generator asks it for a style sheet.
"""

from __future__ import annotations

from library_brand.palette import MARKS, TEXT, Change, Palette, derive, read_tokens

__all__ = ["MARKS", "TEXT", "Change", "Palette", "derive", "read_tokens"]
