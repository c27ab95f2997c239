"""Our own content with our own theme: what a build of it must hold."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from urllib.parse import unquote

import jsonschema

from library_schemas import CONTENT_TYPES
from library_words import untranslated
from tests.site.our_site import asked_in_vain
from tests.site.projects import REPOSITORY, Built

_LINK = re.compile(r'<[a-z][^<>]*\s(?:href|src|action)="([^"]*)"')
_SRCSET = re.compile(r'<[a-z][^<>]*\ssrcset="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')


def test_every_content_type_is_there(our_site: Built) -> None:
    sources = {
        page["source"]["path"].split("/")[1]
        for page in our_site.manifest["pages"]
        if page["source"]["path"].startswith("content/")
    }
    on_listings = {"staff", "questions"}
    assert set(CONTENT_TYPES) - on_listings <= sources
    assert len(our_site.result.pages) >= 100


def test_templates_ask_for_nothing_that_is_not_there(our_site: Built) -> None:
    assert our_site.result.pages
    assert asked_in_vain() == set()


def test_no_word_is_left_in_english(our_site: Built) -> None:
    assert our_site.result.pages
    assert {word for word in untranslated() if word != "Words nobody translated"} == set()


def test_the_manifest_keeps_to_its_schema(our_site: Built) -> None:
    schema = json.loads((REPOSITORY / "docs/schemas/manifest.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(our_site.manifest, schema)
    for page in our_site.manifest["pages"]:
        for path in page["elements"]["sources"]:
            assert (REPOSITORY / path).is_file(), path


def test_every_link_of_every_page_leads_somewhere(our_site: Built, our_pages: dict[str, str]) -> None:
    files = {f"/{file['path']}" for file in our_site.manifest["files"]}
    ids = {address: set(_ID.findall(text)) for address, text in our_pages.items()}
    wrong = set()
    for address, text in our_pages.items():
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
            if (path not in our_pages and path not in files) or (anchor and path in ids and anchor not in ids[path]):
                wrong.add((address, target))
    assert wrong == set()


def test_no_page_uses_an_id_twice(our_pages: dict[str, str]) -> None:
    twice = {
        (address, name)
        for address, text in our_pages.items()
        for name, number in Counter(_ID.findall(text)).items()
        if number > 1
    }
    assert twice == set()


def test_nothing_of_the_build_is_left_in_a_page(our_pages: dict[str, str]) -> None:
    for address, text in our_pages.items():
        assert str(REPOSITORY) not in text, address
        assert "{filename}" not in text, address
        assert "{static}" not in text, address
        assert "content/" not in text, address


def test_pages_are_light(our_site: Built, our_pages: dict[str, str]) -> None:
    shared = sum(len((our_site.output / name).read_bytes()) for name in ("theme/theme.css", "theme/theme.js"))
    heavy = {
        address: len(text.encode()) + shared
        for address, text in our_pages.items()
        if len(text.encode()) + shared > 120_000
    }
    assert heavy == {}
    assert len((our_site.output / "theme/theme.js").read_bytes()) < 15_000


def test_e_resources_have_short_addresses(our_site: Built, our_pages: dict[str, str]) -> None:
    resources = [path.stem for path in (REPOSITORY / "content/e-resources").glob("*.md")]
    assert len(resources) >= 25
    for address, text in our_pages.items():
        if re.fullmatch(r"/e-resources/[^/]+/", address):
            assert re.search(r'href="/go/[a-z0-9-]+/"', text), address
    assert sum(page["kind"] == "redirect" for page in our_site.manifest["pages"]) >= 25
