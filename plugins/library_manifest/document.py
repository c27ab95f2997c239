"""The manifest as JSON, one page a line so that differences can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from library_manifest.unstamp import Unstamped

SCHEMA = "stepfree-manifest/2"

#: Whose a source is, by its first folder; everything else is the content's. The pages about the rules are made
#: from the program itself.
_OWNERS = {"theme": "theme", "plugins": "plugin", "audit": "plugin", "stepfree": "plugin"}


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


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """What the manifest says of one page, as JSON, and the sources that stand in it."""

    address: str
    text: str
    sources: tuple[str, ...]


def manifest_text(
    base_path: str, pages: Iterable[ManifestLine], files: Iterable[ManifestFile], visitors: tuple[str, str]
) -> str:
    """Return the manifest. ``visitors``: their first language (BCP 47) and their time zone (IANA)."""
    lines = sorted(pages, key=lambda line: line.address)
    file_lines = [
        _compact({"path": file.path, "sha256": file.sha256, "source": file.source})
        for file in sorted(files, key=lambda file: file.path)
    ]
    used = {path for line in lines for path in line.sources}
    owners = {path: owner for path in sorted(used) if (owner := owner_of(path)) != "content"}
    language, time_zone = (json.dumps(each) for each in visitors)
    return (
        f'{{"schema":"{SCHEMA}","base_path":{json.dumps(base_path)},"language":{language},"time_zone":{time_zone},\n'
        f'"owners":{_compact(owners)},\n'
        f'"pages":[\n{",\n".join(line.text for line in lines)}\n],\n"files":[\n{",\n".join(file_lines)}\n]}}\n'
    )


def manifest_line(page: ManifestPage, source_paths: list[str]) -> ManifestLine:
    """Return the line of one page. ``source_paths`` are all source files, by their number in the stamps."""
    # By name: the line of a page is the same whatever other files there are.
    numbers = sorted({source for _, source, _ in page.elements.runs}, key=lambda number: source_paths[number])
    sources = tuple(source_paths[number] for number in numbers)
    return ManifestLine(page.address, _compact(_page(page, numbers, sources)), (page.source[0], *sources))


def owner_of(path: str) -> str:
    """Whose a source is: ``theme``, ``plugin`` or ``content``."""
    return _OWNERS.get(path.split("/", 1)[0], "content")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _page(page: ManifestPage, numbers: list[int], sources: tuple[str, ...]) -> dict[str, object]:
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
            "sources": sources,
            "runs": [[ordinal, local[source], line] for ordinal, source, line in page.elements.runs],
        },
    }
