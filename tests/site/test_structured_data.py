"""Structured data and feeds: what schema.org and Google's documentation require and recommend."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.site.projects import BRANCH, PROGRAM, TODAY, Built, Project

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def built(site: Project) -> Built:
    winter = "  seasons:\n    - {name: Winter, begins: '12-01', ends: '02-28', week: {tuesday: '12:00-16:00'}}\n"
    exceptions = "  exceptions:\n    - {date: 2026-12-24, hours: '10:00-12:00', reason: Short day}\n"
    site.write(
        "content/branches/minden.md", BRANCH.replace("---\nCome", f"{winter}{exceptions}access: [ramp]\n---\nCome")
    )
    series = PROGRAM.replace(
        "---\nBring",
        "outside_hours: true\nmoved:\n  - {date: 2026-12-17, starts: 2026-12-18 14:00}\ncancelled:\n  - {date: 2026-12-10, reason: '</script>'}\n---\nBring",
    )
    site.write("content/programs/repair-cafe.md", series)
    online = PROGRAM.replace("branch: minden", "online: https://example.org/meet").replace(
        "kind: maker", "kind: book club\ncost: $5\nsupport_person_fee: free"
    )
    site.write("content/programs/club.md", online)
    site.write("content/news/a.md", "---\ntitle: A & B\ndate: 2026-11-01\nsummary: News <soon>.\n---\n")
    site.write(
        "content/notices/n.md",
        "---\ntitle: N\nkind: closure\nreason: Snow\nstarts: 2026-11-20\nexpected_end: 2026-11-25\nalternatives: Come to Minden\n---\n",
    )
    return site.build(production=True)


def graph(built: Built, name: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', built.text(name), re.DOTALL)
    assert found is not None
    document = json.loads(found[1])
    assert document["@context"] == "https://schema.org"
    items: list[dict[str, Any]] = document["@graph"]
    return items


def test_branch(built: Built) -> None:
    library = graph(built, "branches/minden/index.html")[0]
    assert library["@type"] == "Library"
    assert library["name"] == "Minden branch"
    assert library["url"] == "https://library.example.org/branches/minden/"
    assert library["telephone"] == "+1-705-555-0143"
    assert library["address"]["postalCode"] == "K0M 2K0"
    assert library["address"]["addressCountry"] == "CA"
    assert library["geo"] == {"@type": "GeoCoordinates", "latitude": 44.92, "longitude": -78.72}
    assert library["parentOrganization"]["name"] == "Test County Public Library"
    assert library["amenityFeature"][0]["name"] == "ramp"


def test_opening_hours(built: Built) -> None:
    library = graph(built, "branches/minden/index.html")[0]
    usual = [row for row in library["openingHoursSpecification"] if "validFrom" not in row]
    thursday = [(row["opens"], row["closes"]) for row in usual if row["dayOfWeek"].endswith("/Thursday")]
    assert thursday == [("10:00", "12:00"), ("13:00", "20:00")]
    season = [row for row in library["openingHoursSpecification"] if "validFrom" in row]
    assert {(row["validFrom"], row["validThrough"]) for row in season} == {("2026-12-01", "2027-02-28")}
    assert len(season) == 7  # closed days of the season are said, or the usual week would hold on them
    special = {row["validFrom"]: (row["opens"], row["closes"]) for row in library["specialOpeningHoursSpecification"]}
    assert special["2026-12-24"] == ("10:00", "12:00")
    assert special["2026-12-25"] == ("00:00", "00:00")


def test_events(built: Built) -> None:
    events = {
        event["startDate"]: event
        for event in graph(built, "programs/repair-cafe/index.html")
        if event["@type"] == "Event"
    }
    first = events["2026-12-03T10:30:00-05:00"]
    assert first["endDate"] == "2026-12-03T11:30:00-05:00"
    assert first["eventStatus"] == "https://schema.org/EventScheduled"
    assert first["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert first["location"]["@type"] == "Place"
    assert first["location"]["address"]["streetAddress"] == "2 Bridge Street"
    assert first["isAccessibleForFree"] is True
    assert first["offers"]["price"] == 0
    assert first["organizer"]["name"] == "Test County Public Library"
    assert events["2026-12-10T10:30:00-05:00"]["eventStatus"] == "https://schema.org/EventCancelled"
    moved = events["2026-12-18T14:00:00-05:00"]
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2026-12-17T10:30:00-05:00"
    assert len({event["@id"] for event in events.values()}) == len(events)


def test_online_event_with_a_cost(built: Built) -> None:
    event = next(item for item in graph(built, "programs/club/index.html") if item["@type"] == "LiteraryEvent")
    assert event["location"] == {"@type": "VirtualLocation", "url": "https://example.org/meet"}
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    assert event["isAccessibleForFree"] is False
    assert "offers" not in event


def test_offset_follows_daylight_saving(site: Project) -> None:
    site.write("content/programs/p.md", PROGRAM.replace("2026-12-03", "2026-10-29").replace("count: 6", "count: 2"))
    built = site.build(production=True, today=dt.date(2026, 10, 20))
    starts = [item["startDate"] for item in graph(built, "programs/p/index.html") if item["@type"] == "Event"]
    assert starts == ["2026-10-29T10:30:00-04:00", "2026-11-05T10:30:00-05:00"]


def test_breadcrumb(built: Built) -> None:
    crumbs = graph(built, "programs/repair-cafe/index.html")[-1]
    assert crumbs["@type"] == "BreadcrumbList"
    assert [(item["position"], item["name"], item["item"]) for item in crumbs["itemListElement"]] == [
        (1, "Home", "https://library.example.org/"),
        (2, "Programs", "https://library.example.org/programs/"),
        (3, "Repair café", "https://library.example.org/programs/repair-cafe/"),
    ]


def test_home(built: Built) -> None:
    library = graph(built, "index.html")[0]
    assert library["@type"] == "Library"
    assert library["department"] == [{"@id": "https://library.example.org/branches/minden/#library"}]


@pytest.mark.parametrize("name", ["news", "programs", "notices"])
def test_atom(built: Built, name: str) -> None:
    root = ET.fromstring(built.text(f"feeds/{name}.atom"))
    for tag in ("id", "title", "updated"):
        assert root.findtext(f"a:{tag}", namespaces=ATOM)
    dt.datetime.fromisoformat(str(root.findtext("a:updated", namespaces=ATOM)))
    entries = root.findall("a:entry", ATOM)
    assert entries
    for entry in entries:
        for tag in ("id", "title", "updated", "summary"):
            assert entry.findtext(f"a:{tag}", namespaces=ATOM)
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert str(link.get("href")).startswith("https://library.example.org/")


def test_atom_says_the_three_parts_of_a_notice(built: Built) -> None:
    summary = ET.fromstring(built.text("feeds/notices.atom")).findtext("a:entry/a:summary", namespaces=ATOM)
    assert summary == "Reason: Snow Expected end: November\u00a025, 2026 Alternatives: Come to Minden"


def test_atom_escapes(built: Built) -> None:
    entry = ET.fromstring(built.text("feeds/news.atom")).find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:title", namespaces=ATOM) == "A & B"
    assert entry.findtext("a:summary", namespaces=ATOM) == "News <soon>."
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-11-01T00:00:00-04:00"


def test_feeds_do_not_change_with_the_day(built: Built, site: Project) -> None:
    before = {name: data for name, data in built.files().items() if name.startswith("feeds/")}
    again = site.build(production=True, today=TODAY + dt.timedelta(days=1))
    assert {name: data for name, data in again.files().items() if name.startswith("feeds/")} == before


def test_opensearch(built: Built) -> None:
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    root = ET.fromstring(built.text("opensearch-catalogue.xml"))
    assert len(str(root.findtext("o:ShortName", namespaces=space))) <= 16
    url = root.find("o:Url", space)
    assert url is not None
    assert url.get("template") == "https://catalogue.example.org/cgi-bin/koha/opac-search.pl?q={searchTerms}"
