"""What Pelican's settings, and variables beside them, say about a site of ours: parsed at the edge."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from library_base.errors import ContentErrors, Problem, SettingsError
from library_frontmatter import FrontMatter
from library_model.model import EditorSettings, Settings
from library_schemas import Library


def site_settings(pelican: Any, content: str, theme: str, library: FrontMatter[Library]) -> Settings:
    """Parse what this site needs from Pelican's settings."""
    assert library.record is not None
    try:
        zone = ZoneInfo(library.record.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        problem = Problem(
            "content/library.yml",
            library.lines["timezone"],
            "timezone",
            f"“{library.record.timezone}” is not a time zone.",
            "Write a name such as America/Toronto.",
        )
        raise ContentErrors([problem]) from None
    now = dt.datetime.now(zone).replace(tzinfo=None)
    today = _today(pelican) or now.date()
    production = bool(pelican.get("STEPFREE_PRODUCTION"))
    siteurl = str(pelican["SITEURL"])
    if production:
        # What a workflow publishes to comes first, then the settings, then what the library says of itself.
        siteurl = os.environ.get("SITEURL") or siteurl or library.record.url
    siteurl = siteurl.rstrip("/")
    if production and not siteurl.startswith(("https://", "http://")):
        raise SettingsError(
            f"SITEURL is “{siteurl}”; a published site needs its full address, such as https://library.example.org."
        )
    wanted = pelican.get("STEPFREE_DRAFTS", os.environ.get("STEPFREE_DRAFTS") == "1")
    drafts = bool(wanted) and not production
    return Settings(
        pelican.get("STEPFREE_ROOT") or str(Path.cwd()), content, theme, siteurl, production, drafts, today, now,
        library.record, library.lines, _editor(pelican),
    )  # fmt: skip


def _editor(pelican: Any) -> EditorSettings | None:
    """The editor, when ``STEPFREE_EDITOR`` names the folder of its package."""

    def said(name: str) -> str:
        return str(pelican.get(name) or os.environ.get(name) or "")

    package = said("STEPFREE_EDITOR")
    if not package:
        return None
    repository = said("STEPFREE_EDITOR_REPOSITORY") or os.environ.get("GITHUB_REPOSITORY", "")
    return EditorSettings(package, repository, said("STEPFREE_EDITOR_BRANCH") or "main")


def _today(pelican: Any) -> dt.date | None:
    written = pelican.get("STEPFREE_TODAY") or os.environ.get("STEPFREE_TODAY")
    if not written or isinstance(written, dt.date):
        return written or None
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError:
        raise SettingsError(f"STEPFREE_TODAY is “{written}”; write a day as 2026-12-03.") from None
