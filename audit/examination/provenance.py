"""From an element of a page to the file and line that somebody wrote.

The build's manifest says it; without one, findings name the page and the element only.
"""

from __future__ import annotations

from audit.model.document import Document, Element
from audit.model.finding import Source, SourceKind
from audit.semantics.inline_style import declarations
from audit.survey.manifest import Manifest

#: Attributes of old HTML, and beginnings of properties, that change how what is inside looks. A margin
#: or a border does not.
_LOOKS = ("bgcolor", "color", "face", "size")
_REACHING = (
    "background", "color", "column", "filter", "font", "height", "letter-", "line-", "max-", "opacity", "overflow",
    "position", "text-shadow", "text-size", "text-transform", "transform", "white-space", "width", "word-", "zoom",
)  # fmt: skip


def nearest_static(document: Document, element: Element) -> int | None:
    """The ordinal, in the file as served, of the element or its nearest ancestor that has one.

    Elements made by a script or in a frame take the place of what holds them.
    """
    found = document.closest(element, lambda each: each.static is not None and each.frame is None)
    return found.static if found else None


def statics_around(document: Document, element: Element) -> tuple[int, ...]:
    """The ordinals of the element's ancestors in the file as served, from the nearest."""
    return tuple(
        above.static for above in document.ancestors(element) if above.static is not None and above.frame is None
    )


def styled_around(document: Document, element: Element) -> tuple[int, ...]:
    """Those of :func:`statics_around` whose looks are set by hand, in a way that reaches what is inside them."""
    return tuple(
        above.static
        for above in document.ancestors(element)
        if above.static is not None
        and above.frame is None
        and (any(above.get(name) for name in _LOOKS) or any(name.startswith(_REACHING) for name in declarations(above)))
    )


class Locator:
    """Answers where things come from, for one run."""

    def __init__(self, manifest: Manifest | None) -> None:
        self._manifest = manifest

    def owner(self, path: str) -> SourceKind:
        """Whose a source is; without a manifest, the content's."""
        return self._manifest.owner(path) if self._manifest else SourceKind.CONTENT

    def page(self, address: str) -> Source | None:
        """The main file of a page."""
        page = self._manifest.pages.get(address) if self._manifest else None
        return Source(page.source, page.line or None, self.owner(page.source)) if page else None

    def element(self, address: str, static: int | None, counted: int | None = None) -> Source | None:
        """The file and line of an element.

        ``counted`` is how many elements the browser found in the page as served; when it is
        not the manifest's number, ordinals do not mean the same, and the page's file is named
        without a line.
        """
        page = self._manifest.pages.get(address) if self._manifest else None
        if page is None:
            return None
        if static is not None and (counted is None or counted == page.elements.count):
            place = page.elements.at(static)
            if place is not None:
                path, line = place
                return Source(path, line or None, self.owner(path))
        return Source(page.source, None, self.owner(page.source))

    def theme_around(self, address: str, around: tuple[int, ...], counted: int | None = None) -> Source | None:
        """The nearest place of the theme around an element; ``around`` as in ``RuleOutcome``.

        A fault of style on a plain link that an author wrote is the theme's: it made the link
        look so. Nothing but the theme's own element around it can be named.
        """
        for ordinal in around:
            source = self.element(address, ordinal, counted)
            if source is not None and source.kind in {SourceKind.THEME, SourceKind.PLUGIN}:
                return source
        return None

    def styled_by_author(self, address: str, styled: tuple[int, ...], counted: int | None = None) -> Source | None:
        """The nearest element around that an author styled by hand; ``styled`` as in ``RuleOutcome``.

        Who colours a box by hand answers for the words in it.
        """
        for ordinal in styled:
            source = self.element(address, ordinal, counted)
            if source is not None and source.kind is SourceKind.CONTENT and source.line is not None:
                return source
        return None

    def disagrees(self, address: str, counted: int | None) -> bool:
        """Whether browser and manifest count a different number of elements on a page."""
        page = self._manifest.pages.get(address) if self._manifest else None
        return page is not None and counted is not None and counted != page.elements.count

    def document(self, path: str) -> Source | None:
        """The source of a published file that is not a page."""
        file = self._manifest.files.get(path) if self._manifest else None
        return Source(file.source, None, SourceKind.DOCUMENT) if file and file.source else None
