"""What each rule says of its own examples.

It stands in the file ``said.json`` beside the rule, because pages and sites must be opened to know it;
the tests that run every example hold it against the rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from audit.rules import LoadedRule

SAID = "said.json"


def recorded(rule: LoadedRule) -> Mapping[str, tuple[str, ...]]:
    """What the rule says of its examples, by the name of the file or folder; silent ones are left out."""
    file = rule.folder / SAID
    if not file.is_file():
        return {}
    return {name: tuple(said) for name, said in json.loads(file.read_text(encoding="utf-8")).items()}
