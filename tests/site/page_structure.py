"""What holds of every page of every library's site: structure, and the same parts in the same place."""

from __future__ import annotations

import itertools
import re

from lxml.html import HtmlElement

from tests.site.whole_site import WholeSite
from tests.theme.markup import faults


def words(element: HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


class PageStructure:
    """For a module that has a fixture ``site``."""

    def test_every_page_is_sound_html(self, site: WholeSite) -> None:
        found = {address: said for address, text in site.pages.items() if (said := faults(text))}
        assert found == {}

    def test_the_skip_link_is_the_first_stop_and_leads_to_main(self, site: WholeSite) -> None:
        for address, tree in site.trees.items():
            first = tree.xpath("//body//a[@href] | //body//button | //body//input | //body//*[@tabindex='0']")[0]
            assert first.get("href") == "#main", address
            assert len(tree.xpath("//main[@id='main'][@tabindex='-1']")) == 1, address

    def test_every_page_has_one_of_each_landmark_and_names_for_those_that_repeat(self, site: WholeSite) -> None:
        for address, tree in site.trees.items():
            for path in ("//body/header", "//body/main", "//body/footer", "//h1"):
                assert len(tree.xpath(path)) == 1, (address, path)
            names = [
                nav.get("aria-label") or words(tree.get_element_by_id(nav.get("aria-labelledby")))
                for nav in tree.xpath("//nav")
            ]
            assert all(names), address
            assert len(set(names)) == len(names), (address, names)

    def test_headings_never_skip_a_level(self, site: WholeSite) -> None:
        for address, tree in site.trees.items():
            # What stands above the content (notices) and below it begins again at the second level.
            levels = [
                int(heading.tag[1])
                for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
            ]
            assert levels[0] == 1, address
            assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == [], address

    def test_menu_help_and_footer_are_the_same_on_every_page_of_a_language(self, site: WholeSite) -> None:
        for lang in ("en", "fr"):
            menus, helps, footers = set(), set(), set()
            for tree in site.trees.values():
                if tree.get("lang") == lang:
                    menus.add(words(tree.xpath("//header//nav")[0]))
                    helps.add(words(tree.xpath("//aside[@class='feedback']//ul")[0]))
                    footers.add(words(tree.xpath("//footer")[0]))
                    order = [
                        each.tag
                        for each in tree.xpath(
                            "/html/body/*[self::header or self::main or self::aside or self::footer]"
                        )
                    ]
                    assert order == ["header", "main", "aside", "footer"]
            assert [len(each) for each in (menus, helps, footers)] == [1, 1, 1], lang

    def test_the_page_one_is_on_is_marked(self, site: WholeSite) -> None:
        assert site.trees["/programs/"].xpath("//header//nav//a[@aria-current='page']/@href") == ["/programs/"]
        programs = [tree for address, tree in site.trees.items() if re.fullmatch(r"/programs/[^/]+/", address)]
        assert programs
        for tree in programs:
            assert tree.xpath("//header//nav//a[@aria-current='true']/@href") == ["/programs/"]

    def test_the_other_language_is_named_in_that_language(self, site: WholeSite) -> None:
        link = site.trees["/contact/"].xpath("//header//a[@hreflang='fr']")[0]
        assert (link.get("lang"), words(link), link.get("href")) == ("fr", "Français", "/fr/contact/")
        alone = next(
            tree
            for tree in site.trees.values()
            if tree.xpath("//header//a[@hreflang='fr'][@href='/fr/']") and tree.xpath("//aside//p[@lang='fr']")
        )
        assert words(alone.xpath("//aside//p[@lang='fr']")[0]) == "Cette page n’existe qu’en anglais."

    def test_nothing_is_asked_from_elsewhere(self, site: WholeSite) -> None:
        for address, tree in site.trees.items():
            asked = tree.xpath(
                "//@src | //@srcset | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //iframe/@src"
            )
            assert [each for each in asked if "//" in each] == [], address
            assert (
                tree.xpath("//@style | //@onclick | //@onload | //script[not(@src) and @type!='application/ld+json']")
                == []
            ), address

    def test_choices_that_need_script_exist_without_it(self, site: WholeSite) -> None:
        programs = site.trees["/programs/"]
        values = set(programs.xpath("//form[@data-filters]//select[@name!='day']/option[@value!='']/@value"))
        links = programs.xpath("//nav[contains(@class,'filters-plain')]//a/@href")
        assert values
        assert len(links) == len(programs.xpath("//form[@data-filters]//select[@name!='day']/option[@value!='']"))
        assert [each for each in links if each not in site.trees] == []
        resources = site.trees["/e-resources/"]
        needs = resources.xpath("//section[contains(@class,'needs')]//details[.//li/a]/@id")
        assert len(needs) == len(resources.xpath("//select[@name='for']/option[@value!='']")) > 0

    def test_nothing_is_said_twice_of_where_to_go_on(self, site: WholeSite) -> None:
        for address, tree in site.trees.items():
            for question in tree.xpath("//details[@class='question']"):
                linked = question.xpath("div[@class='prose']//a/@href")
                assert not set(linked) & set(question.xpath("ul//a/@href")), address
            for button in tree.xpath("//main//a[@class='button']"):
                assert not re.search(r"\((\w+)\) \(\1,", words(button)), address
