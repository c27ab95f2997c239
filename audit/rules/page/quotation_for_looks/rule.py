"""A block quotation quotes nobody, or a group of fields holds no field: it may stand there for its looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

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
_FIELDS = frozenset({"input", "select", "textarea", "button", "output", "meter", "progress", "object", "iframe"})
_SOURCES = frozenset({"cite", "footer", "figcaption", "q"})


def applies(page: Page) -> Iterable[Element]:
    """The first block quotation without a sign of its source, or the first of all; groups of fields with words in them."""
    for group in page.document.tags("fieldset"):
        if group.rendered and group.exposed and words(page.document.visible_text(group)):
            yield group
    found = [each for each in page.document.tags("blockquote") if each.rendered and each.exposed]
    found = [each for each in found if words(page.document.visible_text(each))]
    bare = [each for each in found if not _is_quoted(page.document, each)]
    yield from (bare or found)[:1]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if target.tag == "fieldset":
        return _of_group(document, target)
    if _is_quoted(document, target):
        return passed()
    return ask(
        f"Nothing shows who is quoted: “{document.visible_text(target)[:80]}”. Is it a quotation?",
        "If it is only to be indented, make it a paragraph and indent it with a style; if it is a quotation, name its source.",
    )


def _of_group(document: Document, group: Element) -> Result:
    """A frame around a text is often made of a fieldset; a widget, or fields to come, may be in it as well."""
    inner = list(document.descendants(group))
    if any(each.focusable or each.tag in _FIELDS or "-" in each.tag for each in inner):
        return passed()
    result = ask(
        f"This group of fields has none: “{document.visible_text(group)[:80]}”. Is it only to have a frame?",
        "If so, make it a section with a heading, and draw the frame with a style.",
    )
    return replace(result, title="Is this a group of fields?")


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
