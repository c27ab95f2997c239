"""What the library knows of its documents: who answers for each, when it was published, which page says the same.

It stands in the front matter of the source that describes the document (its field ``file`` names it), such as
``content/documents/strategic-plan.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from audit.documents.model import Record
from audit.writing import source


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
