"""An instruction points at something by its shape, colour, place or sound alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.linked_pages import linked_text
from audit.semantics.links import content_words
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import Vocabulary, vocabulary
from audit.semantics.words import QUOTED, sentences, words

RULE = Rule(
    title="Pointing by shape, colour or place",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.3",), act=("9bd38c",)),
    fixer=Fixer.AUTHOR,
    why="People who cannot see the page do not know what is round, green or on the right.",
    since="0.1.0",
)
#: Names of classes and ids as they are written in style sheets: ".text-white", "#red-box".
_IDENTIFIER = re.compile(r"(?<![\w.#])[.#][A-Za-z][\w-]*")
_ARTICLES = frozenset(
    {"the", "this", "that", "le", "la", "les", "l", "ce", "cette", "el", "los", "las", "este", "esta", "ese", "esa"}
)
_OF = frozenset({"of", "des", "de", "del"})
#: What a page may sound like, and words of a sentence about other sounds: of a telephone, or an alarm in a building.
_SOUNDS = frozenset({"beep", "beeps", "chime", "tone", "ding", "buzz", "bip", "bips", "tonalité", "carillon", "pitido"})
_HEAR = frozenset({"hear", "entendez", "entendrez", "entends", "oiga", "oigas"})
_SOUNDS_ELSEWHERE = frozenset(
    {"phone", "telephone", "call", "message", "fire", "alarm", "téléphone", "appel", "appelez", "teléfono", "alarma"}
)
_SIDES = {
    ("on", "the"),
    ("to", "the"),
    ("at", "the"),
    ("in", "the"),
    ("à",),
    ("en",),
    ("au",),
    ("a", "la"),
    ("de", "la"),
}


def applies(page: Page) -> Iterable[Element]:
    """Exposed blocks of text that point at something of a page by shape, colour or place."""
    for index in sorted(_pointers(page.document)):
        yield page.document[index]


def expect(page: Page, target: Element) -> Result:
    sentence, sense, thing = _pointers(page.document)[target.index]
    known = vocabulary(target.lang)
    assert known is not None
    if sense in _SOUNDS:
        return ask(
            f"“{sentence[:120]}” Is there also something to see, for people who do not hear it?",
            "Show it in words as well: “When it beeps and shows Ready, …”.",
        )
    fix = "Name what is meant by its words as well: “Press the green button, Renew all”."
    if _is_named(page, target, sentence, sense, known):
        return passed(pointer=f"{sense} {thing}".strip())
    if sense in known.sensory_positions or not any(word in known.instructions for word in words(sentence)):
        return ask(f"“{sentence[:120]}” Can people who do not see the page know what is meant by “{sense}”?", fix)
    return failed(
        f"“{sentence[:120]}” Nothing is called “{sense}” there, so only eyes find it.", fix, pointer=f"{sense} {thing}"
    )


def _pointers(document: Document) -> dict[int, tuple[str, str, str]]:
    """Blocks with their first pointing sentence, the sensory word, and the thing it points at."""
    found: dict[int, tuple[str, str, str]] = {}
    for block in text_blocks(document):
        known = vocabulary(block.element.lang)
        if known is None or not block.element.exposed or block.is_code(document):
            continue
        # What is moved off the screen is spoken, not seen: it points for nobody's eyes.
        named = _names_in_code(document, block.element)
        for sentence in sentences(block.text):
            # What is quoted is spoken of, and asks nobody to find anything; no more do names in code.
            spoken = QUOTED.sub(" ", _IDENTIFIER.sub(" ", sentence))
            for name in named:
                spoken = spoken.replace(name, " ")
            pointer = _pointer(words(spoken), known)
            if pointer:
                found[block.element.index] = (sentence, *pointer)
                break
    return found


def _names_in_code(document: Document, block: Element) -> list[str]:
    """What stands in code within the text, the longest first."""
    names = {
        " ".join(document.text(each).split())
        for each in document.descendants(block)
        if each.tag in {"code", "samp", "var"}
    }
    return sorted(names - {""}, key=lambda name: (-len(name), name))


def _pointer(said: tuple[str, ...], known: Vocabulary) -> tuple[str, str] | None:
    sound = _by_sound(said)
    if sound is not None:
        return sound
    if not any(word in known.instructions for word in said):
        return _by_side(said, known) or _by_size(said, known) or _by_place(said, known)
    senses = known.sensory_shapes | known.sensory_colours
    for at, word in enumerate(said):
        before = said[at - 1] if at else ""
        after = said[at + 1] if at + 1 < len(said) else ""
        # "the green button", "le bouton vert": the thing of the page beside the sensory word.
        # Several such words may stand before it: "the large green button".
        first = at
        while first and said[first - 1] in senses:
            first -= 1
        if word in senses and after in known.page_parts and first and said[first - 1] in _ARTICLES:
            return word, after
        if word in senses and before in known.page_parts and at > 1 and said[at - 2] in _ARTICLES:
            return word, before
        # "press the triangle to begin": the shape itself is the thing, and no word for a thing follows.
        leads = known.instructions | known.near
        if word in known.shape_nouns and before in _ARTICLES and at > 1 and said[at - 2] in leads:
            in_world = any(each in known.world for each in said)
            if not in_world and (not after or after in known.stop or after in known.instructions):
                return word, ""
    return _by_side(said, known) or _by_size(said, known)


def _by_sound(said: tuple[str, ...]) -> tuple[str, str] | None:
    """ "When you hear the beep": what is to be done when, told to the ear alone."""
    heard = next((at for at, word in enumerate(said) if word in _HEAR), None)
    if heard is None or any(word in _SOUNDS_ELSEWHERE for word in said):
        return None
    sound = next((word for word in said[heard + 1 : heard + 4] if word in _SOUNDS), "")
    return (sound, "") if sound else None


def _by_place(said: tuple[str, ...], known: Vocabulary) -> tuple[str, str] | None:
    """ "Prices are in the green column": without being told to do something, but nothing that stands in the world."""
    if any(word in known.world for word in said):
        return None
    senses = known.sensory_shapes | known.sensory_colours
    for at in range(1, len(said) - 2):
        lead, article, first, second = said[at - 1], *said[at : at + 3]
        if lead not in known.near or article not in _ARTICLES:
            continue
        if first in senses and second in known.page_parts:
            return first, second
        if second in senses and first in known.page_parts:
            return second, first
    return None


def _by_size(said: tuple[str, ...], known: Vocabulary) -> tuple[str, str] | None:
    """ "The larger of the two boxes", "le plus grand des boutons": one of several things, by its size."""
    for at, word in enumerate(said):
        if word not in known.sensory_shapes or not said[at + 1 : at + 2] or said[at + 1] not in _OF:
            continue
        thing = next((each for each in said[at + 2 : at + 5] if each in known.page_parts), None)
        if thing is not None and ({*said[max(0, at - 2) : at]} & _ARTICLES):
            return word, thing
    return None


def _by_side(said: tuple[str, ...], known: Vocabulary) -> tuple[str, str] | None:
    """ "The list on the right", "the grey box on the left", but nothing that stands in a building or a street."""
    for at, word in enumerate(said):
        if word not in known.sensory_positions or word in {"top", "bottom", "haut", "bas"} or at < 2:
            continue
        lead = next((side for side in _SIDES if said[at - len(side) : at] == side), None)
        if lead is None:
            continue
        thing = at - len(lead) - 1
        # A box may stand in a hall; the side of the page is meant where nothing else of the world is named.
        # Of a part of a page that is told what to do with, only what stands right beside it matters.
        told = said[thing] in known.page_parts and any(each in known.instructions for each in said[:thing])
        near = said[max(0, thing - 3) : at + 4] if told else said
        if any(each in known.world for each in near if each != said[thing]) or thing < 1:
            continue
        if said[thing] in known.world and said[thing] not in known.page_parts:
            continue
        if {*said[max(0, thing - 3) : thing]} & _ARTICLES and (
            at + 1 == len(said) or said[at + 1] not in known.page_parts
        ):
            return word, said[thing]
    return None


def _is_named(page: Page, target: Element, sentence: str, sense: str, known: Vocabulary) -> bool:
    """Whether something is called by the sensory word, or the sentence names what it means in another way."""
    document = page.document
    before = (words(sentence[: each.start()])[-1:] for each in QUOTED.finditer(sentence))
    if any({*word} & known.instructions for word in before):
        # "Press “Send”, the green button": its name is said, wherever it is.
        return True
    named = [each for each in document if each.exposed and each.name.strip() and not document.contains(target, each)]
    names = [words(each.name) for each in named if each.role not in {"generic", "rootwebarea", "paragraph"}]
    # A button "Renew" that is called "Renew Dune": what is seen of it is its name to who reads the sentence.
    names += [words(document.visible_text(each)) for each in named if each.role in {"button", "link", "tab"}]
    if any(sense in name for name in names):
        return True
    text, heads = linked_text(page, target)
    if sense in words(f"{text} {' '.join(heads)}"):
        return True
    if any(_is_called(sentence, name) for name in names):
        return True
    # A heading that says what is looked for ("Later dates are behind the triangle": "Dates").
    wanted = frozenset(content_words(sentence, known)) - known.instructions - {sense}
    headings = [each.name for each in _headings(document, target)]
    return any(wanted & frozenset(content_words(heading, known)) for heading in [*headings, *heads])


def _headings(document: Document, target: Element) -> list[Element]:
    """Headings that may be what is pointed at: not that of the page, nor the one that the sentence itself stands under."""
    found = [each for each in document.roles("heading") if not document.contains(target, each)]
    above = [each for each in found if each.index < target.index]
    own = above[-1].index if above else -1
    return [each for each in found if each.index != own and each.tag != "h1" and each.get("aria-level") != "1"]


def _is_called(sentence: str, name: tuple[str, ...]) -> bool:
    """Whether a sentence uses a name as a name: of several words, in quotation marks, or with a capital."""
    phrase = " ".join(name)
    if len(name) > 1:
        return f" {phrase} " in f" {' '.join(words(sentence))} "
    if len(phrase) < 2:
        return False
    word = re.escape(phrase)
    quoted = re.search(rf"[\"'“‘«*]\s*{word}\s*[\"'”’»*]", sentence, re.IGNORECASE)
    capital = re.search(rf"(?<=[\w,;:] ){word[0].upper()}{word[1:]}\b", sentence)
    return bool(quoted or capital)
