"""A press or a change of a field writes a message into the page, away from focus, and nothing announces it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Written
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, activation, overlay
from audit.semantics.error_messages import ANSWER, is_answer, says_error
from audit.semantics.keyboard_walk import label
from audit.semantics.reactions import reaction, tried
from audit.semantics.words import words

RULE = Rule(
    title="Nobody hears what a press changed",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.3",)),
    fixer=Fixer.THEME,
    why="A screen reader says nothing: people press again, and put the book into their bag twice.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_FIX = 'Write it into an element with role="status" that was there before.'
_REFERRING = ("aria-describedby", "aria-errormessage", "aria-labelledby")
_RANGES = frozenset({"meter", "progressbar", "scrollbar", "separator", "slider", "spinbutton"})
#: Characters of a message; what is longer is content that was asked for.
LONGEST = 100
#: This part of a message's words stood there before, where only a count is another.
ALIKE = 0.5
#: “Song 2”, “Page 2 of 5”: another thing was asked for, and nothing was counted.
_ORDINAL = re.compile(r"[^\W\d]+ \d+(?:\s*(?:of|sur|de|/) *\d+)?(?!\s*\w)")
#: Letters of a word that may have a plural, and letters by which that is longer.
SHORTEST, ENDING = 3, 2
#: Words from which on a text that ends like one is a sentence.
SENTENCE = 4


def applies(page: Page) -> Iterable[Element]:
    """Controls that were pressed with a key, and fields that were changed, kept focus and changed a text of the page."""
    pressed = set()
    for element, told in activated(page):
        if told.by == "Enter" and told.focus == told.node and told.written:
            pressed.add(element.node)
            yield element
    for element, changed in tried(page, "change"):
        if element.node not in pressed and changed.written and changed.held and not changed.left:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = activation(page, target)
    if told is None or not told.written:
        return _of_field(page, target)
    document = page.document
    said = _messages(told.written)
    own = {target.node, *(each.node for each in document.descendants(target))}
    away = [each for each in said if each.node not in own and not _is_a_value(document, each)]
    tells_state = any(
        target.has(name)
        for name in ("aria-expanded", "aria-pressed", "aria-checked", "aria-selected", "aria-controls", "aria-haspopup")
    )
    announced = any(each.live for each in told.written) or any(each.live for each in told.appeared)
    # What a button shows and hides is told as such (toggle-without-state).
    if not away or announced or tells_state or told.hides or told.left or overlay(told) is not None:
        return passed()
    writes = f"{label(target, document.text(target))} writes “{{}}” into the page"
    message = next((each for each in away if _is_message(document, each)), None)
    if message is not None:
        return failed(
            f"{writes.format(message.text[:60])}, away from where focus is, and no live region announces it.",
            _FIX,
            condition=Condition.KEYBOARD,
        )
    fresh = next((each for each in away if _is_sentence(each) or not _stood_there(document, each)), None)
    if fresh is None:
        # A name or a value in the place of another was asked for, and is found where the other was.
        return passed(replaced=len(away))
    return ask(
        f"{writes.format(fresh.text[:60])}. How does a screen reader learn of it?", _FIX, condition=Condition.KEYBOARD
    )


def _is_a_value(document: Document, written: Written) -> bool:
    """Whether it is what a slider, a meter or a box of numbers shows: its value is told with it."""
    element = document.by_node.get(written.node) if written.node is not None else None
    return element is not None and any(
        each.has("aria-valuenow") for each in (element, *document.ancestors(element)) if each.role in _RANGES
    )


def _stood_there(document: Document, written: Written) -> bool:
    """Whether its element had other words before."""
    element = document.by_node.get(written.node) if written.node is not None else None
    return element is not None and bool(document.visible_text(element).strip())


def _is_sentence(written: Written) -> bool:
    return written.text.strip()[-1:] in {".", "!", "?"} and len(words(written.text)) >= SENTENCE


def _of_field(page: Page, field: Element) -> Result:
    """What changing a field wrote: how much was found, or that something is wrong with it."""
    document = page.document
    changed = reaction(page, "change", field)
    assert changed is not None
    refers = [each.node for name in _REFERRING for each in document.referred(field, name)]
    if any(each.live or each.node in refers for each in changed.written):
        return passed()
    said = _messages(changed.written)
    message = next((each for each in said if _is_message(document, each) or says_error(each.text)), None)
    if message is None:
        return passed(written=len(changed.written))
    return failed(
        f"Changing {label(field, document.text(field))} writes “{message.text[:60]}” into the page, and no live region "
        "announces it.",
        _FIX,
    )


def _is_message(document: Document, written: Written) -> bool:
    """Whether a text surely tells what became of a press: it says so, or what changed in it is a count."""
    said = words(written.text)
    if len(said) > ANSWER:
        return False
    if is_answer(written.text):
        return True
    element = document.by_node.get(written.node) if written.node is not None else None
    before = words(document.visible_text(element)) if element is not None else ()
    numbers, earlier = ([word for word in each if word.isdigit()] for each in (said, before))
    # “2 books” after “1 book” is a count; “Slide 2: the pier” after “Slide 1: the harbour” is another thing.
    if not (numbers and earlier) or numbers == earlier or _ORDINAL.match(written.text.strip()):
        return False
    same = [word for word in said if word not in numbers and any(_is_one_word(word, other) for other in before)]
    return len(same) >= ALIKE * (len(said) - len(numbers))


def _is_one_word(one: str, two: str) -> bool:
    """Whether they are one word, as it is told of one and of many: “bag” and “bags”, “cheval” and “chevaux”."""
    shorter, longer = sorted((one, two), key=len)
    stem = max(len(shorter) - 1, SHORTEST)
    return one == two or (
        len(shorter) >= SHORTEST and len(longer) - len(shorter) <= ENDING and longer.startswith(shorter[:stem])
    )


def _messages(written: Iterable[Written]) -> list[Written]:
    """Short texts that are other than before, outside of what is announced."""
    return [each for each in written if not each.live and 0 < len(each.text) <= LONGEST]
