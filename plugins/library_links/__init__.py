"""Resolves what content links to, and says exactly where a link is broken."""

from __future__ import annotations

from library_links.resolve import Address, AnchorUse, Resolver

__all__ = ["Address", "AnchorUse", "Resolver"]


def register() -> None:
    """Nothing to hook into: the site generator holds the resolver."""
