"""Settings for the published site: full addresses, no drafts, nothing dated in the future."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *  # noqa: F403

STEPFREE_PRODUCTION = True
SITEURL = os.environ.get("SITEURL") or "https://library.example.org"
RELATIVE_URLS = False
# The editor in the browser at /admin/, for staff who would rather fill in forms: off unless its
# package is named here. "npm install @sveltia/cms" puts it into this folder.
# STEPFREE_EDITOR = "node_modules/@sveltia/cms"
# STEPFREE_EDITOR_REPOSITORY = "owner/name"
