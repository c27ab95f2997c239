"""Real key presses, through the browser's input."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.browser.channel import Channel

ALT, CONTROL, META, SHIFT = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the protocol wants it. ``text``: the character it types."""

    key: str
    code: str
    number: int
    modifiers: int = 0
    text: str = ""

    @property
    def name(self) -> str:
        """Such as ``Ctrl+M``."""
        held = [word for bit, word in ((CONTROL, "Ctrl"), (ALT, "Alt"), (SHIFT, "Shift")) if self.modifiers & bit]
        return "+".join([*held, self.key.upper() if len(self.key) == 1 else self.key])


TAB = Key("Tab", "Tab", 9)
BACK_TAB = Key("Tab", "Tab", 9, SHIFT)
ESCAPE = Key("Escape", "Escape", 27)
ENTER = Key("Enter", "Enter", 13, text="\r")
SPACE = Key(" ", "Space", 32, text=" ")
ARROWS = (
    Key("ArrowLeft", "ArrowLeft", 37),
    Key("ArrowUp", "ArrowUp", 38),
    Key("ArrowRight", "ArrowRight", 39),
    Key("ArrowDown", "ArrowDown", 40),
)
HOME = Key("Home", "Home", 36)
DOWN, RIGHT = ARROWS[3], ARROWS[2]
F6 = Key("F6", "F6", 117)


def letter(character: str, modifiers: int = 0) -> Key:
    """The key of a letter or digit."""
    upper = character.upper()
    code = f"Key{upper}" if upper.isalpha() else f"Digit{upper}"
    types = "" if modifiers & (CONTROL | ALT | META) else character
    return Key(character.lower(), code, ord(upper), modifiers, types)


def typing(text: str) -> list[Key]:
    """The keys that type a text; what is on no key of a keyboard is typed all the same."""
    plain = [each.isascii() and each.isalnum() for each in text]
    return [
        letter(each) if known and not each.isupper() else Key(each, "", 0, text=each)
        for each, known in zip(text, plain, strict=True)
    ]


def press(channel: Channel, keys: Sequence[Key]) -> None:
    """Press the keys one after the other; the commands are sent without waiting between them."""
    sent: list[Future[dict[str, Any]]] = []
    for key in keys:
        params = {
            "key": key.key,
            "code": key.code,
            "windowsVirtualKeyCode": key.number,
            "nativeVirtualKeyCode": key.number,
            "modifiers": key.modifiers,
        }
        if key.text:
            sent.append(channel.send("Input.dispatchKeyEvent", type="keyDown", text=key.text, **params))
        else:
            sent.append(channel.send("Input.dispatchKeyEvent", type="rawKeyDown", **params))
        sent.append(channel.send("Input.dispatchKeyEvent", type="keyUp", **params))
    for future in sent:
        channel.answer(future, "Input.dispatchKeyEvent")
