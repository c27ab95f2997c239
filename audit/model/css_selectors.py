"""The part of CSS selectors (Selectors Level 4) that settings may use, and which elements of a document it means.

Names of tags, ``#ids``, ``.classes``, ``[attributes]`` with ``=``, ``~=``, ``^=``, ``$=``, ``*=``; between them a blank
(anywhere inside), ``>`` (directly inside) and ``,`` (or). What a page is only while somebody points at it has no part
in it, so there is no ``:``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit.model.document import Document, Element

_NAME = r"-?[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*"
_PART = re.compile(
    rf"(?P<tag>\*|{_NAME})|\#(?P<id>[\w\u0080-\U0010ffff-]+)|\.(?P<class>{_NAME})"
    rf"|\[\s*(?P<attribute>{_NAME})\s*(?:(?P<how>[~^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[\w-]+)\s*)?\]"
)
_BETWEEN = re.compile(r"\s*(?P<mark>[>,])\s*|\s+")

_COMPARED: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda there, wanted: there == wanted,
    "~=": lambda there, wanted: wanted in there.split(),
    "^=": lambda there, wanted: bool(wanted) and there.startswith(wanted),
    "$=": lambda there, wanted: bool(wanted) and there.endswith(wanted),
    "*=": lambda there, wanted: bool(wanted) and wanted in there,
}


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element must be. ``tag``: in lower case, ``None`` for any; ``attributes``: name, how compared, value;
    without a comparison the attribute only has to be there. ``directly``: the compound before it means its parent.
    """

    tag: str | None = None
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    directly: bool = False

    def fits(self, element: Element) -> bool:
        """Whether an element is so, whatever it stands in."""
        return (
            self.tag in {None, element.tag}
            and all(element.get("id") == each for each in self.ids)
            and element.classes.issuperset(self.classes)
            and all(
                element.has(name) and (not how or _COMPARED[how](element.get(name) or "", value))
                for name, how, value in self.attributes
            )
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """Alternatives, each the compounds from the outermost to the element itself."""

    alternatives: tuple[tuple[Compound, ...], ...]

    def matches(self, document: Document, element: Element) -> bool:
        """Whether it means an element."""
        return any(_fits(document, element, way) for way in self.alternatives)


def _fits(document: Document, element: Element, way: tuple[Compound, ...]) -> bool:
    if not way[-1].fits(element):
        return False
    if len(way) == 1:
        return True
    parent = document.parent(element)
    while parent is not None:
        if _fits(document, parent, way[:-1]):
            return True
        parent = None if way[-1].directly else document.parent(parent)
    return False


def parse(text: str) -> Selector:
    """A selector as it is written.

    Raises:
        ValueError: it is none, or uses more of CSS than is known here; the end of a sentence.
    """
    alternatives: list[tuple[Compound, ...]] = []
    way: list[Compound] = []
    at, directly = 0, False
    text = text.strip()
    while at < len(text) or directly or not way:
        compound, at = _compound(text, at, directly=directly)
        way.append(compound)
        if at == len(text):
            directly = False
            continue
        between = _BETWEEN.match(text, at)
        if between is None:
            raise ValueError(_unknown(text, at))
        at, directly = between.end(), between["mark"] == ">"
        if between["mark"] == ",":
            alternatives.append(tuple(way))
            way = []
    return Selector((*alternatives, tuple(way)))


def _compound(text: str, at: int, *, directly: bool) -> tuple[Compound, int]:
    start, tag, ids, classes = at, None, [], []
    attributes: list[tuple[str, str, str]] = []
    while part := _PART.match(text, at):
        if part["tag"] and at > start:
            break
        if part["tag"]:
            tag = None if part["tag"] == "*" else part["tag"].lower()
        elif part["id"]:
            ids.append(part["id"])
        elif part["class"]:
            classes.append(part["class"])
        else:
            attributes.append((part["attribute"].lower(), part["how"] or "", (part["value"] or "").strip("\"'")))
        at = part.end()
    if at == start:
        raise ValueError(_unknown(text, at))
    return Compound(tag, tuple(ids), tuple(classes), tuple(attributes), directly), at


def _unknown(text: str, at: int) -> str:
    rest = f"“{text[at:]}” of “{text}”" if text[at:] else f"the end of “{text}”"
    return (
        f"{rest} is not understood. Use tags, #ids, .classes and [attributes], with spaces, > and commas between them."
    )
