"""Single printable keys that do something, found by pressing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.capture.keys import Key, letter, press
from audit.capture.opening import OpenPage

LISTENED = frozenset({"keydown", "keypress", "keyup"})
NOTES = "window[Symbol.for('stepfree.capture')]"

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

_WATCH = f"""(() => {{
  const notes = {NOTES};
  document.activeElement?.blur?.();
  notes.pressed = null; notes.answers = [];
  const answer = (how) => {{ if (notes.pressed !== null && !notes.answers.some((each) => each[0] === notes.pressed && each[1] === how))
    notes.answers.push([notes.pressed, how]); }};
  const first = (event) => {{ if (event.isTrusted) notes.pressed = event.key; }};
  // Listens last, so that it sees whether the page kept the key for itself.
  const last = (event) => {{ if (event.isTrusted && event.defaultPrevented) answer("prevented"); }};
  addEventListener("keydown", first, true);
  addEventListener("keydown", last);
  addEventListener("keypress", last);
  const observer = new MutationObserver((records) => {{
    if (records.some((each) => !(each.target.closest ?? (() => null)).call(each.target, "head"))) answer("changed");
  }});
  observer.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});
  const focus = () => {{ if (document.activeElement !== document.body) answer("moved focus"); }};
  addEventListener("focusin", focus, true);
  let left = scrollY;
  notes.quiet = async (pressed) => {{
    notes.pressed = pressed;
    let last = performance.now();
    const began = last;
    const watch = new MutationObserver(() => {{ last = performance.now(); }});
    watch.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});
    do await new Promise((done) => notes.later(done, 40));
    while (performance.now() - last < 100 && performance.now() - began < 800);
    watch.disconnect();
    return 0;
  }};
  notes.unwatch = () => {{ observer.disconnect(); removeEventListener("keydown", first, true); removeEventListener("keydown", last);
    removeEventListener("keypress", last); removeEventListener("focusin", focus, true); }};
}})()"""


def keys() -> tuple[Key, ...]:
    """Every printable key that is pressed: letters, digits and common punctuation."""
    plain = [letter(character) for character in "abcdefghijklmnopqrstuvwxyz0123456789"]
    marks = [Key(key, code, number, text=key) for key, code, number in PUNCTUATION]
    return (*plain, *marks)


def shortcuts(page: OpenPage, listened: frozenset[str]) -> None:
    """Press every printable key on the page, focus on nothing, when it listens to keys at all.

    ``facts["shortcuts"]`` lists ``{"key", "answers"}`` of those that did something:
    ``changed`` (the content), ``moved focus``, ``prevented`` (it kept the key for itself).
    """
    if not (listened & LISTENED):
        return
    page.mark()
    page.channel.evaluate(_WATCH)
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
                page.channel.evaluate(_WATCH)
            first |= _answers(page, [key], slow=True)
    page.channel.evaluate(f"({NOTES}.unwatch(), 0)")
    if first:
        page.facts["shortcuts"] = [{"key": key, "answers": list(answers)} for key, answers in first.items()]


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
        page.channel.evaluate("(document.activeElement !== document.body && document.activeElement?.blur?.(), 0)")
    by_key: dict[str, list[str]] = {}
    for key_name, answer in page.channel.evaluate(f"{NOTES}.answers"):
        by_key.setdefault(str(key_name), []).append(str(answer))
    return by_key
