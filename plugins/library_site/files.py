"""Files beside the Markdown: which are published, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from library_base.errors import Problem
from library_images import Published, publish_picture, svg_problems
from library_images.pipeline import UnreadablePicture
from library_links.resolve import DOCUMENT_TYPES, file_size
from library_markdown.finish import PictureFacts
from library_model.model import Output
from library_site.file_facts import file_facts
from library_views.views import FileView

_PICTURES = frozenset([".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"])

#: What makes a picture lighter, by its kind.
_LIGHTER = {
    ".jpg": "Save it with a lower quality, or with fewer pixels.",
    ".jpeg": "Save it with a lower quality, or with fewer pixels.",
    ".webp": "Save it with a lower quality, or with fewer pixels.",
    ".png": "If it is a photo, save it as JPEG; otherwise with fewer pixels.",
    ".gif": "Save it as PNG or JPEG.",
    ".svg": "Take a simpler drawing, without photos in it.",
}
#: What cameras and programs make, and browsers cannot show.
_UNSHOWN = {
    ".heic": "Photos from an iPhone (HEIC) do not show in browsers.",
    ".heif": "Photos from an iPhone (HEIF) do not show in browsers.",
    ".tif": "TIFF pictures do not show in browsers.",
    ".tiff": "TIFF pictures do not show in browsers.",
    ".psd": "Photoshop files do not show in browsers.",
    ".bmp": "BMP pictures are too heavy for a website.",
}


def _no_picture(name: str) -> Problem:
    unshown = _UNSHOWN.get(PurePosixPath(name).suffix.lower())
    if unshown:
        return Problem(f"content/{name}", 1, "", unshown, "Save it as JPEG.")
    hint = "To offer it as a file, write a link: [words]({static}/" + name + ")."
    return Problem(f"content/{name}", 1, "", "This file is not a picture, and a page shows it as one.", hint)


@dataclass(slots=True)
class PublishedFiles:
    """Keeps which files are used. Addresses are those below ``content/``.

    ``limit`` is the weight in bytes that no picture may have; ``cache`` keeps finished pictures.
    """

    content: Path
    base_path: str
    known: frozenset[str]
    limit: int
    cache: Path | None = None
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _facts: dict[str, PictureFacts] = field(default_factory=dict)
    _pictures: dict[str, Published] = field(default_factory=dict)

    def publish(self, name: str) -> str:
        """Note that a file is used; return its address."""
        self.used.add(name)
        return f"{self.base_path}/{quote(name)}"

    def picture(self, name: str) -> PictureFacts:
        """Note that a picture is used; return its address and size in CSS pixels."""
        if name not in self._facts:
            self._facts[name] = self._measured(name)
        return self._facts[name]

    def file(self, name: str, lang: str) -> FileView:
        """Note that a file is used; return its address, type and size."""
        path = self.content / name
        kind = DOCUMENT_TYPES.get(path.suffix.lower(), path.suffix.lstrip(".").upper())
        facts = file_facts(path)
        size = file_size(path.stat().st_size, lang)
        return FileView(self.publish(name), kind, size, facts.pages, facts.language, facts.title, facts.tagged)

    def outputs(self) -> list[Output]:
        """Return the files to write, in order."""
        found: list[Output] = []
        for name in sorted(self.used):
            source = f"content/{name}"
            picture = self._pictures.get(name)
            if picture is not None:
                found += [Output(file, data, source) for file, data in picture.files]
            else:
                found.append(Output(name, (self.content / name).read_bytes(), source))
        return found

    def _measured(self, name: str) -> PictureFacts:
        address = self.publish(name)
        path = self.content / name
        if path.suffix.lower() not in _PICTURES:
            self.problems.append(_no_picture(name))
            return PictureFacts(address)
        try:
            picture = publish_picture(path, name, self.cache)
        except UnreadablePicture:
            self.problems.append(
                Problem(
                    f"content/{name}", 1, "", "This picture cannot be opened.", "Save it again as PNG, JPEG or SVG."
                )
            )
            return PictureFacts(address)
        self._pictures[name] = picture
        self._check(name, picture)
        # A blank would end the address there (HTML, "Image candidate strings").
        srcset = ", ".join(f"{self.base_path}/{quote(file)} {width}w" for file, width in picture.variants)
        return PictureFacts(address, picture.width, picture.height, srcset)

    def _check(self, name: str, picture: Published) -> None:
        shown = f"content/{name}"
        if picture.weight > self.limit:
            weight, limit = file_size(picture.weight), file_size(self.limit)
            hint = _LIGHTER.get(PurePosixPath(name).suffix.lower(), "Save it as JPEG.")
            message = f"This picture weighs {weight} as it would be published; {limit} is the most."
            self.problems.append(Problem(shown, 1, "", message, hint))
        if name.lower().endswith(".svg"):
            for line, found in svg_problems(picture.files[0][1].decode("utf-8", errors="replace")):
                message = f"This drawing runs a script or loads something from elsewhere: “{found}”."
                self.problems.append(Problem(shown, line, "", message, "Take it out."))
