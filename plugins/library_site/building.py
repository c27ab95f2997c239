"""Builds the site in-process, for the ``stepfree`` command and for tests."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from library_base.errors import Problem, SettingsError, SiteError
from library_site import defaults
from library_words.voice import own_voice

if TYPE_CHECKING:
    from library_site.generator import Written

#: Settings files that a library may do without: the program's own settings are then enough.
_MAY_BE_MISSING = frozenset(["pelicanconf.py", "publishconf.py"])


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build wrote. ``problems`` are things worth saying that did not stop it."""

    pages: tuple[str, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def build(
    settings_path: Path,
    output: Path,
    manifest: Path,
    production: bool,
    today: dt.date | None = None,
    overrides: dict[str, Any] | None = None,
) -> BuildResult:
    """Build the site that ``settings_path`` describes into ``output``.

    ``production`` chooses ``publishconf.py`` beside ``settings_path`` when there is one. Raises
    subclasses of :class:`SiteError`, whose ``exitcode`` the command returns; nothing else for
    mistakes of an author.
    """
    path = settings_path.resolve()
    published = path.with_name("publishconf.py")
    if production and published.is_file():
        path = published
    override: dict[str, Any] = {
        "OUTPUT_PATH": str(output.resolve()),
        "STEPFREE_MANIFEST": str(manifest.resolve()),
        "STEPFREE_PRODUCTION": production,
        "STEPFREE_ROOT": str(path.parent),
        **(overrides or {}),
    }
    with _quiet(), _uncollected(), own_voice(), in_project(path.parent):
        return _run(read_pelican_settings(path, today, override))


def read_pelican_settings(settings_path: Path, today: dt.date | None, overrides: dict[str, Any]) -> dict[str, Any]:
    """Read the settings file and register its plugins' hooks the first time they are needed.

    Raises :class:`SettingsError` when there is no such file or it cannot be read.
    """
    from pelican.settings import read_settings

    path = settings_path.resolve()
    override = {"STEPFREE_ROOT": str(path.parent), "STEPFREE_EMBEDDED": True, **_without_file(path), **overrides}
    if today is not None:
        override["STEPFREE_TODAY"] = today.isoformat()
    if not path.is_file():
        path = Path(defaults.__file__)
    # publishconf.py takes what stands in its neighbour, which is not that of a project built before.
    sys.modules.pop("pelicanconf", None)
    try:
        settings: dict[str, Any] = read_settings(str(path), override=override)
    except (SyntaxError, NameError, ImportError) as error:
        line = getattr(error, "lineno", None) or 1
        raise SettingsError(f"{path.name}:{line}: {error}") from error
    return settings if "THEME" in overrides else {**settings, **_own_theme(Path(override["STEPFREE_ROOT"]), settings)}


def _own_theme(root: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """The theme beside the settings, as a checkout has it, unless they name another."""
    own = root / "theme"
    if settings["THEME"] != defaults.THEME or not (own / "templates" / "base.html").is_file():
        return {}
    return {"THEME": str(own), "THEME_TEMPLATES_OVERRIDES": [str(own / "components")]}


def _without_file(path: Path) -> dict[str, str]:
    """The folders of a project that has no settings file: its content is enough.

    Raises :class:`SettingsError` when there is no content either.
    """
    if path.is_file():
        return {}
    if path.name not in _MAY_BE_MISSING:
        raise SettingsError(f"There is no settings file {path.name}. Run the command in the project's folder.")
    if not (path.parent / "content").is_dir():
        raise SettingsError(
            f"There is neither {path.name} nor a folder content/ in {path.parent.name}. "
            "Run the command in the folder of your website."
        )
    return {"PATH": str(path.parent / "content"), "OUTPUT_PATH": str(path.parent / "build" / "site")}


def _run(settings: dict[str, Any]) -> BuildResult:
    from pelican import Pelican

    from library_model.signals import site_written

    results: list[BuildResult] = []

    def take(_sender: object, written: Written) -> None:
        results.append(BuildResult(written.pages, written.files, written.notes))

    with site_written.connected_to(take):
        Pelican(settings).run()
    if not results:
        raise SiteError("The plugin library_site is not among PLUGINS of the settings, so no page was made.")
    return results[-1]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for unused objects: there are hardly any, and a tenth of the build is spent on it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pelican's own reports off the terminal; problems are raised, not logged."""
    import pelican

    logger = logging.getLogger("pelican")
    level = logger.level
    console = pelican.console
    was_quiet = console.quiet
    logger.setLevel(logging.CRITICAL)
    console.quiet = True
    try:
        yield
    finally:
        logger.setLevel(level)
        console.quiet = was_quiet


@contextmanager
def in_project(root: Path) -> Iterator[None]:
    """Run in the project's folder, with its plugins on the import path."""
    plugins = str(root / "plugins")
    added = plugins not in sys.path and (root / "plugins").is_dir()
    if added:
        sys.path.insert(0, plugins)
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)
        if added:
            sys.path.remove(plugins)
