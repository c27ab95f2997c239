"""Searching the catalogue: a setting in ``content/library.yml``, not a template edit.

A library, not a plugin: templates read ``site.catalogue``.
"""

from __future__ import annotations

from library_catalogue.systems import CatalogueSearch, catalogue_problems, catalogue_search, item_url

__all__ = ["CatalogueSearch", "catalogue_problems", "catalogue_search", "item_url"]
