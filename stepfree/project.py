"""The project that a command works on: a library's folder with ``content/``, and what is built in it."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import UsageError
from audit.settings.config import find
from stepfree.installation import plugins

if TYPE_CHECKING:
    from library_site.building import BuildResult


@dataclass(frozen=True, slots=True)
class Project:
    """A library's website. All paths are below ``root``."""

    root: Path

    @property
    def settings(self) -> Path:
        """Pelican's settings; a library may do without the file."""
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
        if (folder / "pelicanconf.py").is_file() or (folder / "content" / "library.yml").is_file():
            return Project(folder)
    raise UsageError(
        "There is no website here: neither content/library.yml nor pelicanconf.py is in this folder or above it.",
        "Go to the folder of your website, or begin one: stepfree init.",
    )


def content_folder() -> Path:
    """The content of the website that the working folder is in, named from there.

    Raises:
        UsageError: there is none.
    """
    beside = Path("content")
    return beside if beside.is_dir() else Path(os.path.relpath(find_project().content))


def published_at(root: Path) -> str | None:
    """Where the website is published: what the variable SITEURL says, else ``url`` of its ``content/library.yml``.

    ``None`` when neither says it; an address that nobody gave is never made up.
    """
    library = root / "content" / "library.yml"
    text = library.read_text(encoding="utf-8", errors="replace") if library.is_file() else ""
    found = re.search(r"(?m)^url:[ \t]*[\"']?(https?://[^\s\"'#]+)", text)
    return os.environ.get("SITEURL") or (found[1] if found else None)


def site_plugins(project: Project | None = None) -> None:
    """Let the site's plugins be imported by their bare names, as Pelican does.

    A project that has plugins of its own comes first; the installed program brings ours.
    """
    folders = (plugins(), project.root / "plugins" if project is not None else None)
    for folder in folders:
        if folder is not None and folder.is_dir() and str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


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
    overrides = {**site_settings(project), **({"STEPFREE_EDITOR": editor} if editor else {})}
    return build_site(project.settings, project.site, project.manifest, production, overrides=overrides)


def site_settings(project: Project) -> dict[str, Any]:
    """Pelican's settings that follow from ``stepfree.toml``, for a library without ``pelicanconf.py``.

    Raises:
        UsageError: the configuration is wrong.
    """
    config = find(None, project.root)
    if project.settings.is_file() or "rules_page" not in config.site:
        return {}
    from stepfree.rule_pages import rule_pages

    return {"STEPFREE_EXTRA_PAGES": lambda: rule_pages(config.rules)}
