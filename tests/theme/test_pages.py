"""Every page of our own site, as built: weight, structure, and the same parts in the same place."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import library_site
from tests.theme.markup import faults
from tests.theme.rendering import ROOT


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Our site, built for a fixed day: address → HTML."""
    folder = tmp_path_factory.mktemp("site")
    settings = ROOT / "pelicanconf.py"
    library_site.build(
        settings, folder / "site", folder / "manifest.json", production=False, today=dt.date(2026, 11, 24)
    )
    found = {
        f"/{path.relative_to(folder / 'site').as_posix().removesuffix('index.html')}": path.read_text(encoding="utf-8")
        for path in sorted((folder / "site").rglob("*.html"))
    }
    assert len(found) > 100
    return found | {"theme": _size(folder / "site" / "theme")}


def _size(folder: Path) -> str:
    """The length of style sheet and script together, in bytes."""
    return str(sum((folder / name).stat().st_size for name in ("theme.css", "theme.js")))


@pytest.fixture(scope="module")
def trees(pages: dict[str, str]) -> dict[str, HtmlElement]:
    """The same pages, parsed."""
    return {address: html.document_fromstring(text) for address, text in pages.items() if address != "theme"}


def words(element: HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def test_no_page_weighs_too_much(pages: dict[str, str]) -> None:
    shared = int(pages["theme"])
    heavy = {
        a: shared + len(t.encode()) for a, t in pages.items() if a != "theme" and shared + len(t.encode()) > 120_000
    }
    assert heavy == {}


def test_every_page_is_sound_html(pages: dict[str, str]) -> None:
    found = {address: said for address, text in pages.items() if address != "theme" and (said := faults(text))}
    assert found == {}


def test_the_skip_link_is_the_first_stop_and_leads_to_main(trees: dict[str, HtmlElement]) -> None:
    for address, tree in trees.items():
        first = tree.xpath("//body//a[@href] | //body//button | //body//input | //body//*[@tabindex='0']")[0]
        assert first.get("href") == "#main", address
        assert len(tree.xpath("//main[@id='main'][@tabindex='-1']")) == 1, address


def test_every_page_has_one_of_each_landmark_and_names_for_those_that_repeat(trees: dict[str, HtmlElement]) -> None:
    for address, tree in trees.items():
        for path in ("//body/header", "//body/main", "//body/footer", "//h1"):
            assert len(tree.xpath(path)) == 1, (address, path)
        names = [
            nav.get("aria-label") or words(tree.get_element_by_id(nav.get("aria-labelledby")))
            for nav in tree.xpath("//nav")
        ]
        assert all(names), address
        assert len(set(names)) == len(names), (address, names)


def test_headings_never_skip_a_level(trees: dict[str, HtmlElement]) -> None:
    for address, tree in trees.items():
        # What stands above the content (notices) and below it begins again at the second level.
        levels = [
            int(heading.tag[1])
            for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
        ]
        assert levels[0] == 1, address
        assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == [], address


def test_menu_help_and_footer_are_the_same_on_every_page_of_a_language(trees: dict[str, HtmlElement]) -> None:
    for lang in ("en", "fr"):
        menus, helps, footers = set(), set(), set()
        for tree in trees.values():
            if tree.get("lang") == lang:
                menus.add(words(tree.xpath("//header//nav")[0]))
                helps.add(words(tree.xpath("//aside[@class='feedback']//ul")[0]))
                footers.add(words(tree.xpath("//footer")[0]))
                order = [
                    each.tag
                    for each in tree.xpath("/html/body/*[self::header or self::main or self::aside or self::footer]")
                ]
                assert order == ["header", "main", "aside", "footer"]
        assert [len(each) for each in (menus, helps, footers)] == [1, 1, 1], lang


def test_the_page_one_is_on_is_marked(trees: dict[str, HtmlElement]) -> None:
    assert trees["/programs/"].xpath("//header//nav//a[@aria-current='page']/@href") == ["/programs/"]
    assert trees["/programs/coding-club/"].xpath("//header//nav//a[@aria-current='true']/@href") == ["/programs/"]


def test_the_other_language_is_named_in_that_language(trees: dict[str, HtmlElement]) -> None:
    link = trees["/get-a-card/"].xpath("//header//a[@hreflang='fr']")[0]
    assert (link.get("lang"), words(link), link.get("href")) == ("fr", "Français", "/fr/get-a-card/")
    alone = next(
        tree
        for tree in trees.values()
        if tree.xpath("//header//a[@hreflang='fr'][@href='/fr/']") and tree.xpath("//aside//p[@lang='fr']")
    )
    assert words(alone.xpath("//aside//p[@lang='fr']")[0]) == "Cette page n’existe qu’en anglais."


def test_nothing_is_asked_from_elsewhere(trees: dict[str, HtmlElement]) -> None:
    for address, tree in trees.items():
        asked = tree.xpath(
            "//@src | //@srcset | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //iframe/@src"
        )
        assert [each for each in asked if "//" in each] == [], address
        assert (
            tree.xpath("//@style | //@onclick | //@onload | //script[not(@src) and @type!='application/ld+json']") == []
        ), address


def test_choices_that_need_script_exist_without_it(trees: dict[str, HtmlElement]) -> None:
    programs = trees["/programs/"]
    values = set(programs.xpath("//form[@data-filters]//select[@name!='day']/option[@value!='']/@value"))
    links = programs.xpath("//nav[contains(@class,'filters-plain')]//a/@href")
    assert values
    assert len(links) == len(programs.xpath("//form[@data-filters]//select[@name!='day']/option[@value!='']"))
    assert [each for each in links if each not in trees] == []
    resources = trees["/e-resources/"]
    subjects = resources.xpath("//nav[contains(@class,'tasks')]//a/@href")
    assert len(subjects) == len(resources.xpath("//select[@name='for']/option[@value!='']"))
