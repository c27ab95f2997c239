"""A press writes a message into the page, away from where focus is, and nothing announces it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Activation, Written
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, activation, overlay
from audit.semantics.keyboard_walk import label
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
#: Characters of a message; what is longer is content that was asked for.
LONGEST = 100
#: Words of what a page says back. English and French.
_ANSWERS = frozenset({
    "added", "changed", "copied", "deleted", "done", "failed", "found", "invalid", "loading", "please", "removed", "reserved",
    "saved", "selected", "sent", "sorry", "success", "successfully", "thank", "thanks", "updated", "uploaded", "wrong",
    "ajouté", "ajoutée", "chargement", "copié", "copiée", "enregistré", "enregistrée", "envoyé", "envoyée", "merci",
    "réservé", "réussi", "supprimé", "supprimée", "trouvé", "trouvés", "veuillez",
})  # fmt: skip
#: A message has this many words at most; this part of its words stood there before, where only a count is another.
MESSAGE, ALIKE = 12, 0.5


def applies(page: Page) -> Iterable[Element]:
    """Controls that were pressed with a key, kept focus and changed a text of the page."""
    for element, told in activated(page):
        if told.by == "Enter" and told.focus == told.node and told.written:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = activation(page, target)
    assert told is not None
    document = page.document
    said = _messages(told)
    own = {target.node, *(each.node for each in document.descendants(target))}
    away = [each for each in said if each.node not in own]
    tells_state = any(
        target.has(name)
        for name in ("aria-expanded", "aria-pressed", "aria-checked", "aria-selected", "aria-controls", "aria-haspopup")
    )
    announced = any(each.live for each in told.written) or any(each.live for each in told.appeared)
    # What a button shows and hides is told as such (toggle-without-state).
    if not away or announced or tells_state or told.hides or told.left or overlay(told) is not None:
        return passed()
    fix = 'Write it into an element with role="status" that was there before.'
    writes = f"{label(target, document.text(target))} writes “{{}}” into the page"
    message = next((each for each in away if _is_message(document, each)), None)
    if message is not None:
        return failed(
            f"{writes.format(message.text[:60])}, away from where focus is, and no live region announces it.",
            fix,
            condition=Condition.KEYBOARD,
        )
    return ask(
        f"{writes.format(away[0].text[:60])}. How does a screen reader learn of it?", fix, condition=Condition.KEYBOARD
    )


def _is_message(document: Document, written: Written) -> bool:
    """Whether a text surely tells what became of a press: it says so, or what changed in it is a count."""
    said = words(written.text)
    if len(said) > MESSAGE:
        return False
    if _ANSWERS & {*said}:
        return True
    element = document.by_node.get(written.node) if written.node is not None else None
    before = words(document.visible_text(element)) if element is not None else ()
    numbers, earlier = ([word for word in each if word.isdigit()] for each in (said, before))
    same = {*said} & {*before} - {*numbers, *earlier}
    return bool(numbers and earlier) and numbers != earlier and len(same) >= ALIKE * (len(said) - len(numbers))


def _messages(told: Activation) -> list[Written]:
    """Short texts that are other than before, outside of what is announced."""
    return [each for each in told.written if not each.live and 0 < len(each.text) <= LONGEST]
