"""A block quotation holds nothing that shows that somebody is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import vocabulary
from audit.semantics.words import words

RULE = Rule(
    title="Is this a quotation?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader says that somebody is quoted, where a text was only to be indented.",
    since="0.1.0",
)
_MARKS = re.compile(r"[“”„«»\"]|(?:^|\s)[—–―]\s*\S|[‘’'].+[’']")
_SOURCES = frozenset({"cite", "footer", "figcaption", "q"})


def applies(page: Page) -> Iterable[Element]:
    """The first block quotation without a sign of its source, or the first of all."""
    found = [each for each in page.document.tags("blockquote") if each.rendered and each.exposed]
    found = [each for each in found if words(page.document.visible_text(each))]
    bare = [each for each in found if not _is_quoted(page.document, each)]
    yield from (bare or found)[:1]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if _is_quoted(document, target):
        return passed()
    return ask(
        f"Nothing shows who is quoted: “{document.visible_text(target)[:80]}”. Is it a quotation?",
        "If it is only to be indented, make it a paragraph and indent it with a style; if it is a quotation, name its source.",
    )


@remembered
def _before(document: Document) -> dict[int, str]:
    """The text that stands directly before each block of text, by the index of the block."""
    texts = list(text_blocks(document))
    return {block.element.index: texts[at - 1].text if at else "" for at, block in enumerate(texts)}


def _is_quoted(document: Document, quotation: Element) -> bool:
    """Whether it names a source, has quotation marks, or something before it says that somebody speaks."""
    text = document.visible_text(quotation)
    figure = document.closest(quotation, lambda each: each.tag == "figure")
    inner = [each.tag for each in document.descendants(figure or quotation)]
    if (
        quotation.has("cite")
        or _SOURCES & set(inner)
        or _MARKS.search(text)
        or any(part.text.strip() for part in quotation.pseudo)
    ):
        return True
    first = next(
        (each for each in (quotation, *document.descendants(quotation)) if each.index in _before(document)), None
    )
    before = _before(document)[first.index] if first is not None else ""
    known = vocabulary(quotation.lang)
    saying = known.saying if known is not None else frozenset()
    # Another language than the text around it, or verses set line by line, are quoted too.
    parent = document.parent(quotation)
    return (
        any(word in saying for word in words(before))
        or (parent is not None and parent.lang != quotation.lang)
        or inner.count("br") > 1
    )
