"""The workflows of a library's repository, as this version writes them.

``python -m stepfree.founding.workflows`` prints them for each host: an upgrade compares what the old version wrote with
what the new one would.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from importlib.resources import files
from string import Template

_STARTER = files("stepfree").joinpath("starter")
_FOLDER = ".github/workflows"


def workflows(host: str) -> Mapping[str, str]:
    """File → text; only ``github-pages`` publishes by itself."""
    website = "github-pages.yml" if host == "github-pages" else "check.yml"
    texts = {"website.yml": website, "upgrade.yml": "upgrade.yml"}
    return {
        f"{_FOLDER}/{name}": Template(_STARTER.joinpath(source).read_text(encoding="utf-8")).safe_substitute()
        for name, source in texts.items()
    }


def main() -> int:
    """Print them."""
    sys.stdout.write(json.dumps({host: workflows(host) for host in ("github-pages", "later")}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
