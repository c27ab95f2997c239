"""Small pictures of the places in documents that findings are about.

A place on a page of a PDF is drawn with what is around it; of an Office file or a book the picture itself is
shown. Each file is opened in a process of its own: what goes wrong there costs a picture, nothing else.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from audit.documents.archive import Archive
from audit.documents.model import Box, Format, Unreadable
from audit.documents.process import Limits, apart
from audit.documents.reading import format_of
from audit.model.finding import Finding, Json

#: Most pictures of one report, room around a place in points, and the largest picture in pixels.
LIMIT = 40
MARGIN, WIDTH, HEIGHT = 24.0, 640, 420
SCALE = 1.5
LIMITS = Limits(seconds=30.0)
_PAGE = re.compile(r"^page (\d+)")


def pictures(files: Mapping[str, Path], findings: Iterable[Finding], workers: int) -> Mapping[str, bytes]:
    """PNG pictures by the key of the finding. ``files``: the file of each document, by its address."""
    wanted: dict[Path, dict[str, Json]] = {}
    count = 0
    for finding in sorted(findings, key=lambda each: not each.blocking):
        place = _place(finding)
        if place is not None and finding.page in files and count < LIMIT:
            wanted.setdefault(files[finding.page], {})[finding.key] = place
            count += 1
    found: dict[str, bytes] = {}
    for path, places in wanted.items():
        for _, data, _ in apart(functools.partial(taken, places=places), [("", path)], workers, LIMITS):
            told: dict[str, str] = json.loads(data) if data else {}
            found |= {key: base64.b64decode(each) for key, each in told.items()}
    return found


def _place(finding: Finding) -> Json:
    """A page with a box, or the name of a picture; ``None`` when there is nothing to show."""
    part = finding.evidence.get("part")
    if isinstance(part, str) and part:
        return part
    target = finding.target
    match = _PAGE.match(target.selector) if target is not None else None
    if match is None or target is None or target.box is None:
        return None
    return [int(match[1]), *target.box]


def taken(path: Path, places: Mapping[str, Json]) -> bytes:
    """The pictures of one file as JSON, in base 64. What cannot be shown is left out."""
    found: dict[str, str] = {}
    for key, place in places.items():
        try:
            data = _part(path, place) if isinstance(place, str) else _spot(path, place)
        except (Unreadable, ValueError, OSError):
            continue
        if data:
            found[key] = base64.b64encode(data).decode("ascii")
    return json.dumps(found).encode("ascii")


def _part(path: Path, name: str) -> bytes:
    """A picture that lies in the archive, made small."""
    from PIL import Image, UnidentifiedImageError

    if format_of(path.name) is Format.PDF:
        return b""
    with Archive(path) as archive:
        data = archive.read(name)
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (WIDTH, HEIGHT))
            small = image.convert("RGB")
            small.thumbnail((WIDTH, HEIGHT))
            out = io.BytesIO()
            small.save(out, "PNG")
            return out.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError):
        # Drawings for Windows (EMF, WMF) and vector pictures have no reader here.
        return b""


def _spot(path: Path, place: Json) -> bytes:
    """A place on a page with what is around it, and a frame around the place."""
    import pypdfium2 as pdfium
    from PIL import ImageDraw

    if not isinstance(place, list | tuple) or len(place) != 5:
        return b""
    number, *sides = (float(side) for side in place if isinstance(side, int | float))
    x, y, width, height = sides
    box: Box = (x, y, width, height)
    document = pdfium.PdfDocument(path)
    try:
        page = document[int(number) - 1]
        image = page.render(scale=SCALE).to_pil().convert("RGB")
    except (pdfium.PdfiumError, IndexError):
        return b""
    finally:
        document.close()
    left, top, right, bottom = (round(side * SCALE) for side in (x, y, x + width, y + height))
    ImageDraw.Draw(image).rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=(176, 0, 32), width=2)
    small = image.crop(_around(box, image.size))
    small.thumbnail((WIDTH, HEIGHT))
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


def _around(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A part of the page around a box, within the page."""
    x, y, width, height = box
    left, top = max(round((x - MARGIN) * SCALE), 0), max(round((y - MARGIN) * SCALE), 0)
    right = min(round((x + width + MARGIN) * SCALE), size[0])
    bottom = min(round((y + min(height, HEIGHT) + MARGIN) * SCALE), size[1])
    return left, top, max(right, left + 1), max(bottom, top + 1)
