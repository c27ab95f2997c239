"""The project that a command works on: the folder with ``pelicanconf.py``, and what is built in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import UsageError

if TYPE_CHECKING:
    from library_site.building import BuildResult


#: The rules about the content of our websites (see :mod:`audit.rules`, packs).
CONTENT_RULES = "stepfree.content_rules"


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout. All paths are below ``root``."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / "pelicanconf.py"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def site(self) -> Path:
        """The built site: what would be published."""
        return self.root / "build" / "site"

    @property
    def manifest(self) -> Path:
        return self.root / "build" / "manifest.json"

    @property
    def digest(self) -> Path:
        """The digest of the tree that was audited."""
        return self.root / "build" / "digest.txt"


def find_project(start: Path | None = None) -> Project:
    """The project of the working folder or of one above it.

    Raises:
        UsageError: there is none.
    """
    here = (start or Path()).resolve()
    for folder in (here, *here.parents):
        if (folder / "pelicanconf.py").is_file():
            return Project(folder)
    raise UsageError(
        "There is no pelicanconf.py in this folder or above it.", "Run the command in the folder of your website."
    )


def site_plugins(project: Project) -> None:
    """Let the site's plugins be imported by their bare names, as Pelican does."""
    plugins = str(project.root / "plugins")
    if plugins not in sys.path:
        sys.path.insert(0, plugins)


def build(project: Project, *, production: bool, editor: str | None = None) -> BuildResult:
    """Build the site into ``build/site`` and its manifest beside it.

    ``editor`` is the folder of the editor's npm package; without it the settings decide.

    Raises:
        SiteError: the content or the settings are wrong (``library_base.errors``).
    """
    site_plugins(project)
    from library_site import build as build_site

    # What an earlier run has promised of other bytes must not outlive them.
    project.digest.unlink(missing_ok=True)
    overrides = {"STEPFREE_EDITOR": editor} if editor else None
    return build_site(project.settings, project.site, project.manifest, production, overrides=overrides)
