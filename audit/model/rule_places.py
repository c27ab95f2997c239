"""Where each rule is explained on a site that shows the pages about rules.

A site says with ``[site] address`` and ``rules_page`` that it does; nothing is linked without
them. Which page a rule stands on is in ``rule_places.json``, which ``python -m stepfree.rule_places``
writes: the second stage of a pull request's comment must know it without any package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("rule_places.json")


@cache
def places() -> Mapping[str, str]:
    """The last part of the address of the page that each rule stands on, by the rule's name."""
    written: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return written


def rule_page(rule: str, pages: str | None) -> str | None:
    """The address at which a rule is explained.

    ``pages``: the address of the list of rules, with / at its end; ``None`` when nobody said one. A rule
    that no page is known of has no address.
    """
    name = places().get(rule)
    return f"{pages}{name}/#{rule}" if pages and name else None
