"""The site in memory: it says what a build would write, and follows every file."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from library_base.errors import ContentErrors
from library_site.live import LiveSite
from tests.site.projects import PROGRAM, REPOSITORY, TODAY, Project


def live(site: Project) -> LiveSite:
    overrides: dict[str, Any] = {
        "PATH": str(site.folder / "content"),
        "THEME": str(site.folder / "theme"),
        "THEME_TEMPLATES_OVERRIDES": [],
        "STEPFREE_ROOT": str(site.folder),
        "STEPFREE_EXTRA_PAGES": None,
    }
    return LiveSite(REPOSITORY / "pelicanconf.py", TODAY, overrides)


def touch(path: Path) -> None:
    """Make sure that a change is seen even on a file system with coarse times."""
    later = time.time() + 2
    os.utime(path, (later, later))


def test_it_says_what_a_build_writes(site: Project) -> None:
    site.write("content/programs/repair-cafe.md", PROGRAM)
    site.write("theme/static/theme.css", "a{}")
    built = site.build()
    found = live(site)
    found.refresh()
    pages = {page["address"]: page for page in built.manifest["pages"]}
    assert found.addresses == sorted(pages)
    files = built.files()
    for address, page in pages.items():
        shown = found.page(address)
        assert shown is not None
        assert shown.html == files.pop(page["file"])
        assert shown.elements.count == page["elements"]["count"]
    for name, data in files.items():
        # Both are made of the pages, once all of them are written.
        if not name.startswith(("search-index/", "sw.js")):
            assert found.file(name) == data, name
    assert found.page("/none/") is None
    assert found.file("none.css") is None


def test_it_follows_content_and_theme(site: Project) -> None:
    site.page("pages/about.md", "Old words.\n")
    found = live(site)
    found.refresh()
    site.page("pages/about.md", "New words.\n").page("pages/more.md", "[About]({filename}about.md)\n")
    touch(site.folder / "content/pages/about.md")
    found.refresh()
    about = found.page("/about/")
    assert about is not None
    assert b"New words." in about.html
    assert "/more/" in found.addresses
    assert found.page_of("content/pages/more.md") == "/more/"
    (site.folder / "content/pages/more.md").unlink()
    site.write("theme/templates/page.html", '{% extends "base.html" %}{% block content %}Other theme{% endblock %}')
    touch(site.folder / "theme/templates/page.html")
    found.refresh()
    assert "/more/" not in found.addresses
    again = found.page("/about/")
    assert again is not None
    assert b"Other theme" in again.html


def test_mistakes_leave_it_as_it_was_and_are_said_each_time(site: Project) -> None:
    site.page("pages/about.md", "Words.\n")
    found = live(site)
    found.refresh()
    site.page("pages/about.md", "[x]({filename}none.md)\n")
    touch(site.folder / "content/pages/about.md")
    for _ in range(2):
        with pytest.raises(ContentErrors, match=r"content/pages/about\.md:4"):
            found.refresh()
        shown = found.page("/about/")
        assert shown is not None
        assert b"Words." in shown.html


def test_an_element_leads_to_its_line(site: Project) -> None:
    site.page("pages/about.md", "First.\n\nSecond.\n")
    found = live(site)
    found.refresh()
    page = found.page("/about/")
    assert page is not None
    assert found.source(page.elements, page.elements.count - 1) == ("content/pages/about.md", 6)
