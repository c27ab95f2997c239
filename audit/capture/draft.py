"""An element while a snapshot is read: what becomes an :class:`~audit.model.document.Element`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.model.document import Box, Pseudo, TextRun


@dataclass(slots=True)
class Draft:
    """An element while it is put together. ``children``: drafts and runs in order."""

    node: int
    tag: str
    attributes: dict[str, str]
    parent: Draft | None
    frame: int | None
    shadow: bool
    style: Mapping[str, str] = field(default_factory=dict)
    box: Box | None = None
    paint: int = 0
    children: list[Draft | TextRun] = field(default_factory=list)
    text_nodes: list[int] = field(default_factory=list)
    pseudo: list[Pseudo] = field(default_factory=list)
    lang: str | None = None
    visible: bool = False
    exposed: bool = False
    index: int = -1
    scroll: tuple[float, float] | None = None
