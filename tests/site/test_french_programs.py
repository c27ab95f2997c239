"""Who reads French learns of every program: those without a French page are listed, and marked."""

from __future__ import annotations

import re

from lxml import html
from lxml.html import HtmlElement

from tests.site.projects import PROGRAM, Project
from tests.site.whole_site import WholeSite

_LISTS = {"calendar", "at", "for", "kind", "sheet"}


def _tree(text: str) -> HtmlElement:
    return html.document_fromstring(text)


def test_every_page_of_the_calendar_has_a_french_partner(small_site: WholeSite) -> None:
    english = {
        path
        for path in small_site.pages
        if re.match(r"/programs/([a-z]+)/[^/]+/$", path) and path.split("/")[2] in _LISTS
    }
    assert {path.split("/")[2] for path in english} == _LISTS
    assert {f"/fr{path}" for path in english} <= set(small_site.pages)
    for path in english:
        switch = _tree(small_site.pages[f"/fr{path}"]).xpath(f"//a[@hreflang='en' and @href='{path}']")
        assert switch, path


def test_french_lists_name_the_same_dates_as_english_ones(small_site: WholeSite) -> None:
    for path in ("/programs/", "/programs/calendar/2026-12/", "/programs/for/everyone/"):
        times = [
            _tree(small_site.pages[one]).xpath(
                "//main//p[@class='occurrence-time' or @class='month-time']/time[1]/@datetime"
            )
            for one in (path, f"/fr{path}")
        ]
        assert times[0], path
        # A program that is told in French only is in the French list alone.
        assert set(times[0]) <= set(times[1]), path


def test_what_is_in_english_is_marked_as_such(small_site: WholeSite) -> None:
    tree = _tree(small_site.pages["/fr/programs/"])
    titles = tree.xpath("//main//*[@class='occurrence-title']")
    english = [title for title in titles if not title.xpath("a/@href")[0].startswith("/fr/")]
    french = [title for title in titles if title.xpath("a/@href")[0].startswith("/fr/")]
    assert english
    assert french
    # What is further off is listed without its summary.
    summaries = [each for title in english for each in title.getparent().xpath("p[@class='occurrence-summary']")]
    assert summaries
    assert {each.get("lang") for each in summaries} == {"en"}
    for title in english:
        assert title.xpath("a/@lang") == ["en"]
        assert title.xpath("span/text()")[-1] == "En anglais"
    for title in french:
        assert title.xpath("a/@lang") == []
        assert "En anglais" not in title.text_content()


def test_place_and_cost_are_in_french_where_the_words_are_ours(small_site: WholeSite) -> None:
    tree = _tree(small_site.pages["/fr/programs/"])
    facts = tree.xpath("//li[.//a[@href='/programs/tea/']]//p[@class='meta']")[0]
    own = " ".join(part for part in facts.xpath("text() | span[not(@lang)]/text()"))
    assert "Succursale Otter Bay" in own
    assert "Gratuit" in own
    assert "free" not in facts.text_content()


def test_a_feed_is_offered_where_there_is_one(site: Project) -> None:
    site.page("pages/programs.md", template="programs")
    site.page("pages/fr/programs.md", template="programs")
    site.page("pages/fr/index.md")
    site.write("content/programs/repair-cafe.md", PROGRAM)
    filtered = '{% extends "base.html" %}\n{% block content %}{% for title, address in page.view.feeds %}<a href="{{ address }}">{{ title }}</a>{% endfor %}{% endblock %}\n'
    site.write("theme/templates/programs-filtered.html", filtered)
    built = site.build(production=True)
    assert 'href="/calendar/audience/adults.ics"' in built.text("programs/for/adults/index.html")
    assert ".ics" not in built.text("fr/programs/for/adults/index.html")


def test_a_feed_that_is_not_made_is_not_named(site: Project) -> None:
    site.page("pages/fr/index.md", template="home")
    feeds = '{% extends "base.html" %}\n{% block content %}{% for title, address in page.feeds %}<a href="{{ address }}">{{ title }}</a>{% endfor %}{% endblock %}\n'
    site.write("theme/templates/home.html", feeds)
    assert ".atom" not in site.build().text("fr/index.html")
    site.write("content/news/fr/bus.md", "---\ntitle: Bus\nsummary: Un bus.\ndate: 2026-11-01\n---\nTexte.\n")
    built = site.build()
    assert 'href="/feeds/fr-news.atom"' in built.text("fr/index.html")
    assert (built.folder / "build/site/feeds/fr-news.atom").is_file()


def test_each_page_of_the_calendar_describes_itself(small_site: WholeSite) -> None:
    told: dict[str, str] = {}
    for path, text in small_site.pages.items():
        if re.match(r"(/fr)?/programs/(calendar|day|at|for|kind|sheet)/", path):
            said = _tree(text).xpath("//meta[@name='description']/@content")
            assert said, path
            assert said[0] not in told, (path, told.get(said[0]))
            told[said[0]] = path
    assert len(told) > 40
