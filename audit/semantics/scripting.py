"""Whether anything but style can act on a page."""

from __future__ import annotations

from audit.model.document import Document
from audit.semantics.derived_facts import remembered

_DATA = frozenset({"application/ld+json", "application/json", "text/plain", "text/template", "speculationrules"})


@remembered
def has_script(document: Document) -> bool:
    """Whether a script, a handler in an attribute or a frame is there that could act on the page."""
    for element in document:
        if element.tag == "script" and (element.get("type") or "").strip().lower() not in _DATA:
            return True
        if element.listeners or any(name.startswith("on") for name in element.attributes):
            return True
    return False
