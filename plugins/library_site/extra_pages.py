"""Pages that exist without a file of their own, and what belongs to the site as a whole."""

from __future__ import annotations

from collections.abc import Callable

from library_base.errors import Problem
from library_model.model import Page, PageKind, Site
from library_model.placing import LISTING_TEMPLATES, file_of
from library_schemas import Placed
from library_search import FOLDER
from library_site.files import PublishedFiles
from library_statistics import read_tables
from library_views.views import SearchView, StatisticsView
from library_words import translate
from library_words.voice import first_language, language_folder, voice

_LISTING_TITLES = {
    "branches": "Hours and locations",
    "programs": "Programs",
    "services": "Services",
    "e-resources": "Online resources",
    "equipment": "Things to borrow and use",
    "booklists": "Booklists",
    "notices": "Notices",
    "news": "News",
    "policies": "Policies",
    "meetings": "Board meetings",
    "documents": "Documents",
    "staff": "Staff",
    "questions": "Questions and answers",
}
#: Pages that exist even if nobody writes them: name, template, title.
_SPECIAL = (
    ("/search/", "search", "Search this website"),
    ("/site-map/", "site-map", "All pages, A to Z"),
    ("/404.html", "not-found", "Page not found"),
    ("/offline/", "offline", "Hours and phone numbers"),
)
#: Menu entries at most; more would not fit one level.
_MENU_LIMIT = 7


def add_listings(site: Site, has_template: Callable[[str], bool]) -> None:
    """Add a listing for each type that has none of its own below ``pages/``."""
    for lang in voice().languages:
        for type_, template in LISTING_TEMPLATES.items():
            path = f"{language_folder(lang)}/{type_}/"
            if path in site.by_path or not has_template(template) or (type_, lang) not in site.written:
                continue
            _add_plain(site, type_, path, template, _LISTING_TITLES[type_], lang)


def add_special(site: Site, has_template: Callable[[str], bool]) -> None:
    """Add the pages that no library goes without: search, list of all pages, page not found."""
    spoken = [
        lang for lang in voice().languages if f"{language_folder(lang)}/" in site.by_path or lang == first_language()
    ]
    for path, template, title in _SPECIAL:
        if not has_template(template) or (template == "offline" and not site.settings.library.offline):
            continue
        for lang in spoken if template != "not-found" else spoken[:1]:
            own = f"{language_folder(lang)}{path}"
            if own not in site.by_path:
                _add_plain(site, "pages", own, template, title, lang)
            page = site.by_path[own]
            if template == "search":
                page.view = SearchView(f"{site.settings.base_path}/{FOLDER}/{lang}.json")


def _add_plain(site: Site, type_: str, path: str, template: str, title: str, lang: str) -> None:
    error = path.endswith("/404.html")
    # What stands in for another page is not found in its place by the search and the list of all pages.
    stand_in = template == "offline"
    site.add(
        Page(
            type=type_,
            title=translate(title, lang),
            path=path,
            url=site.settings.base_path + path,
            file=file_of(path),
            lang=lang,
            template=template,
            kind=PageKind.ERROR if error else PageKind.PAGE,
            status=404 if error else 200,
            listed=not error and not stand_in,
        )
    )


def pair_languages(site: Site) -> None:
    """Tie each page in a further language to its partner in the first: by ``translation_of``, or by address for listings."""
    for page in site.all:
        record = page.content.record if page.content is not None else None
        target = record.translation_of if isinstance(record, Placed) else None
        first = site.by_name.get(target) if target else None
        by_address = page.content is None or page.template in _LISTED_TEMPLATES
        if first is None and by_address and page.lang != first_language():
            first = site.by_path.get(page.path.removeprefix(language_folder(page.lang)))
        if first is not None and first.lang != page.lang and first.partner is None and _alike(page, first):
            page.partner, first.partner = first, page


def _alike(page: Page, other: Page) -> bool:
    """Whether both are there or both are over; the page of one that is over is no translation of the other."""
    return (page.kind is PageKind.ENDED) is (other.kind is PageKind.ENDED)


_LISTED_TEMPLATES = frozenset([*LISTING_TEMPLATES.values(), "home", "search", "site-map", "statistics"])


def add_statistics(site: Site, files: PublishedFiles, problems: list[Problem]) -> None:
    """Give the statistics pages their tables, and publish the tables as files."""
    pages = [page for page in site.all if page.template == "statistics"]
    names = sorted(name for name in files.known if name.startswith("statistics/") and name.endswith(".csv"))
    if not pages or not names:
        return
    tables, found = read_tables(files.content, names, site.settings.base_path)
    problems.extend(found)
    for page in pages:
        page.view = StatisticsView(tables)
    for name in names:
        files.publish(name)


def menu_problems(site: Site) -> list[Problem]:
    """One problem for each menu entry too many."""
    problems = []
    for lang in voice().languages:
        entries = [page for page in site.of_type("pages", lang) if page.record.menu is not None]
        message = f"The menu has {len(entries)} entries; {_MENU_LIMIT} is the most."
        hint = "Take “menu” out of this page or of another one."
        problems += [
            Problem(page.source, page.lines["menu"], "menu", message, hint)
            for page in sorted(entries, key=lambda page: page.record.menu)[_MENU_LIMIT:]
        ]
    return problems
