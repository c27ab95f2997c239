"""Settings for the published site: full addresses, no drafts, nothing dated in the future."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *  # noqa: F403

STEPFREE_PRODUCTION = True
# The editor in the browser at /admin/, for staff who would rather fill in forms: off while this is
# empty. "npm install @sveltia/cms" puts its package into the folder node_modules/@sveltia/cms, which is
# then named here; the repository is written as owner/name.
STEPFREE_EDITOR = ""
STEPFREE_EDITOR_REPOSITORY = ""
