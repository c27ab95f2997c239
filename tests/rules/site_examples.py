"""Examples of rules about the whole site: a file is a site of one page, a folder a site of many.

They are read as the auditor reads pages that it does not open, so no browser is needed. A
folder may hold ``site.toml``, the table ``[site]`` of a configuration.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

import lxml.html

from audit.model.finding import Family
from audit.model.site import Site, SitePlace
from audit.rules import load as load_rules
from audit.survey.folder import survey_file, survey_folder
from audit.survey.site_page import read_page
from stepfree.installation import CONTENT_RULES
from tests.rules.examples import KINDS, Example

ROOT = "http://site.example.org/"
TODAY = dt.date(2026, 11, 22)
FAMILIES = frozenset({Family.SITE, Family.DUTIES})


def site_examples() -> Iterator[Example]:
    """All examples of the rules that look at a site."""
    for rule in load_rules((CONTENT_RULES,)).values():
        if rule.rule.family in FAMILIES:
            for kind in KINDS:
                for path in sorted((rule.folder / "examples").glob(f"{kind}-*")):
                    yield Example(rule, path, kind)


def site_of(path: Path) -> Site:
    """The example as a site."""
    survey = survey_folder(path, None, ()) if path.is_dir() else survey_file(path)
    folder = path if path.is_dir() else path.parent
    pages = {}
    for expected in (*survey.pages, *(page for page, _ in survey.excluded)):
        assert expected.file is not None
        data = (folder / expected.file).read_bytes()
        pages[expected.address] = read_page(data, ROOT + expected.address.lstrip("/"), expected)
    settings = path / "site.toml"
    return Site(
        pages=dict(sorted(pages.items())),
        files=survey.files,
        root=ROOT,
        base_path="/",
        today=TODAY,
        settings=tomllib.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {},
    )


def marked(path: Path, rule: str) -> set[tuple[str, int]]:
    """Page and ordinal of every element that is marked for the rule; an ordinal of 0 is the page."""
    files = sorted(path.rglob("*.html")) if path.is_dir() else [path]
    folder = path if path.is_dir() else path.parent
    found = set()
    for file in files:
        tree = lxml.html.document_fromstring(file.read_bytes())
        name = file.relative_to(folder).as_posix()
        for ordinal, node in enumerate(tree.iter("*")):
            if rule in (node.get("data-expect") or "").split():
                found.add(("/" + name.removesuffix("index.html"), ordinal))
    return found


def place(target: object) -> tuple[str, int]:
    """What a target is compared by. A duty of the site as a whole stands on its start page."""
    assert isinstance(target, SitePlace)
    return target.page or "/", target.static or 0
