"""Columns are made with spaces instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element, TextRun
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.text_blocks import TextBlock, text_blocks
from audit.semantics.words import has_words

RULE = Rule(
    title="Columns made with spaces",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1", "1.3.2")),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads straight through the line; nobody hears which word belongs to which column, and larger text breaks it.",
    since="0.1.0",
    covers=("preformatted-without-code",),
)
#: Three spaces in a row are no slip.
_GAP = re.compile(r"[\u00a0\u2000-\u200a\u3000 ]{3,}|\t")
_KEPT = re.compile(r"(?:[\u00a0\u2000-\u200a\u3000] ?){3,}")
#: Dots or lines that lead from a word to its number.
_LEADER = re.compile(r"\s*(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,}|_{4,})\s*(?=\S)")
_MARKED = frozenset({"code", "samp", "kbd", "var", "figure"})
#: Signs of which code is full and tables are not.
_SIGNS = re.compile(r"[{}<>=;|\\$_#@\[\]()]")
#: Rows from which on it is a table and no play with words.
SURE = 3


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text of several lines in which wide gaps, or dots that lead across one, are typed."""
    for block in text_blocks(page.document):
        if len(block.lines) > 1 and not _is_code(page.document, block) and _gaps(page.document, block.element):
            yield block.element


def _is_code(document: Document, block: TextBlock) -> bool:
    """Whether it is source code or what a program has written: marked so, or by its signs."""
    if block.element.tag != "pre":
        return block.is_code(document)
    marked = any(
        each.tag in _MARKED for each in (*document.ancestors(block.element), *document.descendants(block.element))
    )
    return marked or len(_SIGNS.findall(block.text)) > len(block.text) / 40


def _gaps(document: Document, element: Element) -> bool:
    return any(
        _KEPT.search(run.text) or _LEADER.search(run.text) or (_is_kept(element) and _GAP.search(run.text))
        for _, run in document.runs(element)
    )


def _is_led(document: Document, element: Element) -> bool:
    return any(_LEADER.search(run.text) for _, run in document.runs(element))


def _is_kept(element: Element) -> bool:
    return element.style.get("white-space-collapse", "collapse").startswith(("preserve", "break"))


def _rows(document: Document, element: Element) -> list[list[str]]:
    """The parts between gaps of each line that has gaps."""
    kept = _is_kept(element)
    gap = _GAP if kept else _KEPT
    rows = []
    for line in "".join(_pieces(document, element, kept=kept)).split("\n"):
        parts = [part.strip() for piece in gap.split(line) for part in _LEADER.split(piece) if has_words(part)]
        if len(parts) > 1:
            rows.append(parts)
    return rows


def _pieces(document: Document, element: Element, *, kept: bool) -> Iterator[str]:
    for child in element.content:
        if isinstance(child, TextRun):
            yield child.text if kept else child.text.replace("\n", " ")
            continue
        inner = document[child]
        if inner.tag == "br":
            yield "\n"
        elif inner.style.get("display", "inline").startswith("inline"):
            yield from _pieces(document, inner, kept=kept)


def expect(page: Page, target: Element) -> Result:
    rows = _rows(page.document, target)
    if len(rows) < 2:
        return passed(rows=len(rows))
    first = " | ".join(part[:20] for part in rows[0])
    fix = "Make a table: one row for each line, with headers above the columns."
    if len(rows) >= SURE and len({len(row) for row in rows}) == 1:
        return failed(
            f"{len(rows)} lines are set in {len(rows[0])} columns with {'dots' if _is_led(page.document, target) else 'spaces'}, the first “{first}”.",
            fix,
            rows=len(rows),
        )
    return ask(
        f"Wide gaps are typed between the words of {len(rows)} lines, the first “{first}”. Are these columns?",
        fix,
        rows=len(rows),
    )
