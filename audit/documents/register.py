"""What the library knows of its documents: who answers for each, when it was published, which page says the same.

It stands in the front matter of the source that describes the document (its field ``file`` names it), such as
``content/documents/strategic-plan.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from audit.documents.model import Document, Record
from audit.model.site import Site
from audit.semantics.words import words
from audit.writing import source

#: The share of a document's pairs of neighbouring words that a page must have to say the same as the document. Pages
#: that only announce a document have up to two fifths of them, pages that give its text more than two thirds.
_SAME = 0.6


def records(base: Path, sources: Iterable[str]) -> Mapping[str, Record]:
    """Records by the path of the document's source; ``sources`` count from ``base``, as do the paths."""
    found: dict[str, Record] = {}
    for path in sorted(set(sources)):
        file = base / path
        if not path.endswith(".md") or not file.is_file():
            continue
        told = source.read(file, path).front_matter
        named = told.get("file")
        if isinstance(named, str) and named:
            # Paths in front matter count from the folder that all content is in.
            top = path.split("/", 1)[0]
            found.setdefault(
                f"{top}/{named.lstrip('/')}",
                Record(
                    owner=str(told.get("owner") or ""),
                    published=str(told.get("published") or ""),
                    archived=str(told.get("archived") or ""),
                    page=str(told.get("html_version") or ""),
                    record=path,
                ),
            )
    return found


def page_with_the_text(document: Document, site: Site) -> str:
    """The address of a linking page that has the text of the document, wherever it has most of it; ``""`` without one."""
    wanted = {pair for passage in document.passages for pair in pairwise(words(passage.text))}
    if not wanted:
        return ""
    shares = {}
    for address in document.record.linked_from:
        if (page := site.pages.get(address)) is not None:
            shares[address] = len(wanted & set(pairwise(words(page.main_text)))) / len(wanted)
    best = max(sorted(shares), key=lambda address: shares[address], default="")
    return best if best and shares[best] >= _SAME else ""
