"""What holds of every library's site, whatever stands in its content."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from urllib.parse import unquote

import jsonschema

from tests.site.projects import REPOSITORY
from tests.site.whole_site import WholeSite

_LINK = re.compile(r'<[a-z][^<>]*\s(?:href|src|action)="([^"]*)"')
_SRCSET = re.compile(r'<[a-z][^<>]*\ssrcset="([^"]*)"')
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
_SCRIPT = re.compile(r'<script src="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')


class Soundness:
    """For a module that has a fixture ``site``."""

    def test_templates_ask_for_nothing_that_is_not_there(self, site: WholeSite) -> None:
        assert site.result.pages
        assert site.asked_in_vain == set()

    def test_no_word_is_left_in_english(self, site: WholeSite) -> None:
        assert site.result.pages
        assert site.untranslated - {"Words nobody translated"} == set()

    def test_the_manifest_keeps_to_its_schema(self, site: WholeSite) -> None:
        schema = json.loads((REPOSITORY / "docs/schemas/manifest.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(site.manifest, schema)
        for page in site.manifest["pages"]:
            for path in page["elements"]["sources"]:
                assert (site.library / path).is_file() or (REPOSITORY / path).is_file(), path

    def test_every_link_of_every_page_leads_somewhere(self, site: WholeSite) -> None:
        files = {f"/{file['path']}" for file in site.manifest["files"]}
        ids = {address: set(_ID.findall(text)) for address, text in site.pages.items()}
        wrong = set()
        for address, text in site.pages.items():
            targets = _LINK.findall(text) + [
                part.split()[0] for srcset in _SRCSET.findall(text) for part in srcset.split(", ")
            ]
            for written in targets:
                target = html.unescape(written)
                if not target.startswith(("/", "#")):
                    assert re.match(r"https?://|mailto:|tel:|webcal:", target), (address, target)
                    continue
                path, _, anchor = target.partition("#")
                path = unquote(path.partition("?")[0]) or address
                if (path not in site.pages and path not in files) or (
                    anchor and path in ids and anchor not in ids[path]
                ):
                    wrong.add((address, target))
        assert wrong == set()

    def test_no_page_uses_an_id_twice(self, site: WholeSite) -> None:
        twice = {
            (address, name)
            for address, text in site.pages.items()
            for name, number in Counter(_ID.findall(text)).items()
            if number > 1
        }
        assert twice == set()

    def test_nothing_of_the_build_is_left_in_a_page(self, site: WholeSite) -> None:
        for address, text in site.pages.items():
            assert str(REPOSITORY) not in text, address
            assert "{filename}" not in text, address
            assert "{static}" not in text, address
            assert "content/" not in text, address

    def test_pages_are_light(self, site: WholeSite) -> None:
        """As a browser has them when nothing is compressed: page, style sheets, scripts and fonts; no pictures."""
        fonts = sum(path.stat().st_size for path in (site.output / "theme/fonts").glob("*") if "-more" not in path.name)

        def weight(text: str) -> int:
            files = _SHEET.findall(text) + _SCRIPT.findall(text)
            own = [site.output / unquote(each.partition("?")[0]).lstrip("/") for each in files]
            return len(text.encode()) + fonts + sum(path.stat().st_size for path in own)

        heavy = {address: weight(text) for address, text in site.pages.items() if weight(text) > 120_000}
        assert heavy == {}
        assert sum(len(path.read_bytes()) for path in (site.output / "theme").glob("*.js")) < 22_500

    def test_online_resources_have_short_addresses(self, site: WholeSite) -> None:
        resources = [path.stem for path in (site.library / "content/e-resources").glob("*.md")]
        pages = [text for address, text in site.pages.items() if re.fullmatch(r"/e-resources/[^/]+/", address)]
        assert len(pages) == len(resources) > 0
        assert all(re.search(r'href="/go/[a-z0-9-]+/"', text) for text in pages)
        assert sum(page["kind"] == "redirect" for page in site.manifest["pages"]) >= len(resources)

    def test_every_file_that_a_page_links_to_is_in_the_register(self, site: WholeSite) -> None:
        found = {address: set(tree.xpath("//main//a/@href")) for address, tree in site.trees.items()}
        all_linked = set()
        for lang, register in (("en", "/documents/"), ("fr", "/fr/documents/")):
            named = set(site.trees[register].xpath("//main//li[@class='entry']//a/@href"))
            named |= {link for address in named & site.pages.keys() for link in found[address]}
            linked = {
                link
                for address, links in found.items()
                if address.startswith("/fr/") == (lang == "fr")
                for link in links
                if link.startswith(("/documents/", "/statistics/")) and link.endswith((".pdf", ".docx", ".csv"))
            }
            assert linked <= named, linked - named
            all_linked |= linked
        assert all_linked
