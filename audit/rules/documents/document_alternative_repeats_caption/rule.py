"""The alternative text repeats the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Picture
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import same_words

RULE = Rule(
    title="The alternative text repeats the caption",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People who use a screen reader hear the caption twice, and nothing about what the picture shows.",
    since="0.1.0",
    best_practice=True,
)


#: What programs put before a caption by themselves.
_NUMBER = re.compile(
    r"^\s*(?:figure|fig\.|image|photo|picture|illustration|chart|graph|graphique|map|carte)\s*\d+(?:[.-]\d+)*\s*[.:–—-]?\s+",
    re.IGNORECASE,
)


def applies(document: Document) -> Iterator[Picture]:
    """Pictures with an alternative and a caption."""
    yield from (picture for picture in document.pictures if picture.alternative and picture.caption)


def expect(document: Document, target: Picture) -> Result:
    """The same words in the same order, whether or not a number stands before them."""
    caption, alternative = (_NUMBER.sub("", each) for each in (target.caption, target.alternative or ""))
    if not same_words(alternative, caption):
        return passed()
    what = f"The alternative text and the caption are both “{cut(caption)}”."
    if target.kind == "chart":
        what = f"The alternative text of the chart is only its title, “{cut(target.caption)}”."
    return failed(what, mend(document, "alternative"))
