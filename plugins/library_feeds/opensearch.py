"""OpenSearch descriptions (OpenSearch 1.1): the catalogue and this website as search engines of a browser."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from library_catalogue import CatalogueSearch
from library_model.model import Output, Site
from library_words import translate
from library_words.voice import first_language


def opensearch(site: Site, catalogue: CatalogueSearch) -> Iterator[Output]:
    """Yield one description for the catalogue and one for this website."""
    library = site.settings.library
    if catalogue.pattern and library.catalogue is not None:
        template = catalogue.pattern.replace("{terms}", "{searchTerms}")
        yield Output(
            "opensearch-catalogue.xml",
            _description(f"{library.short_name}: {translate(library.catalogue.name, first_language())}", template),
        )
    if "/search/" in site.by_path:
        here = site.settings.origin + site.by_path["/search/"].url
        yield Output("opensearch.xml", _description(library.short_name, f"{here}?q={{searchTerms}}"))


def _description(name: str, template: str) -> bytes:
    # ShortName holds 16 characters at most (OpenSearch 1.1, "ShortName" element).
    short = name if len(name) <= 16 else name[:16].rstrip()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(short)}</ShortName>\n"
        f"<Description>{escape(name)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template={quoteattr(template)}/>\n'
        "</OpenSearchDescription>\n"
    ).encode()
