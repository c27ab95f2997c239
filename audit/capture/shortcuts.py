"""Single printable keys that do something, found by pressing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.capture.key_presses import Key, letter, press
from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.observations import Shortcut

LISTENED = frozenset({"keydown", "keypress", "keyup"})

#: Most keys that are pressed a second time; more of them do not give commands.
MOST_AGAIN = 12

#: Punctuation on a US keyboard: key, code, number.
PUNCTUATION = (
    ("+", "Equal", 187),
    ("-", "Minus", 189),
    ("/", "Slash", 191),
    ("?", "Slash", 191),
    (".", "Period", 190),
    (",", "Comma", 188),
    (";", "Semicolon", 186),
    ("'", "Quote", 222),
    ("[", "BracketLeft", 219),
    ("]", "BracketRight", 221),
    ("*", "Digit8", 56),
    ("!", "Digit1", 49),
    ("#", "Digit3", 51),
    ("=", "Equal", 187),
)


def keys() -> tuple[Key, ...]:
    """Every printable key that is pressed: letters, digits and common punctuation."""
    plain = [letter(character) for character in "abcdefghijklmnopqrstuvwxyz0123456789"]
    marks = [Key(key, code, number, text=key) for key, code, number in PUNCTUATION]
    return (*plain, *marks)


def shortcuts(page: OpenPage, listened: frozenset[str]) -> None:
    """Press every printable key on the page, focus on nothing, when it listens to keys at all.

    Those that did something are observed as :class:`~audit.model.observations.Shortcut`.
    """
    if not (listened & LISTENED):
        return
    page.mark()
    page.channel.evaluate(script("shortcuts"))
    pressed = keys()
    first = _answers(page, pressed, slow=False)
    if first and len(first) <= MOST_AGAIN:
        # What comes late is put down to a later key: each is pressed again by itself, and the one before it.
        again = [key for at, key in enumerate(pressed) if _named(first, pressed[at : at + 2])]
        first = {}
        for key in again:
            # What a key opens stays open: pressed again it would do nothing, so each meets the page as it was.
            if page.altered():
                page.open()
                page.rest(scroll=False)
                page.mark()
                page.channel.evaluate(script("shortcuts"))
            first |= _answers(page, [key], slow=True)
    page.channel.evaluate(f"({NOTES}.unwatch(), 0)")
    page.observed = replace(
        page.observed, shortcuts=tuple(Shortcut(key, tuple(answers)) for key, answers in first.items())
    )


def _named(answers: Mapping[str, Sequence[str]], some: Sequence[Key]) -> bool:
    return any(key.key in answers for key in some)


def _answers(page: OpenPage, pressed: Sequence[Key], *, slow: bool) -> dict[str, list[str]]:
    """What each key did. ``slow``: the page comes to rest before and after every key."""
    page.channel.evaluate(f"({NOTES}.answers = [], 0)")
    for key in pressed:
        if slow:
            page.channel.evaluate(f"{NOTES}.quiet(null)", promise=True)
        press(page.channel, [key])
        if slow:
            page.channel.evaluate(f"{NOTES}.quiet({NOTES}.pressed)", promise=True)
        page.channel.evaluate(f"({NOTES}.unfocus(), 0)")
    by_key: dict[str, list[str]] = {}
    for key_name, answer in page.channel.evaluate(f"{NOTES}.answers"):
        by_key.setdefault(str(key_name), []).append(str(answer))
    return by_key
