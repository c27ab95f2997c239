"""No field of a schema is there in vain: content shows each one, and something makes use of each one."""

from __future__ import annotations

import inspect
import shutil
import sys
import typing
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from pydantic import BaseModel

import library_site
from library_schemas import CONTENT_TYPES, Library, OwnPage, Record
from library_schemas.base import Part
from library_schemas.parts import OpenSpan
from tests.site.projects import REPOSITORY, TODAY, Project
from tests.site.whole_site import LIBRARY, settings_of

_CATALOGUE = (
    "a library has one catalogue, and ours needs no such setting; tests/plugins/test_catalogue.py has the others"
)
#: Fields that no content file uses, with the reason.
NOT_IN_CONTENT: Mapping[str, str] = {
    "AccessibilityReport.date": "a vendor's date: we publish none that we could not check; see the test below",
    "Catalogue.profile": _CATALOGUE,
    "Catalogue.locale": _CATALOGUE,
    "Catalogue.scope": _CATALOGUE,
    "Catalogue.template": _CATALOGUE,
    "Catalogue.item_template": _CATALOGUE,
    **dict.fromkeys(
        ["Brand.colours", "Brand.fonts", "Brand.logo_alt", "Colours.main", "Colours.second", "Colours.third"],
        "our colours are those of the theme; tests/founding builds libraries with their own",
    ),
    **dict.fromkeys(
        [
            "Library.lists",
            "Library.sections",
            "Lists.kinds",
            "Lists.audiences",
            "Lists.service_groups",
            "Lists.equipment_groups",
            "Lists.resource_kinds",
        ],
        "our lists are the usual ones; tests/plugins/test_places.py has the others",
    ),
}
#: Fields that change nothing on the published site, with the reason.
NOT_ON_THE_SITE: Mapping[str, str] = {
    "EResource.renewal": "staff only: stepfree upcoming says when the contract ends",
    "EResource.licence_note": "staff only",
    "Record.review_by": "staff only: stepfree upcoming says when somebody must look again",
    "PageRecord.duty": "stepfree upcoming knows by it which page is the plan and which the status report",
    "Document.archived": "the audit reads it: a document of the archive is held to other rules",
    "Redirect.since": "staff only: tells when an old address may go",
    **dict.fromkeys(
        ("Colours.main", "Colours.second", "Colours.third"),
        "a library that keeps the theme's colours writes none; see library_site/brand.py",
    ),
    "Catalogue.template": "only a custom catalogue is asked for it; see tests/plugins/test_catalogue.py",
}


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """The schemas inside ``Maybe[Part]``, ``tuple[Part, ...]`` and the like."""
    if isinstance(annotation, typing.TypeAliasType):
        yield from _parts(annotation.__value__)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for inner in typing.get_args(annotation):
            yield from _parts(inner)
        origin = typing.get_origin(annotation)
        if isinstance(origin, typing.TypeAliasType):
            yield from _parts(origin.__value__)


def _owner(schema: type[BaseModel], name: str) -> str:
    """The class that declares a field last, so that what all types share counts once."""
    return next(each.__name__ for each in schema.__mro__ if name in inspect.get_annotations(each))


def _fields(schema: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    if schema in seen or schema is OpenSpan:
        return
    seen.add(schema)
    for name, field in schema.model_fields.items():
        yield f"{_owner(schema, name)}.{name}"
        for part in _parts(field.annotation):
            yield from _fields(part, seen)


def _all_fields() -> set[str]:
    seen: set[type[BaseModel]] = set()
    schemas: list[type[BaseModel]] = [*CONTENT_TYPES.values(), Library]
    return {name for schema in schemas for name in _fields(schema, seen)}


def _used(schema: type[BaseModel], value: Any) -> Iterator[str]:
    """The fields that a file's front matter gives a value."""
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            continue
        for name, field in schema.model_fields.items():
            given = each.get(field.alias or name)
            if given in (None, "", []):
                continue
            yield f"{_owner(schema, name)}.{name}"
            for part in _parts(field.annotation):
                yield from _used(part, given)


def test_content_uses_every_field_of_every_schema() -> None:
    used = set(_used(Library, yaml.safe_load((LIBRARY / "content/library.yml").read_text(encoding="utf-8"))))
    for folder, schema in CONTENT_TYPES.items():
        for path in (LIBRARY / "content" / folder).rglob("*.md"):
            front = path.read_text(encoding="utf-8").split("---\n")[1]
            used |= set(_used(schema, yaml.safe_load(front)))
    assert sorted(_all_fields() - used) == sorted(NOT_IN_CONTENT)


def _asker() -> str:
    """The file of ours that asked for a field; templates count by their own names."""
    frame: Any = sys._getframe(2)
    while "jinja2" in frame.f_code.co_filename:
        frame = frame.f_back
    return str(Path(frame.f_code.co_filename).name)


#: They look at every field of a record, whatever it is for.
_GO_THROUGH_ALL = {"record_links.py", "slips.py", "base.py", "main.py", Path(__file__).name}


@pytest.mark.slow
def test_something_makes_use_of_every_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    plain = Part.__getattribute__

    def noted(self: Part, name: str) -> Any:
        schema = type(self)
        if not name.startswith("_") and name in schema.model_fields and (asker := _asker()) not in _GO_THROUGH_ALL:
            asked[f"{_owner(schema, name)}.{name}"].add(asker)
        return plain(self, name)

    monkeypatch.setattr(Part, "__getattribute__", noted)
    out = tmp_path / "build"
    # A folder where nothing was read before, in one process, where every question is heard.
    shutil.copytree(LIBRARY / "content", tmp_path / "library/content")
    alone = {"STEPFREE_PROCESSES": 1, **settings_of(tmp_path / "library")}
    built = library_site.build(REPOSITORY / "pelicanconf.py", out / "site", out / "manifest.json", True, TODAY, alone)
    assert built.pages
    unused = _all_fields() - set(asked)
    # A day of the week is asked for by its name.
    assert {name for name in unused if not name.startswith("Week.")} == set(NOT_ON_THE_SITE)


def _found(text: str, query: str) -> list[Any]:
    """What an XPath query finds on a page."""
    found: Any = html.fromstring(text).xpath(query)
    return list(found)


_OUR_THEME: dict[str, Any] = {"THEME_TEMPLATES_OVERRIDES": [str(REPOSITORY / "theme" / "components")]}
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'
#: The least that a type needs beside its title.
_LEAST: Mapping[str, str] = {
    "branches": "address: {street: 1 A Road, town: B, postal_code: K0M 1S0}\nphone: 705-555-0142\nhours: {week: {}}\n",
    "e-resources": "summary: S.\nurl: https://e.example.org\naccess: card\nsubjects: [News]\nkinds: [ebooks]\n",
    "programs": "summary: S.\nstarts: 2026-12-03 10:30\nends: 2026-12-03 11:30\nbranch: minden\naudience: [adults]\n"
    "kind: maker\nregistration: {needed: none}\n",
    "services": "summary: S.\nwho: All\nhow: Ask.\ngroup: research\n",
    "equipment": "summary: S.\ngroup: devices\n",
    "booklists": "summary: S.\nitems: [{title: T, author: A, cover: {file: images/x.svg, alt: Its cover, caption: Ours}}]\n",
    "notices": "kind: closure\nreason: R\nstarts: 2026-11-20\nexpected_end: 2026-12-20\nalternatives: None\n",
    "news": "date: 2026-11-01\nsummary: S.\n",
    "policies": "approved: 2026-01-01\nreview_due: 2029-01-01\n",
    "meetings": "starts: 2026-12-16 17:30\nbranch: minden\n",
    "documents": "file: documents/a.csv\npublished: 2026-11-01\nowner: O\ngroup: G\n",
}


def test_a_picture_is_shown_on_the_page_of_every_type(site: Project) -> None:
    site.write("content/images/x.svg", _DRAWING).write("content/documents/a.csv", "a,b\n1,2\n")
    image = "image: {file: images/x.svg, alt: A red leaf, caption: Found in fall}\n"
    types = [folder for folder, schema in CONTENT_TYPES.items() if issubclass(schema, OwnPage)]
    for folder in types:
        site.write(f"content/{folder}/x.md", f"---\ntitle: Title\n{_LEAST.get(folder, '')}{image}---\nText.\n")
    built = site.build(THEME=str(REPOSITORY / "theme"), **_OUR_THEME)
    for folder in types:
        text = built.text("x/index.html" if folder == "pages" else f"{folder}/x/index.html")
        assert _found(text, "//main//img[@alt='A red leaf']"), folder
        assert "Found in fall" in [each.text for each in _found(text, "//main//figcaption")], folder
    books = built.text("booklists/x/index.html")
    assert _found(books, "//main//li//img[@alt='Its cover']")
    assert "Ours" in _found(books, "//main//li//p/text()")


@pytest.mark.parametrize("folder", [name for name, schema in CONTENT_TYPES.items() if not issubclass(schema, OwnPage)])
def test_what_has_no_page_takes_no_picture(folder: str) -> None:
    schema: type[Record] = CONTENT_TYPES[folder]
    assert not {"image", "summary"} & set(schema.model_fields)


def test_the_date_of_a_vendors_report_is_shown(site: Project) -> None:
    report = "accessibility_report: {url: 'https://e.example.org/report', date: 2026-03-05}\n"
    site.write("content/e-resources/x.md", f"---\ntitle: Title\n{_LEAST['e-resources']}{report}---\nText.\n")
    built = site.build(THEME=str(REPOSITORY / "theme"), **_OUR_THEME)
    assert "March 5, 2026" in " ".join(built.text("e-resources/x/index.html").split())
