"""Loads templates and stamps their start tags with path and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import override

from jinja2 import BaseLoader, Environment, TemplateNotFound

from library_base.stamps import Sources, stamp

_PIECE = re.compile(
    r"\{#.*?#\}|\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->"
    r"|(?P<opaque><(?P<opaque_name>script|style)\b[^>]*>)(?P<inside>.*?)(?=</(?P=opaque_name))"
    r"|<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>{])",
    re.DOTALL,
)


class StampingLoader(BaseLoader):
    """Wraps another loader. Paths are named from ``root``, the project's folder; see :func:`shown_path`."""

    def __init__(self, inner: BaseLoader, sources: Sources, root: Path, theme: Path) -> None:
        self._inner = inner
        self._sources = sources
        self._root = root
        self._theme = theme
        self._number_all()

    def _number_all(self) -> None:
        """Number every template now, so that its compiled form can be kept between builds."""
        for name in sorted(self._inner.list_templates()):
            if not name.startswith("!"):
                try:
                    filename = self._inner.get_source(Environment(), name)[1]  # noqa: S701 - nothing is rendered
                except (TemplateNotFound, UnicodeDecodeError):
                    continue
                self._sources.number(shown_path(Path(filename), self._root, self._theme) if filename else name)

    @override
    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        text, filename, uptodate = self._inner.get_source(environment, template)
        path = shown_path(Path(filename), self._root, self._theme) if filename else template
        return stamped_template(text, self._sources.number(path)), filename, uptodate

    @override
    def list_templates(self) -> list[str]:
        return self._inner.list_templates()


def shown_path(path: Path, root: Path, theme: Path) -> str:
    """Return ``path`` from the project's folder, with forward slashes.

    The theme may be installed elsewhere; its files are ``theme/…`` all the same. Of any other file outside,
    the name alone.
    """
    for folder, prefix in ((root, ""), (theme, "theme/")):
        try:
            return prefix + path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            continue
    return path.name


def stamped_template(text: str, source: int) -> str:
    """Return a template whose start tags carry stamps; expressions and scripts stay as they are."""
    pieces: list[str] = []
    position = 0
    line = 1
    for match in _PIECE.finditer(text):
        name, opaque = match["name"], match["opaque_name"]
        if name is None and opaque is None:
            continue
        at = match.start() + 1 + len(name or opaque)
        line += text.count("\n", position, match.start())
        pieces.append(text[position:at])
        pieces.append(stamp(source, line))
        position = at
        line += text.count("\n", match.start(), at)
    pieces.append(text[position:])
    return "".join(pieces)
