"""A background picture seems to say something that the text does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.text_blocks import pixels
from audit.semantics.words import words

RULE = Rule(
    title="Does this background picture say something?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.THEME,
    why="A background picture has no alternative: people with a screen reader, or with their own colours, do not get it.",
    since="0.1.0",
    aliases=("meaningful-background-picture",),
)
#: What icons are named when they carry a message, and words that say the same in text.
MEANINGS = {
    "warning": {"warning", "warnings", "caution", "attention", "avertissement"},
    "important": {"important", "importante", "warning", "note"},
    "alert": {"alert", "warning", "attention", "alerte"},
    "danger": {"danger", "warning", "caution"},
    "caution": {"caution", "warning", "attention"},
    "error": {"error", "errors", "wrong", "invalid", "erreur"},
    "success": {"success", "successfully", "done", "saved", "succès"},
    "info": {"info", "information", "note", "renseignements"},
    "required": {"required", "obligatoire", "requis"},
    "new": {"new", "nouveau", "nouvelle"},
    "pdf": {"pdf"},
    "external": {"external", "externe", "opens"},
    "closed": {"closed", "fermé"},
}
_CONTROLS = frozenset(
    {"link", "button", "menuitem", "tab", "option", "checkbox", "radio", "switch", "textbox", "searchbox"}
)
#: Smaller than this (CSS px) it is a dot; so much room beside a text is for a picture, not for an icon.
LEAST, ROOM = 10.0, 90.0
_URL = re.compile(r"""url\((["']?)(.+?)\1\)""")
#: Words in a drawing, as an address holds them.
_WRITES = re.compile(r"(?:<|%3C)text\b", re.IGNORECASE)
#: CSS px up to which a box that a picture fills is an icon.
ICON = 100.0
#: CSS px of a box in which a drawing is more than a sign.
SHOWN = 24.0
#: CSS px of a row of signs at most.
ROW = 300.0
#: A list of fewer entries is not sorted.
LEAST_ENTRIES = 3
_ENTRIES = frozenset({"li", "dt", "dd", "tr", "td", "p"})
#: A box so many times as long as high is a line or a border.
LONG = 8


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with a picture of its own in the background, that is shown once, or fills a small box."""
    for element in page.document:
        once = element.style.get("background-repeat", "").startswith("no-repeat")
        if element.rendered and ((_url(element) and (once or _is_icon(element))) or _counts(page.document, element)):
            yield element


def _counts(document: Document, element: Element) -> bool:
    """Whether it holds nothing but a picture in a row, which another one like it repeats more or less often: stars, say."""
    own = _repeated(element)
    if own is None or not _holds_nothing(document, element):
        return False
    others = (_repeated(other) for other in document if other.index != element.index and other.rendered)
    return any(other is not None and other[0] == own[0] and abs(other[1] - own[1]) > LEAST for other in others)


def _sorts(document: Document, target: Element) -> int:
    """How many pictures sort the entries of a list of which this is the first: each entry has one, two entries have the
    same, and those that share one share no word that tells them from the others.
    """
    parent = document.parent(target)
    if parent is None or target.tag not in _ENTRIES:
        return 0
    entries = [each for each in document.children(parent) if each.tag == target.tag and each.rendered]
    if len(entries) < LEAST_ENTRIES or entries[0].index != target.index:
        return 0
    groups: dict[str, list[set[str]]] = {}
    for each in entries:
        found = _URL.search(each.style.get("background-image", ""))
        said = {*words(document.exposed_text(each))}
        if found is None or not said:
            return 0
        groups.setdefault(found.group(2), []).append(said)
    if not 1 < len(groups) < len(entries):
        return 0
    for source, texts in groups.items():
        others = {word for other, said in groups.items() if other != source for text in said for word in text}
        if len(texts) > 1 and set.intersection(*texts) - others:
            return 0
    return len(groups)


def _repeated(element: Element) -> tuple[str, float] | None:
    """The picture that fills a small box from side to side, and how wide that is; ``None`` where none does."""
    found = _URL.search(element.style.get("background-image", ""))
    across = element.style.get("background-repeat", "").split(" ", maxsplit=1)[0] in {
        "repeat",
        "repeat-x",
        "round",
        "space",
    }
    box = element.box
    if found is None or not across or box is None or not LEAST < box.height <= ICON or box.width > ROW:
        return None
    return found.group(2), box.width


def _is_icon(element: Element) -> bool:
    """Whether it is a box as small as an icon, about as wide as high."""
    box = element.box
    return box is not None and LEAST < box.width <= ICON and box.width / 2 <= box.height <= box.width * 2


def expect(page: Page, target: Element) -> Result:
    if _counts(page.document, target):
        return ask(
            "A background picture is repeated here more or less often than elsewhere, and no words replace it. Does it tell people a number?",
            "If it does, say it in text, such as “4 of 5 stars”, or give the box role=img and a name.",
        )
    sorted_by = _sorts(page.document, target)
    if sorted_by:
        return ask(
            f"The entries of this list have {sorted_by} different background pictures. Do these say something that the words do not?",
            "If they do, say it in text, such as “(open)” and “(closed)”.",
            pictures=sorted_by,
        )
    source = _url(target)
    drawn = source.startswith("data:")
    said = {*words(page.document.exposed_text(target)), *words(target.name)}
    fix = "If it does, say it in text, or use an img with an alternative."
    named = (
        set() if drawn else {*words(source.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").rsplit(".", 1)[0])}
    )
    named |= {part for name in target.classes for part in words(name.replace("-", " ").replace("_", " "))}
    meanings = sorted(named & MEANINGS.keys())
    missing = [meaning for meaning in meanings if not said & MEANINGS[meaning]]
    if not missing:
        if not _first_of(page.document, target, source):
            return passed()
        if _stands_alone(page.document, target):
            return ask(
                f"{_file(source)} is shown in a box of its own, and no words replace it. Does it tell people something?",
                fix,
            )
        room = _room_for_picture(target)
        if room:
            return ask(
                f"{room:g} pixels beside the text are kept free for {_file(source)[0].lower()}{_file(source)[1:]}. Does it tell people something?",
                fix,
            )
        return passed()
    text = page.document.visible_text(target)
    return ask(
        f"{_file(source)} is named “{missing[0]}”, and the text beside it, "
        f"“{text[:60]}”, does not say so. Does the picture tell people something that the text leaves out?",
        f"If it does, say it in text (“{missing[0].capitalize()}: …”), or use an img with an alternative.",
        picture="" if drawn else source[:200],
        meaning=missing[0],
    )


def _url(element: Element) -> str:
    match = _URL.search(element.style.get("background-image", ""))
    if match is None:
        return ""
    # A drawing in the style sheet is mostly a sign of a control; in a box of some size it may say something. That it
    # holds words is told elsewhere (image-of-text).
    source = match.group(2)
    told = source.startswith("data:") and (_WRITES.search(source) or not _is_shown(element))
    return "" if told else source


def _is_shown(element: Element) -> bool:
    box = element.box
    still = element.style.get("animation-name", "none") == "none"
    return box is not None and still and SHOWN <= min(box.width, box.height) >= max(box.width, box.height) / LONG


def _file(source: str) -> str:
    if source.startswith("data:"):
        return "A background picture written into the style sheet"
    return f"The background picture {source.rsplit('/', 1)[-1][:60]}"


def _first_of(document: Document, target: Element, source: str) -> bool:
    """One question is enough for one picture."""
    return next(each for each in document if each.rendered and _url(each) == source).index == target.index


def _stands_alone(document: Document, target: Element) -> bool:
    """Whether an element is there for its picture: it holds nothing, nothing names it, and it decorates no control.

    What stands before every item of a list alike is a bullet.
    """
    if not _holds_nothing(document, target):
        return False
    item = next((above for above in document.ancestors(target) if above.tag in {"li", "tr", "dt", "dd"}), None)
    around = document.parent(item) if item is not None else None
    if item is None or around is None:
        return True
    others = [each for each in document.children(around) if each.tag == item.tag and each.index != item.index]
    alike = [any(_url(inner) == _url(target) for inner in document.descendants(each)) for each in others]
    return not (alike and all(alike))


def _holds_nothing(document: Document, target: Element) -> bool:
    box = target.box
    if box is None or min(box.width, box.height) < LEAST:
        return False
    if any(True for _ in document.descendants(target)) or document.text(target).strip() or target.name.strip():
        return False
    return document.closest(target, lambda each: each.role in _CONTROLS or each.has("aria-hidden")) is None


def _room_for_picture(target: Element) -> float:
    """The room in CSS px that a text leaves free for a picture as large as one that shows something."""
    if target.box is None or target.box.height < ROOM or target.style.get("background-size", "").startswith("cover"):
        return 0.0
    return max(
        (size for side in ("left", "right") if (size := pixels(target.style.get(f"padding-{side}")) or 0.0) >= ROOM),
        default=0.0,
    )
