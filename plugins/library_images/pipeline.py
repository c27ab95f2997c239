"""From a picture file to what is published of it.

Photographs are turned as the camera says, reduced to at most 1,600 pixels across, and written
again without any metadata (place, date, camera). Smaller WebP versions serve small screens.
Results are kept by content, because making them takes longer than everything else.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from library_brand.colour import contrast

if TYPE_CHECKING:
    from PIL import Image

_WIDEST = 1600
_WIDTHS = (480, 960)
_QUALITY = 80
_SVG_TAG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_SVG_ROOT = re.compile(r"<(?:\w+:)?svg\b")
_SVG_SIZE = re.compile(r'\b(width|height)="([\d.]+)(?:px)?"')
_SVG_BOX = re.compile(r'\bviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
_SVG_FOREIGN = re.compile(
    r"<script\b|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import",
    re.IGNORECASE,
)
#: What is less opaque than this is not seen, of 255; and the least contrast of what is needed to understand a page.
_FAINT, _LEAST = 127, 3.0
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
#: Changes whenever the pipeline does, so that kept results are made anew.
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of one picture: files by name, and the size of the main one in CSS pixels.

    ``variants`` are (file name, width) of the smaller versions.
    """

    files: tuple[tuple[str, bytes], ...]
    width: int | None
    height: int | None
    variants: tuple[tuple[str, int], ...] = ()

    @property
    def weight(self) -> int:
        """The size of the main file in bytes."""
        return len(self.files[0][1])


class UnreadablePicture(Exception):
    """The file is no picture, or a broken one."""


def publish_picture(path: Path, name: str, cache: Path | None) -> Published:
    """Return what is published of the picture at ``path`` under ``name`` (``images/x.jpg``).

    SVG and GIF go through as they are. Raises :class:`UnreadablePicture`.
    """
    data = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix == ".svg":
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
        if _SVG_ROOT.search(text) is None:
            raise UnreadablePicture("there is no drawing in it")
        width, height = svg_size(text)
        return Published(((name, data),), width, height)
    if suffix not in _FORMATS:
        return Published(((name, data),), *_size(data))
    key = hashlib.sha256(f"{_VERSION}:{name}:".encode() + data).hexdigest()[:32]
    kept = _kept(cache / key) if cache is not None else None
    if kept is not None:
        return kept
    made = _made(data, name, _FORMATS[suffix])
    if cache is not None:
        _keep(cache / key, made)
    return made


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


def pale_share(data: bytes, ground: str) -> float:
    """How much of what is visible in a picture without a ground of its own stands out from ``ground`` by less than 3:1.

    From 0 to 1; 0 for a picture whose corners are filled. ``ground``: ``#rrggbb``. The ratio is that of WCAG 2.2, 1.4.11.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((64, 64))
    right, lower = picture.width - 1, picture.height - 1
    corners = [picture.getpixel(place) for place in ((0, 0), (right, 0), (0, lower), (right, lower))]
    if all(isinstance(corner, tuple) and corner[3] > _FAINT for corner in corners):
        return 0.0
    seen = [
        (count, colour)
        for count, colour in picture.getcolors(picture.width * picture.height) or ()
        if isinstance(colour, tuple) and colour[3] > _FAINT
    ]
    low = sum(count for count, colour in seen if contrast("#{:02x}{:02x}{:02x}".format(*colour[:3]), ground) < _LEAST)
    return low / (sum(count for count, _ in seen) or 1)


def svg_problems(text: str) -> list[tuple[int, str]]:
    """Return (line, what stands there) for scripts in an SVG and for anything it loads from elsewhere."""
    return [(text.count("\n", 0, found.start()) + 1, found[0].strip()) for found in _SVG_FOREIGN.finditer(text)]


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            return width, height
    except (UnidentifiedImageError, OSError) as error:
        raise UnreadablePicture(str(error)) from error


def _made(data: bytes, name: str, kind: str) -> Published:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            picture = ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, OSError) as error:
        raise UnreadablePicture(str(error)) from error
    if picture.width > _WIDEST:
        picture = _scaled(picture, _WIDEST)
    if picture.mode not in {"RGB", "RGBA", "L"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode in {"LA", "PA"} else "RGB")
    if kind == "JPEG" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    picture.info.clear()  # nothing that a camera or program wrote is kept
    stem = str(PurePosixPath(name).with_suffix(""))
    files = [(name, _written(picture, kind))]
    variants = []
    for width in _WIDTHS:
        if width < picture.width:
            variant = f"{stem}-{width}.webp"
            files.append((variant, _written(_scaled(picture, width), "WEBP")))
            variants.append((variant, width))
    if variants:
        full = f"{stem}-{picture.width}.webp"
        files.append((full, _written(picture, "WEBP")))
        variants.append((full, picture.width))
    return Published(tuple(files), picture.width, picture.height, tuple(variants))


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    from PIL.Image import Resampling

    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Resampling.LANCZOS)


def _written(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    if kind == "PNG":
        picture.save(buffer, kind, optimize=True)
    elif kind == "JPEG":
        picture.save(buffer, kind, quality=_QUALITY, optimize=True, progressive=True)
    else:
        picture.save(buffer, kind, quality=_QUALITY, method=4)
    return buffer.getvalue()


def _kept(folder: Path) -> Published | None:
    index = folder / "index.json"
    if not index.is_file():
        return None
    facts = json.loads(index.read_text(encoding="utf-8"))
    files = tuple((name, (folder / str(number)).read_bytes()) for number, name in enumerate(facts["files"]))
    return Published(files, facts["width"], facts["height"], tuple((name, width) for name, width in facts["variants"]))


def _keep(folder: Path, made: Published) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (_, data) in enumerate(made.files):
        (folder / str(number)).write_bytes(data)
    facts = {
        "files": [name for name, _ in made.files],
        "width": made.width,
        "height": made.height,
        "variants": made.variants,
    }
    # The index comes last: a folder without one is not used.
    (folder / "index.json").write_text(json.dumps(facts), encoding="utf-8")
