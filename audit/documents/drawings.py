"""What is drawn in Office files: pictures, groups of them, and shapes (ECMA-376, part 1, DrawingML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from audit.documents.archive import attribute, local
from audit.documents.model import Picture, Place
from audit.documents.office import picture_of

#: What a change that is followed has taken away, and what only old programs read.
GONE = frozenset({"del", "moveFrom", "Fallback"})
#: Holders of words inside a drawing: these are read like all others.
BOXES = frozenset({"txbxContent"})
_GROUPS = {"wgp", "wpc", "grpSp"}
#: Lists of buttons that filter a table, which show the name of their column: no pictures.
_CONTROLS = frozenset({"slicer", "timeslicer"})
#: Shapes that frame, part or join other things, and say nothing by themselves.
_PLAIN = frozenset({
    "", "rect", "roundRect", "snip1Rect", "snip2SameRect", "snip2DiagRect", "round1Rect", "round2SameRect", "round2DiagRect",
    "ellipse", "line", "lineInv", "straightConnector1", "bentConnector2", "bentConnector3", "bentConnector4", "curvedConnector2",
    "curvedConnector3", "rtTriangle", "parallelogram", "trapezoid", "frame", "halfFrame", "corner", "diagStripe", "arc", "bevel",
    "leftBracket", "rightBracket", "leftBrace", "rightBrace", "bracketPair", "bracePair", "flowChartProcess",
})  # fmt: skip


def within(element: etree._Element) -> Iterator[etree._Element]:
    """An element and what is in it and is there, in order; not what stands in its text boxes."""
    stack = [element]
    while stack:
        each = stack.pop()
        yield each
        if local(each) not in BOXES:
            stack.extend(one for one in reversed(each) if local(one) not in GONE)


def is_only_words(frame: etree._Element) -> bool:
    """Whether a drawing is a text box and nothing else: its words are read by themselves."""
    names = {local(each) for each in within(frame)}
    return bool(names & BOXES) and not names & {"blip", "chart", "relIds"}


def pictures_of(
    frame: etree._Element, own: etree._Element, place: Place, ends: Mapping[str, tuple[str, str]]
) -> Iterator[Picture]:
    """The picture of a frame; of a group that says nothing, the pictures in it, if each of them says what it shows."""
    if any(local(each) in _CONTROLS for each in within(frame)):
        return
    whole = picture_of(frame, own, place, ends)
    shape = shape_of(frame)
    if shape is not None:
        if shape not in _PLAIN:
            yield replace(whole, kind="shape")
        return
    inside = [each for each in within(frame) if local(each) == "pic"]
    if not whole.alternative and not whole.decorative and any(local(each) in _GROUPS for each in within(frame)):
        held = [
            picture_of(each, named, place, ends)
            for each in inside
            if (named := next((one for one in each.iter() if local(one) == "cNvPr"), None)) is not None
        ]
        if held and all(each.alternative or each.decorative for each in held):
            yield from held
            return
    yield whole


def shape_of(frame: etree._Element) -> str | None:
    """The kind of the shape that a frame is, where it holds nothing else; ``None`` for everything else."""
    names = {local(each) for each in within(frame)}
    if names & ({"blip", "chart", "relIds", "imagedata", "oleObj", "contentPart"} | _GROUPS):
        return None
    if not names & {"wsp", "sp", "cxnSp"} and local(frame) not in {"sp", "cxnSp"}:
        return None
    return next((attribute(each, "prst") or "" for each in within(frame) if local(each) == "prstGeom"), "")
