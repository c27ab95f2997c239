"""The library's face as templates see it: logo, pictures, and the style sheet of its colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library_base.errors import ContentErrors, Problem, no_file
from library_brand import Palette, derive, read_tokens
from library_frontmatter import Lines
from library_images.pipeline import pale_share
from library_schemas.library import Brand
from library_site.files import PublishedFiles
from library_views.views import PictureView

_LIBRARY = "content/library.yml"


@dataclass(frozen=True, slots=True)
class Face:
    """What ``brand`` of ``library.yml`` comes to. ``light`` and ``dark``: the header's ground, for the browser's frame."""

    css: str
    light: str
    dark: str
    logo: PictureView | None = None
    logo_alt: str = ""
    picture: PictureView | None = None
    picture_dark: PictureView | None = None
    share: PictureView | None = None
    share_alt: str = ""
    notes: tuple[Problem, ...] = ()


def face(brand: Brand, lines: Lines, files: PublishedFiles, theme: Path) -> Face:
    """The face of the library.

    Raises:
        ContentErrors: a picture is not there, or a colour cannot be used at any lightness.
    """
    tokens = theme / "static" / "tokens.css"
    css = tokens.read_text(encoding="utf-8") if tokens.is_file() else ""
    light, dark = read_tokens(css)
    palette = _palette(brand, lines, css) if css else Palette({}, {})
    if wrong := list(_missing(brand, lines, files)):
        raise ContentErrors(wrong)

    def picture(name: str | None) -> PictureView | None:
        return PictureView.of(files.picture(name)) if name else None

    lake = palette.light.get("lake") or light.get("lake", "")
    logo = picture(brand.logo)
    return Face(
        css=palette.css() + _fonts(brand, files),
        light=lake,
        dark=palette.dark.get("lake") or dark.get("lake", ""),
        logo=logo,
        logo_alt=brand.logo_alt or "",
        picture=picture(brand.picture),
        picture_dark=picture(brand.picture_dark),
        share=picture(brand.share.file) if brand.share else None,
        share_alt=(brand.share.alt or "") if brand.share else "",
        notes=(*_notes(palette, lines), *_logo_notes(brand, lines, files, logo, lake)),
    )


def _palette(brand: Brand, lines: Lines, css: str) -> Palette:
    colours = brand.colours.model_dump(exclude_none=True) if brand.colours else {}
    try:
        return derive(css, colours)
    except ValueError as error:
        raise ContentErrors(
            [
                Problem(
                    _LIBRARY, lines.of("brand", "colours"), "brand › colours", f"These colours cannot be used: {error}."
                )
            ]
        ) from None


def _missing(brand: Brand, lines: Lines, files: PublishedFiles) -> Iterator[Problem]:
    named = {
        "logo": brand.logo,
        "picture": brand.picture,
        "picture_dark": brand.picture_dark,
        "share": brand.share.file if brand.share else None,
        **({f"fonts › {key}": name for key, name in brand.fonts.items()}),
    }
    for field, name in named.items():
        if name and name not in files.known:
            line = lines.of("brand", *field.split(" › "))
            said = no_file(name, sorted(files.known), "Put it there, or take this line out.")
            yield Problem(_LIBRARY, line, f"brand › {field}", *said)


def _fonts(brand: Brand, files: PublishedFiles) -> str:
    """Fonts of the library's own (WOFF2): published from its content, so no other host learns of a visit."""
    rules = []
    for use, name in sorted(brand.fonts.items()):
        token = "serif" if use == "headings" else "sans"
        if name:
            family = f"Library {use}"
            rules.append(
                f'@font-face {{ font-family: "{family}"; src: url("{files.publish(name)}") format("woff2"); font-display: swap; }}\n'
                f':root {{ --{token}: "{family}", system-ui, sans-serif; }}\n'
            )
    return "".join(rules)


#: Where each token is seen, in words.
_SEEN = {
    "lake": "in the header",
    "link": "in links and buttons",
    "accent": "in headings",
    "maple": "in marks",
    "gold": "in highlights",
}


def _notes(palette: Palette, lines: Lines) -> Iterator[Problem]:
    for change in palette.changes:
        yield Problem(
            _LIBRARY,
            lines.of("brand", "colours", change.name),
            f"brand › colours › {change.name}",
            f"{change.wanted} has a contrast of {change.ratio:.1f}:1 {_SEEN[change.token]}, where {change.needed:g}:1 is "
            f"needed; {change.used} is used there, the nearest that has it.",
        )


#: A logo that is wider than this for its height is told: beside the name there is room for a sign, not for a banner.
_BANNER = 3
#: So much of a logo may be hard to see on the header before it is told.
_PALE = 0.6


def _logo_notes(
    brand: Brand, lines: Lines, files: PublishedFiles, logo: PictureView | None, ground: str
) -> Iterator[Problem]:
    """What somebody should know of a logo that was made for another place. ``ground``: the header's colour."""
    if logo is None or not brand.logo:
        return
    line = lines.of("brand", "logo")
    if logo.width and logo.height and logo.width > _BANNER * logo.height:
        yield Problem(
            _LIBRARY,
            line,
            "brand › logo",
            f"The logo is {logo.width} wide and {logo.height} high, so it is very small where it is shown, next to the name.",
            "Take the sign alone, without the name.",
        )
    if brand.logo.lower().endswith(".png") and ground:
        pale = pale_share((files.content / brand.logo).read_bytes(), ground)
        if pale > _PALE:
            yield Problem(
                _LIBRARY,
                line,
                "brand › logo",
                f"On the header, {ground}, {pale:.0%} of the logo has a contrast below 3:1, so it can hardly be seen.",
                "Take the version of the logo for dark grounds.",
            )
