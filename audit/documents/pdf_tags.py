"""The tags of a PDF: what assistive technology is told, in its order (ISO 32000-1, section 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from audit.documents.model import Unreadable

#: A tree with more elements, or nesting deeper, is not one that a program for documents makes.
MOST = 400_000
DEPTH = 250

HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6"})
BLOCKS = HEADINGS | {"P", "Lbl", "LBody", "Caption", "TD", "TH", "BlockQuote", "TOCI", "Note", "Title", "Code"}
#: The standard types of ISO 32000-1, 14.8.4, and those that Word and others use without mapping them.
STANDARD = BLOCKS | {
    "Document", "Part", "Art", "Sect", "Div", "TOC", "Index", "NonStruct", "Private", "L", "LI", "Table", "TR",
    "THead", "TBody", "TFoot", "Span", "Quote", "Reference", "BibEntry", "Link", "Annot", "Ruby", "RB", "RT", "RP",
    "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}  # fmt: skip


@dataclass(slots=True)
class Tag:
    """An element of the tree. ``type``: the standard one that it is mapped to; ``number``: its object's, or 0.

    ``page``: the number of the page that it says it is on, 0 when it says none; ``content``: page, MCID and whether
    that number counts in a form, of each piece that it claims itself; ``annotations``: numbers of objects that it refers to.
    """

    type: str
    number: int = 0
    page: int = 0
    alternative: str | None = None
    actual: str | None = None
    language: str = ""
    scope: str = ""
    box: tuple[float, ...] | None = None
    row_span: int = 1
    column_span: int = 1
    has_headers: bool = False
    content: list[tuple[int, int, bool]] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)
    kids: list[Tag] = field(default_factory=list)
    parent: Tag | None = field(default=None, repr=False)
    #: Kids and pieces of content in their order: a tag, or a piece of ``content``.
    inside: list[Tag | tuple[int, int, bool]] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """The tag and everything below it, in order."""
        stack = [self]
        while stack:
            each = stack.pop()
            yield each
            stack.extend(reversed(each.kids))

    def pieces(self) -> Iterator[tuple[int, int, bool]]:
        """All content that it or anything below it claims, in order."""
        stack: list[Tag | tuple[int, int, bool]] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, Tag):
                stack.extend(reversed(each.inside))
            else:
                yield each

    def above(self) -> Iterator[Tag]:
        """What it stands in, from the nearest."""
        found = self.parent
        while found is not None:
            yield found
            found = found.parent


def read_tags(document: pikepdf.Pdf, pages: Mapping[int, int]) -> Tag | None:
    """The root of the tree, ``None`` when there is none. ``pages``: number of a page by that of its object.

    Raises:
        Unreadable: the tree leads back into itself, or is too large.
    """
    tree = document.Root.get("/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary) or "/K" not in tree:
        return None
    return _Reader(_roles(tree), pages).read(tree)


def _roles(tree: pikepdf.Dictionary) -> dict[str, str]:
    """The standard type of each type of the document's own."""
    found = tree.get("/RoleMap")
    mapped = {str(k)[1:]: str(v)[1:] for k, v in found.items()} if isinstance(found, pikepdf.Dictionary) else {}
    roles = {}
    for name, target in mapped.items():
        seen, at = {name}, target
        while at in mapped and at not in STANDARD and at not in seen:
            seen.add(at)
            at = mapped[at]
        roles[name] = at
    return roles


class _Reader:
    def __init__(self, roles: Mapping[str, str], pages: Mapping[int, int]) -> None:
        self._roles = roles
        self._pages = pages
        self._count = 0

    def read(self, tree: pikepdf.Dictionary) -> Tag:
        root = Tag("StructTreeRoot", tree.objgen[0])
        on_path = {tree.objgen[0]}
        # A stack of our own: trees nest deeper than Python does.
        stack: list[tuple[Tag, Iterator[Any], int, int]] = [(root, iter(_kids(tree)), 0, tree.objgen[0])]
        while stack:
            parent, kids, page, number = stack[-1]
            kid = next(kids, None)
            if kid is None:
                stack.pop()
                on_path.discard(number)
                continue
            below = self._take(parent, kid, page)
            if below is None:
                continue
            tag, element = below
            if tag.number and tag.number in on_path:
                raise Unreadable("Its tags lead back into themselves.")
            if len(stack) > DEPTH:
                raise Unreadable(f"Its tags are nested deeper than {DEPTH} levels.")
            on_path.add(tag.number)
            stack.append((tag, iter(_kids(element)), tag.page, tag.number))
        return root

    def _take(self, parent: Tag, kid: Any, page: int) -> tuple[Tag, pikepdf.Dictionary] | None:
        """Put one kid below its parent; a tag comes back with its dictionary, to be followed."""
        self._count += 1
        if self._count > MOST:
            raise Unreadable(f"It has more than {MOST:,} tags.")
        if isinstance(kid, int):
            _claim(parent, (page, kid, False))
            return None
        if not isinstance(kid, pikepdf.Dictionary):
            return None
        kind = kid.get("/Type")
        own = self._page(kid.get("/Pg")) or page
        if kind == "/MCR":
            mcid: Any = kid.get("/MCID")
            if isinstance(mcid, int):
                _claim(parent, (own, mcid, "/Stm" in kid))
            return None
        if kind == "/OBJR":
            target = kid.get("/Obj")
            if target is not None and target.is_indirect:
                parent.annotations.append(target.objgen[0])
            return None
        if "/S" not in kid:
            return None
        tag = self._tag(kid, own)
        tag.parent = parent
        parent.kids.append(tag)
        parent.inside.append(tag)
        return tag, kid

    def _page(self, page: Any) -> int:
        return self._pages.get(page.objgen[0], 0) if isinstance(page, pikepdf.Object) else 0

    def _tag(self, element: pikepdf.Dictionary, page: int) -> Tag:
        name = str(element["/S"])[1:]
        if name not in STANDARD:
            name = self._roles.get(name, name)
        tag = Tag(
            name,
            element.objgen[0],
            page,
            _words(element.get("/Alt")),
            _words(element.get("/ActualText")),
            _words(element.get("/Lang")) or "",
        )
        for each in _attributes(element.get("/A")):
            tag.scope = tag.scope or str(each.get("/Scope", ""))[1:]
            tag.has_headers = tag.has_headers or "/Headers" in each
            tag.row_span = _number(each.get("/RowSpan"), tag.row_span)
            tag.column_span = _number(each.get("/ColSpan"), tag.column_span)
            box = each.get("/BBox")
            if isinstance(box, pikepdf.Array) and len(box) == 4:
                with_numbers = [_decimal(side) for side in box.as_list()]
                tag.box = tuple(side for side in with_numbers if side is not None)
        return tag


def _claim(parent: Tag, piece: tuple[int, int, bool]) -> None:
    parent.content.append(piece)
    parent.inside.append(piece)


def _kids(element: pikepdf.Dictionary) -> list[Any]:
    kids = element.get("/K")
    if isinstance(kids, pikepdf.Array):
        return list(kids.as_list())
    return [] if kids is None else [kids]


def _attributes(value: Any) -> Iterator[pikepdf.Dictionary]:
    for each in value.as_list() if isinstance(value, pikepdf.Array) else (value,):
        if isinstance(each, pikepdf.Dictionary):
            yield each


def _words(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).strip() if isinstance(value, pikepdf.String) else ""


def _number(value: Any, usual: int) -> int:
    return int(value) if isinstance(value, int) and 0 < value < 1000 else usual


def _decimal(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
