"""Where each rule is explained on a site that shows the pages about rules.

A site says with ``[site] address`` and ``rules_page`` that it does; nothing is linked without them.
"""

from __future__ import annotations


def rule_page(rule: str, pages: str | None) -> str | None:
    """The address at which a rule is explained.

    ``pages``: the address of the list of rules, with / at its end; ``None`` when nobody said one.
    """
    return f"{pages}{rule}/" if pages else None
