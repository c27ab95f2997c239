"""What of a page lies in a region that belongs to somebody else (:mod:`audit.settings.regions`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from audit.model.document import Document, Element
from audit.model.finding import Target
from audit.model.page import Page
from audit.settings.regions import WHOLE, Region

#: Elements that show another document, and the attribute with its address.
FRAMES: Mapping[str, str] = {"iframe": "src", "frame": "src", "fencedframe": "src", "object": "data", "embed": "src"}
INTO = " >>> "


@dataclass(frozen=True, slots=True)
class RegionUse:
    """That a region is on a page. ``whole``: it would cover all that the page is about, so it does not hold there."""

    name: str
    whole: bool = False


class Ownership:
    """Which elements of one page belong to somebody else. ``regions``: those that hold at its address.

    A selector means an element and all in it; a frame only what is in it, for how a page names a frame is its own
    matter. Together regions never take in the whole of a page, or all that its main part says.
    """

    def __init__(self, page: Page, regions: Iterable[Region]) -> None:
        self._page = page
        self._regions = tuple(regions)
        self._known: dict[int, tuple[Document, Mapping[int, str], Mapping[str, str]]] = {}
        self.uses = self._used()
        self._void = frozenset(use.name for use in self.uses if use.whole)

    def of(self, document: Document, element: Element | None, target: Target | None) -> str | None:
        """The name of the region in which something lies; ``None``: it is the site's own."""
        if not self._regions or target is None:
            return None
        owned, frames = self._owned(document)
        name = owned.get(element.index) if element is not None else None
        if name is None and INTO in target.selector:
            # What is in the document of another site has no element here.
            steps = target.selector.split(INTO)
            name = next(
                (frames[way] for end in range(1, len(steps)) if (way := INTO.join(steps[:end])) in frames), None
            )
        return None if name in self._void else name

    def inside(self, document: Document, frame: Element) -> str | None:
        """The name of the region to which what a frame shows belongs."""
        name = self._owned(document)[1].get(frame.selector) if self._regions else None
        return None if name in self._void else name

    def _owned(self, document: Document) -> tuple[Mapping[int, str], Mapping[str, str]]:
        """The region of each element by its index, and of the documents of frames by the frame's selector."""
        known = self._known.get(id(document))
        if known is None:
            owned: dict[int, str] = {}
            frames: dict[str, str] = {}
            for element in document:
                # An element stands after the one that it is in.
                above = document.parent(element)
                name = owned.get(above.index) if above is not None else None
                if name is None and above is not None and above.node == element.frame:
                    name = frames.get(above.selector)
                if name is None and element.frame is None:
                    name = self._selecting(document, element)
                if name is not None:
                    owned[element.index] = name
                inner = name or self._showing(element)
                if inner is not None and element.tag in FRAMES:
                    frames[element.selector] = inner
            known = self._known[id(document)] = (document, owned, frames)
        return known[1], known[2]

    def _selecting(self, document: Document, element: Element) -> str | None:
        return next(
            (each.name for each in self._regions if each.parsed and each.parsed.matches(document, element)), None
        )

    def _showing(self, element: Element) -> str | None:
        source = element.get(FRAMES[element.tag]) if element.tag in FRAMES else None
        if not source:
            return None
        parts = urlsplit(self._page.url)
        try:
            address = urljoin(self._page.url, source.strip())
        except ValueError:
            return None
        root = f"{parts.scheme}://{parts.netloc}"
        return next((each.name for each in self._regions if each.is_shown_by(address, root)), None)

    def _used(self) -> tuple[RegionUse, ...]:
        if not self._regions:
            return ()
        document = self._page.document
        owned, frames = self._owned(document)
        names = {*owned.values(), *frames.values()}
        mains = [each for each in document if each.frame is None and (each.tag in WHOLE or each.role == "main")]
        void = {owned[each.index] for each in mains if each.index in owned}
        # Several regions that leave nothing between them are the whole as well.
        parts = [each for each in mains if each.tag not in {"html", "body"}]
        for part in parts or mains[-1:]:
            said = [owner for owner, run in document.runs(part) if run.text.strip() and owner.rendered]
            if said and all(owner.index in owned for owner in said):
                void |= {owned[owner.index] for owner in said}
        return tuple(RegionUse(name, name in void) for name in sorted(names))
