"""Whole libraries built with the theme as they would be published: the small one of these tests, and any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, override

import jinja2
from lxml import html
from lxml.html import HtmlElement

import library_site
from library_words import untranslated
from tests.site.projects import REPOSITORY, TODAY, Built

#: The library of these tests: two branches, English and French, as few pages as show every content type.
LIBRARY = REPOSITORY / "tests/library"
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


@dataclass(frozen=True)
class WholeSite(Built):
    """A whole library's site, and what its build went without."""

    library: Path
    #: Names that templates asked for and did not get, with the template and its line.
    asked_in_vain: frozenset[str]
    #: Words of the theme that no language but English has.
    untranslated: frozenset[str]

    @cached_property
    def pages(self) -> dict[str, str]:
        """Address → HTML."""
        return {page["address"]: self.text(page["file"]) for page in self.manifest["pages"]}

    @cached_property
    def trees(self) -> dict[str, HtmlElement]:
        """Address → parsed page."""
        return {address: html.document_fromstring(text) for address, text in self.pages.items()}


def settings_of(library: Path) -> dict[str, Any]:
    """What Pelican is told for another library than the one in this checkout."""
    if library == REPOSITORY:
        return {}
    # The settings of this checkout would ask its own stepfree.toml for pages about rules.
    return {"PATH": str(library / "content"), "STEPFREE_ROOT": str(library), "STEPFREE_EXTRA_PAGES": None}


def build(library: Path, folder: Path, **settings: Any) -> WholeSite:
    """Build a library's site into ``folder`` as it would be published on a fixed day."""
    jinja = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": [], "undefined": _Noted}
    known = set(untranslated())
    _asked.clear()
    result = library_site.build(
        REPOSITORY / "pelicanconf.py",
        folder / "build/site",
        folder / "build/manifest.json",
        production=True,
        today=TODAY,
        # In one process: what templates ask for in vain, and words without a translation, are noted in memory.
        overrides={"JINJA_ENVIRONMENT": jinja, "STEPFREE_PROCESSES": 1, **settings_of(library), **settings},
    )
    return WholeSite(folder, result, library, frozenset(_asked), frozenset(set(untranslated()) - known))
