"""A sentence goes on in a cell of a layout table that is not the next to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.passages import breaks_off
from audit.semantics.tables import arranges, grid, is_presentational
from audit.semantics.words import words

RULE = Rule(
    title="Sentence torn apart by a table",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads a layout table cell by cell, and half a sentence is followed by another.",
    since="0.1.0",
)
#: The beginning of a sentence has at least so many words.
BEGINNING = 3
_OPEN = re.compile(r"[\w,–-]$")


def applies(page: Page) -> Iterable[Element]:
    """Tables that arrange a page, with more than two cells of text."""
    document = page.document
    for table in document.tags("table"):
        if not (table.rendered and table.exposed) or len(_texts(page, table)) < 2:
            continue
        cells = grid(document, table)
        if is_presentational(table) or arranges(document, cells) or not (cells.headers or cells.caption):
            yield table


def expect(page: Page, target: Element) -> Result:
    texts = _texts(page, target)
    if _torn(texts) is None:
        return passed(cells=len(texts))
    begun, rest = _torn(texts) or ("", "")
    if texts.index(rest) < texts.index(begun) and breaks_off(begun):
        return failed(
            f"Read cell by cell, “{rest[:60]}” comes before “{begun[-60:]}”, the beginning of its sentence.",
            "Put what belongs together into one cell, or use paragraphs and pictures without a table.",
        )
    return ask(
        f"“{begun[-60:]}” is not a whole sentence, and “{rest[:60]}” does not follow it when the table is read cell by cell. "
        "Does what is read make sense?",
        "Put what belongs together into one cell, or use paragraphs and pictures without a table.",
    )


def _texts(page: Page, table: Element) -> list[str]:
    cells = [cell.element for cell in grid(page.document, table).cells if cell.element.rendered]
    return [text for cell in cells if (text := page.document.exposed_text(cell))]


def _torn(texts: list[str]) -> tuple[str, str] | None:
    """The beginning of a sentence and a rest that does not come directly after it."""
    begun = [at for at, text in enumerate(texts) if len(words(text)) >= BEGINNING and _is_begun(text)]
    rests = [at for at, text in enumerate(texts) if _is_rest(text)]
    # Notes beside names have no full stops either: a table of them is none of halves of sentences.
    if len(begun) > len(rests):
        return None
    for rest in rests:
        if rest - 1 in begun:
            continue
        first = next((at for at in begun if at != rest), None)
        if first is not None:
            return texts[first], texts[rest]
    return None


def _is_rest(text: str) -> bool:
    """Whether it looks like the end of a sentence: a small word first, a full stop last."""
    first = text.split(maxsplit=1)[0]
    return first[0].islower() and first.isalpha() and len(words(text)) > 1 and text.rstrip()[-1] in ".!?"


def _is_begun(text: str) -> bool:
    return text[0].isupper() and _OPEN.search(text) is not None
