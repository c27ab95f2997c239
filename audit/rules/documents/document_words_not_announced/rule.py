"""Some text is not read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import counted, cut, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import has_words

RULE = Rule(
    title="Some text is not read aloud",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",), pdfua=("01-005",)),
    fixer=Fixer.DOCUMENT,
    why="Everyone else sees these words, but a screen reader skips them.",
    since="0.1.0",
)

#: Fewer words may be an ornament.
LEAST = 3


def applies(document: Document) -> Iterator[object]:
    """Lines of a tagged PDF that nothing announces; the document where all are announced. Words behind the text of Word."""
    if document.format is Format.WORD:
        behind: list[object] = [*_watermarks(document)]
        yield from behind or [document.whole]
    if document.tagged and document.format is Format.PDF:
        untagged = _untagged(document)
        found: list[object] = [untagged] if len(untagged) > MOST and not running(document) else [*untagged[:MOST]]
        found += _left_out(document, Kind.ARTIFACT)
        yield from found or [document.whole]


#: More lines without a tag would be the same fault again.
MOST = 5


def expect(document: Document, target: object) -> Result:
    """Without a tag is a fact; marked as decoration may be meant."""
    if isinstance(target, str):
        return ask(
            f"“{cut(target)}” is behind the text, so a screen reader does not read it. Does the text say it too?",
            mend(document, "watermark"),
        )
    if isinstance(target, list):
        lines = counted(len(target), "line", "lines")
        return failed(
            f"The PDF has tags, but they contain no text: a screen reader reads none of its {lines}.",
            mend(document, "untagged"),
        )
    if not isinstance(target, Passage):
        return passed()
    if target.kind is Kind.UNTAGGED:
        left = _untagged(document)
        more = len(left) - MOST if len(left) > MOST and target is left[MOST - 1] else 0
        rest = f" There {'is 1 more such line' if more == 1 else f'are {more} more such lines'}." if more else ""
        return failed(
            f"“{cut(target.text)}” has no tag, so a screen reader does not read it.{rest}", mend(document, "untagged")
        )
    return ask(
        f"“{cut(target.text)}” is marked as decoration, so a screen reader does not read it. Is that intended?",
        mend(document, "untagged"),
    )


def _watermarks(document: Document) -> list[str]:
    """Words behind the text that the text itself does not say."""
    found = document.facts.get("watermarks")
    said = " ".join(each.text for each in running(document)).casefold()
    return [str(each) for each in found if str(each).casefold() not in said] if isinstance(found, list | tuple) else []


def _untagged(document: Document) -> list[Passage]:
    return _left_out(document, Kind.UNTAGGED)


def _left_out(document: Document, kind: Kind) -> list[Passage]:
    return [
        each
        for each in document.passages
        if each.kind is kind
        and not each.page_furniture
        and has_words(each.text)
        and (kind is Kind.UNTAGGED or len(each.text.split()) >= LEAST)
    ]
