"""The ``site`` that templates see."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from library_catalogue import CatalogueSearch
from library_model.model import MenuEntry, Page, PageKind, Site
from library_programs.schedule import Schedule
from library_site.linked_files import LinkedFile
from library_views.views import OccurrenceView
from library_words import where_ours
from library_words.voice import first_language

_ARTICLES = {
    "en": ("the ", "a ", "an "),
    "es": ("el ", "la ", "los ", "las ", "un ", "una "),
    "fr": ("le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "),
}
_LEVELS = {"urgent": 0, "important": 1, "info": 2}
#: How long before its beginning a notice is shown everywhere.
_NOTICE_AHEAD = dt.timedelta(days=14)


class SiteView:
    """Answers what templates ask. ``lang`` is set before each page is rendered."""

    def __init__(self, site: Site, schedule: Schedule, catalogue: CatalogueSearch) -> None:
        self._site = site
        self._schedule = schedule
        self.catalogue = catalogue
        self.lang = first_language()
        #: The files in a language that no entry in ``documents/`` describes.
        self.linked_files: Callable[[str], Sequence[LinkedFile]] = lambda lang: ()  # noqa: ARG005 - until all is read
        #: The pages that link to the file of an entry in ``documents/``.
        self.linking: Callable[[Page], Sequence[Page]] = lambda page: ()  # noqa: ARG005 - until all is read
        self._sorted: dict[tuple[str, str], list[Page]] = {}
        self._series: dict[str, dict[str, list[Page]]] = {}
        self._menus: dict[str, tuple[MenuEntry, ...]] = {}

    @property
    def name(self) -> str:
        """The library's name in the language of the page: the title of a translated home page is its name there."""
        front = self.by_source(f"pages/{self.lang}/index.md") if self.lang != first_language() else None
        return front.title if front else where_ours(self._site.settings.library.name, self.lang)

    @property
    def menu(self) -> Sequence[MenuEntry]:
        """The main menu in the language of the page."""
        if self.lang not in self._menus:
            pages = [page for page in self._site.of_type("pages", self.lang) if page.record.menu is not None]
            pages.sort(key=lambda page: (page.record.menu, page.path))
            self._menus[self.lang] = tuple(
                MenuEntry(page.record.menu_title or page.title, page.url, page) for page in pages
            )
        return self._menus[self.lang]

    def pages(self, type_: str, lang: str | None = None) -> Sequence[Page]:
        """The pages of one type in their listing's order."""
        key = (type_, lang or self.lang)
        if key not in self._sorted:
            self._sorted[key] = sorted(self._site.of_type(*key), key=_order(type_, self._schedule))
        return self._sorted[key]

    def by_source(self, path: str) -> Page | None:
        """The page of a content file, named with or without ``content/``; ``None`` when it is not there or over."""
        page = self._site.by_name.get(path.removeprefix("content/"))
        return page if page is not None and page.kind is not PageKind.ENDED else None

    def related(self, page: Page) -> Sequence[Page]:
        """The pages that a page goes on to (``related``), but for those that its text links, and that are not on the
        site today.
        """
        named = [self.by_source(path) for path in getattr(page.record, "related", ())]
        body = str(page.body)
        return [each for each in named if each is not None and f'href="{each.url}"' not in body]

    def branches(self, lang: str | None = None) -> Sequence[Page]:
        """All branches by name; those of the first language stand in where a translation is missing."""
        wanted = lang or self.lang
        english = list(self._site.of_type("branches", first_language()))
        if wanted == first_language():
            return sorted(english, key=by_title)
        own = list(self._site.of_type("branches", wanted))
        covered = {page.partner.path for page in own if page.partner is not None}
        return sorted([*own, *(page for page in english if page.path not in covered)], key=by_title)

    def series(self, program: Page) -> Sequence[Page]:
        """The other programs of a program's series that still take place, soonest first."""
        if program.lang not in self._series:
            found: dict[str, list[Page]] = {}
            for page in self.pages("programs", program.lang):
                name = page.record.series
                if name and any(view.date >= self._site.settings.today for view in self._schedule.of(page)):
                    found.setdefault(name, []).append(page)
            self._series[program.lang] = found
        return [page for page in self._series[program.lang].get(program.record.series, ()) if page is not program]

    def branch(self, slug: str | None) -> Page | None:
        """A branch by its file name without ``.md``."""
        return self._site.branch(slug, self.lang)

    def notices(self, page: Page | None = None) -> Sequence[Page]:
        """The notices to show on a page, most urgent first: on a branch's page also its own."""
        today = self._site.settings.today
        lang = page.lang if page is not None else self.lang
        shown = []
        for notice in self._all_notices(lang):
            record = notice.record
            starts = record.starts.date() if isinstance(record.starts, dt.datetime) else record.starts
            if starts - _NOTICE_AHEAD > today:
                continue
            if page is not None and not _concerns(notice, page):
                continue
            shown.append(notice)
        return sorted(shown, key=lambda notice: (_LEVELS[notice.record.level], str(notice.record.starts), notice.path))

    def news(self, lang: str | None = None, n: int | None = None) -> Sequence[Page]:
        """News, newest first."""
        return self.pages("news", lang or self.lang)[:n]

    def upcoming(
        self, lang: str | None = None, n: int | None = None, branch: str | Page | None = None
    ) -> Sequence[OccurrenceView]:
        """What takes place from today on, soonest first.

        Of one branch when it is given; then programs without a page in the language are there too.
        """
        found = self._schedule.upcoming(lang or self.lang)
        if branch is not None:
            name = branch if isinstance(branch, str) else branch.slug
            shown = self._schedule.shown(lang or self.lang)
            found = tuple(view for view in shown if view.program.record.branch == name)
        return found[:n]

    def alphabetical(self, lang: str | None = None) -> Sequence[tuple[str, Sequence[Page]]]:
        """Every listed page under its first letter."""
        wanted = lang or self.lang
        letters: dict[str, list[Page]] = {}
        for page in sorted(self._site.all, key=by_title):
            if page.lang == wanted and page.listed and page.template and page.kind == "page":
                letter = by_title(page)[0][:1].upper()
                letters.setdefault(letter if letter.isalpha() else "0–9", []).append(page)
        return sorted(letters.items())

    def _all_notices(self, lang: str) -> list[Page]:
        own = list(self._site.of_type("notices", lang))
        if lang == first_language():
            return own
        covered = {page.partner.path for page in own if page.partner is not None}
        return [*own, *(page for page in self._site.of_type("notices", first_language()) if page.path not in covered)]


def _concerns(notice: Page, page: Page) -> bool:
    if notice is page:
        return False
    branches = notice.record.branches
    if not branches:
        return notice.record.level != "info" or page.template in {"home", "notices"}
    if page.template in {"home", "branches"}:
        return True
    if page.type == "branches":
        return page.slug in branches
    return page.type == "programs" and page.record is not None and page.record.branch in branches


def plain(text: str) -> str:
    """Return text for sorting: small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def by_title(page: Page) -> tuple[str, str]:
    """Sort by title, a leading article of its language left out, as library catalogues file."""
    title = plain(page.title)
    for article in _ARTICLES.get((page.lang or "").partition("-")[0], ()):
        if title.startswith(article):
            return title[len(article) :], page.path
    return title, page.path


def _order(type_: str, schedule: Schedule) -> Any:
    keys: dict[str, Any] = {
        "news": lambda page: (-page.record.date.toordinal(), page.path),
        "meetings": lambda page: (-page.record.starts.toordinal(), page.path),
        "notices": lambda page: (_LEVELS[page.record.level], str(page.record.starts), page.path),
        "policies": lambda page: (page.record.number or "~", *by_title(page)),
        "documents": lambda page: (plain(page.record.group), -page.record.published.toordinal(), page.path),
        "staff": lambda page: (page.record.order, *by_title(page)),
        "questions": lambda page: (plain(page.record.topic), *by_title(page)),
        "services": lambda page: (page.record.group, *by_title(page)),
        "equipment": lambda page: (page.record.group, *by_title(page)),
        "e-resources": lambda page: (not page.record.featured, *by_title(page)),
        "programs": lambda page: (schedule.next_start(page), *by_title(page)),
    }
    return keys.get(type_, by_title)
