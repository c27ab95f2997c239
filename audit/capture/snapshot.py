"""From the browser's snapshot and accessibility tree to a :class:`Document`.

``DOMSnapshot.captureSnapshot`` gives the flattened tree with style and boxes in columns
("structure of arrays"); ``Accessibility.getFullAXTree`` gives roles and names; the script
``facts.js`` what only the page can tell. They are joined by the browser's node id, the last
one by the order of elements, which is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from audit.capture.accessible import AccessibleTree
from audit.capture.draft import Draft
from audit.capture.properties import PROPERTIES
from audit.capture.selectors import selectors
from audit.model.document import Box, Document, Element, Pseudo, TextRun
from audit.model.finding import Condition

ELEMENT, TEXT, DOCUMENT = 1, 3, 9


class Numbering:
    """Small numbers for the browser's node ids, given in the order in which nodes are first met.

    The browser's own depend on everything it showed before; these are the same in every run.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._nodes: list[int] = []

    def of(self, backend: int) -> int:
        """The number of a node."""
        number = self._numbers.get(backend)
        if number is None:
            number = self._numbers[backend] = len(self._nodes)
            self._nodes.append(backend)
        return number

    def backend(self, number: int) -> int:
        """The browser's id of a number."""
        return self._nodes[number]


#: HTTP statuses from here on say that there is no such page.
ERROR = 400


class Unsteady(Exception):
    """The page changed between two questions; ask again."""


class Vanished(Unsteady):
    """There is no element on the page."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window while the snapshot was taken, in CSS px."""

    width: int
    height: int


class Reader:
    """Reads one snapshot. ``drafts`` are all elements in document order, frames in their place."""

    def __init__(
        self, snapshot: Mapping[str, Any], tree: AccessibleTree, missing: frozenset[str] = frozenset()
    ) -> None:
        self._strings: Sequence[str] = snapshot["strings"]
        self._documents: Sequence[Mapping[str, Any]] = snapshot["documents"]
        self._tree = tree
        self._styles: dict[tuple[int, ...], Mapping[str, str]] = {}
        self.drafts: list[Draft] = []
        #: For each document that was reached: the path of element indexes that leads to it, its elements.
        self.by_path: dict[str, list[Draft]] = {}
        self.unreached: list[Draft] = []
        self._missing = missing

    def read(self) -> list[Draft]:
        """All elements."""
        root = self._read_document(0, "", None, 0.0, 0.0, 0)
        if root is None:
            return []
        stack = [root]
        while stack:
            draft = stack.pop()
            draft.index = len(self.drafts)
            self.drafts.append(draft)
            stack.extend(child for child in reversed(draft.children) if isinstance(child, Draft))
        return self.drafts

    def is_missing(self, path: str) -> bool:
        """Whether a document is, or lies in, one that a server could not give."""
        return any(path == each or path.startswith(f"{each}/") for each in self._missing)

    def _style(self, indexes: Sequence[int]) -> Mapping[str, str]:
        key = tuple(indexes)
        found = self._styles.get(key)
        if found is None:
            strings = self._strings
            values = ["" if at < 0 else strings[at] for at in key] if -1 in key else itemgetter(*key)(strings)
            found = dict(zip(PROPERTIES, values, strict=True))
            self._styles[key] = found
        return found

    def _read_document(
        self, number: int, path: str, host: Draft | None, left: float, top: float, depth: int
    ) -> Draft | None:
        source = self._documents[number]
        strings = self._strings
        nodes = source["nodes"]
        layout = _Layout(
            source,
            left - source.get("scrollOffsetX", 0) * bool(host),
            top - source.get("scrollOffsetY", 0) * bool(host),
        )
        shadow = set(nodes.get("shadowRootType", {}).get("index", ()))
        pseudo = dict(zip(nodes["pseudoType"]["index"], nodes["pseudoType"]["value"], strict=True))
        content = dict(zip(nodes["contentDocumentIndex"]["index"], nodes["contentDocumentIndex"]["value"], strict=True))
        at: list[Draft | None] = []
        elements: list[Draft] = []
        frames: list[tuple[Draft, int, int]] = []
        root: Draft | None = None
        for index, parent_index in enumerate(nodes["parentIndex"]):
            kind = nodes["nodeType"][index]
            parent = at[parent_index] if parent_index >= 0 else None
            draft: Draft | None = None
            if index in pseudo:
                if parent is not None:
                    parent.pseudo.extend(self._pseudo(strings[pseudo[index]], layout, index))
            elif kind == ELEMENT:
                above = parent if parent is not None else host
                attributes = nodes["attributes"][index]
                draft = Draft(
                    node=nodes["backendNodeId"][index],
                    tag=strings[nodes["nodeName"][index]].lower(),
                    attributes={
                        strings[attributes[i]].lower(): strings[attributes[i + 1]] if attributes[i + 1] >= 0 else ""
                        for i in range(0, len(attributes), 2)
                    },
                    parent=above,
                    frame=host.node if host else None,
                    shadow=index in shadow,
                )
                self._lay_out(draft, layout, index)
                elements.append(draft)
                if above is not None:
                    above.children.append(draft)
                if parent is None:
                    root = draft
                if index in content:
                    frames.append((draft, content[index], len(elements) - 1))
            elif kind == TEXT and parent is not None:
                value = nodes["nodeValue"][index]
                parent.children.append(TextRun(strings[value] if value >= 0 else "", layout.lines(index)))
                parent.text_nodes.append(nodes["backendNodeId"][index])
            at.append(draft)
        self.by_path[path] = elements
        for draft, inner, position in frames:
            self._enter(draft, inner, f"{path}/{position}", depth)
        return root

    def _enter(self, draft: Draft, number: int, path: str, depth: int) -> None:
        if path in self._missing:
            # What a server answers in place of a missing file is no part of the page.
            return
        url = self._strings[self._documents[number]["documentURL"]]
        if url.startswith("chrome-error:") or depth > 8:
            self.unreached.append(draft)
            return
        box = draft.box or Box(0, 0, 0, 0)
        edge_x, edge_y = draft.scroll or (0.0, 0.0)
        padding_x = _pixels(draft.style.get("padding-left", ""))
        padding_y = _pixels(draft.style.get("padding-top", ""))
        self._read_document(number, path, draft, box.x + edge_x + padding_x, box.y + edge_y + padding_y, depth + 1)

    def _lay_out(self, draft: Draft, layout: _Layout, index: int) -> None:
        at = layout.first.get(index)
        if at is None:
            return
        draft.style = self._style(layout.styles[at]) if layout.styles[at] else {}
        draft.box = layout.box(at)
        draft.paint = layout.paint[at] if at < len(layout.paint) else 0
        rectangle = layout.client[at] if at < len(layout.client) else ()
        if rectangle:
            draft.scroll = (rectangle[0], rectangle[1])

    def _pseudo(self, kind: str, layout: _Layout, index: int) -> Iterator[Pseudo]:
        first = layout.first.get(index)
        if first is None:
            return
        texts = [self._strings[layout.text[at]] for at in layout.all(index) if layout.text[at] >= 0]
        yield Pseudo(
            kind, "".join(texts), layout.box(first), self._style(layout.styles[first]) if layout.styles[first] else {}
        )


class _Layout:
    """The layout columns of one document, by node."""

    def __init__(self, source: Mapping[str, Any], left: float, top: float) -> None:
        layout = source["layout"]
        self._left, self._top = left, top
        self._node = layout["nodeIndex"]
        self.styles = layout["styles"]
        self._bounds = layout["bounds"]
        self.text = layout["text"]
        self.paint = layout.get("paintOrders", ())
        self.client = layout.get("clientRects", ())
        self.first: dict[int, int] = {}
        for at, node in enumerate(self._node):
            self.first.setdefault(node, at)
        boxes = source["textBoxes"]
        self._lines: dict[int, list[Box]] = {}
        for at, bounds in zip(boxes["layoutIndex"], boxes["bounds"], strict=True):
            self._lines.setdefault(at, []).append(self._box(bounds))

    def _box(self, bounds: Sequence[float]) -> Box:
        x, y, width, height = bounds
        return Box(_round(x + self._left), _round(y + self._top), _round(width), _round(height))

    def box(self, at: int) -> Box:
        return self._box(self._bounds[at])

    def all(self, node: int) -> Iterator[int]:
        at = self.first.get(node, len(self._node))
        while at < len(self._node) and self._node[at] == node:
            yield at
            at += 1

    def lines(self, node: int) -> tuple[Box, ...]:
        return tuple(box for at in self.all(node) for box in self._lines.get(at, ()))


def _round(value: float) -> float:
    return round(value, 3)


def _pixels(value: str) -> float:
    return float(value.removesuffix("px")) if value.endswith("px") else 0.0


def _inherit(drafts: Sequence[Draft], tree: AccessibleTree) -> None:
    """Languages, visibility and exposure, which come from above or below."""
    opaque: dict[int, bool] = {}
    for draft in drafts:
        own = draft.attributes.get("lang", draft.attributes.get("xml:lang"))
        above = draft.parent if draft.parent is not None and draft.parent.frame == draft.frame else None
        draft.lang = own.strip() if own is not None else (above.lang if above else None)
        parent_opaque = opaque[draft.parent.index] if draft.parent else True
        opaque[draft.index] = (
            parent_opaque and draft.style.get("opacity", "1") != "0" and not _folded(draft) and not _skipped(draft)
        )
        draft.visible = (
            draft.box is not None and draft.style.get("visibility", "visible") == "visible" and opaque[draft.index]
        )
    for draft in reversed(drafts):
        laid_out = bool(draft.box) or any(
            child.box is not None or child.style.get("display") == "contents"
            if isinstance(child, Draft)
            else bool(child.boxes)
            for child in draft.children
        )
        if not draft.style:
            draft.style = {"display": "contents" if laid_out else "none"}
            draft.visible = laid_out and opaque[draft.index]
        draft.exposed = (
            draft.exposed or tree.exposes(draft.node) or any(tree.exposes(node) for node in draft.text_nodes)
        )
        if draft.exposed and draft.parent is not None:
            draft.parent.exposed = True


def _folded(draft: Draft) -> bool:
    """Whether it is the content of a closed ``details``, which keeps its layout."""
    parent = draft.parent
    if parent is None or parent.tag != "details" or "open" in parent.attributes:
        return False
    first = next((child for child in parent.children if isinstance(child, Draft) and child.tag == "summary"), None)
    return draft is not first


def _skipped(draft: Draft) -> bool:
    return draft.parent is not None and draft.parent.style.get("content-visibility") == "hidden"


def compose(
    snapshot: Mapping[str, Any],
    tree: AccessibleTree,
    facts: Sequence[Mapping[str, Any]],
    listeners: Mapping[int, tuple[str, ...]],
    condition: Condition,
    window: Window,
    numbering: Numbering,
) -> tuple[Document, list[Element]]:
    """The document, and the frames that could not be read.

    Raises:
        Unsteady: the page's own order of elements is not the snapshot's.
    """
    missing = frozenset(each["path"] for each in facts if each["path"] and each.get("status", 0) >= ERROR)
    reader = Reader(snapshot, tree, missing)
    drafts = reader.read()
    if not drafts:
        raise Vanished("The page has no element.")
    _inherit(drafts, tree)
    told = _told(reader, facts)
    paths = selectors(drafts)
    elements = []
    for draft in drafts:
        fact = told.get(draft.index, {})
        content: list[int | TextRun] = [child.index if isinstance(child, Draft) else child for child in draft.children]
        focus = fact.get("focus", 0)
        value = fact.get("value") or {}
        image = fact.get("image") or {}
        elements.append(
            Element(
                index=draft.index,
                node=numbering.of(draft.node),
                tag=draft.tag,
                attributes=draft.attributes,
                parent=draft.parent.index if draft.parent else None,
                content=tuple(content),
                style=draft.style,
                box=draft.box,
                rendered=draft.visible,
                exposed=draft.exposed,
                accessible=tree.of(draft.node),
                lang=draft.lang,
                static=fact.get("static"),
                frame=None if draft.frame is None else numbering.of(draft.frame),
                shadow=draft.shadow,
                focusable=focus > 0,
                tabbable=focus == 2,
                listeners=listeners.get(draft.node, ()),
                selector=paths[draft.index],
                paint_order=draft.paint,
                pseudo=(*draft.pseudo, *_placeholder(value)),
                value=value.get("value"),
                checked=bool(value.get("checked", False)),
                natural=(image["width"], image["height"]) if image.get("loaded") else None,
                current_source=str(image.get("source", "")),
            )
        )
    top = snapshot["documents"][0]
    title = snapshot["strings"][top["title"]] if top["title"] >= 0 else ""
    document = Document(
        condition=condition,
        elements=tuple(elements),
        title=title,
        width=window.width,
        height=window.height,
        scroll_width=float(top["contentWidth"]),
        scroll_height=float(top["contentHeight"]),
    )
    return document, [elements[draft.index] for draft in reader.unreached]


def _placeholder(value: Mapping[str, Any]) -> tuple[Pseudo, ...]:
    """The text that stands in an empty field in the place of a value (kind ``placeholder``)."""
    if "placeholder" not in value:
        return ()
    text, colour, opacity, size = value["placeholder"]
    return (Pseudo("placeholder", str(text), None, {"color": colour, "opacity": opacity, "font-size": size}),)


def outline(snapshot: Mapping[str, Any]) -> int:
    """A number that is equal for two snapshots (of one run) that assistive technology is told the same of."""
    strings = snapshot["strings"]
    visibility = PROPERTIES.index("visibility")
    parts = []
    for document in snapshot["documents"]:
        nodes, layout = document["nodes"], document["layout"]
        attributes = [[strings[at] if at >= 0 else "" for at in each] for each in nodes["attributes"]]
        seen = [strings[styles[visibility]] if styles else "" for styles in layout["styles"]]
        texts = [strings[at] if at >= 0 else "" for at in layout["text"]]
        parts.append(repr((nodes["backendNodeId"], attributes, layout["nodeIndex"], seen, texts)))
    return hash("".join(parts))


def closed_nodes(snapshot: Mapping[str, Any]) -> frozenset[int]:
    """The browser's ids of the nodes in closed shadow trees."""
    strings = snapshot["strings"]
    found: set[int] = set()
    for document in snapshot["documents"]:
        nodes = document["nodes"]
        kinds = nodes.get("shadowRootType", {"index": (), "value": ()})
        closed = (at for at, kind in zip(kinds["index"], kinds["value"], strict=True) if strings[kind] == "closed")
        found.update(nodes["backendNodeId"][at] for at in closed)
    return frozenset(found)


def _told(reader: Reader, facts: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """What the page told, by index of the element."""
    told: dict[int, dict[str, Any]] = {}
    for entry in facts:
        if reader.is_missing(entry["path"]):
            continue
        drafts = reader.by_path.get(entry["path"])
        if drafts is None or " ".join(draft.tag for draft in drafts) != entry["tags"].lower():
            raise Unsteady("The page changed while it was read.")
        for position, draft in enumerate(drafts):
            fact: dict[str, Any] = {}
            if entry["path"] == "" and entry["statics"] is not None and entry["statics"][position] >= 0:
                fact["static"] = entry["statics"][position]
            fact["focus"] = entry["focus"].get(str(position), 0)
            fact["value"] = entry["values"].get(str(position))
            fact["image"] = entry["images"].get(str(position))
            told[draft.index] = fact
    return told
