"""Searching the catalogue: a setting in ``content/library.yml``, not a template edit."""

from __future__ import annotations

from library_catalogue.systems import CatalogueSearch, catalogue_problems, catalogue_search, item_url

__all__ = ["CatalogueSearch", "catalogue_problems", "catalogue_search", "item_url"]


def register() -> None:
    """Nothing to hook into: templates read ``site.catalogue``."""
