"""A passage is marked as another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Passage, Place
from audit.documents.wording import cut, language_of, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.language.detect import Match, judge, known
from audit.semantics.language.voting import judged_together
from audit.semantics.vocabulary import primary

RULE = Rule(
    title="A passage is marked as another language",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("3.1.2",)),
    fixer=Fixer.DOCUMENT,
    why="The passage is pronounced as if it were in the wrong language, and cannot be understood.",
    since="0.1.0",
)

#: What a format is divided into, where that is no page.
_PARTS = {Format.EPUB: "chapter", Format.POWERPOINT: "slide"}
#: Fewer words may be a quotation, a title or a name.
LEAST = 12


#: From more passages than these of one language in one chapter, page or file, they are told together.
MANY = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage, and how many others of its chapter or page are in the same wrong language and told with it."""

    passage: Passage
    others: int = 0

    @property
    def place(self) -> Place:
        """Where the passage is."""
        return self.passage.place


def applies(document: Document) -> Iterator[Spoken]:
    """Passages that are long enough to be judged, unless the whole declares the wrong language: that is told once.

    What is set as it was typed, such as a listing, is in no language.
    """
    long = [
        each
        for each in running(document)
        if len(each.text.split()) >= LEAST and each.style != "pre" and known(each.language or document.language)
    ]
    against = [each for each in long if _match(document, each) is Match.OTHER]
    most = sum(len(each.text) for each in against) * 2 >= sum(len(each.text) for each in long)
    # A document in two languages may be half in each, and then only its passages can be told.
    if most and (len(against) == len(long) or _is_told_of_the_whole(document)):
        return
    yield from (Spoken(each) for each in long if _match(document, each) is not Match.OTHER)
    alike: dict[object, list[Passage]] = {}
    for each in against:
        declared = language_of(document, each)
        alike.setdefault((each.place.page, declared, judge(each.text, declared).language), []).append(each)
    for group in alike.values():
        if len(group) > MANY:
            yield Spoken(group[0], len(group) - 1)
        else:
            yield from map(Spoken, group)


def _is_told_of_the_whole(document: Document) -> bool:
    """Whether the document, all in all, is in another language than it declares, or may be."""
    declared = document.language
    own = [each.text for each in running(document) if primary(language_of(document, each)) == primary(declared)]
    return not declared or judged_together(tuple(dict.fromkeys(own)), declared).match in {
        Match.OTHER,
        Match.MAYBE_OTHER,
    }


def expect(document: Document, target: Spoken) -> Result:
    """Only what is sure is said."""
    passage = target.passage
    if _match(document, passage) is not Match.OTHER:
        return passed()
    declared = language_of(document, passage)
    found = judge(passage.text, declared)
    where = "document" if passage.place.page is None else _PARTS.get(document.format, "page")
    more = (
        f" So {'is 1 more passage' if target.others == 1 else f'are {target.others} more passages'} in this {where}."
        if target.others
        else ""
    )
    return failed(
        f"“{cut(passage.text)}” is in {found.name}, but is marked as “{declared}”.{more}",
        mend(document, "passage"),
        detected=found.language,
    )


#: What stands between quotation marks is somebody else's, also where a line ends before they close.
_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")


def _match(document: Document, passage: Passage) -> Match:
    declared = language_of(document, passage)
    found = judge(passage.text, declared)
    if found.match is Match.OTHER and (own := _QUOTED.sub(" ", passage.text)).strip() != passage.text.strip():
        own = own.strip()
        # A passage that is a quotation as a whole is judged as one.
        found = judge(own, declared) if len(own.split()) > LEAST / 4 else found
    # A listing has signs and numbers enough, and few words.
    return found.match if found.words >= LEAST else Match.SAME
