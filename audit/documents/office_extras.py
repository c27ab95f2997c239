"""What lies in an Office file beside its text: changes that are tracked, comments, other files, marks behind the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from audit.documents.archive import Archive, attribute, local
from audit.documents.office import text_of
from audit.model.finding import Json

_CHANGES = frozenset({
    "ins", "del", "moveFrom", "cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange", "pPrChange", "sectPrChange",
    "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "cm"})
#: Relationships to whole files inside a part. A chart keeps its numbers in one as well, but names it in a part of its own.
_FILES = frozenset({"package", "oleObject", "aFChunk"})


def tracked_changes(tree: etree._Element) -> int:
    """How many tracked changes wait to be accepted or rejected (ECMA-376, part 1, 17.13.5)."""
    return sum(local(each) in _CHANGES and attribute(each, "author") is not None for each in tree.iter())


def comments(archive: Archive, ends: Mapping[str, tuple[str, str]]) -> int:
    """How many comments hang on a part."""
    parts = dict.fromkeys(end for kind, end in ends.values() if kind == "comments")
    trees = [archive.xml_or_none(each) for each in parts]
    return sum(local(each) in _COMMENTS for tree in trees if tree is not None for each in tree.iter())


def files_inside(ends: Mapping[str, tuple[str, str]]) -> list[Json]:
    """The names of files that a part holds, as they are called inside: nobody reads them."""
    return [end.rsplit("/", 1)[-1] for kind, end in ends.values() if kind in _FILES]


def watermarks(tree: etree._Element) -> Iterator[str]:
    """Words that are drawn behind the text (WordArt, VML ``textpath``)."""
    for each in tree.iter():
        words = (each.get("string") or "").strip() if local(each) == "textpath" else ""
        if words:
            yield words


def headers(ends: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The kind and the part of each header and footer."""
    yield from dict.fromkeys((kind, end) for kind, end in sorted(ends.values()) if kind in {"header", "footer"})


def same(tree: etree._Element) -> str:
    """What makes two headers alike: their words and what their pictures are called."""
    named = (f"{each.get('descr')}{each.get('title')}" for each in tree.iter() if local(each) in {"docPr", "shape"})
    return text_of(tree) + "|".join(named)
