"""The kinds of faults that are planted, each with the rules of which one must find it.

A kind is a small piece of Markdown or of a template. Words in braces are filled in when it is
planted: ``{name}`` is an invented thing that occurs once in the whole corpus, so that a finding can
be recognized wherever the audit believes it to be. The line with the fault ends in ``§``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

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
    #: Where it can be planted: folders of ``content/`` (any when empty), the language of the text, and
    #: for a field of the front matter the line that it takes the place of, as a regular expression.
    folders: tuple[str, ...] = ()
    lang: str = "en"
    line: str = ""

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
        "image-without-alternative",
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
        "box coloured by hand around plain words",
        "low-contrast color-contrast",
        f'<div style="color: #9a9a9a; background: #fff">{MARK}\n<p>The {{name}} is by the door.</p>\n</div>',
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
        "number that no record has",
        "contact-unlike-record",
        f"The {{name}} is back.\nAsk at the {{branch}} branch: 705-555-0178.{MARK}",
    ),
    _kind(
        "house number unlike the record",
        "contact-unlike-record",
        f"- the {{name}}\n- the {{branch}} branch at {{wrong_address}}{MARK}\n- a chair",
    ),
    replace(
        _kind(
            "program that is over",
            "past-program-linked",
            f"See the {{name}} at the [{{name}} evening]({{{{filename}}}}/{{past_program}}).{MARK}",
            Where.ONCE,
        ),
        # In minutes and the like a link to what is over is no fault.
        folders=("services", "equipment", "e-resources", "pages/about"),
    ),
    _kind(
        "column without a name",
        "empty-header-cell",
        f"| Thing | |{MARK}\n| --- | --- |\n| The {{name}} | by the door |\n| The bench | in the hall |",
    ),
    _kind(
        "heading in a cell of raw HTML",
        "heading-in-table-cell",
        f"<table>\n<tr><th>Thing</th><th>Place</th></tr>\n<tr>\n<td><h3>The {{name}}</h3></td>{MARK}\n<td>by the door</td>\n</tr>\n</table>",
    ),
    replace(
        _kind(
            "table without a year",
            "year-missing-in-table",
            f"## Days of the {{name}}\n\n| Day | What |\n| --- | --- |\n| May 4 | The {{name}} comes back |{MARK}\n| May 9 | It leaves |",
            Where.END,
        ),
        folders=("services", "equipment", "pages/about"),
    ),
)
_LOUD = "THE {capitals} IS BACK AND EVERYONE CAN COME TO SEE IT AGAIN"


def _field(name: str, folders: str, line: str, text: str, rules: str = "all-capitals") -> Kind:
    """A field of the front matter. ``line``: which line is replaced, by its beginning."""
    return Kind(
        name, frozenset(rules.split()), text + MARK, Where.FRONT_MATTER, folders=tuple(folders.split()), line=line
    )


FIELDS = (
    _field("summary", "", r"summary:", f"summary: {_LOUD}"),
    _field("field of a program", "programs", r"accommodations:", f"accommodations: {_LOUD}"),
    _field(
        "alternative of a picture", "programs branches", r"  alt:", "  alt: IMG_{digits}.png", "image-name-says-nothing"
    ),
    _field("field of an e-resource", "e-resources", r"access_help:", f"access_help: {_LOUD}"),
    _field("field of a branch", "branches", r"access_note:", f"access_note: {_LOUD}"),
    _field("item of a list of a branch", "branches", r"  - [A-Z][^:]*$", f"  - {_LOUD}"),
    _field("reason of a notice", "notices", r"reason:", f"reason: {_LOUD}"),
    _field("way around of a notice", "notices", r"alternatives:", f"alternatives: {_LOUD}"),
    _field("summary of a policy", "policies", r"summary:", f"summary: {_LOUD}"),
    _field("summary of an item of news", "news", r"summary:", f"summary: {_LOUD}"),
    _field("summary of a meeting", "meetings", r"summary:", f"summary: {_LOUD}"),
    _field("field of a service", "services", r"how:", f"how: {_LOUD}"),
    _field("item of a list of a thing to borrow", "equipment", r"  - [A-Z][^:]*$", f"  - {_LOUD}"),
    _field("note on a book", "booklists", r"    note:", f"    note: {_LOUD}"),
    _field(
        "summary in French", "programs/fr e-resources/fr services/fr pages/fr/about", r"summary:", f"summary: {_LOUD}"
    ),
)
#: Texts of files that have no page of their own: they stand on a listing of many. An answer is folded
#: up there until somebody opens it, so only rules that read the text itself can find what is in it.
GATHERED = tuple(
    replace(kind, name=f"{kind.name}, on a listing", folders=("staff", "questions") if folded else ("staff",))
    for kind, folded in (
        (next(kind for kind in AUTHORS if kind.name == name), folded)
        for name, folded in (
            ("vague link in a paragraph", False),
            ("vague link in a list item", False),
            ("picture without alternative", True),
            ("font by hand", True),
            ("weekday against its date", True),
        )
    )
)


def _french(name: str, rules: str, text: str) -> Kind:
    marked = text if MARK in text else text + MARK
    return Kind(f"French: {name}", frozenset(rules.split()), marked, lang="fr")


FRENCH = (
    _french("picture without alternative", "image-without-alternative", f"L’objet {{name}} est là.\n\n![]({PICTURE})"),
    _french("vague link in a paragraph", _VAGUE, "Pour voir l’objet {name}, [cliquez ici]({link})."),
    _french(
        "vague link in a list item", _VAGUE, "- l’objet {name}\n- une étagère\n- le chemin : [cliquez ici]({link})"
    ),
    _french(
        "vague link in a note",
        _VAGUE,
        '!!! note "Sur l’objet {name}"\n\n    Il revient au printemps.\n    Pour les dates, [cliquez ici]({link}).',
    ),
    _french(
        "vague link in a table cell",
        _VAGUE,
        "| Objet | Lieu |\n| --- | --- |\n| La lampe | Étage |\n| L’objet {name} | [cliquez ici]({link}) |",
    ),
    _french(
        "list without an empty line", "fake-list", f"Avec l’objet {{name}} :\n- un sac{MARK}\n- une lampe\n- un fil"
    ),
    _french("weekday against its date", "weekday-contradicts-date", "L’objet {name} revient le {wrong_day_fr} à midi."),
    _french(
        "column without a name",
        "empty-header-cell",
        f"| Objet | |{MARK}\n| --- | --- |\n| L’objet {{name}} | ici |\n| La lampe | là |",
    ),
    _french(
        "number that no record has", "contact-unlike-record", "L’objet {name}. Succursale de {branch} : 705-555-0178."
    ),
    _french("date that ages", "relative-date", "L’objet {name} revient la semaine prochaine."),
    _french(
        "bold line as heading",
        "bold-paragraph-as-heading",
        f"**Où se trouve l’objet {{name}}**{MARK}\n\nIl est près de la porte, à côté de la boîte de retour.",
    ),
    _french(
        "English passage without its language",
        "unmarked-foreign-passage",
        "Come to the library and see our {name} with your children and all of your friends on every day of the week.",
    ),
)
#: Links to a place that is not there: the build leaves those of pages with a template of their own to the audit.
ANCHORS = (
    replace(
        _kind(
            "anchor that is not there",
            "broken-anchor",
            f"See the desk,\nand [where the {{name}} stands](#{{slug}}).{MARK}",
        ),
        folders=("services", "policies", "news", "equipment", "e-resources", "booklists", "programs"),
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
#: On pages without a template of their own. Anchors are looked at when all else that is linked to is there, so they have a copy of their own.
REFUSED_LATER = (
    replace(
        _kind(
            "refused: anchor that is not there", "", f"See the desk,\nand [where the {{name}} stands](#{{slug}}).{MARK}"
        ),
        folders=("pages/about", "pages/accessibility"),
    ),
)
#: All that are planted into texts which the build accepts.
PLANTED = (*AUTHORS, *FIELDS, *GATHERED, *FRENCH, *ANCHORS)
KINDS = (*PLANTED, *THEMES, *REFUSED, *REFUSED_LATER)
#: Kinds that rules about writing find in the text alone.
WRITING = frozenset({
    "picture without alternative", "list without an empty line", "heading of the first level",
    "skipped heading level", "bold line as heading", "table without header line", "style by hand",
    "font by hand", "link to a new window", "weekday against its date", "date that ages", "bare address",
    "address without encryption", "address that tracks", "jargon", "clock time without a.m. or p.m.", "row of pictograms",
    "number that no record has", "house number unlike the record", "column without a name", "heading in a cell of raw HTML",
    "table without a year", "French: column without a name", "French: number that no record has",
    "French: picture without alternative", "French: list without an empty line", "French: weekday against its date",
    "French: date that ages", "French: bold line as heading",
})  # fmt: skip
