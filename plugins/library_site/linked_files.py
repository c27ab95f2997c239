"""The files that pages link to and that no entry in ``documents/`` describes.

They stand in the register all the same, with what they say about themselves, so that no file
is on the site that the register does not name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from library_links.resolve import DOCUMENT_TYPES
from library_model.model import Page, Site
from library_schemas import Document
from library_site.files import PublishedFiles
from library_site.record_links import named_files
from library_statistics.tables import StatisticsTable
from library_views.views import FileView, StatisticsView


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file and the pages of one language that link to it. ``title``: what it calls itself, or its name."""

    title: str
    file: FileView
    on: tuple[Page, ...]


def linked_files(
    site: Site, uses: Mapping[str, Mapping[str, None]], files: PublishedFiles, lang: str
) -> tuple[LinkedFile, ...]:
    """The files that pages in ``lang`` link to, by title. ``uses``: file → content files with a link to it."""
    found: dict[str, dict[str, Page]] = {}
    for name, page in _links(site, uses, files):
        if page.lang == lang:
            found.setdefault(name, {})[page.path] = page
    tables = {table.source_url: table.title for table in _tables(site) if table.lang == lang}
    described = {page.record.file for page in site.all if isinstance(page.record, Document)}
    listed = []
    for name, pages in found.items():
        if name not in described and PurePosixPath(name).suffix.lower() in DOCUMENT_TYPES:
            file = files.file(name, lang)
            title = file.title or tables.get(file.url) or PurePosixPath(name).name
            listed.append(LinkedFile(title, file, tuple(page for _, page in sorted(pages.items()))))
    return tuple(sorted(listed, key=lambda each: (each.title.casefold(), each.file.url)))


def linking(
    site: Site, uses: Mapping[str, Mapping[str, None]], files: PublishedFiles
) -> Mapping[str, tuple[Page, ...]]:
    """The pages that link to each file, in any language, without the page of the register that describes it."""
    found: dict[str, dict[str, Page]] = {}
    for name, page in _links(site, uses, files):
        if not (isinstance(page.record, Document) and page.record.file == name):
            found.setdefault(name, {})[page.path] = page
    return {name: tuple(page for _, page in sorted(pages.items())) for name, pages in found.items()}


def _tables(site: Site) -> Iterator[StatisticsTable]:
    for page in site.all:
        if isinstance(page.view, StatisticsView):
            yield from page.view.tables


def _links(site: Site, uses: Mapping[str, Mapping[str, None]], files: PublishedFiles) -> Iterator[tuple[str, Page]]:
    """Each file with each page that links to it: in its text, in its front matter, or by its template."""
    for name, sources in uses.items():
        for source in sources:
            if source in site.by_name:
                yield name, site.by_name[source]
    tables = [name for name in files.known if name.startswith("statistics/") and name.endswith(".csv")]
    for page in site.all:
        if page.record is not None:
            yield from ((name, page) for name in named_files(page.record))
        if isinstance(page.view, StatisticsView):
            # Each language shows the tables that are written in it.
            own = {table.source_url for table in page.view.tables if table.lang == page.lang}
            yield from ((name, page) for name in tables if f"{site.settings.base_path}/{name}" in own)
