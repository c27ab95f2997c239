"""The manifest as JSON, one page a line so that differences can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from library_manifest.unstamp import Unstamped

SCHEMA = "stepfree-manifest/1"


@dataclass(frozen=True, slots=True)
class ManifestPage:
    """One published page. ``source`` is its main file and line, ``elements`` those of its elements."""

    address: str
    file: str
    sha256: str
    source: tuple[str, int]
    template: str
    lang: str
    status: int
    kind: str
    elements: Unstamped


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One published file that is not a page."""

    path: str
    sha256: str
    source: str


def manifest_text(
    base_path: str, pages: Iterable[ManifestPage], files: Iterable[ManifestFile], source_paths: list[str]
) -> str:
    """Return the manifest. ``source_paths`` are all source files, by their number in the stamps."""
    page_lines = [_compact(_page(page, source_paths)) for page in sorted(pages, key=lambda page: page.address)]
    file_lines = [
        _compact({"path": file.path, "sha256": file.sha256, "source": file.source})
        for file in sorted(files, key=lambda file: file.path)
    ]
    return (
        f'{{"schema":"{SCHEMA}","base_path":{json.dumps(base_path)},\n'
        f'"pages":[\n{",\n".join(page_lines)}\n],\n"files":[\n{",\n".join(file_lines)}\n]}}\n'
    )


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _page(page: ManifestPage, source_paths: list[str]) -> dict[str, object]:
    numbers = sorted({source for _, source, _ in page.elements.runs})
    local = {number: index for index, number in enumerate(numbers)}
    return {
        "address": page.address,
        "file": page.file,
        "sha256": page.sha256,
        "source": {"path": page.source[0], "line": page.source[1]},
        "template": page.template,
        "lang": page.lang,
        "status": page.status,
        "kind": page.kind,
        "elements": {
            "count": page.elements.count,
            "sources": [source_paths[number] for number in numbers],
            "runs": [[ordinal, local[source], line] for ordinal, source, line in page.elements.runs],
        },
    }
