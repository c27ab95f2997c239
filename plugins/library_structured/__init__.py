"""Structured data in each page's head: Library, Event, BreadcrumbList (schema.org, JSON-LD)."""

from __future__ import annotations

from library_structured.jsonld import page_jsonld

__all__ = ["page_jsonld"]


def register() -> None:
    """Nothing to hook into: the site generator asks for each page."""
