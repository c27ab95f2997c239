"""The editor in the browser as files of the site, below ``/admin/``: a page, its forms, its script.

Only when ``STEPFREE_EDITOR`` names the folder of the npm package ``@sveltia/cms``: nothing of it
is kept here. The page is for staff. It is no page of the site: it stands in no list, no search
and no sitemap, and the audit leaves it out and says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from markupsafe import escape

from library_base.errors import SettingsError
from library_forms.editor import configuration
from library_model.model import EditorSettings, Output

PACKAGE = "@sveltia/cms"
#: Where the editor is, below the site's base path.
FOLDER = "admin"
_SCRIPT = "sveltia-cms.js"
#: What the editor may load and speak with: itself, GitHub, and a host of letters for its icons.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https://*.githubusercontent.com; font-src 'self' data: https://cdn.jsdelivr.net; "
    "connect-src 'self' blob: data: https://api.github.com https://www.githubstatus.com; worker-src 'self' blob:; "
    "manifest-src 'self' blob:; frame-src blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Editor – {name}</title>
<link rel="cms-config-url" type="text/yaml" href="config.yml">
</head>
<body>
<noscript><p>The editor needs script. Every file can also be changed on GitHub itself.</p></noscript>
<script src="{script}"></script>
</body>
</html>
"""


def editor_files(editor: EditorSettings, root: Path, library: str) -> Iterator[Output]:
    """Yield the files of the editor.

    Raises:
        SettingsError: the folder does not hold the package, no repository is named, or this
            version of the editor does not understand our forms.
    """
    folder = root / editor.package
    facts = _facts(folder, editor.package)
    if not editor.repository:
        raise SettingsError(
            "The editor needs to know where the site's files are kept: write STEPFREE_EDITOR_REPOSITORY = "
            '"owner/name", the name of the repository on GitHub.'
        )
    forms = configuration(editor.repository, editor.branch)
    _understood(forms, folder, str(facts.get("version", "?")))
    page = _PAGE.format(policy=escape(_POLICY), name=escape(library), script=_SCRIPT)
    yield Output(f"{FOLDER}/index.html", page.encode())
    yield Output(f"{FOLDER}/config.yml", forms.encode())
    yield Output(f"{FOLDER}/{_SCRIPT}", (folder / "dist" / _SCRIPT).read_bytes())
    for path in sorted((folder / "dist" / "chunks").glob("*.js")):
        yield Output(f"{FOLDER}/chunks/{path.name}", path.read_bytes())
    for path in sorted(folder.glob("LICENSE*")):
        yield Output(f"{FOLDER}/{path.name}", path.read_bytes())


def _facts(folder: Path, written: str) -> dict[str, Any]:
    try:
        facts = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        facts = {}
    if facts.get("name") != PACKAGE or not (folder / "dist" / _SCRIPT).is_file():
        raise SettingsError(
            f"STEPFREE_EDITOR is “{written}”, and the editor is not in that folder. "
            f"Run “npm install {PACKAGE}”, and name the folder node_modules/{PACKAGE}."
        )
    found: dict[str, Any] = facts
    return found


def _understood(forms: str, folder: Path, version: str) -> None:
    """Hold the forms against the description of settings that the package brings along."""
    path = folder / "schema" / "sveltia-cms.json"
    if not path.is_file():
        return
    schema = json.loads(path.read_text(encoding="utf-8"))
    error = jsonschema.exceptions.best_match(
        jsonschema.validators.validator_for(schema)(schema).iter_errors(yaml.safe_load(forms))
    )
    if error is not None:
        raise SettingsError(
            f"Version {version} of the editor does not understand our forms at {error.json_path}: {error.message[:200]}. "
            "Use another version of the package."
        )
