"""What the site says of itself and of the library, held against what is there.

A promise that no page makes any more fails too, so that this list stays a list of what is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.site.projects import REPOSITORY, Built

_CONTENT = REPOSITORY / "content"
type Pages = dict[str, HtmlElement]


def _sentences(*folders: str) -> Iterator[tuple[Path, str]]:
    for folder in folders or ("pages", "services", "policies", "questions", "equipment", "branches", "programs"):
        for path in sorted((_CONTENT / folder).rglob("*.md")):
            if "fr" not in path.relative_to(_CONTENT).parts:
                yield path, " ".join(path.read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def trees(our_pages: dict[str, str]) -> Pages:
    """The pages that people read: address → tree."""
    read = {
        address: html.document_fromstring(text) for address, text in our_pages.items() if not address.startswith("/go/")
    }
    return {address: tree for address, tree in read.items() if tree.xpath("//main")}


def _lacking(trees: Pages, path: str) -> list[str]:
    return [address for address, tree in trees.items() if not tree.xpath(path)]


def _search_is_on_every_page(built: Built, trees: Pages) -> None:
    assert _lacking(trees, "//header//a[contains(@href, '/search/')]") == []
    assert trees["/search/"].xpath("//main//form[@data-engine]")
    assert trees["/search/"].xpath("//main//a[@href='/site-map/']"), "without scripts there is the list of all pages"


def _no_script_is_needed_to_read(built: Built, trees: Pages) -> None:
    waiting = {each.tag for tree in trees.values() for each in tree.xpath("//main//*[@hidden and not(@data-offline)]")}
    assert waiting == {"form"}, "only forms that the script serves wait for it"


def _theme(built: Built, kind: str) -> str:
    return "".join(built.text(f"theme/{path.name}") for path in sorted((built.output / "theme").glob(f"*{kind}")))


def _no_cookies(built: Built, trees: Pages) -> None:
    scripts = _theme(built, ".js") + built.text("sw.js")
    assert re.findall(r"document\.cookie|localStorage|sessionStorage|indexedDB|sendBeacon", scripts) == []


def _nothing_from_elsewhere(built: Built, trees: Pages) -> None:
    loaded = (
        "//img/@src | //script/@src | //link[@rel='stylesheet' or @rel='preload' or @rel='icon']/@href | //iframe/@src"
    )
    elsewhere = {str(address) for tree in trees.values() for address in tree.xpath(loaded) if "//" in str(address)[:8]}
    assert elsewhere == set()
    assert "//" not in "".join(re.findall(r"url\(([^)]*)\)", _theme(built, ".css")))


def _one_thing_is_kept(built: Built, trees: Pages) -> None:
    found = re.search(r"const KEPT = (\{.*?\});", built.text("sw.js"))
    assert found is not None
    kept = json.loads(found[1])
    read = [name.split("?")[0] for name in kept["files"] if not name.startswith(("/theme/", "/icons/"))]
    assert {name for name in read if name.endswith("/")} == {"/offline/", "/fr/offline/"}
    tree = trees["/offline/"]
    assert len(tree.xpath("//main//a[starts-with(@href, 'tel:')]")) >= 6
    assert len(tree.xpath("//main//table")) >= 1 or "am" in tree.text_content()


def _settings_of_the_device(built: Built, trees: Pages) -> None:
    style = built.text("theme/theme.css")
    for wish in ("prefers-color-scheme:dark", "forced-colors:active", "prefers-reduced-motion"):
        assert wish in style


def _first_stop(built: Built, trees: Pages) -> None:
    for address, tree in trees.items():
        first = tree.xpath("(//body//a[@href] | //body//button | //body//input)[1]")[0]
        assert first.get("href") == "#main", address


def _tools_at_the_bottom(built: Built, trees: Pages) -> None:
    assert _lacking(trees, "//aside//a[starts-with(@href, 'mailto:?')]") == []
    assert _lacking(trees, "//aside//a[@href='#large-print']") == []
    assert ".large-print:target" in built.text("theme/theme.css")
    assert "speechSynthesis" in built.text("theme/theme.js")


def _companies_are_named(built: Built, trees: Pages) -> None:
    """Each page of a resource names who runs it."""
    for path in (_CONTENT / "e-resources").glob("*.md"):
        vendor = re.search(r"^vendor: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if vendor:
            shown = trees[f"/e-resources/{path.stem}/"].xpath("//main")[0].text_content()
            assert vendor[1].strip("\"'") in shown, path.name


def _documents_say_whether_checked(built: Built, trees: Pages) -> None:
    entries = trees["/documents/"].xpath("//main//li[@class='entry']")
    assert entries
    assert [each.text_content() for each in entries if "Accessibility:" not in each.text_content()] == []


def _every_program_reaches_a_calendar(built: Built, trees: Pages) -> None:
    for address, tree in trees.items():
        if re.fullmatch(r"/programs/[a-z0-9-]+/", address) and tree.xpath("//main//li[contains(@class, 'date')]"):
            ways = tree.xpath("//main//a[contains(@href, '.ics')]")
            assert ways or "Cancelled" in tree.xpath("//main")[0].text_content(), address


#: What is said (a pattern), and what must then be so.
PROMISES: dict[str, Callable[[Built, Pages], None]] = {
    r"Only the search of this site needs them; without scripts": _search_is_on_every_page,
    r"You can read every page without scripts": _no_script_is_needed_to_read,
    r"does not use cookies or tracking": _no_cookies,
    r"It loads nothing from other companies": _nothing_from_elsewhere,
    r"a page with our hours and phone numbers, for when you have no connection": _one_thing_is_kept,
    r"follows your device's setting for dark colours, strong contrast and less motion": _settings_of_the_device,
    r"The first stop on each page is a link that jumps to the main part": _first_stop,
    r"At the bottom of each page, you can email the page or print it in large type": _tools_at_the_bottom,
    r"Each resource page names the company": _companies_are_named,
    r"The \[list of documents\]\([^)]*\) says which ones": _documents_say_whether_checked,
    r"add .{0,40}to your calendar|your calendar": _every_program_reaches_a_calendar,
}
#: Said by the templates and not in content.
_IN_TEMPLATES = {r"add .{0,40}to your calendar|your calendar"}


@pytest.mark.parametrize("said", PROMISES)
def test_a_promise_is_kept(said: str, our_site: Built, trees: Pages) -> None:
    told = [path for path, text in _sentences() if re.search(said, text)]
    assert told or said in _IN_TEMPLATES, "no page says this any more: take the line away"
    PROMISES[said](our_site, trees)


@pytest.mark.parametrize(
    "untrue",
    [
        r"search the catalogue from (any|every) page",
        r"(choose|choice of|your chosen) (a )?(theme|light or dark|colours) (on|of) this (web)?site",
        r"stores nothing on (it|your device)",
        r"(apply|register|sign up) for a card online",
        r"(Facebook|Instagram|YouTube) page",
    ],
)
def test_nobody_promises_what_is_not_there(untrue: str) -> None:
    assert [path.name for path, text in _sentences() if re.search(untrue, text, re.IGNORECASE)] == []


#: Numbers that several pages tell: the words around them, and the one place that decides.
NUMBERS = {
    "items on one card": (r"[Bb]orrow (?:up to )?(\d+) items (?:on one card|and place)", "services/borrowing.md"),
    "holds at a time": (r"(?:have|place|and place) (\d+) holds", "services/holds.md"),
    "loan of most books": (r"(?:[Mm]ost books(?: and audiobooks stay with you)? for|Books and audiobooks \|) (\d+) days", "services/borrowing.md"),
    "loan of new books": (r"(?:[Nn]ew and popular books(?: have a loan of| \|)) (\d+) days", "services/borrowing.md"),
    "loan of a hotspot": (r"[Bb]orrow a hotspot\]\([^)]*\) for (\d+) days|devices for (\d+) days", "services/hotspots.md"),
    "until an item is billed": (r"(?:[Aa]fter|it is|item is) (\d+) days(?: late|,? we)", "policies/borrowing.md"),
    "a page in black": (r"(\d+) cents a page in black|\$0\.(\d+) \| \$0\.50", "services/printing-and-scanning.md"),
}  # fmt: skip


@pytest.mark.parametrize("what", NUMBERS)
def test_pages_agree_on_numbers(what: str) -> None:
    pattern, deciding = NUMBERS[what]
    said = {
        path.relative_to(_CONTENT).as_posix(): {
            next(filter(None, found.groups())) for found in re.finditer(pattern, text)
        }
        for path, text in _sentences()
    }
    said = {name: numbers for name, numbers in said.items() if numbers}
    assert said, "no page says it any more"
    assert len(said[deciding]) == 1
    assert {name: numbers for name, numbers in said.items() if numbers != said[deciding]} == {}


def test_branches_are_counted_rightly() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    branches = len(list((_CONTENT / "branches").glob("*.md")))
    counts = {
        (path.name, found[1])
        for path, text in _sentences()
        for found in re.finditer(r"\b(\w+) branches\b", text)
        if found[1].lower() in words
    }
    assert counts
    assert {each for each in counts if words.index(each[1].lower()) + 1 > branches} == set()
    everywhere = {
        (path.name, found[1])
        for path, text in _sentences()
        for found in re.finditer(r"(?:all|our|the) (\w+) branches", text)
        if found[1] in words
    }
    assert {each for each in everywhere if words.index(each[1]) + 1 != branches} == set()
