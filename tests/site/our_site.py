"""One build of our own content with our own theme, for every test that looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, override

import jinja2

import library_site
from tests.site.projects import REPOSITORY, TODAY, Built

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


def asked_in_vain() -> set[str]:
    """Names that templates asked for and did not get, with the template and its line."""
    return set(_asked)


def build(folder: Path, **settings: Any) -> Built:
    """Build the site into ``folder`` as it would be published on a fixed day."""
    jinja = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": [], "undefined": _Noted}
    result = library_site.build(
        REPOSITORY / "pelicanconf.py",
        folder / "build/site",
        folder / "build/manifest.json",
        production=True,
        today=TODAY,
        # In one process: what templates ask for in vain, and words without a translation, are noted in memory.
        overrides={"JINJA_ENVIRONMENT": jinja, "STEPFREE_PROCESSES": 1, **settings},
    )
    return Built(folder, result)
