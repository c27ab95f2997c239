"""Files beside the Markdown: which are published, and what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from library_links.resolve import DOCUMENT_TYPES, file_size
from library_markdown.finish import PictureFacts
from library_site.model import Output
from library_site.views import FileView

_SVG_TAG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_SVG_SIZE = re.compile(r'\b(width|height)="([\d.]+)(?:px)?"')
_SVG_BOX = re.compile(r'\bviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')


@dataclass(slots=True)
class PublishedFiles:
    """Keeps which files are used. Addresses are those below ``content/``."""

    content: Path
    base_path: str
    known: frozenset[str]
    used: set[str] = field(default_factory=set)
    _facts: dict[str, PictureFacts] = field(default_factory=dict)

    def publish(self, name: str) -> str:
        """Note that a file is used; return its address."""
        self.used.add(name)
        return f"{self.base_path}/{name}"

    def picture(self, name: str) -> PictureFacts:
        """Note that a picture is used; return its address and size in CSS pixels."""
        if name not in self._facts:
            self._facts[name] = self._measured(name)
        return self._facts[name]

    def file(self, name: str, lang: str) -> FileView:
        """Note that a file is used; return its address, type and size."""
        path = self.content / name
        kind = DOCUMENT_TYPES.get(path.suffix.lower(), path.suffix.lstrip(".").upper())
        return FileView(self.publish(name), kind, file_size(path.stat().st_size, lang), pdf_pages(path))

    def outputs(self) -> list[Output]:
        """Return the files to write, in order."""
        return [Output(name, (self.content / name).read_bytes(), f"content/{name}") for name in sorted(self.used)]

    def _measured(self, name: str) -> PictureFacts:
        address = self.publish(name)
        path = self.content / name
        width, height = svg_size(path.read_text(encoding="utf-8")) if path.suffix.lower() == ".svg" else raster_size(path)
        return PictureFacts(address, width, height)


def svg_size(text: str) -> tuple[int | None, int | None]:
    """Return width and height that an SVG names, or the size of its view box."""
    tag = _SVG_TAG.search(text)
    if tag is None:
        return None, None
    named = {match[1]: round(float(match[2])) for match in _SVG_SIZE.finditer(tag[0])}
    if "width" in named and "height" in named:
        return named["width"], named["height"]
    box = _SVG_BOX.search(tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else (None, None)


def raster_size(path: Path) -> tuple[int | None, int | None]:
    """Return width and height of a picture as it is shown, its orientation followed."""
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        return ImageOps.exif_transpose(picture).size


def pdf_pages(path: Path) -> int | None:
    """Return the number of pages of a PDF, or ``None`` for other files and unreadable ones."""
    if path.suffix.lower() != ".pdf":
        return None
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return None
