"""From three colours to the tokens of the theme, in light and dark, with every contrast kept.

The theme's own ``tokens.css`` gives the names and the values that stay. What hangs on the library's
colours is derived: headers, links and buttons from the first, headings and marks from the second,
highlights from the third. Lightness is moved until each pair holds; hue is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from library_brand.colour import contrast, mix, moved, shifted

_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

type Pair = tuple[str, str]

#: Text and the grounds it stands on: 7:1 (WCAG 1.4.6).
TEXT: tuple[Pair, ...] = (
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "link", "link-hover", "visited", "accent")
        for ground in ("paper", "raised", "sunk", "lake-soft")
    ),
    *((text, ground) for text in ("ink", "link", "link-hover") for ground in ("maple-soft", "gold-soft")),
    ("accent", "maple-soft"),
    ("ink-soft", "gold-soft"),
    ("on-lake", "lake"),
    ("link-on-lake", "lake"),
    ("button-text", "button"),
    ("button-text", "button-hover"),
)
#: Borders of controls and marks that carry meaning, and the two colours of the focus ring: 3:1 (WCAG 1.4.11).
MARKS: tuple[Pair, ...] = (
    ("control", "paper"), ("control", "raised"), ("control", "sunk"), ("maple", "paper"), ("maple", "raised"),
    ("button", "paper"), ("button", "raised"), ("gold", "lake"), ("focus", "paper"), ("focus", "raised"),
    ("focus", "sunk"), ("focus", "lake-soft"), ("focus", "gold-soft"), ("focus", "maple-soft"), ("focus", "focus-halo"),
)  # fmt: skip
_RATIOS: Mapping[Pair, float] = {**dict.fromkeys(TEXT, 7.0), **dict.fromkeys(MARKS, 3.0)}
#: How much of a colour is in the soft ground made from it: in light, in dark.
_SOFT = (0.14, 0.22)
_SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Change:
    """A colour that could not be used as it is. ``ratio``: the contrast it had as ``token``, of the ``needed`` one."""

    name: str
    wanted: str
    used: str
    token: str
    ratio: float
    needed: float


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens of both schemes that differ from the theme's, and what had to be changed for them."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    changes: tuple[Change, ...] = ()

    def css(self) -> str:
        """The tokens as a style sheet; to stand after the theme's own."""
        if not self.light:
            return ""
        light, dark = (
            "".join(f"  --{name}: {value};\n" for name, value in sorted(table.items()))
            for table in (self.light, self.dark)
        )
        return f":root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"


def read_tokens(css: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The colours of the theme's ``tokens.css``: light, and dark where it says nothing else."""
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    day = dict(_TOKEN.findall(light))
    return day, day | dict(_TOKEN.findall(dark))


def weak_pairs(colours: Mapping[str, str]) -> Iterator[tuple[str, str, float, float]]:
    """Every pair that has less contrast than it needs: text, ground, ratio, needed."""
    for (front, ground), needed in _RATIOS.items():
        if front in colours and ground in colours and (ratio := contrast(colours[front], colours[ground])) < needed:
            yield front, ground, ratio, needed


def derive(css: str, colours: Mapping[str, str]) -> Palette:
    """The tokens for a library's colours (``main``, ``second``, ``third``; each may be missing).

    Raises:
        ValueError: no lightness of a colour keeps a contrast that it needs.
    """
    if not colours:
        return Palette({}, {})
    main = (colours.get("main") or colours.get("second") or colours["third"]).lower()
    second = (colours.get("second") or main).lower()
    third = colours.get("third", "").lower()
    made: list[Mapping[str, str]] = []
    changes: list[Change] = []
    for scheme, base in zip(_SCHEMES, read_tokens(css), strict=True):
        solver = _Solver(dict(base), scheme)
        solver.grounds(main, second, third or base.get("gold", main))
        solver.fronts(main, second, third)
        if weak := next(weak_pairs(solver.colours), None):
            front, ground, ratio, needed = weak
            raise ValueError(
                f"{front} on {ground} has a contrast of {ratio:.1f}:1 in the {scheme} scheme and needs {needed:g}:1"
            )
        made.append({name: value for name, value in solver.colours.items() if value != base.get(name)})
        changes += solver.changes
    return Palette(made[0], made[1], tuple(changes))


class _Solver:
    """Works out one scheme; ``colours`` are the tokens as they stand so far."""

    def __init__(self, colours: dict[str, str], scheme: str) -> None:
        self.colours = colours
        self.scheme = scheme
        self.dark = scheme == "dark"
        self.changes: list[Change] = []

    def grounds(self, main: str, second: str, third: str) -> None:
        """The header's ground, and soft grounds on which all text must still be read."""
        on_lake = [name for name in ("on-lake", "link-on-lake") if name in self.colours]
        start = shifted(main, -0.12) if self.dark else main
        self._set("main", "lake", start, main, lighter=False, fronts=on_lake)
        share = _SOFT[self.dark]
        fixed = [name for name in ("ink", "ink-soft", "visited", "focus") if name in self.colours]
        for name, colour in (("lake-soft", main), ("maple-soft", second), ("gold-soft", third)):
            if name in self.colours:
                wanted = mix(colour, self.colours["raised"], share)
                self._set("", name, wanted, wanted, lighter=not self.dark, fronts=fixed)

    def fronts(self, main: str, second: str, third: str) -> None:
        """Links, buttons, headings and marks, each against every ground that it may stand on."""
        self._text("main", "link", main)
        hover = shifted(self.colours["link"], 0.06 if self.dark else -0.06)
        self._text("", "link-hover", hover)
        self.colours["button"], self.colours["button-hover"] = self.colours["link"], self.colours["link-hover"]
        if self.dark:
            self.colours["button-text"] = self.colours["lake"]
        text = self.colours["button-text"]
        for name in ("button", "button-hover"):
            found = moved(self.colours[name], self.dark, lambda colour: contrast(colour, text) >= 7)
            self.colours[name] = found or self.colours[name]
        self._text("second", "accent", second)
        self._text("second", "maple", second)
        if third:
            self._set("third", "gold", third, third, lighter=True, grounds=["lake"])
        else:
            self._set("", "gold", self.colours["gold"], self.colours["gold"], lighter=True, grounds=["lake"])

    def _text(self, said: str, token: str, colour: str) -> None:
        grounds = [ground for front, ground in _RATIOS if front == token and ground in self.colours]
        self._set(said, token, colour, colour, lighter=self.dark, grounds=grounds)

    def _set(
        self, said: str, token: str, start: str, wanted: str, *, lighter: bool,
        grounds: Sequence[str] = (), fronts: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Move ``start`` until it keeps its contrast; remember it when what the library said could not be used."""
        pairs = [(token, ground) for ground in grounds] + [(front, token) for front in fronts]

        def worst(colour: str) -> tuple[float, float]:
            found = (
                (contrast(colour, self.colours[b if a == token else a]), _RATIOS.get((a, b), 1.0)) for a, b in pairs
            )
            return min(found, key=lambda each: each[0] / each[1], default=(21.0, 1.0))

        def enough(colour: str) -> bool:
            ratio, needed = worst(colour)
            return ratio >= needed

        used = moved(start, lighter, enough) or moved(start, not lighter, enough)
        if used is None:
            raise ValueError(f"no lightness of {wanted} has enough contrast for {token} in the {self.scheme} scheme")
        ratio, needed = worst(wanted)
        if said and not self.dark and used != wanted:
            self.changes.append(Change(said, wanted, used, token, ratio, needed))
        self.colours[token] = used
