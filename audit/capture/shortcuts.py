"""Single printable keys that do something, found by pressing them."""

from __future__ import annotations

from audit.capture.keys import Key, letter, press
from audit.capture.opening import OpenPage
from audit.model import Json

LISTENED = frozenset({"keydown", "keypress", "keyup"})
NOTES = "window[Symbol.for('stepfree.capture')]"

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
    page.channel.evaluate(_WATCH)
    for key in keys():
        press(page.channel, [key])
        page.channel.evaluate("(document.activeElement !== document.body && document.activeElement?.blur?.(), 0)")
    told = page.channel.evaluate(f"({NOTES}.unwatch(), {NOTES}.answers)")
    by_key: dict[str, list[Json]] = {}
    for key, answer in told:
        by_key.setdefault(str(key), []).append(str(answer))
    if by_key:
        page.facts["shortcuts"] = [{"key": key, "answers": answers} for key, answers in by_key.items()]
