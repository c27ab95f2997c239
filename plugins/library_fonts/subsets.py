"""Makes small web fonts of large font files: one with the letters that English and French pages use, and one that a
browser fetches only where a page has other Latin letters, as in a name (CSS Fonts 4, ``unicode-range``).

Beside each font stand rules for the font of the reader's machine that is shown until it has come,
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

#: Latin letters with the accents of English and French; quotes, dashes, marks, money.
_LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019,
    0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x2039, 0x203A, 0x20AC, 0x2190, 0x2192, 0x2212,
)  # fmt: skip
#: Letters of the languages beside them.
_OTHER_LETTERS = tuple(sorted({*range(0x100, 0x180)} - {*_LETTERS}))
#: What a machine has instead, regular and bold: the names of fonts of one width, and the mean width of a to z and the
#: space in thousandths. First what computers and iPhones have, then what Android has.
_STAND_INS = {
    "sans": (
        (("stand-in", ("Arial", "Liberation Sans"), 482), ("Android stand-in", ("Roboto",), 490)),
        (
            ("stand-in", ("Arial Bold", "Liberation Sans Bold"), 529),
            ("Android stand-in", ("Roboto Bold", "Roboto"), 498),
        ),
    ),
    "serif": (
        (("stand-in", ("Georgia",), 490), ("Android stand-in", ("Noto Serif",), 520)),
        (("stand-in", ("Georgia",), 490), ("Android stand-in", ("Noto Serif Bold", "Noto Serif"), 571)),
    ),
}
_FEATURES = ("kern", "liga", "tnum", "lnum", "locl", "mark", "mkmk", "ccmp")


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
        for letters, end in ((_LETTERS, ""), (_OTHER_LETTERS, "-more")):
            data = _subset(path, letters, folder)
            name = f"fonts/{path.stem.lower()}{end}.woff2"
            rules = _rule(each, name, data, letters) + ("" if end else _stand_in(each, _measures(path)))
            yield Font(name, data, rules, bool(each.get("preload")) and not end)


def _file(package: str, name: str) -> Path | None:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "files" / name
    return path if path.is_file() else None


def _measures(path: Path) -> tuple[int, int, int, int]:
    """Return a font's units per em, ascent, descent and mean width."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, recalcTimestamp=False, lazy=True) as whole:
        wide = whole["hmtx"]
        names = whole.getBestCmap()
        letters = "abcdefghijklmnopqrstuvwxyz "
        mean = sum(wide[names[ord(letter)]][0] for letter in letters) // len(letters)
        return (whole["head"].unitsPerEm, whole["hhea"].ascent, -whole["hhea"].descent, mean)


def _subset(path: Path, letters: tuple[int, ...], folder: Path | None) -> bytes:
    """Return the letters of a font as WOFF2."""
    key = hashlib.sha256(
        path.read_bytes() + repr((letters, _FEATURES, importlib.metadata.version("fonttools"))).encode()
    ).hexdigest()[:20]
    kept = folder / f"{key}.woff2" if folder is not None else None
    if kept is not None and kept.is_file():
        return kept.read_bytes()
    data = _made(path, letters)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: another build in the same folder may read it meanwhile.
        begun = kept.with_suffix(f".{os.getpid()}")
        begun.write_bytes(data)
        begun.replace(kept)
    return data


@cache
def _made(path: Path, letters: tuple[int, ...]) -> bytes:
    """The letters of a font, as WOFF2; made once in a process, since it takes seconds."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    options = Options(
        layout_features=list(_FEATURES), flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True
    )
    maker = Subsetter(options)
    maker.populate(unicodes=letters)
    written = BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        maker.subset(font)
        font.flavor = "woff2"
        font.save(written)
    return written.getvalue()


def _rule(declared: Mapping[str, Any], name: str, data: bytes, letters: tuple[int, ...]) -> str:
    digest = hashlib.sha256(data).hexdigest()[:10]
    return (
        f'@font-face{{font-family:"{declared["family"]}";font-weight:{declared["weight"]};font-display:swap;'
        f'src:url("{name}?v={digest}") format("woff2");unicode-range:{_ranges(letters)}}}'
    )


def _ranges(letters: tuple[int, ...]) -> str:
    """Return characters as ``unicode-range`` has them: ``U+20-7E,U+A0``."""
    parts: list[list[int]] = []
    for letter in sorted(letters):
        if parts and letter == parts[-1][1] + 1:
            parts[-1][1] = letter
        else:
            parts.append([letter, letter])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in parts)


def _stand_in(declared: Mapping[str, Any], measures: tuple[int, int, int, int]) -> str:
    units, ascent, descent, mean = measures
    rules = []
    for called, names, width in _STAND_INS[declared["kind"]][declared["weight"] != 400]:
        stretch = mean / units * 1000 / width
        sources = ",".join(f'local("{name}")' for name in names)
        rules.append(
            f'@font-face{{font-family:"{declared["family"]} {called}";font-weight:{declared["weight"]};src:{sources};'
            f"size-adjust:{stretch:.1%};ascent-override:{ascent / units / stretch:.1%};"
            f"descent-override:{descent / units / stretch:.1%};line-gap-override:0%}}"
        )
    return "".join(rules)
