"""Settings for looking at the site while writing it. publishconf.py holds those for publishing.

What the library says about itself (name, branches, hours, catalogue) stands in
content/library.yml and content/branches/, not here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.model import ExtraPage

_ROOT = Path(__file__).resolve().parent
# Our plugins are found by their bare names.
if str(_ROOT / "plugins") not in sys.path:
    sys.path.insert(0, str(_ROOT / "plugins"))

STEPFREE_ROOT = str(_ROOT)
STEPFREE_MANIFEST = str(_ROOT / "build" / "manifest.json")
STEPFREE_PRODUCTION = False


def _rule_pages() -> tuple[ExtraPage, ...]:
    # Imported only where it is needed: with the check come all of its rules.
    from stepfree.rule_pages import rule_pages

    return rule_pages()


# Pages that no author writes: what our accessibility check looks for.
STEPFREE_EXTRA_PAGES = _rule_pages

PATH = "content"
OUTPUT_PATH = "build/site"
THEME = "theme"
SITENAME = "Maple Lake County Public Library"
# Empty: addresses begin with /, so the site works on any host it is looked at on.
SITEURL = ""
TIMEZONE = "America/Toronto"
DEFAULT_LANG = "en"

PLUGIN_PATHS = ["plugins"]
PLUGINS = [
    "library_site",
    "library_hours",
    "library_programs",
    "library_feeds",
    "library_redirects",
    "library_search",
    "library_forms",
]

THEME_TEMPLATES_OVERRIDES = [str(_ROOT / "theme" / "components")]
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []}

# Our own generator makes every page; Pelican's blog is switched off.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
THEME_STATIC_PATHS: list[str] = []
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
# The generator empties the folder itself, and only after the content was found to be in order.
DELETE_OUTPUT_DIRECTORY = False
