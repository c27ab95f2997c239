"""What is known of the pages that links lead to."""

from __future__ import annotations

from urllib.parse import urldefrag

from audit.model.document import Element
from audit.model.ends import destination
from audit.model.page import Page


def linked_text(page: Page, around: Element) -> tuple[str, tuple[str, ...]]:
    """Text and headings of the pages that the links in an element lead to, as far as they were read."""
    texts: list[str] = []
    headings: list[str] = []
    for link in page.document.descendants(around):
        address = destination(link, page.url) if link.role == "link" else None
        end = page.observed.link_ends.get(urldefrag(address).url) if address else None
        if end is not None:
            texts.append(f"{end.title} {end.text}")
            headings.extend(end.headings)
    return " ".join(texts), tuple(headings)
