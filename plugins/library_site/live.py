"""The site in memory, for the preview: changed files are read again, pages rendered when asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican import Pelican

from library_manifest import Unstamped
from library_model.model import Output, Page
from library_model.placing import publication
from library_site.building import in_project, read_pelican_settings
from library_site.generator import LibraryGenerator


@dataclass(frozen=True, slots=True)
class LivePage:
    """One page as it would be published, and where its elements come from."""

    page: Page
    html: bytes
    elements: Unstamped


class LiveSite:
    """A site that follows its files.

    After :meth:`refresh`, :meth:`page` and :meth:`file` answer for the content as it is now. When
    the content has problems, ``refresh`` raises and the site stays as it was.
    """

    def __init__(
        self, settings_path: Path, today: dt.date | None = None, overrides: dict[str, Any] | None = None
    ) -> None:
        self._root = settings_path.resolve().parent
        with in_project(self._root):
            settings = read_pelican_settings(settings_path, today, overrides or {})
            # Makes the plugins known that make feeds and calendars; nothing is written.
            Pelican(settings)
            self._generator = LibraryGenerator(
                context=settings.copy(),
                settings=settings,
                path=settings["PATH"],
                theme=settings["THEME"],
                output_path=settings["OUTPUT_PATH"],
            )
        self._generator.keep_in_memory()
        self._base_path = urlsplit(str(settings["SITEURL"])).path.rstrip("/")
        self._files: dict[str, bytes] = {}
        self._outputs: Iterator[Output] = iter(())
        self._pages: dict[str, Page] = {}

    def refresh(self) -> None:
        """Read what changed. Raises subclasses of :class:`library_base.errors.SiteError`."""
        with in_project(self._root):
            self._generator.generate_context()
            self._speaks = self._generator.prepare()
            self._pages = {page.path: page for page in self._generator.written_pages()}
            self._files = {}
            self._outputs = self._generator.outputs_soonest_first()

    @property
    def base_path(self) -> str:
        """The path part of the site's address without a slash at the end: ``""`` or ``/library``."""
        return self._base_path

    @property
    def ready(self) -> bool:
        """Whether the site could be read at least once."""
        return bool(self._pages)

    @property
    def pages(self) -> list[Page]:
        """All pages, by address."""
        return [self._pages[address] for address in self.addresses]

    @property
    def addresses(self) -> list[str]:
        """The addresses of all pages, below the base path."""
        return sorted(self._pages)

    def page(self, address: str) -> LivePage | None:
        """Render one page; ``None`` when there is none at this address."""
        page = self._pages.get(address)
        if page is None:
            return None
        with in_project(self._root):
            self._speaks.begin(page)
            found = self._generator.render(page)
        return LivePage(page, found.html.encode("utf-8"), found)

    def page_of(self, source: str) -> str | None:
        """The address of the page that a content file (``content/programs/x.md``) makes."""
        return next((page.path for page in self._pages.values() if page.source == source), None)

    def source(self, elements: Unstamped, ordinal: int) -> tuple[str, int] | None:
        """The source file and line of an element of a page by its ordinal."""
        earlier = [run for run in elements.runs if run[0] <= ordinal]
        if not earlier:
            return None
        _, number, line = earlier[-1]
        return self._generator.source_path(number), line

    def places(self, elements: Unstamped) -> tuple[tuple[int, str, int], ...]:
        """All runs of elements of a page: first ordinal, source file, line."""
        return tuple((start, self._generator.source_path(number), line) for start, number, line in elements.runs)

    def unpublished(self) -> dict[str, str]:
        """The content files that only a preview shows, and why each would not be published today."""
        site = self._generator.assembled.site
        found = {}
        for page in site.all:
            if page.content is not None:
                because = publication(page.content, site.settings.today, drafts=False).because
                if because and page.template:
                    found[page.source] = because
        return found

    def file(self, path: str) -> bytes | None:
        """A file of the site that is no page, by its path without a slash at the beginning.

        Files are made in turn until this one is there: the style sheet need not wait for feeds.
        """
        with in_project(self._root):
            while path not in self._files:
                output = next(self._outputs, None)
                if output is None:
                    return None
                self._files[output.path] = output.data
        return self._files[path]
