"""Time alone breaks nothing: what has ended says so at its address, and what is to come waits for its day."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.site.days import DAYS, rendered
from tests.site.projects import PROGRAM, Built, Project
from tests.site.whole_site import LIBRARY

LINKS = 'links: [{text: About the building, url: "{filename}/pages/about.md"}]'
NOTICE = f"""\
---
title: Elevator out of service
kind: service out
reason: A new motor.
starts: 2026-11-01
expected_end: 2026-12-11
alternatives: Staff bring books down.
{LINKS}
---
The elevator stands still.
"""
RESOURCE = """\
---
title: Maps
vendor: Maps Inc.
url: https://maps.example.org/
summary: Old maps.
subjects: [Maps]
kinds: [reference]
access: card
trial_until: 2026-12-11
---
Maps.
"""
AFTER = dt.date(2026, 12, 12)


def notes(built: Built) -> list[str]:
    return [str(each) for each in built.result.problems]


def linking(site: Project, target: str) -> Project:
    site.page("pages/about.md", f"See [the words]({target}) here.\n")
    return site


def test_notice_that_has_ended_keeps_its_address(site: Project) -> None:
    linking(site, "{filename}/notices/elevator.md#details").write("content/notices/elevator.md", NOTICE)
    before = site.build(today=dt.date(2026, 12, 11))
    assert "The elevator stands still." in before.text("notices/elevator/index.html")
    after = site.build(today=AFTER)
    text = after.text("notices/elevator/index.html")
    assert "This notice ended on December\u00a011, 2026." in text
    assert "The elevator stands still." not in text
    assert 'href="/about/"' in text, "where to read more is still said"
    assert after.page("/notices/elevator/")["kind"] == "ended"
    assert '<a href="/notices/elevator/">the words</a>' in after.text("about/index.html"), "without its anchor"
    assert notes(after) == [
        (
            "content/pages/about.md:4: This link leads to /notices/elevator/, which ended on 2026-12-11. "
            "Remove it, or link to what replaces it."
        )
    ]


def test_what_has_ended_is_listed_nowhere(site: Project) -> None:
    site.page("pages/about.md").write("content/notices/elevator.md", NOTICE)
    after = site.build(today=AFTER)
    lists = {"sitemap.xml", "feeds/notices.atom", "notices/index.html", "index.html"}
    assert [name for name in lists & set(after.files()) if "elevator" in after.text(name)] == []


def test_what_replaces_it_is_named(site: Project) -> None:
    site.write("content/notices/elevator.md", NOTICE.replace(LINKS, "replaced_by: pages/new.md"))
    site.page("pages/new.md").page("pages/about.md")
    text = site.build(today=AFTER).text("notices/elevator/index.html")
    assert 'href="/new/"' in text
    assert 'href="/about/"' not in text


def test_later_file_takes_the_address_of_what_has_ended(site: Project) -> None:
    site.write("content/notices/elevator.md", NOTICE)
    again = NOTICE.replace("title:", "slug: elevator\npublish_on: 2026-12-12\ntitle:")
    site.write("content/notices/again.md", again.replace("2026-12-11", "2027-01-31"))
    linking(site, "{filename}/notices/elevator.md")
    after = site.build(today=AFTER)
    assert "The elevator stands still." in after.text("notices/elevator/index.html")


def test_trial_that_has_ended(site: Project) -> None:
    linking(site, "/go/maps/").write("content/e-resources/maps.md", RESOURCE)
    after = site.build(today=AFTER)
    assert "This trial ended on December\u00a011, 2026." in after.text("e-resources/maps/index.html")
    assert 'href="/e-resources/maps/"' in after.text("go/maps/index.html"), "no longer to the vendor"


def test_program_that_is_over(site: Project) -> None:
    linking(site, "{filename}/programs/cafe.md#cafe-2026-12-03").write("content/programs/cafe.md", PROGRAM)
    after = site.build(today=dt.date(2027, 3, 1))
    assert after.page("/programs/cafe/")["kind"] == "ended"
    assert "Bring a lamp." in after.text("programs/cafe/index.html"), "what was said of it stays"
    assert 'href="/programs/cafe/"' in after.text("about/index.html")
    assert [line for line in notes(after) if "which ended on 2027-01-07" in line]
    assert "/programs/cafe/" not in after.text("sitemap.xml")
    assert "/programs/cafe/" not in after.text("feeds/programs.atom")
    assert any(name.endswith("cafe.ics") for name in after.files()), "whoever follows it still finds the calendar"


def test_date_of_a_program_that_goes_on(site: Project) -> None:
    linking(site, "{filename}/programs/cafe.md#cafe-2026-12-03").write("content/programs/cafe.md", PROGRAM)
    assert 'href="/programs/cafe/#cafe-2026-12-03"' in site.build().text("about/index.html")
    assert 'href="/programs/cafe/"' in site.build(today=dt.date(2026, 12, 4)).text("about/index.html")


@pytest.mark.parametrize("name", ["news/later.md", "pages/later.md"])
@pytest.mark.parametrize("bare", [False, True])
def test_link_to_a_page_whose_day_has_not_come(site: Project, name: str, *, bare: bool) -> None:
    day = "date: 2026-12-01\nsummary: Soon." if name.startswith("news") else "publish_on: 2026-12-01"
    address = "/news/later/" if name.startswith("news") else "/later/"
    site.write(f"content/{name}", f"---\ntitle: Later\n{day}\n---\nText\n")
    linking(site, address if bare else f"{{filename}}/{name}")
    site.page("pages/index.md", "Welcome.\n")
    early = site.build(production=True)
    assert re.search(r"See\s+the words\s+here\.", re.sub(r"<a [^>]*>", "<a>", early.text("about/index.html")))
    assert notes(early)[0].startswith(f"content/pages/about.md:4: content/{name} is not on the site yet")
    assert f'href="{address}"' in site.build(production=True, today=dt.date(2026, 12, 1)).text(
        "about/index.html"
    ).replace("https://library.example.org", "")


def test_link_field_to_a_page_whose_day_has_not_come(site: Project) -> None:
    site.write("content/pages/later.md", "---\ntitle: Later\npublish_on: 2026-12-01\n---\nText\n")
    notice = NOTICE.replace("/about.md", "/later.md")
    site.write("content/notices/elevator.md", notice).build(production=True)


@pytest.mark.parametrize(
    "address",
    ["/programs/calendar/2026-11/", "/programs/day/2026-11-22/", "/programs/for/teens/", "/programs/at/minden/"],
)
def test_address_of_the_calendar_that_is_not_there_today(site: Project, address: str) -> None:
    linking(site, address).write("content/programs/cafe.md", PROGRAM)
    built = site.build()
    assert 'href="/programs/"' in built.text("about/index.html")
    assert notes(built)[0].startswith(f"content/pages/about.md:4: There is nothing at {address} today")


def test_french_listing_stays_when_all_of_it_has_ended(site: Project) -> None:
    site.page("pages/fr/index.md", "Bienvenue. [Avis](/fr/notices/)\n")
    site.write("content/notices/fr/elevator.md", NOTICE.replace(f"{LINKS}\n", ""))
    assert "fr/notices/index.html" in site.build(today=AFTER).files()


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_whole_library_on_any_day(day: dt.date) -> None:
    assert rendered(LIBRARY, day)
