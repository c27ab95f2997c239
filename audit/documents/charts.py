"""The words in charts of Office files (ECMA-376, part 1, DrawingML charts): its title, its axes, its series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from audit.documents.archive import Archive, attribute, child, children, local, whole
from audit.documents.model import Colours, Picture, Place
from audit.documents.office import Theme, text_of

_TITLED = {"chart", "catAx", "valAx", "dateAx", "serAx"}
#: Letters of a chart that says no size (points).
USUAL_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says. ``title``: ``""`` when it has none; ``colours``: words in a colour of their own."""

    title: str = ""
    colours: tuple[Colours, ...] = ()


def chart_in(
    frame: etree._Element, ends: Mapping[str, tuple[str, str]], archive: Archive, themed: Theme, place: Place
) -> Chart:
    """The chart that a frame shows; an empty one when it shows none, or one of a kind that is not followed here."""
    reference = next((each for each in frame.iter() if local(each) == "chart" and attribute(each, "id")), None)
    part = ends.get(attribute(reference, "id") or "", ("", ""))[1]
    tree = archive.xml_or_none(part)
    if tree is None or local(tree) != "chartSpace":
        return Chart()
    filled = child(tree, "spPr", "solidFill")
    background = themed.of(filled)
    title = _words(child(tree, "chart", "title"))
    found = tuple(_coloured(tree, themed, background or "#ffffff", place, sure=bool(background)))
    return Chart(title, found)


def named(picture: Picture, chart: Chart) -> Picture:
    """The picture of a chart under the title that people see; programs call it “Chart 2”."""
    if not chart.title:
        return picture
    return replace(picture, place=replace(picture.place, quote=chart.title[:200]), caption=chart.title)


def _words(title: etree._Element | None) -> str:
    """The words of a title: written there, or taken from a cell."""
    paragraphs = (text_of(each) for each in children(child(title, "tx", "rich"), "p"))
    written = " ".join(each for each in paragraphs if each)
    return written or text_of(child(title, "tx", "strRef", "strCache", "pt", "v"))


def _coloured(tree: etree._Element, themed: Theme, background: str, place: Place, *, sure: bool) -> Iterator[Colours]:
    for each in tree.iter():
        title = child(each, "title") if local(each) in _TITLED else None
        for run in title.iter() if title is not None else ():
            if local(run) == "r":
                words = text_of(child(run, "t"))
                yield from _of(child(run, "rPr"), words, themed, background, place, sure=sure)
        if local(each) in {"legend", *_TITLED}:
            look = next((one for one in _looks(child(each, "txPr"))), None)
            name = "the legend" if local(each) == "legend" else "the axis"
            yield from _of(look, f"Words of {name}", themed, background, place, sure=sure)


def _looks(holder: etree._Element | None) -> Iterator[etree._Element]:
    for each in holder.iter() if holder is not None else ():
        if local(each) == "defRPr":
            yield each


def _of(
    look: etree._Element | None, words: str, themed: Theme, background: str, place: Place, *, sure: bool
) -> Iterator[Colours]:
    ink = themed.of(child(look, "solidFill"))
    if look is None or not ink or not words:
        return
    size = whole(look.get("sz")) / 100 or USUAL_SIZE
    yield Colours(place, words, ink, background, size, look.get("b") == "1", sure)
