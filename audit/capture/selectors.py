"""A short, unique CSS selector for each element of a page.

The element's id when it is unique in its tree; else its tag with a class when that is
unique; else a path of children from the nearest ancestor that has one of these. The
selectors of a frame's document, or of a shadow tree, follow that of the frame or host
after `` >>> ``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit.capture.draft import Draft

SAFE = re.compile(r"-?[A-Za-z_][\w-]*\Z", re.ASCII)
INTO = " >>> "


def selectors(drafts: Sequence[Draft]) -> list[str]:
    """One selector per element, in the same order."""
    trees: dict[int, int] = {}
    for draft in drafts:
        trees[draft.index] = _tree(draft, trees)
    ids: Counter[tuple[int, str]] = Counter()
    classes: Counter[tuple[int, str]] = Counter()
    tags: Counter[tuple[int, str]] = Counter()
    for draft in drafts:
        tree = trees[draft.index]
        tags[tree, draft.tag] += 1
        if "id" in draft.attributes:
            ids[tree, draft.attributes["id"]] += 1
        for name in set(draft.attributes.get("class", "").split()):
            classes[tree, f"{draft.tag}.{name}"] += 1
    siblings: Counter[tuple[int, int, str]] = Counter()
    found: list[str] = []
    for draft in drafts:
        tree = trees[draft.index]
        host = "" if tree < 0 else found[tree] + INTO
        parent = _parent(draft, trees)
        own = _own(draft, tree, ids, classes, tags)
        if own is not None:
            found.append(host + own)
        else:
            step = draft.tag if SAFE.match(draft.tag) else "*"
            step = f"{step}:nth-of-type({siblings[tree, parent, draft.tag] + 1})"
            found.append(host + step if parent == tree else f"{found[parent]} > {step}")
        siblings[tree, parent, draft.tag] += 1
    return found


def _parent(draft: Draft, trees: dict[int, int]) -> int:
    """The index of the parent in the element's own tree; that of the tree's host for its top elements."""
    parent = draft.parent
    if parent is None:
        return -1
    if parent.shadow and not draft.shadow and parent.frame == draft.frame:
        # A slotted element is the child of the host.
        return trees[parent.index]
    return parent.index


def _tree(draft: Draft, trees: dict[int, int]) -> int:
    """The index of the element that hosts this element's tree (frame or shadow host), -1 for the page."""
    parent = draft.parent
    if parent is None:
        return -1
    if parent.frame != draft.frame:
        return parent.index
    if draft.shadow and not parent.shadow:
        return parent.index
    if parent.shadow and not draft.shadow:
        # A slotted element belongs to the tree of its host.
        return trees[trees[parent.index]]
    return trees[parent.index]


def _own(
    draft: Draft,
    tree: int,
    ids: Counter[tuple[int, str]],
    classes: Counter[tuple[int, str]],
    tags: Counter[tuple[int, str]],
) -> str | None:
    identifier = draft.attributes.get("id", "")
    if identifier and ids[tree, identifier] == 1:
        if SAFE.match(identifier):
            return f"#{identifier}"
        quoted = identifier.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
        return f'[id="{quoted}"]'
    if tags[tree, draft.tag] == 1 and SAFE.match(draft.tag):
        return draft.tag
    for name in draft.attributes.get("class", "").split():
        if SAFE.match(name) and classes[tree, f"{draft.tag}.{name}"] == 1:
            return f"{draft.tag}.{name}"
    return None
