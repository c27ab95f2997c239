"""The words that can be seen in a control, as somebody would speak them to it.

WCAG 2.5.3 is about people who say what they see. Left out are therefore: text that is not
on the screen (hidden, clipped, moved away), pictures drawn by an icon font, keys to be pressed
(``kbd``) beside other words, and what stands in brackets. Compared is word by word: the label must stand in the name as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from audit.model.document import Document, Element, TextRun
from audit.semantics.text_blocks import is_pushed_out, pixels

_INLINE = frozenset({"inline", "contents", "ruby", "ruby-base"})
_ICON_FONT = re.compile(r"icon|symbol|awesome|glyph|dingbat", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\.?")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑\u00ad](?=\w)")
#: A picture of a font stands for its whole word: so much narrower than letters ever are (in em).
_LIGATURE = 0.26
#: CSS px of the largest icon.
_ICON = 32.0
#: CSS px of the lowest line that anybody can read.
_READABLE = 5.0


class Fit(StrEnum):
    """How a label stands in a name."""

    WITHIN = "within"
    ABBREVIATED = "abbreviated"
    NOT_WITHIN = "not within"
    NOTHING_TO_SAY = "nothing to say"


def visible_label(document: Document, element: Element) -> str:
    """The text that is seen in an element; inline parts run together, blocks are apart."""
    words = " ".join("".join(_parts(document, element, keys=False)).split())
    # On a keyboard drawn on the screen the key is the label.
    return words if _TOKEN.search(words) else " ".join("".join(_parts(document, element, keys=True)).split())


def label_text(document: Document, field: Element) -> str:
    """The words of a field's label that are seen: of ``label`` elements and of elements that it is labelled by."""
    if field.has("aria-labelledby"):
        sources = list(document.referred(field, "aria-labelledby"))
    else:
        sources = [
            label
            for label in document.tags("label")
            if (label.get("for") == field.get("id") and field.get("id") and label.frame == field.frame)
            or (not label.has("for") and document.contains(label, field))
        ]
    return " ".join(text for each in sources if each.rendered and (text := visible_label(document, each)))


def _parts(document: Document, element: Element, *, keys: bool) -> list[str]:
    parts: list[str] = []
    for child in element.content:
        if isinstance(child, TextRun):
            if (
                element.rendered
                and child.text.strip()
                and _is_on_screen(element, child)
                and not _is_icon(element, child)
            ):
                parts.append(_as_shown(element, child.text))
            elif not child.text.strip():
                parts.append(child.text)
            continue
        inner = document[child]
        if inner.tag == "br":
            parts.append(" ")
        if not inner.rendered or _is_clipped(inner) or _is_drawn(inner) or (inner.tag == "kbd" and not keys):
            continue
        apart = inner.style.get("display", "inline") not in _INLINE
        within = _parts(document, inner, keys=keys)
        parts.extend([" ", *within, " "] if apart else within)
    return parts


def _as_shown(element: Element, text: str) -> str:
    return text.upper() if element.style.get("text-transform") == "uppercase" else text


def _is_on_screen(element: Element, run: TextRun) -> bool:
    if is_pushed_out(element):
        return False
    # Letters in the small picture of a page or a chart are drawn, and read by nobody.
    return not run.boxes or any(
        box.right > 0 and box.bottom > 0 and box.width > 0 and box.height >= _READABLE for box in run.boxes
    )


def _is_clipped(element: Element) -> bool:
    """Whether it is made invisible by the usual ways of hiding text from the eyes only."""
    box, style = element.box, element.style
    if box is None:
        return False
    clipping = style.get("overflow-x") in {"hidden", "clip"} or style.get("clip", "auto") != "auto"
    tiny = (box.width <= 2 or box.height <= 2) and clipping
    return tiny or "inset(50%" in style.get("clip-path", "") or "inset(100%" in style.get("clip-path", "")


def _is_drawn(element: Element) -> bool:
    """Whether it is a drawing so small that letters in it are lines of an icon: of a numbered list, of bold text."""
    box = element.box
    return element.tag == "svg" and box is not None and max(box.width, box.height) <= _ICON


def _is_icon(element: Element, run: TextRun) -> bool:
    if _ICON_FONT.search(element.style.get("font-family", "").split(",")[0]):
        return True
    word = run.text.strip()
    size = pixels(element.style.get("font-size"))
    if len(word) < 5 or " " in word or not size or len(run.boxes) != 1:
        return False
    return run.boxes[0].width < _LIGATURE * len(word) * size and run.boxes[0].width < 1.4 * size


def fit(label: str, name: str) -> Fit:
    """Whether a visible label stands in an accessible name, as people speak both.

    Capitals, punctuation, hyphens and brackets make no difference, spaces between words do
    (“just ice” is not “justice”). An abbreviation that the name writes out is accepted.
    """
    seen, spoken = _tokens(label, joined=False), _tokens(name, joined=False)
    letters = sum(len(token.rstrip(".")) for token in seen)
    if letters < 2:
        return Fit.NOTHING_TO_SAY
    # Both may write a hyphen or not; what differs only in that sounds the same.
    ways = [(seen, spoken), (_tokens(label, joined=True), _tokens(name, joined=True))]
    if any(_within([token.rstrip(".") for token in one], [token.rstrip(".") for token in two]) for one, two in ways):
        return Fit.WITHIN
    if any(_within(one, two, shortened=True) for one, two in ways):
        return Fit.ABBREVIATED
    return Fit.NOT_WITHIN


def _tokens(text: str, *, joined: bool) -> list[str]:
    text = unicodedata.normalize("NFKC", text).casefold()
    bare = _BRACKETED.sub(" ", text)
    # Brackets around everything are no aside.
    text = bare if _TOKEN.search(bare) else text
    text = _HYPHEN.sub("" if joined else " ", text)
    return [token.replace("’", "'") for token in _TOKEN.findall(text.replace("&", " and "))]


def _within(label: list[str], name: list[str], *, shortened: bool = False) -> bool:
    for start in range(len(name) - len(label) + 1):
        pairs = zip(label, name[start:], strict=False)
        if all(one == two or (shortened and _stands_for(one, two)) for one, two in pairs):
            return True
    return False


def _stands_for(short: str, word: str) -> bool:
    """Whether a word with a full stop is short for another: “Ave.” for “Avenue”, “St.” for “Street”."""
    word = word.rstrip(".")
    if short.rstrip(".") == word:
        return True
    letters = short.rstrip(".")
    if not short.endswith(".") or not letters.isalpha() or letters[0] != word[0] or len(letters) >= len(word):
        return False
    rest = iter(word)
    return all(letter in rest for letter in letters)
