"""Each duty of ``docs/duties.md`` is served: its pages are there and do what the table says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from icalendar import Calendar
from lxml import html
from lxml.html import HtmlElement

from library_schemas import EResource
from library_site.reading import read_content
from library_upcoming import upcoming
from tests.site.projects import REPOSITORY, TODAY, Built

_ROW = re.compile(r"^\| (?P<duty>[^|]+) \| (?P<offer>[^|]+) \| (?P<places>[^|]+) \| `(?P<test>\w+)` \|$")
_CATALOGUE = "https://catalogue.maplelakelibrary.example.org/"


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    duty: str
    places: tuple[str, ...]
    test: str


def rows() -> list[Row]:
    """The rows of the table; a line of it that cannot be read is an error of the test."""
    lines = (REPOSITORY / "docs/duties.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    found = []
    for line in table:
        matched = _ROW.match(line)
        assert matched, f"This row is not read: {line}"
        found.append(Row(matched["duty"].strip(), tuple(re.findall(r"`([^`]+)`", matched["places"])), matched["test"]))
    return found


def test_every_row_has_a_test_and_every_test_a_row() -> None:
    named = [row.test for row in rows()]
    assert len(named) == len(set(named)) == 16
    own = {name for name in globals() if name.startswith("test_")}
    about_the_table = {"test_every_row_has_a_test_and_every_test_a_row", "test_every_place_of_a_row_is_published"}
    assert set(named) == own - about_the_table


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.test.removeprefix("test_"))
def test_every_place_of_a_row_is_published(row: Row, our_site: Built, our_pages: dict[str, str]) -> None:
    files = {f"/{file['path']}" for file in our_site.manifest["files"]}
    assert row.places
    assert [place for place in row.places if place not in our_pages and place not in files] == []


class Pages:
    """The pages of our site, parsed when they are asked for."""

    def __init__(self, built: Built, texts: dict[str, str]) -> None:
        self.built = built
        self.texts = texts
        self._trees: dict[str, HtmlElement] = {}

    def tree(self, address: str) -> HtmlElement:
        if address not in self._trees:
            self._trees[address] = html.document_fromstring(self.texts[address])
        return self._trees[address]

    def facts(self, address: str) -> dict[str, str]:
        """Terms and descriptions of the page's main part."""
        return {words(term): words(term.getnext()) for term in self.tree(address).xpath("//main//dt")}

    def badges(self, address: str) -> list[str]:
        return [words(each) for each in self.tree(address).xpath("//main//*[contains(@class, 'badge ')]")]

    def links(self, address: str) -> dict[str, str]:
        """Address → words of the links of the page's main part."""
        return {link.get("href"): words(link) for link in self.tree(address).xpath("//main//a[@href]")}

    def feed(self, name: str) -> ET.Element:
        return ET.fromstring(self.built.text(name))


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="session")
def pages(our_site: Built, our_pages: dict[str, str]) -> Pages:
    return Pages(our_site, our_pages)


def test_online_resources_are_managed(pages: Pages) -> None:
    facts = pages.facts("/e-resources/creativebug/")
    assert facts["Who can use it"].startswith("Anywhere, with a library card")
    assert facts["Run by"] == "Creativebug"
    assert pages.badges("/e-resources/creativebug/") == ["New"]
    assert pages.badges("/e-resources/universal-class/") == ["Trial until March 31, 2027"]
    assert pages.badges("/e-resources/world-book/") == ["Known issue"]
    assert "/go/creativebug/" in pages.links("/e-resources/creativebug/")
    assert "https://www.creativebug.com/" in pages.links("/go/creativebug/")
    listed = set(pages.links("/e-resources/"))
    assert {address for address in pages.texts if re.fullmatch(r"/e-resources/[^/]+/", address)} <= listed
    # The contract's end is for staff: in their list, in no published file.
    content, _ = read_content(REPOSITORY / "content")
    file = next(file for file in content.files if file.name == "e-resources/creativebug.md")
    assert isinstance(file.record, EResource)
    renewal = file.record.renewal
    assert renewal is not None
    assert any(entry.date == renewal for entry in upcoming((file,), renewal - dt.timedelta(days=3)))
    assert not any(renewal.isoformat() in text or "October 31, 2027" in text for text in pages.texts.values())


def test_the_catalogue_is_searched_and_linked(pages: Pages) -> None:
    form = pages.tree("/").xpath(f"//form[starts-with(@action, '{_CATALOGUE}')]")[0]
    field = form.xpath(".//input[@type='search']")[0]
    assert (form.get("method"), field.get("name")) == ("get", "q")
    assert words(form.xpath(f".//label[@for='{field.get('id')}']")[0])
    books = [address for address in pages.links("/booklists/indigenous-voices/") if address.startswith(_CATALOGUE)]
    assert len(books) >= 5
    assert any(re.search(r"97[89]\d{10}", address) for address in books), "none is linked by its number"
    template = pages.feed("opensearch-catalogue.xml").find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert template is not None
    assert str(template.get("template")).startswith(_CATALOGUE)


def test_accessibility_is_answered_for(pages: Pages) -> None:
    places = next(row.places for row in rows() if row.test == "test_accessibility_is_answered_for")
    within = set(pages.links("/accessibility/"))
    assert {place for place in places if place != "/accessibility/"} <= within
    kinds = {page["address"]: page["kind"] for page in pages.built.manifest["pages"]}
    for address, text in pages.texts.items():
        if kinds[address] == "page":
            prefix = "/fr" if address.startswith("/fr/") else ""
            assert f'href="{prefix}/accessibility/"' in text, address
    feedback = pages.links("/accessibility/feedback/")
    assert any(link.startswith("tel:") for link in feedback)
    assert any(link.startswith("mailto:") for link in feedback)


def test_pages_can_be_found(pages: Pages) -> None:
    listed = {
        urlsplit(str(loc.text)).path
        for loc in pages.feed("sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    titles: dict[str, list[str]] = {}
    for address in listed:
        tree = pages.tree(address)
        titles.setdefault(words(tree.xpath("//title")[0]), []).append(address)
        assert tree.xpath("//meta[@name='description']/@content"), address
        assert urlsplit(tree.xpath("//link[@rel='canonical']/@href")[0]).path == address
        if address not in {"/", "/fr/"}:
            document = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
            assert any(item["@type"] == "BreadcrumbList" for item in document["@graph"]), address
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}
    assert "Sitemap: https://maplelakelibrary.example.org/sitemap.xml" in pages.built.text("robots.txt")
    alphabetical = set(pages.links("/site-map/"))
    english = {address for address in listed if not address.startswith("/fr/")}
    assert english - alphabetical <= {"/site-map/"}


def test_programs_and_news_can_be_spread(pages: Pages) -> None:
    for address in ("/news/", "/programs/repair-cafe/", "/news/more-hotspots/"):
        head = pages.tree(address).xpath("//head")[0]
        for name in ("og:title", "og:description", "og:image", "og:image:alt", "og:url"):
            assert head.xpath(f"meta[@property='{name}']/@content"), (address, name)
    assert pages.tree("/").xpath("//footer//a[starts-with(@href, 'https://social.example.org/')]")
    sheet = pages.tree("/programs/sheet/maple-lake/")
    assert len(sheet.xpath("//main//section[h2]")) >= 3
    assert all(words(each) for each in sheet.xpath("//main//section//li"))
    calendar = Calendar.from_ical((pages.built.output / "calendar/programs.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) >= 100
    assert any("newsletter-fall-2026.pdf" in link for link in pages.links("/documents/newsletter-fall-2026/"))


def test_devices_are_lent(pages: Pages) -> None:
    facts = pages.facts("/equipment/laptop/")
    for term in ("Loan period", "Renewals", "Who can use it", "Agreement", "Late fees", "Lost or damaged", "Where"):
        assert facts[term], term
    assert facts["Loan period"] == "14 days"
    assert "18 and over" in facts["Who can use it"]
    assert "/branches/dunmore/" in pages.links("/equipment/laptop/")
    for address in ("/equipment/laptop/", "/equipment/internet-hotspot/"):
        assert any(link.startswith(_CATALOGUE) for link in pages.links(address)), address
        assert address in pages.links("/equipment/")


def test_tech_help_can_be_booked(pages: Pages) -> None:
    facts = pages.facts("/services/tech-help/")
    assert "bring your device" in facts["How to get it"]
    assert facts["Where"] == "All branches"
    assert facts["Cost"] == "Free"
    links = set(pages.links("/services/tech-help/"))
    assert {"https", "tel", "mailto"} <= {urlsplit(link).scheme for link in links}
    assert "45 minutes" in words(pages.tree("/services/tech-help/").xpath("//main")[0])
    assert "Thursday" in pages.facts("/programs/tech-help/")["When"]


def test_statistics_are_kept(pages: Pages) -> None:
    tree = pages.tree("/statistics/")
    week = next(each for each in tree.xpath("//main//section") if "A typical week" in words(each.xpath(".//h2")[0]))
    shown = [[words(cell) for cell in row.xpath("th|td")] for row in week.xpath(".//tbody/tr")]
    told = list(csv.reader(io.StringIO(pages.built.text("statistics/typical-week.csv"))))[1:]
    told.sort(key=lambda row: -int(row[1]))
    assert [row[0] for row in shown] == [row[0] for row in told]
    drawn = [words(each) for each in week.xpath(".//figure//*[@class='chart-row']")]
    assert drawn == [row[1] for row in shown], "the chart shows the first column, as the table does"
    numbers = [[re.sub(r"[^\d.]", "", cell) for cell in row[1:]] for row in shown]
    assert numbers == [row[1:] for row in told]
    assert "https://" in pages.texts["/go/libby/"]


def test_documents_are_registered(pages: Pages) -> None:
    facts = pages.facts("/documents/strategic-plan/")
    assert facts["Maintained by"] == "Chief executive officer"
    assert facts["On the site until"] == "December 31, 2034"
    assert facts["Pages"] == "1"
    assert facts["As a web page"] == "Strategic plan 2025 to 2029 (web page)"
    checked = pages.facts("/documents/multi-year-accessibility-plan/")["Accessibility"]
    assert checked.startswith("Checked by a person with a screen reader (")
    table = [words(row) for row in pages.tree("/documents/").xpath("//main//li[contains(@class, 'entry')]")]
    files = sorted(path for path in pages.built.output.glob("documents/*.pdf"))
    assert sum("PDF" in row for row in table) == len(files) - 1  # the French form is listed in French
    assert all(re.search(r"(PDF|CSV), \d+ [KM]B", row) for row in table)
    for path in files:
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked, path.name
            assert pdf.Root.StructTreeRoot.K, path.name
            assert str(pdf.Root.Lang), path.name


def test_the_board_is_open(pages: Pages) -> None:
    coming = pages.facts("/meetings/2026-12/")
    assert coming["When"] == "Wednesday, December 16, 2026, 5:30 pm"
    assert "Watch online" in coming["Where"]
    for address in ("/meetings/2026-12/", "/meetings/2026-11/"):
        headings = [words(each) for each in pages.tree(address).xpath("//main//h2")]
        assert "Agenda" in headings, address
    assert "Minutes" in [words(each) for each in pages.tree("/meetings/2026-11/").xpath("//main//h2")]
    recording = pages.facts("/meetings/2026-09/")["Recording"]
    assert "captions checked by a person" in recording
    assert "Transcript" in recording
    policy = pages.facts("/policies/privacy/")
    assert policy["Approved by the board"] == "May 20, 2026"
    assert policy["Motion"] == "2026-19"
    assert policy["Next review"] == "May 31, 2029"
    assert {address for address in pages.texts if re.fullmatch(r"/meetings/[^/]+/", address)} <= set(
        pages.links("/meetings/")
    )


def test_friends_have_their_events(pages: Pages) -> None:
    facts = pages.facts("/programs/friends-book-sale/")
    assert facts["Run by"] == "Friends of the Maple Lake County Public Library"
    script = pages.tree("/programs/friends-book-sale/").xpath("//script[@type='application/ld+json']/text()")[0]
    organizers = {item["organizer"]["name"] for item in json.loads(script)["@graph"] if "organizer" in item}
    assert organizers == {facts["Run by"]}
    assert "/about/friends/" in pages.links("/programs/friends-book-sale/")


def test_disruptions_are_announced(pages: Pages) -> None:
    facts = pages.facts("/notices/elevator-maple-lake/")
    assert facts["Why"]
    assert facts["Dates"] == "November 18 to December 11, 2026"
    assert facts["Alternatives"]
    notice = "//a[@href='/notices/elevator-maple-lake/']"
    assert pages.tree("/branches/maple-lake/").xpath(notice)
    assert pages.tree("/").xpath(notice)
    assert not pages.tree("/branches/loon-bay/").xpath(f"//body/*[not(self::footer)]{notice}")
    links = [
        str(link.get("href")) for link in pages.feed("feeds/notices.atom").iter("{http://www.w3.org/2005/Atom}link")
    ]
    assert "https://maplelakelibrary.example.org/notices/elevator-maple-lake/" in links


def test_borrowing_services_are_explained(pages: Pages) -> None:
    for name in ("interlibrary-loan", "holds", "reading-suggestions"):
        facts = pages.facts(f"/services/{name}/")
        assert facts["Who can use it"]
        assert facts["Cost"]
        assert facts["How to get it"]
    lists = {address for address in pages.texts if re.fullmatch(r"/booklists/[^/]+/", address)}
    assert len(lists) >= 6
    assert lists <= set(pages.links("/booklists/"))
    for address in lists:
        assert any(link.startswith(_CATALOGUE) for link in pages.links(address)), address


def test_the_maker_lab_is_open(pages: Pages) -> None:
    facts = pages.facts("/equipment/3d-printer/")
    assert facts["Training required"] == "A 30-minute introduction, once"
    assert facts["Minimum age"] == "10"
    prices = pages.tree("/equipment/3d-printer/").xpath("//main//table//tbody/tr")
    assert [words(row.xpath("td")[0]) for row in prices][:1] == ["10 cents a gram"]
    assert "https://book.maplelakelibrary.example.org/maker-lab" in pages.links("/equipment/laser-engraver/")
    seeds = pages.facts("/equipment/seed-packets/")
    assert (seeds["Season"], seeds["Loan period"]) == ("February to June", "Yours to keep")
    assert "/services/seed-library/" in pages.links("/equipment/seed-packets/")
    assert pages.tree("/services/seed-library/").xpath("//main//ol/li")
    assert len(pages.tree("/programs/kind/maker/").xpath("//main//*[@class='occurrence-title']")) >= 2


def test_outcomes_can_be_counted(pages: Pages) -> None:
    table = list(csv.DictReader(io.StringIO(pages.built.text("api/programs-by-quarter.csv"))))
    assert set(table[0]) == {"Quarter", "Kind", "Audience", "Branch", "Sessions"}
    assert {row["Branch"] for row in table} >= {"maple-lake", "loon-bay", "online"}
    assert all(int(row["Sessions"]) > 0 for row in table)
    coming = json.loads(pages.built.text("api/programs.json"))["programs"]
    assert all(each["starts"][:10] >= TODAY.isoformat() for each in coming)
    attendance = list(csv.reader(io.StringIO(pages.built.text("statistics/program-attendance.csv"))))
    assert len(attendance) > 2


def test_patrons_are_left_alone(pages: Pages) -> None:
    fetched = "//@src | //@srcset | //link[contains('stylesheet icon preload manifest', @rel)]/@href"
    for address in pages.texts:
        tree = pages.tree(address)
        assert [each for each in tree.xpath(fetched) if not each.startswith("/")] == [], address
        assert not tree.xpath("//iframe | //object | //embed | //img[@width='1']"), address
        actions = {form.get("action") for form in tree.xpath("//form[@action]")}
        assert all(action.startswith((_CATALOGUE, "/")) for action in actions), address
    scripts = sorted((pages.built.output / "theme").glob("*.js"))
    script = "".join(path.read_text(encoding="utf-8") for path in scripts)
    assert not re.search(r"cookie|localStorage|sessionStorage|sendBeacon|XMLHttpRequest", script)
