"""What pages of a site may have in common though nothing in their markup says so: menus without a landmark, and
controls that do the same.

Both are read from a plain list of elements, which is made of a capture or of the bytes of a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import lxml.html

from audit.model.document import Document

#: So many links make a menu, when so large a share of the words of a block are theirs.
LINKS, SHARE = 3, 0.8
#: In these a run of links is content, or is known as a menu already.
_CONTENT = frozenset({"main", "article", "navigation"})
_IMPLIED = {"main": "main", "article": "article", "nav": "navigation"}
_WHOLE = frozenset({"body", "html"})
#: Attributes by which scripts know what a control is to do.
_DOES = ("onclick", "data-action", "data-command")
_PRESSED = frozenset({"button", "input", "a"})


@dataclass(frozen=True, slots=True)
class Part:
    """An element: the place of its parent in the list, its role (the explicit one, or that of a part of the page), and
    the text that stands in it directly.
    """

    parent: int | None
    tag: str
    role: str
    attributes: Mapping[str, str]
    text: str


def parts_of(document: Document) -> list[Part]:
    """The elements of a capture, by index."""
    found = []
    for element in document:
        parent = document.parent(element)
        text = "".join("" if isinstance(child, int) else child.text for child in element.content)
        found.append(
            Part(
                None if parent is None else parent.index,
                element.tag,
                element.role,
                element.attributes,
                text if element.rendered else "",  # nobody sees the rest
            )
        )
    return found


def parts_of_tree(order: Mapping[lxml.html.HtmlElement, int]) -> list[Part]:
    """The elements of a parsed file, by ordinal."""
    found = []
    for node in order:
        parent = node.getparent()
        tag = str(node.tag)
        text = " ".join((node.text or "", *(child.tail or "" for child in node)))
        silent = tag in {"script", "style", "title", "template"}
        found.append(
            Part(
                None if parent is None else order[parent],
                tag,
                node.get("role") or _IMPLIED.get(tag, ""),
                {str(name): str(value) for name, value in node.attrib.items()},
                "" if silent else text,
            )
        )
    return found


def menus_without_landmark(parts: Sequence[Part]) -> dict[int, str]:
    """The block in which a link stands that is no content and in no navigation, by the place of the link: the outermost
    around it of which nearly all words are links. It is called by its id, its class or its tag.
    """
    words, linked, links = _weighed(parts)
    found: dict[int, str] = {}
    for place, part in enumerate(parts):
        if part.tag not in {"a", "area"} or "href" not in part.attributes:
            continue
        above = list(_above(parts, place))
        if any(parts[each].role in _CONTENT for each in above):
            continue
        block = None
        for each in above:
            if parts[each].tag in _WHOLE:
                break
            if links[each] >= LINKS and linked[each] >= SHARE * words[each]:
                block = each
        if block is not None:
            found[place] = _called(parts[block])
    return found


def _weighed(parts: Sequence[Part]) -> tuple[list[int], list[int], list[int]]:
    """Of each element: the characters within it, those of them in links, and the number of links."""
    words, linked, links = ([0] * len(parts) for _ in range(3))
    for place, part in enumerate(parts):
        # What sets links apart (“|”, “·”) is no word.
        length = sum(map(str.isalnum, part.text))
        here = [place, *_above(parts, place)]
        is_link = any(parts[each].tag == "a" and "href" in parts[each].attributes for each in here)
        for each in here:
            words[each] += length
            linked[each] += length if is_link else 0
            links[each] += part.tag == "a" and "href" in part.attributes
    return words, linked, links


def _above(parts: Sequence[Part], place: int) -> Iterator[int]:
    at = parts[place].parent
    while at is not None:
        yield at
        at = parts[at].parent


def _called(block: Part) -> str:
    return block.attributes.get("id") or block.attributes.get("class") or block.tag


def functions(parts: Sequence[Part]) -> dict[int, str]:
    """What controls do, by their place: what their markup tells a script to do, or the picture that is all that they show."""
    inner: dict[int, list[int]] = {}
    shown = [bool(part.text.strip()) for part in parts]
    for place, part in enumerate(parts):
        for each in _above(parts, place):
            inner.setdefault(each, []).append(place)
            shown[each] = shown[each] or bool(part.text.strip())
    found: dict[int, str] = {}
    for place, part in enumerate(parts):
        if part.tag not in _PRESSED and part.role != "button":
            continue
        does = next((f"{name}={part.attributes[name].strip()}" for name in _DOES if part.attributes.get(name)), "")
        images = [parts[each].attributes.get("src", "") for each in inner.get(place, ()) if parts[each].tag == "img"]
        if part.tag != "a" and does:
            found[place] = does
        elif len(images) == 1 and images[0] and not shown[place]:
            found[place] = images[0]
    return found
