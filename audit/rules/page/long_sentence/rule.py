"""A sentence is so long that many readers lose its beginning."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import primary, vocabulary
from audit.semantics.words import counted, sentences, words

RULE = Rule(
    title="A very long sentence",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.5",)),
    fixer=Fixer.AUTHOR,
    why="People with little practice in reading, and people who listen, lose the beginning before they reach the end.",
    since="0.1.0",
)
#: Plain-language guides ask for 15 to 25 words; twice as many is hard for nearly everybody. French needs more.
MOST = {"en": 42, "fr": 50}


def applies(page: Page) -> Iterable[Element]:
    """The block with the longest sentence of a page, when the page has sentences."""
    longest = _longest(page)
    if longest is not None:
        yield page.document[longest[0]]


def expect(page: Page, target: Element) -> Result:
    longest = _longest(page)
    assert longest is not None
    _, sentence, others = longest
    count = len(words(sentence))
    if not others:
        return passed(words=count)
    more = f" {counted(len(others) - 1, 'more is', 'more are')} as long." if len(others) > 1 else ""
    return ask(
        f"Could this sentence of {count} words be two or three: “{sentence[:110]}…”?{more}",
        "Cut it where it says “and”, “which” or “;”, or make a list of what it counts up.",
        words=count,
        sentences=[each[:160] for each in others[:3]],
    )


def _longest(page: Page) -> tuple[int, str, tuple[str, ...]] | None:
    """Block and text of the longest sentence, and all that are too long, the worst first."""
    document = page.document
    found: list[tuple[int, int, str, bool]] = []
    for block in text_blocks(document):
        known = vocabulary(block.element.lang)
        if known is None or not block.element.exposed or block.is_code(document):
            continue
        # A list in one line is long, but nobody keeps it in mind as a sentence.
        for sentence in sentences(block.text):
            said = words(sentence)
            most = MOST.get(primary(block.element.lang), MOST["en"])
            listed = sentence.count(",") + sentence.count(";") > len(said) / 6
            if sentence.rstrip().endswith((".", "!", "?", "…")) and len(said) > 3:
                found.append((-len(said), block.element.index, sentence, len(said) > most and not listed))
    if not found:
        return None
    found.sort()
    hard = tuple(sentence for _, _, sentence, too_long in found if too_long)
    first = next((each for each in found if each[3]), found[0])
    return first[1], first[2], hard
