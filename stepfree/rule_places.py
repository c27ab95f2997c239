"""Writes down on which page about rules each rule stands: ``python -m stepfree.rule_places``.

To be run after a rule was added or its text has grown; ``tests/site/test_rule_pages.py`` tells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from audit.model.rule_places import FILE
from stepfree.project import site_plugins


def text(found: Mapping[str, str]) -> str:
    """The file as it is to be, in the order of names."""
    return json.dumps(dict(sorted(found.items())), indent=1) + "\n"


def main() -> None:
    """Write the file."""
    site_plugins()
    from stepfree.rule_pages import places

    FILE.write_text(text(places()), encoding="utf-8")


if __name__ == "__main__":
    main()
