"""What Word, PowerPoint and Excel files have in common (ECMA-376): properties, drawings, colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from audit.documents.archive import Archive, attribute, child, children, local, whole
from audit.documents.model import Picture, Place

#: English metric units in a point.
EMU = 12_700
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
#: Colours of the highlighter in Word.
HIGHLIGHTS: Mapping[str, str] = {
    "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "darkBlue": "#00008b", "darkCyan": "#008b8b",
    "darkGray": "#a9a9a9", "darkGreen": "#006400", "darkMagenta": "#800080", "darkRed": "#8b0000",
    "darkYellow": "#808000", "green": "#00ff00", "lightGray": "#d3d3d3", "magenta": "#ff00ff", "red": "#ff0000",
    "white": "#ffffff", "yellow": "#ffff00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself."""

    title: str | None = None
    language: str = ""
    maker: str = ""
    pages: int = 0
    modified: str = ""


def properties(archive: Archive) -> Properties:
    """The core and extended properties."""
    core, extended = archive.xml_or_none("docProps/core.xml"), archive.xml_or_none("docProps/app.xml")
    title = child(core, "title")
    return Properties(
        text_of(title) if title is not None else None,
        text_of(child(core, "language")),
        text_of(child(extended, "Application")),
        whole(text_of(child(extended, "Pages"))),
        text_of(child(core, "modified"))[:10],
    )


def text_of(element: etree._Element | None) -> str:
    """The words of an element, spaces put together; a comment or an entity that nothing explains has none."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return " ".join("".join(str(each) for each in element.itertext()).split())


def colour(value: str | None) -> str:
    """``#rrggbb`` of six digits, or of eight with the alpha in front; ``""`` of anything else."""
    found = (value or "").strip()
    if len(found) == 8 and _HEX.fullmatch(found[2:]):
        found = found[2:]
    return f"#{found.lower()}" if _HEX.fullmatch(found) else ""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a theme by their names (``dk1``, ``lt1``, ``accent1`` …), and what the names of a master mean."""

    colours: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, fill: etree._Element | None) -> str:
        """The colour of a ``solidFill``; ``""`` when it is changed in a way that is not followed here."""
        for each in fill if fill is not None else ():
            if len(each):
                # Lightened, darkened or see-through.
                return ""
            if local(each) == "srgbClr":
                return colour(each.get("val"))
            if local(each) == "schemeClr":
                name = each.get("val", "")
                return self.colours.get(self.names.get(name, name), "")
            if local(each) == "sysClr":
                return colour(each.get("lastClr"))
        return ""


_USUAL_NAMES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def theme(archive: Archive, name: str, master: etree._Element | None = None) -> Theme:
    """The theme in a part, with the names of a slide master."""
    scheme = child(archive.xml_or_none(name), "themeElements", "clrScheme")
    colours = {}
    for each in scheme if scheme is not None else ():
        value = each[0] if len(each) else None
        colours[local(each)] = colour(attribute(value, "lastClr") or attribute(value, "val"))
    names = dict(_USUAL_NAMES)
    mapping = child(master, "clrMap")
    names |= {str(key): str(value) for key, value in mapping.attrib.items()} if mapping is not None else {}
    return Theme(colours, names)


def picture_of(
    frame: etree._Element, properties: etree._Element, place: Place, ends: Mapping[str, tuple[str, str]]
) -> Picture:
    """A picture from its ``docPr`` or ``cNvPr``. ``ends``: the relationships of the part that it stands in."""
    described = properties.get("descr")
    titled = properties.get("title")
    alternative = described if described is not None and described.strip() else titled or described
    decorative = any(local(each) == "decorative" and each.get("val") in {"1", "true"} for each in properties.iter())
    blip = next((each for each in frame.iter() if local(each) == "blip"), None)
    part = ends.get(attribute(blip, "embed") or "", ("", ""))[1]
    # A picture may also be only linked, and lie outside the file.
    shown = part or ends.get(attribute(blip, "link") or "", ("", ""))[1]
    return Picture(
        Place(place.where, place.page, place.box, place.quote or properties.get("name", ""), part),
        alternative.strip() if alternative is not None else None,
        decorative,
        file=shown.rsplit("/", 1)[-1],
        kind=_kind(frame),
        floating=local(frame) == "anchor",
        captions_track=any(local(each) in {"track", "closedCaptionTrack"} for each in frame.iter()),
    )


def _kind(frame: etree._Element) -> str:
    """What a frame holds."""
    for each in frame.iter():
        name = local(each)
        if name in {"videoFile", "quickTimeFile"}:
            return "film"
        if name in {"audioFile", "wavAudioFile"}:
            return "sound"
        if name == "graphicData":
            uri = each.get("uri", "")
            if uri.endswith("/chart") or "chartex" in uri:
                return "chart"
            if uri.endswith("/diagram"):
                return "diagram"
            if "ink" in uri.rsplit("/", 1)[-1].lower():
                return "drawing"
    return "picture"


def without_fallback(element: etree._Element) -> None:
    """Remove what only old programs read: it says the same a second time."""
    for each in [one for one in element.iter() if local(one) == "Fallback"]:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)


__all__ = [
    "EMU",
    "HIGHLIGHTS",
    "Properties",
    "Theme",
    "children",
    "colour",
    "picture_of",
    "properties",
    "text_of",
    "theme",
    "without_fallback",
]
