"""The kinds of faults that are planted, each with the rules of which one must find it.

A kind is a small piece of Markdown or of a template. Words in braces are filled in when it is
planted: ``{name}`` is an invented thing that occurs once in the whole corpus, so that a finding can
be recognized wherever the audit believes it to be. The line with the fault ends in ``§``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from random import Random

MARK = "§"
PICTURE = "/images/provenance.png"


class Party(StrEnum):
    """Who wrote the fault."""

    AUTHOR = "author"
    THEME = "theme"


class Where(StrEnum):
    """Where in a file a fault is planted."""

    BODY = "between paragraphs"
    ONCE = "between paragraphs, once in a file"
    END = "at the end of a file of its own"
    FRONT_MATTER = "in the front matter"
    COMPONENT = "in a component"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault. ``rules``: one of them must find it. ``style``: for the component's stylesheet."""

    name: str
    rules: frozenset[str]
    text: str
    where: Where = Where.BODY
    party: Party = Party.AUTHOR
    style: str = ""

    @property
    def needs_browser(self) -> bool:
        """Whether anything but the text must be looked at."""
        return self.name not in WRITING


def _kind(name: str, rules: str, text: str, where: Where = Where.BODY) -> Kind:
    return Kind(name, frozenset(rules.split()), text, where)


def _theme(name: str, rules: str, text: str, style: str = "") -> Kind:
    return Kind(name, frozenset(rules.split()), text, Where.COMPONENT, Party.THEME, style)


_VAGUE = "vague-link-text"
AUTHORS = (
    _kind(
        "picture without alternative",
        "picture-without-alternative",
        f"The {{name}} is on show.\n\n![]({PICTURE}){MARK}",
    ),
    _kind("file name as alternative", "image-name-says-nothing", f"![IMG_{{digits}}.png]({PICTURE}){MARK}"),
    _kind("vague link in a paragraph", _VAGUE, f"To see the {{name}}, [click here]({{link}}).{MARK}"),
    _kind(
        "vague link on a third line",
        _VAGUE,
        f"The {{name}} stands by the door.\nYou can touch it.\nTo find it, [click here]({{link}}) today or call us.{MARK}",
    ),
    _kind(
        "vague link in a list item",
        _VAGUE,
        f"- the {{name}}\n- a shelf beside it\n- the way to it: [click here]({{link}}){MARK}\n- a chair",
    ),
    _kind(
        "vague link in a nested item",
        _VAGUE,
        f"- the {{name}}\n    - its lid\n    - its way home: [click here]({{link}}){MARK}\n- a chair",
    ),
    _kind(
        "vague link in a table cell",
        _VAGUE,
        f"| Thing | Where |\n| --- | --- |\n| The lamp | First floor |\n| The {{name}} | [click here]({{link}}) |{MARK}\n| The bench | Hall |",
    ),
    _kind(
        "vague link in a note",
        _VAGUE,
        f'!!! note "About the {{name}}"\n\n    It comes back in spring.\n    For dates, [click here]({{link}}).{MARK}',
    ),
    _kind(
        "vague link in a definition",
        _VAGUE,
        f"The {{name}}\n\n:   Find it by the door, or [click here]({{link}}).{MARK}",
    ),
    _kind("vague link in a quotation", _VAGUE, f"> We like the {{name}}.\n> To see it, [click here]({{link}}).{MARK}"),
    _kind("vague link in raw HTML", _VAGUE, f'<p>To see the {{name}},\n<a href="{{link}}">click here</a>.</p>{MARK}'),
    _kind("list without an empty line", "fake-list", f"With the {{name}} we lend:\n- a bag{MARK}\n- a lamp\n- a cord"),
    _kind(
        "numbers with a bracket",
        "fake-list list-in-plain-text",
        f"The {{name}} in two steps:\n\n1) Open the {{name}}.{MARK}\n2) Close it.",
    ),
    _kind(
        "heading of the first level",
        "second-top-heading",
        f"# About the {{name}}{MARK}\n\nIt is by the door.",
        Where.END,
    ),
    _kind(
        "skipped heading level",
        "skipped-heading-level",
        f"## The shelf\n\n#### Beside the {{name}}{MARK}\n\nIt is by the door.",
        Where.END,
    ),
    _kind(
        "empty heading",
        "empty-heading heading-without-words",
        f"The {{name}} is here.\n\n##{MARK}\n\nIt is by the door.",
        Where.END,
    ),
    _kind(
        "bold line as heading",
        "bold-paragraph-as-heading",
        f"**Where the {{name}} stands**{MARK}\n\nIt is by the door, next to the return box, all year.",
    ),
    _kind("link without words", "link-name link-name-without-words", f"The {{name}} is here. []({{link}}){MARK}"),
    _kind(
        "table without header line",
        "table-without-header-line",
        f"| The {{name}} | First floor |{MARK}\n| The bench | Hall |\n| The lamp | Desk |",
    ),
    _kind("style by hand", "styling-in-text", f'<p style="text-align: center">The {{name}} is by the door.</p>{MARK}'),
    _kind(
        "font by hand", "styling-in-text", f'The {{name}} is <font color="red">back {{name}}</font> by the door.{MARK}'
    ),
    _kind(
        "script by hand",
        "styling-in-text click-without-keyboard",
        f'<p onclick="window.print()">Print the {{name}} page.</p>{MARK}',
    ),
    _kind("link to a new window", "new-window", f'<a href="{{link}}" target="_blank">Hours of the {{name}}</a>{MARK}'),
    _kind(
        "weekday against its date",
        "weekday-contradicts-date",
        f"The {{name}} comes back on {{wrong_day}} at noon.{MARK}",
    ),
    _kind("date that ages", "relative-date", f"The {{name}} comes back next week.{MARK}"),
    _kind("bare address", "bare-address", f"Read about the {{name}}: https://example.org/{{slug}}{MARK}"),
    _kind(
        "address without encryption",
        "insecure-address",
        f"Read [all about the {{name}}](http://example.org/{{slug}}).{MARK}",
    ),
    _kind(
        "address that tracks",
        "tracking-in-address",
        f"Read [all about the {{name}}](https://example.org/{{slug}}?utm_source=news).{MARK}",
    ),
    _kind("jargon", "library-jargon", f"Find the {{name}} in the OPAC.{MARK}", Where.ONCE),
    _kind(
        "French passage without its language",
        "unmarked-foreign-passage",
        f"Venez à la bibliothèque voir notre {{name}} avec vos enfants et vos amis tous les jours de la semaine.{MARK}",
    ),
    _kind("clock time without a.m. or p.m.", "time-without-am-or-pm", f"The {{name}} opens at 7:30.{MARK}"),
    _kind("row of pictograms", "emoji-run", f"The {{name}} is back 🎉🎉🎉🎉{MARK}"),
    _kind(
        "summary in capitals",
        "all-capitals",
        f"summary: THE {{capitals}} IS BACK AND EVERYONE CAN COME TO SEE IT AGAIN{MARK}",
        Where.FRONT_MATTER,
    ),
)
THEMES = (
    _theme(
        "component: picture without alternative",
        "image-alt",
        f'<img src="{PICTURE}" class="{{slug}}" width="16" height="16">{MARK}',
    ),
    _theme("component: field without label", "label", f'<input type="text" class="{{slug}}">{MARK}'),
    _theme(
        "component: order of tabbing by hand",
        "tabindex",
        f'<a href="/" class="{{slug}}" tabindex="3">To the {{name}}</a>{MARK}',
    ),
    _theme(
        "component: text too faint",
        "low-contrast color-contrast",
        f'<p class="{{slug}}">The {{name}} is by the door.</p>{MARK}',
        ".{slug} {{ color: #9a9a9a; background: #ffffff; }}\n",
    ),
    _theme("component: button without name", "button-name", f'<button type="button" class="{{slug}}"></button>{MARK}'),
    _theme(
        "component: language that is none",
        "valid-lang",
        f'<p class="{{slug}}" lang="zq">The {{name}} is by the door.</p>{MARK}',
    ),
)
#: Faults that the build itself refuses; its sentence must name the file and the line.
REFUSED = (
    _kind("refused: link in raw HTML", "", f'<p>See\n<a href="/{{slug}}/">where the {{name}} stands</a>.</p>{MARK}'),
    _kind(
        "refused: link in a list item", "", f"- the desk\n- [where the {{name}} stands](/{{slug}}/){MARK}\n- the door"
    ),
    _kind(
        "refused: link on a third line",
        "",
        f"See the desk.\nSee the door.\nSee [where the {{name}} stands](/{{slug}}/).{MARK}",
    ),
    _kind("refused: picture without a file", "", f"![The {{name}} by the door](/images/{{slug}}.png){MARK}"),
)
#: Anchors are looked at when all else that is linked to is there, so they have a copy of their own.
REFUSED_LATER = (
    _kind("refused: anchor that is not there", "", f"See the desk,\nand [where the {{name}} stands](#{{slug}}).{MARK}"),
)
KINDS = (*AUTHORS, *THEMES, *REFUSED, *REFUSED_LATER)
#: Kinds that rules about writing find in the text alone.
WRITING = frozenset({
    "picture without alternative", "list without an empty line", "heading of the first level",
    "skipped heading level", "bold line as heading", "table without header line", "style by hand",
    "font by hand", "link to a new window", "weekday against its date", "date that ages", "bare address",
    "address without encryption", "address that tracks", "jargon", "clock time without a.m. or p.m.", "row of pictograms",
})  # fmt: skip

_FIRST = [
    "amber",
    "birch",
    "cedar",
    "copper",
    "coral",
    "crimson",
    "golden",
    "granite",
    "hazel",
    "ivory",
    "jade",
    "lemon",
    "maroon",
    "olive",
    "pearl",
    "plum",
    "ruby",
    "russet",
    "silver",
    "violet",
]
_SECOND = [
    "anchor",
    "basket",
    "bell",
    "bottle",
    "bucket",
    "button",
    "candle",
    "cradle",
    "drum",
    "easel",
    "feather",
    "globe",
    "hammer",
    "kettle",
    "ladder",
    "lantern",
    "mirror",
    "needle",
    "paddle",
    "pulley",
    "saddle",
    "spindle",
    "teapot",
    "thimble",
    "whistle",
]


def names(chance: Random) -> list[str]:
    """Invented things, each once, in an order that varies with the seed."""
    made = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    chance.shuffle(made)
    return made


def fill(text: str, name: str, link: str, chance: Random) -> str:
    """The piece with its words filled in."""
    day = dt.date(2027, 1, 1) + dt.timedelta(days=chance.randrange(120))
    other = day + dt.timedelta(days=chance.randrange(1, 7))
    return text.format(
        name=name,
        slug=name.replace(" ", "-"),
        capitals=name.upper(),
        digits=chance.randrange(1000, 9999),
        link=link,
        wrong_day=f"{other:%A}, {day:%B} {day.day}, {day.year}",
    )
