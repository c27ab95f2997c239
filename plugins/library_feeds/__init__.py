"""Feeds and machine-readable files: sitemap, robots.txt, Atom, JSON, OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled


def _outputs(assembled: Assembled) -> Iterator[Output]:
    from library_catalogue import catalogue_search
    from library_feeds.atom import atom_feeds
    from library_feeds.opensearch import opensearch
    from library_feeds.sitemap import robots_txt, sitemap_xml

    yield from atom_feeds(assembled.site)
    yield from opensearch(assembled.site, catalogue_search(assembled.site.settings.library.catalogue))
    yield sitemap_xml(assembled.site)
    yield robots_txt(assembled.site)


def register() -> None:
    """Add the files to the site."""
    from library_model.signals import site_ready

    site_ready.connect(_outputs)
