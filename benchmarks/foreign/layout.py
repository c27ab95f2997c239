"""``python -m benchmarks.foreign.layout PACKAGE FOLDER``: pages from the component fixtures of nhsuk-frontend.

PACKAGE is the unpacked package. For each component the first fixture becomes one page.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.errors import ExitCode

_PAGE = """<!DOCTYPE html>
<html lang="en" class="nhsuk-template">
<head><meta charset="utf-8"><title>{title} - nhsuk components</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="stylesheet" href="s.css"></head>
<body class="nhsuk-template__body"><script>document.body.className += ' js-enabled' + \
('noModule' in HTMLScriptElement.prototype ? ' nhsuk-frontend-supported' : '');</script>
<div class="nhsuk-width-container"><main class="nhsuk-main-wrapper" id="main-content">
{heading}
{body}
</main></div>
<script type="module" src="s.js"></script><script type="module">import {{initAll}} from "./s.js"; initAll()</script>
</body></html>"""


def lay_out(package: Path, folder: Path) -> int:
    """Write the pages into an empty folder; how many they are."""
    source = package / "dist" / "nhsuk"
    folder.mkdir(parents=True)
    shutil.copytree(source / "assets", folder / "assets")
    shutil.copy(source / "nhsuk-frontend.min.css", folder / "s.css")
    shutil.copy(source / "nhsuk-frontend.min.js", folder / "s.js")
    written = 0
    for file in sorted(source.glob("components/*/fixtures.json")):
        component = json.loads(file.read_text(encoding="utf-8"))
        fixture = next((each for each in component["fixtures"] if not each.get("hidden")), None)
        if fixture is None or file.parent.name == "skip-link":
            continue
        title = f"{component['name'].capitalize()}: {fixture['name']}"
        name = re.sub(r"[^a-z0-9]+", "-", f"{file.parent.name}-{fixture['name']}".lower()).strip("-")
        body = fixture["html"]
        heading = "" if "<h1" in body else f'<h1 class="nhsuk-heading-l">{title}</h1>'
        page = _PAGE.format(title=title, heading=heading, body=body)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        written += 1
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 written, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if len(given) != 2 or not (Path(given[0]) / "dist" / "nhsuk").is_dir() or Path(given[1]).exists():
        print("Name the unpacked package nhsuk-frontend, and a folder that is not there yet.", file=sys.stderr)
        return ExitCode.USAGE
    print(f"{lay_out(Path(given[0]), Path(given[1]))} pages")
    return ExitCode.NOTHING_BLOCKS


if __name__ == "__main__":
    raise SystemExit(main())
