"""Resolves what content links to, and says exactly where a link is broken.

A library, not a plugin: the site generator holds the resolver.
"""

from __future__ import annotations

from library_links.resolve import Address, AnchorUse, Resolver

__all__ = ["Address", "AnchorUse", "Resolver"]
