"""Settings for looking at the site while writing it. publishconf.py holds those for publishing.

What the library says about itself (name, branches, hours, catalogue) stands in
content/library.yml and content/branches/, not here.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

_ROOT = Path(__file__).resolve().parent
# Our plugins are found by their bare names.
if str(_ROOT / "plugins") not in sys.path:
    sys.path.insert(0, str(_ROOT / "plugins"))

from library_site.defaults import *  # noqa: E402, F403

if TYPE_CHECKING:
    from library_model.model import ExtraPage

STEPFREE_ROOT = str(_ROOT)
STEPFREE_MANIFEST = str(_ROOT / "build" / "manifest.json")


def _rule_pages() -> tuple[ExtraPage, ...]:
    # The report explains its rules itself. They are on the website only where stepfree.toml names a page for them.
    decided = _ROOT / "stepfree.toml"
    if not (decided.is_file() and tomllib.loads(decided.read_text(encoding="utf-8")).get("site", {}).get("rules_page")):
        return ()
    # Imported only where it is needed: with the check come all of its rules.
    from audit.settings.config import find
    from stepfree.rule_pages import rule_pages

    return rule_pages(find(None, _ROOT).rules)


# Pages that no author writes: what our accessibility check looks for.
STEPFREE_EXTRA_PAGES = _rule_pages
