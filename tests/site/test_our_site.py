"""Our own content with our own theme: what a build of it must hold."""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, override
from urllib.parse import unquote

import jinja2
import jsonschema
import pytest

import library_site
from library_schemas import CONTENT_TYPES
from library_words import untranslated
from tests.site.projects import REPOSITORY, TODAY, Built

_LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
_SRCSET = re.compile(r'\bsrcset="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
#: Names that a component may be given or not.
_OPTIONAL = {"caller"}

_asked: set[str] = set()


class _Noted(jinja2.Undefined):
    """Writes down which names templates asked for in vain."""

    def _note(self) -> None:
        if self._undefined_name not in _OPTIONAL:
            frame: Any = sys._getframe(2)
            while frame is not None and not frame.f_code.co_filename.endswith(".html"):
                frame = frame.f_back
            where = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" if frame is not None else "?"
            _asked.add(f"{where}: {self._undefined_name}")

    @override
    def __str__(self) -> str:
        self._note()
        return ""

    @override
    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    @override
    def __bool__(self) -> bool:
        self._note()
        return False


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("our-site")
    jinja = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": [], "undefined": _Noted}
    result = library_site.build(
        REPOSITORY / "pelicanconf.py", folder / "build/site", folder / "build/manifest.json", True, TODAY, {"JINJA_ENVIRONMENT": jinja}
    )  # fmt: skip
    return Built(folder, result)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, str]:
    return {page["address"]: built.text(page["file"]) for page in built.manifest["pages"]}


def test_every_content_type_is_there(built: Built) -> None:
    sources = {
        page["source"]["path"].split("/")[1]
        for page in built.manifest["pages"]
        if page["source"]["path"].startswith("content/")
    }
    on_listings = {"staff", "questions"}
    assert set(CONTENT_TYPES) - on_listings <= sources
    assert len(built.result.pages) >= 100


def test_templates_ask_for_nothing_that_is_not_there(built: Built) -> None:
    assert built.result.pages
    assert _asked == set()


def test_no_word_is_left_in_english(built: Built) -> None:
    assert built.result.pages
    assert {word for word in untranslated() if word != "Words nobody translated"} == set()


def test_the_manifest_keeps_to_its_schema(built: Built) -> None:
    schema = json.loads((REPOSITORY / "docs/schemas/manifest.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(built.manifest, schema)
    for page in built.manifest["pages"]:
        for path in page["elements"]["sources"]:
            assert (REPOSITORY / path).is_file(), path


def test_every_link_of_every_page_leads_somewhere(built: Built, pages: dict[str, str]) -> None:
    files = {f"/{file['path']}" for file in built.manifest["files"]}
    ids = {address: set(_ID.findall(text)) for address, text in pages.items()}
    wrong = set()
    for address, text in pages.items():
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
            if (path not in pages and path not in files) or (anchor and path in ids and anchor not in ids[path]):
                wrong.add((address, target))
    assert wrong == set()


def test_no_page_uses_an_id_twice(pages: dict[str, str]) -> None:
    twice = {
        (address, name)
        for address, text in pages.items()
        for name, number in Counter(_ID.findall(text)).items()
        if number > 1
    }
    assert twice == set()


def test_nothing_of_the_build_is_left_in_a_page(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        assert "{filename}" not in text, address
        assert "{static}" not in text, address
        assert "content/" not in text, address
        assert str(REPOSITORY) not in text, address


def test_pages_are_light(built: Built, pages: dict[str, str]) -> None:
    shared = sum(len((built.output / name).read_bytes()) for name in ("theme/theme.css", "theme/theme.js"))
    heavy = {
        address: len(text.encode()) + shared for address, text in pages.items() if len(text.encode()) + shared > 100_000
    }
    assert heavy == {}
    assert len((built.output / "theme/theme.js").read_bytes()) < 15_000


def test_e_resources_have_short_addresses(built: Built, pages: dict[str, str]) -> None:
    resources = [path.stem for path in (REPOSITORY / "content/e-resources").glob("*.md")]
    assert len(resources) >= 25
    for address, text in pages.items():
        if re.fullmatch(r"/e-resources/[^/]+/", address):
            assert re.search(r'href="/go/[a-z0-9-]+/"', text), address
    assert sum(page["kind"] == "redirect" for page in built.manifest["pages"]) >= 25
