"""Text has too little contrast."""

from __future__ import annotations

import math
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Colours, Document
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Json, Outcome, Requirements
from audit.model.rule import Result, Rule
from audit.semantics.colour import Colour, contrast
from audit.semantics.words import has_words

RULE = Rule(
    title="Text has too little contrast",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.4.3",)),
    fixer=Fixer.DOCUMENT,
    why="People with low vision, and anyone looking at a screen in the sun, cannot read the words.",
    since="0.1.0",
)

LARGE, LARGE_BOLD = 18.0, 14.0
#: As good as the same colour: nobody is meant to see it.
HIDDEN = 1.05


def applies(document: Document) -> Iterator[object]:
    """Each pair of colours once, at the first words in it."""
    seen = set()
    for each in document.colours:
        key = (each.foreground, each.background, _least(each), each.sure)
        if has_words(each.text) and key not in seen:
            seen.add(key)
            yield each
    if document.words and not seen:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """The ratio of WCAG."""
    if not isinstance(target, Colours):
        # Black on white throughout.
        return Result(Outcome.PASSED)
    ratio = contrast(parsed(target.foreground), parsed(target.background))
    least = _least(target)
    evidence: dict[str, Json] = {
        "ratio": round(ratio, 2),
        "needed": least,
        "foreground": target.foreground,
        "background": target.background,
    }
    if ratio >= least or ratio < HIDDEN:
        return Result(Outcome.PASSED, evidence=evidence)
    again = sum(
        (each.foreground, each.background, _least(each), each.sure)
        == (target.foreground, target.background, least, target.sure)
        for each in document.colours
    )
    more = f" The same colours are used in {again} places." if again > 1 else ""
    if target.sure:
        said = f"“{cut(target.text)}” has a contrast of {_said(ratio, least)} to 1; it needs at least {least:g} to 1.{more}"
        return Result(Outcome.FAILED, said, mend(document, "contrast"), evidence)
    said = f"Is “{cut(target.text)}” easy to read against its background? The text colour is {target.foreground}.{more}"
    return Result(Outcome.CANT_TELL, said, mend(document, "contrast"), evidence)


def _said(ratio: float, least: float) -> str:
    """The ratio, never rounded up to what is needed."""
    short = f"{ratio:.1f}"
    return short if float(short) < least else f"{math.floor(ratio * 100) / 100:.2f}"


def _least(colours: Colours) -> float:
    return 3.0 if colours.size >= LARGE or (colours.bold and colours.size >= LARGE_BOLD) else 4.5


def parsed(value: str) -> Colour:
    """The colour that ``#rrggbb`` means."""
    return Colour(int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))
