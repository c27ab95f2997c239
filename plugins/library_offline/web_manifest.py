"""The web app manifest (W3C), one for each language, and the icon for a phone's home screen."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from library_brand import derive, read_tokens
from library_model.model import Output, Site
from library_words import where_ours
from library_words.voice import first_language, language_folder, voice

#: Pixels; 180 is what Apple's phones ask for, the others what the manifest has to offer at least.
_SIZES = (180, 192, 512)


def icons(site: Site) -> Iterator[Output]:
    """Yield the icon in each size: the first letter of what people call the library, on the colour of the header.

    A phone may cut the corners off: the letter stays within the middle (Web App Manifest, "maskable" safe zone).
    """
    letter = next((each for each in site.settings.library.short_name if each.isalnum()), "L").upper()
    ground, _, gold = grounds(site)
    for size in _SIZES:
        picture = Image.new("RGB", (size, size), ground)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, round(size * 0.86), size, size), fill=gold)
        pen.text((size / 2, size * 0.45), letter, fill="#ffffff", font=_font(round(size * 0.52)), anchor="mm")
        data = io.BytesIO()
        picture.save(data, "PNG", optimize=True)
        yield Output(f"icons/{size}.png", data.getvalue())


def web_manifests(site: Site) -> Iterator[Output]:
    """Yield ``site.webmanifest`` for each language; it opens the home page in that language, if there is one."""
    library = site.settings.library
    base = site.settings.base_path
    ground, paper, _ = grounds(site)
    for lang in voice().languages:
        start = site.by_path.get(f"{language_folder(lang)}/") or site.by_path["/"]
        data = {
            "id": start.url,
            "name": library.name if start.lang == first_language() else start.title,
            "short_name": where_ours(library.short_name, lang),
            "lang": lang,
            "start_url": start.url,
            "scope": f"{base}/",
            "display": "minimal-ui",
            "theme_color": ground,
            "background_color": paper,
            "icons": [
                {"src": f"{base}/icons/{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for size in _SIZES[1:]
                for purpose in ("any", "maskable")
            ],
        }
        name = f"{language_folder(lang)}/site.webmanifest".removeprefix("/")
        yield Output(name, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def grounds(site: Site) -> tuple[str, str, str]:
    """The colours of the header, of the page and of highlights, as the library's own colours make them."""
    tokens = Path(site.settings.theme) / "static" / "tokens.css"
    css = tokens.read_text(encoding="utf-8") if tokens.is_file() else ""
    light, _ = read_tokens(css)
    colours = site.settings.library.brand.colours
    own = derive(css, colours.model_dump(exclude_none=True)).light if css and colours else {}
    found = {**light, **own}
    return found.get("lake", "#333333"), found.get("paper", "#ffffff"), found.get("gold", "#777777")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font of the theme's headings; Pillow's own where its package is not installed."""
    found = importlib.util.find_spec("font_source_serif_pro")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / "files" / "SourceSerifPro-Semibold.ttf"
        if path.is_file():
            return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)
