"""Items of a list are typed with bullets or numbers instead of being marked up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element, TextRun
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.images import address
from audit.semantics.text_blocks import CODE

RULE = Rule(
    title="List that is not a list",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader does not say that there is a list, how long it is, or where the next item begins.",
    since="0.1.0",
)
#: Dashes are left out: they begin spoken lines in French, and asides in English.
_BULLET = re.compile(r"^\s*(?:([•◦▪▫‣⁃●○■□►▶✓✔✅☑➢➤➔➜❖◆◇✦✧👉🔹🔸*])\ufe0f?\s*|(-)\s+)(?=\S)")
_NUMBER = re.compile(r"^\s*\(?(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"^\s*\(?([a-z])\)\s+(?=\S)")
#: Text in these is typed, chosen or drawn, or has a structure of its own.
_OTHER = CODE | {
    "textarea",
    "select",
    "option",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "ul",
    "ol",
    "dl",
    "button",
    "svg",
}
#: What stands before these tells their state, and how many there are is told with them.
_WIDGETS = frozenset({
    "button", "checkbox", "listitem", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "tab",
    "treeitem", "term", "definition",
})  # fmt: skip
LEAST = 3
#: Characters of a bullet at most: a sign, and how it is to be drawn.
BULLET = 2
#: A picture up to this size (CSS px) may be a bullet; and how a line that begins with one is noted.
SMALL, _PICTURE = 24, "\N{OBJECT REPLACEMENT CHARACTER}"


def applies(page: Page) -> Iterable[Element]:
    """The first of each run of at least three lines or paragraphs that begin like items."""
    for first, _ in _runs(page):
        yield first


def expect(page: Page, target: Element) -> Result:
    items = next(items for first, items in _runs(page) if first.index == target.index)
    numbers = [int(match.group(1)) for item in items if (match := _NUMBER.match(item))]
    numbers = numbers or [ord(match.group(1)) for item in items if (match := _LETTER.match(item))]
    # Numbers that do not count on are house numbers, dates or results.
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return passed(items=len(items))
    return failed(
        f"{len(items)} lines are typed as a list, the first “{_shown(items[0])[:50]}”.",
        "Mark them up as a list: in Markdown an empty line before the first item, then each on its own line with “- ” or “1. ”.",
        items=len(items),
    )


def _shown(item: str) -> str:
    return (item.partition(" ")[2] if item.startswith(_PICTURE) else item).strip()


def _runs(page: Page) -> list[tuple[Element, list[str]]]:
    """Lines of one block that break by hand, and paragraphs in a row, that begin with the same kind of mark."""
    found: list[tuple[Element, list[str]]] = []
    for parent in page.document:
        paragraphs: list[tuple[Element, list[str]]] = []
        for child in page.document.children(parent):
            lines = _lines(page, child) if _is_block(child) else []
            marked = [line for line in lines if _kind(line)]
            if len(lines) == 1 and marked:
                paragraphs.append((child, lines))
                continue
            found += _joined(paragraphs)
            paragraphs = []
            found += [(child, run) for run in _same_kind(lines)]
        found += _joined(paragraphs)
    return found


def _is_block(element: Element) -> bool:
    display = element.style.get("display", "inline")
    return element.rendered and element.tag not in _OTHER and element.role not in _WIDGETS and display != "inline"


def _joined(paragraphs: list[tuple[Element, list[str]]]) -> list[tuple[Element, list[str]]]:
    lines = [lines[0] for _, lines in paragraphs]
    return [(paragraphs[lines.index(run[0])][0], run) for run in _same_kind(lines)]


def _same_kind(lines: list[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    current: list[str] = []
    for line in [*lines, ""]:
        if current and _kind(line) == _kind(current[0]):
            current.append(line)
            continue
        if len(current) >= LEAST:
            runs.append(current)
        current = [line] if _kind(line) else []
    return runs


def _kind(line: str) -> str:
    if line.startswith(_PICTURE):
        address_of, _, text = line.partition(" ")
        return address_of if text.strip() else ""
    if match := _BULLET.match(line):
        return match.group(1) or match.group(2)
    if _NUMBER.match(line):
        return "1"
    return "a" if _LETTER.match(line) else ""


def _is_small(picture: Element) -> bool:
    return picture.box is not None and max(picture.box.width, picture.box.height) <= SMALL and not picture.name.strip()


def _shown_before(block: Element) -> str:
    """The bullet that a style sheet puts before a block; empty without one."""
    made = next((each.text.strip() for each in block.pseudo if each.kind == "before"), "")
    return f"{made} " if len(made) <= BULLET and _BULLET.match(f"{made} x") else ""


def _lines(page: Page, block: Element) -> list[str]:
    """The text of the block, cut at line breaks typed by hand; empty when it holds other blocks, or shows what is typed."""
    owners = [owner for owner, run in page.document.runs(block) if run.text.strip()]
    if all(page.document.closest(owner, lambda each: each.tag in CODE) is not None for owner in owners):
        return []
    lines = [_shown_before(block)]
    for child in block.content:
        if isinstance(child, TextRun):
            lines[-1] += child.text
            continue
        element = page.document[child]
        if element.tag == "br":
            lines.append("")
        elif element.tag == "img" and not lines[-1].strip():
            # The same small picture before every line is its bullet.
            lines[-1] = f"{_PICTURE}{address(element)} " if _is_small(element) else lines[-1]
        elif element.style.get("display", "inline") == "inline":
            lines[-1] += page.document.text(element)
        else:
            return []
    return [line for line in lines if line.strip()]
