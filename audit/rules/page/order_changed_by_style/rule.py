"""Texts stand below each other in another order than they are read out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="Read out in another order",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.THEME,
    why="A screen reader reads in the order of the code; what is seen first is heard last, and steps come mixed up.",
    since="0.1.0",
)
#: A date or a label above a heading has fewer words, and no harm is done by its place.
LEAST_WORDS = 4
#: From so many short texts on, each put somewhere, their order is looked at.
LEAST_SHORT = 4
#: Fewer words beside others are no part of a sentence.
LEAST_TORN = 5
_FIELDS = frozenset({"button", "input", "select", "textarea"})
_LAID = frozenset({"flex", "inline-flex", "grid", "inline-grid"})
_NUMBER = re.compile(r"^(?:step|part|stage|day|étape|partie|jour)?\s*(\d{1,2})\b", re.IGNORECASE)
_NO_ORDER = frozenset({"tr", "tbody", "thead", "table", "svg", "select", "ruby"})


def applies(page: Page) -> Iterable[Element]:
    """Parents of two or more texts that stand below each other."""
    document = page.document
    for parent in document:
        if not parent.rendered or parent.tag in _NO_ORDER:
            continue
        if (
            len(_texts(document, parent)) > 1
            or len(_short_texts(document, parent)) >= LEAST_SHORT
            or _torn(document, parent) is not None
        ):
            yield parent


def _short_texts(document: Document, parent: Element) -> list[Element]:
    """Children, each a word or more, where every one is put at a place of its own."""
    if len(parent.content) < LEAST_SHORT:
        return []
    grid = "grid" in parent.style.get("display", "")
    children = [each for each in document.children(parent) if each.rendered and each.exposed and each.box is not None]
    placed = [
        each
        for each in children
        if each.style.get("position") == "absolute"
        or (
            grid
            and "auto" not in (each.style.get("grid-row-start", "auto"), each.style.get("grid-column-start", "auto"))
        )
    ]
    return placed if len(placed) == len(children) and all(words(document.visible_text(each)) for each in placed) else []


def _by_place(texts: list[Element], *, rows: bool) -> list[Element]:
    """The texts by rows from the top, or by columns from the left. What is within 4 px stands in one line."""

    def key(element: Element) -> tuple[int, int]:
        assert element.box is not None
        across, down = round(element.box.x / 4), round(element.box.y / 4)
        return (down, across) if rows else (across, down)

    return sorted(texts, key=key)


def _texts(document: Document, parent: Element) -> list[Element]:
    """Children with text, in the order of the code, of a parent in which style can move them."""
    if len(parent.content) < 2:
        return []
    moves = any(word in parent.style.get("display", "") for word in ("flex", "grid"))
    found = []
    for child in document.children(parent):
        placed = child.style.get("position", "static")
        if not (moves or placed in {"absolute", "relative"}) or placed in {"fixed", "sticky"}:
            continue
        if not (child.rendered and child.exposed) or child.box is None or child.box.width < 2 or child.box.height < 2:
            continue
        if child.style.get("display", "inline").startswith("inline") and not moves:
            continue
        if len(words(document.visible_text(child))) >= LEAST_WORDS or _has_field(document, child):
            found.append(child)
    return found


def _has_field(document: Document, element: Element) -> bool:
    """Whether it is or holds a part of a form: its place matters, however few words it has."""
    return element.tag in _FIELDS or any(
        each.tag in _FIELDS and each.rendered for each in document.descendants(element)
    )


def _torn(document: Document, parent: Element) -> tuple[Element, Element] | None:
    """Two texts beside each other of which the one that is read first goes on with the sentence of the other.

    The first begins with a small letter, and the other, which stands where reading begins, ends without a full stop.
    """
    children = [each for each in document.children(parent) if each.rendered and each.exposed and each.box is not None]
    placed = [
        each for each in children if each.style.get("float", "none") != "none" or parent.style.get("display") in _LAID
    ]
    from_right = parent.style.get("direction") == "rtl"
    for one, other in pairwise(placed):
        first, second = one.box, other.box
        if first is None or second is None or first.bottom <= second.y or second.bottom <= first.y:
            continue
        turned = first.right <= second.x if from_right else second.right <= first.x
        heard, seen = document.visible_text(one).strip(), document.visible_text(other).strip()
        long = min(len(words(heard)), len(words(seen))) >= LEAST_TORN
        if turned and long and heard[0].islower() and (seen[-1].isalnum() or seen[-1] in ",;–-"):
            return one, other
    return None


def _is_above(one: Element, other: Element) -> bool:
    """Whether one stands wholly above the other, in the same column."""
    first, second = one.box, other.box
    if first is None or second is None:
        return False
    beside = min(first.right, second.right) - max(first.x, second.x) <= min(first.width, second.width) / 2
    return not beside and first.bottom <= second.y + 2


def expect(page: Page, target: Element) -> Result:
    document = page.document
    texts = _texts(document, target)
    swapped = next(
        ((one, other) for at, one in enumerate(texts) for other in texts[at + 1 :] if _is_above(other, one)), None
    )
    fix = "Put the texts into the code in the order in which they make sense, and leave order, reverse directions and absolute places away."
    torn = _torn(document, target) if swapped is None else None
    if torn is not None:
        first, second = (document.visible_text(each).split() for each in torn)
        return ask(
            f"A screen reader says “{' '.join(first[:8])}” before “{' '.join(second[-8:])}”, which is on the other side. Does it still make sense?",
            fix,
            texts=2,
        )
    if swapped is None:
        short = _short_texts(document, target)
        by_rows, by_columns = (_by_place(short, rows=rows) for rows in (True, False))
        if len(short) < LEAST_SHORT or short in (by_rows, by_columns) or by_columns[::-1] == short:
            return passed(texts=len(texts))
        heard, shown = (
            ", ".join(document.visible_text(each)[:20] for each in each_order[:6]) for each_order in (short, by_rows)
        )
        return ask(
            f"A screen reader says “{heard}”; the screen shows “{shown}”. Does the order in which it is read make sense?",
            fix,
            texts=len(short),
        )
    said = [document.visible_text(each) for each in texts]
    seen = [
        document.visible_text(each)
        for each in sorted(texts, key=lambda each: (each.box.y, each.box.x) if each.box else (0, 0))
    ]
    if _rises(seen) and not _rises(said):
        return failed(
            f"On the screen the steps are in order; a screen reader begins with “{said[0][:40]}”, then “{said[1][:40]}”.",
            fix,
            texts=len(texts),
        )
    one, other = (document.visible_text(each)[:50] for each in swapped)
    return ask(
        f"“{other}” is above “{one}”, but is read out after it. Does it still make sense?", fix, texts=len(texts)
    )


def _rises(texts: list[str]) -> bool:
    """Whether the texts are numbered, each higher than the one before."""
    numbers = [int(match[1]) for text in texts if (match := _NUMBER.match(text))]
    return len(numbers) == len(texts) > 1 and all(before < after for before, after in pairwise(numbers))
