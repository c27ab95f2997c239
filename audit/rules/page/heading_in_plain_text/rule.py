"""A short bold or large line stands above text like a heading, and is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.passages import breaks_off, is_contact
from audit.semantics.tables import arranges, grid, is_presentational
from audit.semantics.text_blocks import TextBlock, pixels, text_blocks
from audit.semantics.vocabulary import vocabulary
from audit.semantics.words import words

RULE = Rule(
    title="Heading that is not a heading",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="People who go from heading to heading with a screen reader pass by it.",
    since="0.1.0",
    axe=("p-as-heading",),
)
MOST_WORDS = 12
#: So many words below a bold first line are prose; fewer may be an address.
LEAST_BELOW = 15
#: A number, perhaps with a sign or a short unit: "8.4k", "$129", "98 %", "24/7".
_FIGURE = re.compile(r"\W*\d[\d.,:/\s]*[^\W\d]{0,3}\W*")
#: "Listing 4-3: …", "Figure 2. …": what stands below a picture, a table or a listing and names it.
_CAPTION = re.compile(r"[^\W\d_]+\.? \d+(?:[-–.]\d+)*\s?[:.–—-]\s")
_SHOWN = frozenset({"pre", "table", "figure", "img", "picture", "svg", "canvas", "video"})
#: What theme writers call the line below a title, and how it begins where it names a person.
_SUBTITLE = re.compile(r"sub-?title|by-?line|author|tagline|subhead", re.IGNORECASE)
_BY = frozenset({"by", "par"})
#: So much larger than the text below that nobody reads it as emphasis.
SURE = 1.4
#: So much larger than its block a line of it stands out, even where it is not bold.
LARGER = 1.2
#: Blocks with a meaning of their own, which a heading would not add to.
_MEANT = frozenset(
    {"address", "caption", "code", "dd", "dt", "figcaption", "legend", "option", "output", "pre", "summary", "time"}
)
_ROLES = frozenset({"alert", "banner", "button", "link", "note", "option", "status", "tab", "term", "timer", "tooltip"})
_ELSEWHERE = frozenset(
    {"table", "figure", "form", "fieldset", "nav", "footer", "li", "dl", "button", "a", "blockquote", "label"}
)


def applies(page: Page) -> Iterable[Element]:
    """Short bold or large blocks of text directly above ordinary text."""
    for block, _ in _candidates(page):
        yield block.element
    yield from _first_lines(page)


def expect(page: Page, target: Element) -> Result:
    if any(target.index == each.index for each in _first_lines(page)):
        said = page.document.visible_text(target)
        look = "bold" if _is_bold_inside(page.document, target) else "large"
        return ask(
            f"“{said[:60]}” is {look}, in a line of its own above a text in the same paragraph. Is it a heading?",
            f"If so, write it as one, in a line of its own: “## {said[:40]}”.",
        )
    block, below = next(pair for pair in _candidates(page) if pair[0].element.index == target.index)
    text = block.text
    # A sentence, a lead-in or a label is emphasis.
    if text[-1] in ".:;,!…" or len(words(text)) > MOST_WORDS or _is_label_of_a_note(page.document, target, text):
        return passed()
    # An address or a number is what a text tells, and words in the middle of a sentence are a part of it.
    if is_contact(text) or breaks_off(_text_before(page.document, target)):
        return passed()
    # A number above the words for what it counts.
    if _FIGURE.fullmatch(text) and len(words(below.text)) < LEAST_BELOW:
        return passed()
    if _names_an_author(page, target):
        return passed(by=True)
    if _CAPTION.match(text) and _follows_what_is_shown(page.document, target):
        return passed(caption=True)
    if _may_belong_to_heading(page.document, target, text):
        return ask(
            f"“{text[:60]}” is right below a heading and is bold. Is it a heading of its own?",
            f"If so, write it as one: “## {text[:40]}”. A subtitle, or the name of who wrote the text, may stay.",
        )
    ratio = _ratio(block, below)
    if not _is_bold(block):
        return ask(
            f"“{text[:60]}” is {ratio:g} times as large as the paragraph below it. Is it a heading?",
            f"If so, write it as one: “## {text[:40]}”.",
            ratio=ratio,
        )
    if ratio >= SURE:
        return failed(
            f"“{text[:60]}” is set like a heading ({ratio:g} times the text below, bold) but is not marked up as one.",
            f"Write it as a heading: “## {text[:40]}”.",
            ratio=ratio,
        )
    alike = _alike(page, block)
    if alike > 1:
        return failed(
            f"“{text[:60]}” is one of {alike} bold lines here, each above a paragraph of its own: headings that are not marked up.",
            f"Write each as a heading: “## {text[:40]}”.",
            alike=alike,
        )
    return ask(
        f"“{text[:60]}” is a bold line of its own above a paragraph. Is it a heading?",
        f"If so, write it as one: “## {text[:40]}”.",
        ratio=ratio,
    )


def _alike(page: Page, block: TextBlock) -> int:
    """How many bold lines of the same part of the page, of one size, stand each above prose: one may be emphasis, several
    divide the text.
    """
    found = 0
    for other, below in _candidates(page):
        text = other.text
        same = other.element.parent == block.element.parent and other.element.tag == block.element.tag
        if not same or not _is_bold(other) or abs(_size(other) - _size(block)) >= 1:
            continue
        bare = text[-1] not in ".:;,!?…" and len(words(text)) <= MOST_WORDS and text[0].isupper()
        found += bare and not is_contact(text) and len(words(below.text)) >= LEAST_BELOW and below.element.tag == "p"
    return found


def _follows_what_is_shown(document: Document, element: Element) -> bool:
    """Whether a listing, a table or a picture is the last thing before it."""
    parent = document.parent(element)
    before = [each for each in document.children(parent) if each.index < element.index] if parent is not None else []
    last = before[-1] if before else None
    return last is not None and (
        last.tag in _SHOWN
        or (not document.visible_text(last) and any(each.tag in _SHOWN for each in document.descendants(last)))
    )


def _is_label_of_a_note(document: Document, element: Element, text: str) -> bool:
    # What begins a note beside the text names the note, and opens no part of the page.
    parent = document.parent(element)
    if parent is not None and parent.role == "note" and next(iter(document.children(parent)), None) == element:
        return True
    # "Note" or "Warning" says what kind of text follows, not what it is about.
    known = vocabulary(element.lang)
    return known is not None and " ".join(words(text)) in known.note_labels


def _may_belong_to_heading(document: Document, element: Element, text: str) -> bool:
    """Whether it stands right below a heading and looks like its subtitle, or names who wrote the text."""
    before = _block_before(document, element)
    if before is None or document.closest(before.element, lambda each: each.role == "heading") is None:
        return False
    parent = document.parent(element)
    named = _SUBTITLE.search(element.get("class") or "") or words(text)[0] in _BY
    return bool(named) or (parent is not None and parent.tag in {"hgroup", "header"})


def _names_an_author(page: Page, element: Element) -> bool:
    """Whether it alone of all such lines says by whom: “By the branch supervisor”, and not “By bus” above “By car”."""
    lines = [block.element for block, _ in _candidates(page) if words(block.text)[0] in _BY]
    before = _block_before(page.document, element)
    below = (
        before is not None and page.document.closest(before.element, lambda each: each.role == "heading") is not None
    )
    return below and lines == [element]


def _block_before(document: Document, element: Element) -> TextBlock | None:
    return next((one for one, two in pairwise(text_blocks(document)) if two.element.index == element.index), None)


def _text_before(document: Document, element: Element) -> str:
    """The text right before it in the same part of the page, where that is no heading."""
    before = _block_before(document, element)
    if before is None or before.element.parent != element.parent or before.element.role == "heading":
        return ""
    return before.text


def _candidates(page: Page) -> list[tuple[TextBlock, TextBlock]]:
    document = page.document
    blocks = list(text_blocks(document))
    found: dict[int, tuple[TextBlock, TextBlock]] = {}
    for block, below in [*pairwise(blocks), *_above_bare_text(document, blocks)]:
        element = block.element
        if element.tag in _MEANT or element.role in _ROLES or below.element.tag in _MEANT or not element.exposed:
            continue
        if _is_pressed(block) or not _stands_over(block, below):
            continue
        if element.role == "heading" or document.closest(
            element, lambda each: each.tag in _ELSEWHERE or each.role == "heading"
        ):
            continue
        # Below must be longer, ordinary text beside it in the same part of the page.
        if len(below.text) <= len(block.text) or _is_bold(below):
            continue
        if not _is_bold(block) and not (_ratio(block, below) >= SURE and _stands_by_itself(document, block)):
            continue
        if (
            below.element.parent != element.parent
            and below.element.index != element.parent
            and below.element.tag != "li"
        ):
            continue
        if len(block.lines) == 1 and words(block.text):
            found.setdefault(element.index, (block, below))
    return list(found.values())


def _above_bare_text(document: Document, blocks: list[TextBlock]) -> Iterable[tuple[TextBlock, TextBlock]]:
    """Blocks that open another one, whose own text follows without an element around it."""
    around = {each.element.index: each for each in blocks}
    for block in blocks:
        outer = around.get(block.element.parent) if block.element.parent is not None else None
        if outer is None:
            continue
        parts = [each for each in outer.element.content if isinstance(each, int) or each.text.strip()]
        if parts[0] == block.element.index and len(parts) > 1:
            yield block, outer


def _first_lines(page: Page) -> list[Element]:
    """What is bold or large and alone in a line that line breaks end, and opens lines of prose in the same block."""
    document = page.document
    found = []
    for block in text_blocks(document):
        element = block.element
        if element.tag in _MEANT or element.role in _ROLES or not element.exposed:
            continue
        if document.closest(element, lambda each: _is_elsewhere(document, each) or each.role == "heading"):
            continue
        parts = [
            each if isinstance(each, int) else each.text
            for each in element.content
            if isinstance(each, int) or each.text.strip()
        ]
        breaks = [at for at, part in enumerate(parts) if isinstance(part, int) and document[part].tag == "br"]
        # A line begins the block or follows a break, is one inline element, and another break ends it.
        starts = [at for at in (0, *(each + 1 for each in breaks)) if at + 1 in breaks and at not in breaks]
        lines = [document[part] for at in starts if isinstance(part := parts[at], int)]
        lines = [each for each in lines if _stands_out(document, each, element) and _is_title(document, each)]
        for line in lines:
            below = _words_below(document, element, line, {each.index for each in lines})
            if below >= LEAST_BELOW:
                found.append(line)
    return found


def _is_elsewhere(document: Document, element: Element) -> bool:
    """Whether what stands in it has a structure of its own; a table for layout has none."""
    if element.tag == "table":
        return not (is_presentational(element) or arranges(document, grid(document, element)))
    return element.tag in _ELSEWHERE


def _is_title(document: Document, line: Element) -> bool:
    said = document.visible_text(line)
    return 0 < len(words(said)) <= MOST_WORDS and said[-1] not in ".:;,!?…"


def _words_below(document: Document, block: Element, line: Element, lines: set[int]) -> int:
    """How many words of the block follow a line, before the next one of its kind."""
    count, begun = 0, False
    for part in block.content:
        if isinstance(part, int) and part in lines:
            if begun:
                break
            begun = part == line.index
        elif begun:
            count += len(words(document.visible_text(document[part]) if isinstance(part, int) else part.text))
    return count


def _stands_out(document: Document, line: Element, block: Element) -> bool:
    """Whether all of a line is bold, or clearly larger than the block is."""
    if _is_bold_inside(document, line):
        return True
    sizes = [pixels(owner.style.get("font-size")) or 0.0 for owner, run in document.runs(line) if run.text.strip()]
    own = pixels(block.style.get("font-size")) or 0.0
    return bool(sizes and own) and min(sizes) >= LARGER * own


def _is_bold_inside(document: Document, element: Element) -> bool:
    runs = [(owner, run) for owner, run in document.runs(element) if run.text.strip()]
    return bool(runs) and all(
        (owner.style.get("font-weight") or "400") in {"600", "700", "800", "900"} for owner, _ in runs
    )


def _stands_over(block: TextBlock, below: TextBlock) -> bool:
    """Whether the text begins below the line and not in another column, as under the header cells of a grid."""
    if not block.lines or not below.lines:
        return False
    line, first = block.lines[0], below.lines[0]
    return first.y >= line.y + line.height / 2 and first.x < line.right and line.x < first.right


def _is_pressed(block: TextBlock) -> bool:
    return any(owner.style.get("cursor") == "pointer" or "click" in owner.listeners for owner, _ in block.runs)


def _is_bold(block: TextBlock) -> bool:
    weights = [owner.style.get("font-weight", "400") for owner, run in block.runs if run.text.strip()]
    return bool(weights) and all(weight.isdecimal() and int(weight) >= 600 for weight in weights)


def _ratio(block: TextBlock, below: TextBlock) -> float:
    return round(_size(block) / (_size(below) or 1), 2)


def _stands_by_itself(document: Document, block: TextBlock) -> bool:
    """Whether it opens something: what is large right below a heading leads in, and large code or numbers are shown."""
    before = _block_before(document, block.element)
    below_heading = before is not None and document.closest(before.element, lambda each: each.role == "heading")
    return not below_heading and not block.is_code(document) and block.text[0].isalpha()


def _size(block: TextBlock) -> float:
    return max(
        (pixels(owner.style.get("font-size")) or 0.0 for owner, run in block.runs if run.text.strip()), default=0.0
    )
