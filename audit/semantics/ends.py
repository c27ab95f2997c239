"""What is known of the pages that links lead to."""

from __future__ import annotations

from urllib.parse import urldefrag

from audit.model.document import Element
from audit.model.ends import destination
from audit.model.page import Page


def linked_text(page: Page, around: Element) -> tuple[str, tuple[str, ...]]:
    """Text and headings of the pages that the links in an element lead to, as far as they were read."""
    linked = page.facts.get("linked")
    facts = linked if isinstance(linked, dict) else {}
    texts: list[str] = []
    headings: list[str] = []
    for link in page.document.descendants(around):
        end = destination(link, page.url) if link.role == "link" else None
        fact = facts.get(urldefrag(end).url) if end else None
        if isinstance(fact, dict):
            texts.append(f"{fact['title']} {fact['text']}")
            found = fact["headings"]
            headings.extend(str(each) for each in found if isinstance(found, (list, tuple)))
    return " ".join(texts), tuple(headings)
