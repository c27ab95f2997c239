"""Structured data in each page's head: Library, Event, BreadcrumbList (schema.org, JSON-LD).

A library, not a plugin: the site generator asks for each page.
"""

from __future__ import annotations

from library_structured.jsonld import page_jsonld

__all__ = ["page_jsonld"]
