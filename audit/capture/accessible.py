"""Chromium's accessibility tree, by node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from audit.model.document import Accessible

#: Names that Chromium uses inside for what WAI-ARIA calls otherwise, or not at all.
ROLES = {
    "RootWebArea": "document",
    "LabelText": "generic",
    "LayoutTable": "table",
    "LayoutTableRow": "row",
    "LayoutTableCell": "cell",
    "PluginObject": "object",
    "EmbeddedObject": "object",
    "SvgRoot": "graphics-document",
    "ListMarker": "generic",
    "MenuListOption": "option",
    "MenuListPopup": "listbox",
    "GridCell": "gridcell",
    "DescriptionListTerm": "term",
    "DescriptionListDetail": "definition",
    "DescriptionList": "list",
    "img": "image",
    "Legend": "generic",
    "Figcaption": "generic",
    "Abbr": "generic",
    "Ruby": "generic",
    "Pre": "generic",
}

#: A source of a name, in Chromium's words, and what this audit calls it.
NATIVE = {
    "label": "label",
    "labelfor": "label",
    "labelwrapped": "label",
    "figcaption": "caption",
    "tablecaption": "caption",
    "legend": "legend",
    "rubyannotation": "contents",
    "title": "title",
    "other": "contents",
}
#: Relations whose nodes are given by id.
TEXTLESS = ("InlineTextBox",)


class AccessibleTree:
    """The trees of the page and of its frames together."""

    def __init__(self, trees: Iterable[Iterable[Mapping[str, Any]]]) -> None:
        self._nodes: dict[int, Accessible] = {}
        self._exposed: set[int] = set()
        for tree in trees:
            self._read(list(tree))

    def of(self, node: int) -> Accessible | None:
        """What is told about the element; ``None`` when it is not in the tree at all."""
        return self._nodes.get(node)

    def exposes(self, node: int) -> bool:
        """Whether the node itself, or something generated in it, is in the tree and not ignored."""
        return node in self._exposed

    def _read(self, tree: list[Mapping[str, Any]]) -> None:
        by_id = {entry["nodeId"]: entry for entry in tree}
        for entry in tree:
            role = entry.get("role", {}).get("value", "")
            ignored = bool(entry["ignored"])
            if role not in TEXTLESS and not ignored:
                self._expose(entry, by_id)
            node = entry.get("backendDOMNodeId")
            if node is not None and role not in {"StaticText", "InlineTextBox", "RootWebArea"}:
                self._nodes[node] = _accessible(entry, str(role), ignored)

    def _expose(self, entry: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> None:
        at: Mapping[str, Any] | None = entry
        while at is not None and at.get("backendDOMNodeId") is None:
            at = by_id.get(at.get("parentId", ""))
        if at is not None:
            self._exposed.add(at["backendDOMNodeId"])


def _accessible(entry: Mapping[str, Any], role: str, ignored: bool) -> Accessible:
    name = entry.get("name", {})
    states: dict[str, str | int | float | bool] = {}
    for each in entry.get("properties", ()):
        value = each["value"].get("value")
        if isinstance(value, (str, int, float, bool)) and each["name"] != "url":
            states[each["name"]] = value
    for each in entry.get("ignoredReasons", ()):
        states[each["name"]] = True
    if "value" in entry and isinstance(entry["value"].get("value"), (str, int, float, bool)):
        states["value"] = entry["value"]["value"]
    return Accessible(
        role=ROLES.get(role, role.lower()),
        name=str(name.get("value", "")),
        name_from=_source(name.get("sources", ())) if name.get("value") else "",
        description=str(entry.get("description", {}).get("value", "")),
        ignored=ignored,
        states=dict(sorted(states.items())),
    )


def _source(sources: Iterable[Mapping[str, Any]]) -> str:
    for source in sources:
        if source.get("superseded") or source.get("invalid"):
            continue
        value = source.get("value", {}).get("value") or source.get("attributeValue", {}).get("value")
        kind = source.get("type", "")
        if not value:
            continue
        if kind in {"attribute", "placeholder"} or source.get("attribute"):
            return str(source.get("attribute", "placeholder"))
        if source.get("nativeSource"):
            return NATIVE.get(str(source["nativeSource"]), str(source["nativeSource"]))
        return "label" if kind == "relatedElement" else str(kind)
    return "contents"
