"""A captured page, a source or a site held against the rules: outcomes, each with the line it comes from."""

from __future__ import annotations
