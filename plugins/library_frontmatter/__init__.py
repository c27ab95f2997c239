"""Reads front matter: YAML between ``---`` lines, validated, with the line of every field.

``read_text`` turns one file's text into a record of its type; ``read_mapping`` does the
same for a whole YAML file such as ``content/library.yml``. Both collect every problem
instead of stopping at the first.

A library, not a plugin: the site generator calls the reader itself.
"""

from __future__ import annotations

from library_frontmatter.complaints import a_kind
from library_frontmatter.reader import FrontMatter, Lines, read_mapping, read_text

__all__ = ["FrontMatter", "Lines", "a_kind", "read_mapping", "read_text"]
