"""Makes small web fonts of large font files: the letters that English and French pages use.

Beside each font stands a rule for the font of the reader's machine that is shown until it has come,
stretched to the same width and height: nothing on the page moves when it comes (CSS Fonts 5,
``size-adjust``, ``ascent-override``).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

#: Latin letters with the accents of English, French and the languages beside them; quotes, dashes, marks, money.
_LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D,
    0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2190, 0x2192, 0x2212, 0x00D7, 0x202F,
)  # fmt: skip
#: What a machine has instead, regular and bold: its name, and the mean width of a to z and the space in thousandths.
_STAND_INS = {
    "sans": (("Arial", 482), ("Arial Bold", 529)),
    "serif": (("Georgia", 490), ("Georgia", 490)),
}
_FEATURES = ["kern", "liga", "tnum", "lnum", "locl", "mark", "mkmk", "ccmp"]


@dataclass(frozen=True, slots=True)
class Font:
    """One web font. ``path`` is below the theme's folder; ``rules`` are the style sheet's words for it."""

    path: str
    data: bytes
    rules: str
    preload: bool


def fonts_of(declared: Iterable[Mapping[str, Any]], folder: Path | None) -> Iterator[Font]:
    """Yield the web fonts that a theme declares, in its order; made once and kept in ``folder``."""
    for each in declared:
        path = _file(str(each["package"]), str(each["file"]))
        if path is None:
            continue
        data, measures = _subset(path, folder)
        name = f"fonts/{path.stem.lower()}.woff2"
        yield Font(name, data, _rules(each, name, data, measures), bool(each.get("preload")))


def _file(package: str, name: str) -> Path | None:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "files" / name
    return path if path.is_file() else None


def _subset(path: Path, folder: Path | None) -> tuple[bytes, tuple[int, int, int, int]]:
    """Return the font as WOFF2, and its units per em, ascent, descent and mean width."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, recalcTimestamp=False, lazy=True) as whole:
        wide = whole["hmtx"]
        names = whole.getBestCmap()
        letters = "abcdefghijklmnopqrstuvwxyz "
        mean = sum(wide[names[ord(letter)]][0] for letter in letters) // len(letters)
        measures = (whole["head"].unitsPerEm, whole["hhea"].ascent, -whole["hhea"].descent, mean)
    key = hashlib.sha256(
        path.read_bytes() + repr((_LETTERS, _FEATURES, importlib.metadata.version("fonttools"))).encode()
    ).hexdigest()[:20]
    kept = folder / f"{key}.woff2" if folder is not None else None
    if kept is not None and kept.is_file():
        return kept.read_bytes(), measures
    data = _made(path)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: another build in the same folder may read it meanwhile.
        begun = kept.with_suffix(f".{os.getpid()}")
        begun.write_bytes(data)
        begun.replace(kept)
    return data, measures


@cache
def _made(path: Path) -> bytes:
    """The letters that pages use of a font, as WOFF2; made once in a process, since it takes seconds."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    options = Options(
        layout_features=_FEATURES, flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True
    )
    maker = Subsetter(options)
    maker.populate(unicodes=_LETTERS)
    written = BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        maker.subset(font)
        font.flavor = "woff2"
        font.save(written)
    return written.getvalue()


def _rules(declared: Mapping[str, Any], name: str, data: bytes, measures: tuple[int, int, int, int]) -> str:
    units, ascent, descent, mean = measures
    family, weight = declared["family"], declared["weight"]
    stand_in, width = _STAND_INS[declared["kind"]][weight != 400]
    stretch = mean / units * 1000 / width
    digest = hashlib.sha256(data).hexdigest()[:10]
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url("{name}?v={digest}") format("woff2")}}'
        f'@font-face{{font-family:"{family} stand-in";font-weight:{weight};src:local("{stand_in}");'
        f"size-adjust:{stretch:.1%};ascent-override:{ascent / units / stretch:.1%};"
        f"descent-override:{descent / units / stretch:.1%};line-gap-override:0%}}"
    )
