"""Headings are only bold or large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from audit.documents.forms import is_label
from audit.documents.mending import mend
from audit.documents.model import Box, Document, Format, Kind, Passage
from audit.documents.wording import cut, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Headings are only bold or large",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader does not list these lines as headings, so people who listen cannot jump to a section.",
    since="0.1.0",
)

#: Longer lines are emphasis, not headings.
LONGEST = 12
#: So much larger than running text are letters that stand for a heading.
LARGER = 1.2
#: With so many beside it, a line may be the label of a column.
IN_ROW = 2


def applies(document: Document) -> Iterator[object]:
    """The document once, if it has paragraphs."""
    if document.format in {Format.POWERPOINT, Format.EXCEL} or document.tagged is False:
        return
    if any(passage.kind is Kind.PARAGRAPH for passage in document.passages):
        found: list[object] = [*_lines(document)]
        yield from found or [document.whole]


def expect(document: Document, target: object) -> Result:
    """One line may be emphasis; several alike are headings."""
    if not isinstance(target, Passage):
        return passed()
    alike = [each for each in _lines(document) if _looks(each) == _looks(target)]
    looks = "in bold" if target.bold else "that is underlined" if target.underlined else "in a larger size"
    if len(alike) > 1 and not _is_in_row(document, target):
        words = f"“{cut(target.text)}” looks like a heading, but is ordinary text {looks}."
        return failed(words, mend(document, "headings"), style=target.style)
    return ask(f"Is “{cut(target.text)}” a heading? It is ordinary text {looks}.", mend(document, "headings"))


def _looks(line: Passage) -> tuple[bool, bool, float]:
    """What must be the same for two lines to look alike; size tells nothing of those that are bold or underlined."""
    return line.bold, line.underlined and not line.bold, 0.0 if line.bold or line.underlined else line.size


def _is_in_row(document: Document, line: Passage) -> bool:
    """Whether it stands beside others that look alike: so do the labels of columns, and headings of columns as well."""
    if line.place.box is None:
        return False
    beside = [
        each
        for each in document.passages
        if each.place.page == line.place.page
        and each.place.box is not None
        and (each.bold, each.size) == (line.bold, line.size)
        and each.kind is Kind.PARAGRAPH
        and _is_beside(each.place.box, line.place.box)
    ]
    return len(beside) >= IN_ROW


def _is_beside(one: Box, other: Box) -> bool:
    """Whether two boxes share at least half of a line, and no part of it."""
    shared = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    apart = one[0] + one[2] < other[0] or other[0] + other[2] < one[0]
    return apart and shared >= min(one[3], other[3]) / 2


def _lines(document: Document) -> list[Passage]:
    """Lines that stand out before running text. One that comes back word for word is a formula, as in minutes."""
    passages = running(document)
    usual = _usual_size(passages)
    often = Counter(each.text.strip().casefold() for each in passages)
    return [
        each
        for each, after in pairwise(passages)
        if _is_like_heading(each, usual)
        and _is_text(after, usual)
        and often[each.text.strip().casefold()] == 1
        and not is_label(document, each, after)
    ]


def _usual_size(passages: Iterable[Passage]) -> float:
    """The size that most words of running text have; 0 where no size is known."""
    sizes: Counter[float] = Counter()
    for each in passages:
        if each.kind in {Kind.PARAGRAPH, Kind.ITEM}:
            sizes[each.size] += len(each.text.split())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_like_heading(passage: Passage, usual: float) -> bool:
    text = passage.text.strip()
    return (
        passage.kind is Kind.PARAGRAPH
        and (passage.bold or passage.underlined or _is_large(passage, usual))
        and 0 < len(text.split()) <= LONGEST
        and "\n" not in text
        and not text.endswith((".", "!", ",", ";", ":"))
        # Letters set apart one by one are a sign, or written up the side.
        and any(len(word) > 1 and any(map(str.isalpha, word)) for word in text.split())
    )


def _is_large(passage: Passage, usual: float) -> bool:
    return usual > 0 and passage.size >= LARGER * usual


def _is_text(passage: Passage, usual: float) -> bool:
    return (
        passage.kind in {Kind.PARAGRAPH, Kind.ITEM}
        and not passage.bold
        and not passage.underlined
        and not _is_large(passage, usual)
        and len(passage.text.split()) > LONGEST / 2
    )
