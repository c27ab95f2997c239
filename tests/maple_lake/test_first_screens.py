"""On a narrow phone the answer stands within the first one and a half screens: when, where, how much."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.opening import OpenPage
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Window
from audit.survey.server import Server
from tests.site.projects import Built

#: In CSS px: the window of a small phone.
WIDTH, HEIGHT = 320, 640
#: What answers on each kind of page, in both languages.
ANSWERS = {
    "program": ("When", "Quand", "Where", "Où", "Cost", "Coût"),
    "service": ("Where", "Où", "Cost", "Coût"),
    "branch": ("Today", "Aujourd’hui", "Address", "Adresse"),
}
#: Pages of one kind have one template; the longest titles and facts are among so many of each.
MOST = 6
_ENDS = """(() => Object.fromEntries([...document.querySelectorAll('main .key-facts .fact')].map(
  fact => [fact.querySelector('dt').textContent.trim(), fact.getBoundingClientRect().bottom + scrollY])))()"""


@pytest.mark.browser
def test_when_where_and_how_much_stand_first(our_site: Built) -> None:
    site = our_site.output
    pages = {
        kind: sorted(
            (
                page["address"]
                for page in our_site.manifest["pages"]
                if Path(page["template"]).stem == kind and page["kind"] == "page"
            ),
            key=lambda address: (-len(address), address),
        )[:MOST]
        for kind in ANSWERS
    }
    assert all(pages.values())
    too_far: dict[str, float] = {}
    unanswered: list[tuple[str, dict[str, float]]] = []
    with Server(site) as server, Browser(BrowserSettings(hosts=(urlsplit(server.origin).netloc,))) as browser:
        for kind, addresses in pages.items():
            for address in addresses:
                page = OpenPage(
                    browser, server.root + address.lstrip("/"), address, CaptureSettings(axe=False, views=False)
                )
                page.prepare()
                page.set_window(Window(WIDTH, HEIGHT))
                page.open()
                page.rest(scroll=False)
                ends = {name: end for name, end in page.channel.evaluate(_ENDS).items() if name in ANSWERS[kind]}
                page.leave()
                if len(ends) != len(ANSWERS[kind]) // 2:
                    unanswered.append((address, ends))
                too_far |= {f"{address} {name}": end for name, end in ends.items() if end > 1.5 * HEIGHT}
    assert unanswered == []
    assert too_far == {}


@pytest.mark.browser
def test_statistics_do_not_scroll_sideways(our_site: Built) -> None:
    with (
        Server(our_site.output) as server,
        Browser(BrowserSettings(hosts=(urlsplit(server.origin).netloc,))) as browser,
    ):
        page = OpenPage(browser, server.root + "statistics/", "/statistics/", CaptureSettings(axe=False, views=False))
        page.prepare()
        page.set_window(Window(WIDTH, HEIGHT))
        page.open()
        page.rest(scroll=False)
        hidden = page.channel.evaluate(
            "(() => [...document.querySelectorAll('.table-region')].map(each => each.scrollWidth - each.clientWidth))()"
        )
        page.leave()
    assert len(hidden) > 1
    assert max(hidden) <= 0


#: In CSS px: the window of most phones that are narrow.
_PHONE_HEIGHT = 740


@pytest.mark.browser
def test_home_stands_within_three_screens(our_site: Built) -> None:
    ends: dict[str, float] = {}
    with (
        Server(our_site.output) as server,
        Browser(BrowserSettings(hosts=(urlsplit(server.origin).netloc,))) as browser,
    ):
        for address in ("/", "/fr/"):
            page = OpenPage(
                browser, server.root + address.lstrip("/"), address, CaptureSettings(axe=False, views=False)
            )
            page.prepare()
            page.set_window(Window(WIDTH, _PHONE_HEIGHT))
            page.open()
            page.rest(scroll=False)
            ends[address] = page.channel.evaluate(
                "(() => document.querySelector('main').getBoundingClientRect().bottom + scrollY)()"
            )
            page.leave()
    assert {address: end for address, end in ends.items() if end > 3 * _PHONE_HEIGHT} == {}
