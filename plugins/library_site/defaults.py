"""Pelican's settings as every library starts with them. A library's ``pelicanconf.py`` begins with

    from library_site.defaults import *

and changes what it likes below; a library without that file is built with these as they are. What
the library says about itself (name, branches, hours, catalogue, colours) stands in
``content/library.yml`` and ``content/branches/``, not in settings.
"""

from __future__ import annotations

from pathlib import Path


def _theme() -> Path:
    """The theme: beside ``plugins/`` in the repository, inside this package once it is installed."""
    here = Path(__file__).resolve().parent
    return next((folder for folder in (here.parents[1] / "theme", here / "theme") if folder.is_dir()), here / "theme")


STEPFREE_PRODUCTION = False

PATH = "content"
OUTPUT_PATH = "build/site"
THEME = str(_theme())
STEPFREE_MANIFEST = "build/manifest.json"
# Empty: addresses begin with /, so the site works on any host it is looked at on. A published site
# takes the variable SITEURL, or else "url" of content/library.yml.
SITEURL = ""
DEFAULT_LANG = "en"
# Only Pelican's own feeds would use it. The library's time zone stands in content/library.yml.
TIMEZONE = "UTC"

PLUGINS = [
    "library_site",
    "library_hours",
    "library_programs",
    "library_feeds",
    "library_redirects",
    "library_search",
    "library_offline",
    "library_forms",
]

THEME_TEMPLATES_OVERRIDES = [str(_theme() / "components")]
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
