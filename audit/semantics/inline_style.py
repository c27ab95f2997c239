"""What the ``style`` attribute of an element declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import tinycss2

from audit.model.document import Element


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: the value as written, in lower case, and whether it is ``!important``."""

    value: str
    important: bool


def declarations(element: Element) -> Mapping[str, Declared]:
    """The declaration of each property that wins within the attribute (CSS Cascade, importance before order)."""
    found: dict[str, Declared] = {}
    style = element.get("style")
    if not style:
        # Nearly every element, and the parser takes its time even for nothing.
        return found
    for node in tinycss2.parse_blocks_contents(style):
        if node.type != "declaration":
            continue
        declared = Declared(tinycss2.serialize(node.value).strip().lower(), bool(node.important))
        before = found.get(node.lower_name)
        if before is None or declared.important or not before.important:
            found[node.lower_name] = declared
    return found
