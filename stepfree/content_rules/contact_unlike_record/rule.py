"""A telephone number or street address in a text is another than the record of the branch has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText
from stepfree.content_rules.neighbours import NUMBER, Branch, branches, digits, recorded

RULE = Rule(
    title="Not the number in the branch’s record",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People call a stranger or go to the wrong door, and cannot tell that the page is wrong.",
    since="0.1.0",
    best_practice=True,
)

#: Where a link leads is no part of what is read; its words stay, with as many characters before them.
_TARGET = re.compile(r"(?<=\])\([^)\s]*\)")
#: A sentence ends with a full stop before a capital; “St.” and the like end none.
_END = re.compile(r"(?<!\bSt)(?<!\bSte)(?<!\bDr)(?<!\bMt)(?<!\bTel)(?<!\bTél)(?<=[.!?])\s+(?=[A-ZÀ-Ö*\[])")
#: Between the name of a branch and what is its own there stand only such words.
_JOIN = r"(?:[\s,:;(|*\[–—-]|\b(?:at|on|is|phone|telephone|number|tel|address|located|au|est|téléphone|numéro|tél|adresse|située?)\b\.?)*"
_DIGIT = re.compile(r"\d")
_OTHER_LINE = re.compile(r"\b(?:fax|t[ée]l[ée]copieur|tty|ats|text|texto|sms)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Contact(Place):
    """``sure``: nothing but a joining word stands between the name of the branch and the contact."""

    branch: Branch | None = None
    sure: bool = False
    street: bool = False


def applies(source: SourceText) -> Iterator[Place]:
    """Numbers in a sentence or row that names one branch, and house numbers of a street in which one stands."""
    known = branches(source)
    if not known:
        return
    seen: set[tuple[int, str]] = set()
    for block in blocks_of(source):
        if block.kind in {BlockKind.CODE, BlockKind.QUOTE}:
            continue
        whole = "\n".join(line.text for line in block.lines)
        whole = _TARGET.sub(lambda match: " " * len(match.group()), whole)
        for start, sentence in _sentences(whole, rows=block.kind is BlockKind.TABLE):
            line = block.line + whole[:start].count("\n")
            for place in (*_numbers(sentence, known), *_streets(sentence, known)):
                number = line + sentence[: place.column - 1].count("\n")
                if (number, place.quote) not in seen:
                    seen.add((number, place.quote))
                    yield _Contact(number, place.quote, 1, place.branch, place.sure, place.street)


def expect(source: SourceText, place: Place) -> Result:
    """The record of the branch is right until somebody corrects it."""
    assert isinstance(place, _Contact)
    branch = place.branch
    assert branch is not None
    if place.street:
        right = f"{branch.number} {branch.street}"
        if place.quote.split()[0].rstrip(",") == branch.number:
            return passed()
        if place.sure:
            return failed(
                f"This text puts “{branch.name}” at {place.quote}. Its record says {right}.",
                f"Write `{right}`. If the branch has moved, correct the record (`{branch.path}`): every page follows it.",
                record=right,
            )
        return ask(
            f"Is {place.quote} the address of “{branch.name}”? Its record says {right}.",
            f"If so, write {right}. If another building is meant, nothing has to change.",
            record=right,
        )
    if digits(place.quote) in branch.phones:
        return passed()
    owner = recorded(source, place.quote)
    if place.sure and owner is None:
        return failed(
            f"This text gives {place.quote} for “{branch.name}”. Its record says {branch.phone}, and no record of "
            "the library has the other number.",
            f"Write `{branch.phone}`. If the number here is right, correct the record (`{branch.path}`): every page follows it.",
            record=branch.phone,
        )
    if owner is not None and not place.sure:
        return passed()
    if owner is not None:
        return ask(
            f"Is {place.quote} meant for “{branch.name}”? Its own number is {branch.phone}; this one belongs to {owner}.",
            f"If the branch’s own is meant, write {branch.phone}.",
            record=branch.phone,
        )
    return ask(
        f"Is {place.quote} a number of “{branch.name}”? Its record has {branch.phone}, and no record has this one.",
        f"If it is the branch’s, write {branch.phone}. If it is somebody else’s, say whose it is.",
        record=branch.phone,
    )


def _sentences(text: str, *, rows: bool) -> Iterator[tuple[int, str]]:
    """The sentences of a block, or the rows of a table, with the place at which each begins."""
    start = 0
    for end in re.finditer("\n", text) if rows else _END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _numbers(sentence: str, known: tuple[Branch, ...]) -> Iterator[_Contact]:
    if NUMBER.search(sentence) is None:
        return
    named = _named(sentence, known)
    # Of two branches nobody can tell whose number it is.
    if len({branch.short for branch in named}) != 1:
        return
    branch = named[0]
    own = any(digits(found.group()) in branch.phones for found in NUMBER.finditer(sentence))
    for found in NUMBER.finditer(sentence):
        sure = _joined(sentence[: found.start()], branch)
        # Beside the branch's own number, another is somebody else's.
        if not _OTHER_LINE.search(sentence) and (sure or not own or digits(found.group()) in branch.phones):
            yield _Contact(0, found.group(), found.start() + 1, branch, sure)


def _streets(sentence: str, known: tuple[Branch, ...]) -> Iterator[_Contact]:
    if _DIGIT.search(sentence) is None:
        return
    for branch in {(each.number, each.street): each for each in known if each.street}.values():
        for found in re.finditer(
            rf"(?<![\d-])\d{{1,5}}[A-Za-z]?,?\s+{re.escape(branch.street)}\b", sentence, re.IGNORECASE
        ):
            # A street of that name may be in another town as well.
            named = _named(sentence, known)
            towns = {each.town for each in known if each.town and re.search(rf"\b{re.escape(each.town)}\b", sentence)}
            if any(each.path == branch.path or each.number == branch.number for each in named) or towns == {
                branch.town
            }:
                yield _Contact(
                    0, found.group(), found.start() + 1, branch, _joined(sentence[: found.start()], branch), True
                )


def _name(branch: Branch) -> str:
    """A pattern for the branch as sentences call it, in both languages."""
    short = re.escape(branch.short).replace(r"\ ", r"\s+")
    before = r"\b(?:branch(?:\s+(?:in|at|of))?|succursale|biblioth[èe]que)(?:\s+de(?:\s+la)?|\s+du|\s+d['’])?\s+"
    return rf"(?:\b{short}\s+(?:branch|library)\b|{before}{short}\b)"


def _named(sentence: str, known: tuple[Branch, ...]) -> list[Branch]:
    """The branches that a sentence calls a branch, or that begin it before a colon or a bar."""
    return [
        each
        for each in known
        if re.search(_name(each), sentence, re.IGNORECASE)
        or re.match(rf"[\s|*+\d.-]*{re.escape(each.short)}[\s*]*[:|(]", sentence, re.IGNORECASE)
    ]


def _joined(before: str, branch: Branch) -> bool:
    return re.search(rf"{_name(branch)}{_JOIN}$", before, re.IGNORECASE) is not None
