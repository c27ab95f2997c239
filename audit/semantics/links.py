"""Links as people meet them: their words, what stands around them, where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote, urldefrag, urlsplit, urlunsplit

from audit.model.destination import destination, spoken_name
from audit.model.document import Document, Element
from audit.model.observations import LinkEnd
from audit.model.page import Page
from audit.semantics.linked_pages import end_of
from audit.semantics.tables import grid
from audit.semantics.text_blocks import CODE, text_blocks
from audit.semantics.vocabulary import LANGUAGES, Vocabulary, either, vocabulary
from audit.semantics.words import has_words, plain_apostrophes, words

#: What WCAG 2.2 counts as context beside the sentence: item, paragraph, cell (with its headers).
_CONTEXT = frozenset({"li", "p", "td", "th", "dd", "dt", "caption", "figcaption"})
#: An address that is shown in full, and from how many characters on it is long.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LONG_ADDRESS = 50
#: Characters of a link text that are quoted.
QUOTED = 60
#: The name of a function, and what it takes: names with commas between them.
_NAME = re.compile(r"[A-Za-z_][\w.:]*")
_TAKEN = re.compile(r"\((?:[\w.$*:]+(?:,\s*[\w.$*:]+)*)?\)")
_NOUNS = frozenset({"link", "links"})
_CONTEXT_ROLES = frozenset({"listitem", "paragraph", "cell", "gridcell"})


def links(document: Document) -> Iterator[Element]:
    """Exposed links with a name, in document order."""
    for element in document:
        if element.exposed and element.role == "link" and element.name.strip():
            yield element


def understood_links(document: Document) -> Iterator[Element]:
    """Those whose name can be spoken, in a language whose words are known, or with vague words of such a language."""
    for link in links(document):
        if has_words(link.name) and (vocabulary(link.lang) or is_vague(link.name, link.lang)):
            yield link


def file_ending(link: Element) -> str:
    """The ending of the file that a link leads to, in small letters without its dot; ``""``: it has none."""
    try:
        path = unquote(urlsplit((link.get("href") or "").strip()).path)
    except ValueError:
        return ""
    name = path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def is_long_address(name: str) -> bool:
    """Whether a link text is an address as programs write it: with a query, or longer than anybody types."""
    text = name.strip()
    return _ADDRESS.fullmatch(text) is not None and ("?" in text or len(text) >= LONG_ADDRESS)


def shortened(name: str) -> str:
    """A link text as it is quoted: of a long one the beginning."""
    text = name.strip()
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def names_its_heading(page: Page, link: Element) -> bool:
    """Whether the link leads to a heading of the same page and is called like it.

    In a list of contents the words of a heading are the purpose, however general they are
    ("Website" leads to the part "Website").
    """
    document = page.document
    # Scripts may have written the address out in full.
    address = destination(link, page.url) or ""
    end = document.with_id(unquote(urldefrag(address).fragment), link) if is_place_here(page, address) else None
    if end is None:
        return False
    heading = (
        end if end.role == "heading" else next((e for e in document.descendants(end) if e.role == "heading"), None)
    )
    return heading is not None and words(document.text(heading)) == words(link.name)


def names_its_page(page: Page, link: Element) -> bool:
    """Whether a link is all of an item of a list, and the page or file at its end is called like it.

    In a menu the words are the name of a page, however general they are: “Version” leads to ``version.html``.
    """
    said = words(link.name)
    item = page.document.closest(link, lambda each: each.tag == "li" or each.role == "listitem")
    if item is None or words(page.document.text(item)) != words(page.document.text(link)):
        return False
    try:
        path = unquote(urlsplit(destination(link, page.url) or "").path)
    except ValueError:
        return False
    stem = path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return bool(said) and words(stem.replace("_", " ")) == said


def names_a_thing_in_code(document: Document, link: Element) -> bool:
    """Whether all text of the link stands in ``code`` or the like, or is called: an option, a key, a function.

    Or it is a word for a format and leads to no file of any: a folder called "doc" has a page of its own.
    """
    if _is_called(document, link) or _is_no_file(link):
        return True
    owners = [owner for owner, run in document.runs(link) if run.text.strip()]
    return bool(owners) and all(
        document.closest(owner, lambda each: each.tag in CODE and document.contains(link, each)) is not None
        for owner in owners
    )


def _is_no_file(link: Element) -> bool:
    known = vocabulary(link.lang) or either()
    said = words(link.name)
    path = urlsplit(link.get("href") or "").path.casefold()
    leads_to_page = path.endswith((".html", ".htm")) or (link.get("href") or "").startswith("#")
    one = len(said) == 1 and said[0] in known.formats and not said[0].startswith("htm")
    # "PDF" is what a file is in; "doc" as it stands is a name.
    return one and leads_to_page and link.name.strip().islower() and said[0] not in known.additions


def names_a_thing_in_its_sentence(document: Document, link: Element) -> bool:
    """Whether it is a verb with a capital in the middle of a sentence, as names are written: the game or language Go."""
    known, name = vocabulary(link.lang), link.name.strip()
    if known is None or not name.istitle() or len(words(name)) != 1:
        return False
    verb = name.casefold()
    if verb not in known.link_pointers or verb in known.link_unmistakable | known.pointing | _NOUNS:
        return False
    block = next((each for each in text_blocks(document) if any(owner is link for owner, _ in each.runs)), None)
    before = ""
    for owner, run in block.runs if block is not None else ():
        if owner is link:
            break
        before += run.text
    return before.rstrip()[-1:].islower() or before.rstrip().endswith(",")


def _is_called(document: Document, link: Element) -> bool:
    """Whether the link is the name of a function, with what it takes in brackets behind it: ``json(text, path)``."""
    parent = document.parent(link)
    if parent is None or not _NAME.fullmatch(document.text(link).strip()):
        return False
    at = parent.content.index(link.index) + 1
    after = parent.content[at] if at < len(parent.content) else None
    if after is None or isinstance(after, int) or not after.text.startswith("("):
        return False
    said = document.text(parent)
    return _TAKEN.match(said, said.find(f"{document.text(link)}(") + len(document.text(link))) is not None


def content_words(text: str, known: Vocabulary) -> tuple[str, ...]:
    """The words of a text that carry a subject: no little words, elided ones cut (``l'heure`` is ``heure``)."""
    found = (word.rsplit("'", 1)[-1] if "'" in word[:3] else word for word in words(text))
    return tuple(word.removesuffix("'s") for word in found if word not in known.stop)


def without_additions(name: str, known: Vocabulary) -> tuple[str, ...]:
    """The words of a link text less what is added at its end or beginning: “(opens in a new tab)”, “[PDF, 2 MB]”."""
    said = words(name)
    marks = known.addition_marks | known.formats

    def is_added(word: str) -> bool:
        return word in known.additions or word in known.formats or _SIZE.fullmatch(word) is not None

    if all(map(is_added, said)):
        return said
    for end in range(1, len(said)):
        for kept, added in ((said[:end], said[end:]), (said[-end:], said[:-end])):
            if marks & set(added) and all(map(is_added, added)) and _is_set_off(plain_apostrophes(name), kept, added):
                return kept
    return said


def _is_set_off(name: str, kept: tuple[str, ...], added: tuple[str, ...]) -> bool:
    """Whether an addition stands in brackets or behind a sign, or says by itself what it is (“opens in a new tab”)."""
    if len(added) > 1 and {
        "opens",
        "open",
        "new",
        "external",
        "s'ouvre",
        "nouvelle",
        "nouvel",
        "externe",
        "abre",
        "nueva",
        "externo",
    } & set(added):
        return True
    between = re.compile(rf"{re.escape(kept[-1])}\s*[^\w\s']+\s*{re.escape(added[0])}", re.IGNORECASE)
    behind = re.compile(rf"{re.escape(added[-1])}\s*[^\w\s']+\s*{re.escape(kept[0])}", re.IGNORECASE)
    return between.search(name) is not None or behind.search(name) is not None


#: Behind a word that tells which ("start", "main"), a place that a site has once.
_ONE_OF_A_KIND = frozenset({"page"})


def says_nothing(name: str, known: Vocabulary) -> bool:
    """Whether a link text describes no purpose at all by itself.

    Nothing is left of it without fillers ("click here to read more"), it only points at
    something its sentence told ("this product"), or it only names a file format.
    """
    all_words = without_additions(name, known)
    if not all_words or " ".join(all_words) in known.link_describing:
        return False
    # "Go to the start page", "Back to our home page": whatever comes before, it leads to a page that is one of a kind.
    if len(all_words) > 2 and " ".join(all_words[-2:]) in known.link_describing and all_words[-1] in _ONE_OF_A_KIND:
        return False
    if " ".join(all_words) in known.link_vague:
        return True
    # "Page A" and "Plan B" are told apart by their letter; "--open" is the name of a switch, "open()" of a function.
    # What follows "Previous:" is a title, however general its words are.
    if _LETTERED.search(name) or name.strip().startswith("-") or _CALL.search(name) or _BESIDE_TITLE.match(name):
        return False
    if all(word in known.formats for word in all_words) and not known.beside_formats.issuperset(all_words):
        return True
    # "Download now", "View the PDF": what to do, and with a format.
    kinds = {word for word in all_words if word in known.formats} - known.beside_formats - _SUBJECTS
    if (
        kinds
        and not _ABOUT & {*all_words}
        and all(word in known.link_fillers or word in known.formats for word in all_words)
    ):
        return True
    if all(word in known.link_fillers for word in all_words):
        nouns = [word for word in all_words if word not in known.stop]
        return len(nouns) < 2 or any(word in known.link_pointers for word in all_words)
    return len(all_words) == 2 and all_words[0] in known.pointing


def is_vague(name: str, lang: str | None) -> bool:
    """Whether a link text says nothing, in the language that it is marked with or in another that it is plainly written in."""
    own = vocabulary(lang)
    if own is not None and says_nothing(name, own):
        return True
    said = {*words(name)}
    others = (each for each in map(vocabulary, LANGUAGES) if each is not None and each is not own)
    return any(said & each.link_unmistakable and says_nothing(name, each) for each in others)


def context(document: Document, link: Element) -> str:
    """What assistive technology can tell about a link beside its name (WCAG 2.2, "programmatically
    determined link context"): the text around it in its sentence, paragraph, item or cell, the
    headers of its cell, and its description. A heading further up is not part of it.
    """
    parts = [link.accessible.description if link.accessible else ""]
    own = document.text(link)
    parts.extend(
        block.text.replace(own, " ", 1)
        for block in text_blocks(document)
        if any(owner is link or document.contains(link, owner) for owner, _ in block.runs)
    )
    for above in document.ancestors(link):
        if above.tag in _CONTEXT or above.role in _CONTEXT_ROLES:
            parts.append(document.exposed_text(above).replace(own, " ", 1))
        if above.tag in {"td", "th"}:
            parts.extend(_headers(document, above))
    return " ".join(parts)


def context_tells(document: Document, link: Element, known: Vocabulary) -> bool:
    """Whether what stands around a link says anything about where it leads.

    The words of other links around it are theirs, so a row of links tells nothing of each.
    """
    around = list(content_words(context(document, link), known))
    others: list[str] = []
    for other in _links_near(document, link):
        others.extend(content_words(document.text(other), known))
    for word in others:
        if word in around:
            around.remove(word)
    return any(word not in known.link_fillers and word not in known.formats for word in around)


def _links_near(document: Document, link: Element) -> Iterator[Element]:
    above = next((each for each in document.ancestors(link) if each.tag in _CONTEXT), document.parent(link))
    if above is not None:
        yield from (each for each in document.descendants(above) if each.role == "link" and each is not link)


def _headers(document: Document, cell: Element) -> Iterator[str]:
    table = next((each for each in document.ancestors(cell) if each.tag == "table"), None)
    if table is None:
        return
    cells = grid(document, table)
    here = next((each for each in cells.cells if each.element is cell), None)
    if here is None:
        return
    for header in cells.headers:
        if header.element is not cell and (
            header.row <= here.row < header.row + header.height
            or header.column <= here.column < header.column + header.width
        ):
            yield document.exposed_text(header.element)


def place(document: Document, link: Element) -> int:
    """The index of the block that is a link's place: two links with the same one share their context."""
    for above in document.ancestors(link):
        inline = above.style.get("display", "inline") in {"inline", "contents"}
        if above.tag in _CONTEXT or not (inline or _is_drawing(document, above)):
            return above.index
    return document.root.index


def _is_drawing(document: Document, element: Element) -> bool:
    return element.tag == "svg" or any(above.tag == "svg" for above in document.ancestors(element))


class Ends(StrEnum):
    """How the ends of two links go together."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


#: Below this share of common words two pages say different things.
ALIKE = 0.35
#: From this share on, and with one title, they say the same.
EQUAL = 0.8
#: Digits of a number that stands for one thing in the world: a phone, an ISBN.
LONG_NUMBER = 7
_SIZE = re.compile(r"\d+|\d*(?:kb|mb|gb|kio|mio|ko|mo|go|pages?|p)")
#: Formats that are also things to read about, and what leads to a subject: "More about large print", "About EPUB".
_SUBJECTS = frozenset(
    {"print", "text", "large", "plain", "audio", "format", "braille", "word", "excel", "kindle", "daisy"}
)
_ABOUT = frozenset({"about", "for", "of", "sur", "pour"})
_CALL = re.compile(r"\w\(\)")
_BESIDE_TITLE = re.compile(
    r"\s*(?:previous|prev|next|up|précédente?|suivante?)(?:\s+(?:chapter|page|part|article|chapitre|partie))?\s*:\s*(?!(?:page|click|here|cliquez|ici)\b)\w",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\s[A-Z]\W*$")
_NUMBER = re.compile(r"\d[\d ().\-\u00a0]{5,18}\d")


def compare(page: Page, first: str, second: str, name: str) -> Ends:
    """Whether two addresses lead to the same thing, from what was read of them.

    Unknown is what could not be read, and pages that are alike or are both what ``name`` says.
    """
    here, there = urldefrag(_with_path(first)), urldefrag(_with_path(second))
    if here.url == there.url:
        # A page, and a place on it, are one page; two places of one page need not be one thing.
        one_place = here.fragment == there.fragment or not here.fragment or not there.fragment
        return Ends.SAME if one_place else Ends.UNKNOWN
    one, two = end_of(page, here.url), end_of(page, there.url)
    if one is None or two is None:
        return Ends.UNKNOWN
    if one.final_url == two.final_url:
        return Ends.SAME
    if any(each.status != 200 or not each.content_type.endswith("html") for each in (one, two)):
        return Ends.UNKNOWN
    if one.text_digest == two.text_digest and one.text_digest and one.shown == two.shown:
        # The same file under another query: a script may still show something else.
        return (
            Ends.SAME if one.shown is not None or urlsplit(here.url).path != urlsplit(there.url).path else Ends.UNKNOWN
        )
    return _by_content(one, two, name)


def _with_path(address: str) -> str:
    """An address without a path is that of the path ``/``."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path or "/")) if parts.netloc else address


def is_place_here(page: Page, address: str) -> bool:
    """Whether an address is a place on the page itself."""
    parts = urldefrag(address)
    return bool(parts.fragment) and parts.url == urldefrag(page.url).url


def _by_content(one: LinkEnd, two: LinkEnd, name: str) -> Ends:
    known = either()
    texts = [each.shown or each.text for each in (one, two)]
    numbers = [_long_numbers(text) for text in texts]
    if numbers[0] and numbers[1]:
        nested = numbers[0] <= numbers[1] or numbers[1] <= numbers[0]
        if not nested and not numbers[0] & numbers[1]:
            return Ends.DIFFERENT
        if nested and one.shown is None:
            return Ends.UNKNOWN
    bags = [frozenset(content_words(text, known)) for text in texts]
    titles = [frozenset(content_words(each.title, known)) for each in (one, two)]
    shared = len(bags[0] & bags[1]) / max(1, min(len(bags[0]), len(bags[1])))
    if titles[0] == titles[1] and shared >= EQUAL and one.shown is None:
        return Ends.SAME
    named = frozenset(content_words(name, known))
    heads = [title | _heads(each) for title, each in zip(titles, (one, two), strict=True)]
    if one.shown is None and named and all(named <= head for head in heads):
        return Ends.UNKNOWN
    if shared < ALIKE or (titles[0] - titles[1] and titles[1] - titles[0]):
        return Ends.DIFFERENT
    # One file whose script shows something else for each query was told apart above all else.
    return Ends.DIFFERENT if one.shown is not None and bags[0] - bags[1] and bags[1] - bags[0] else Ends.UNKNOWN


def _heads(end: LinkEnd) -> frozenset[str]:
    return frozenset(word for heading in end.headings for word in content_words(heading, either()))


def _long_numbers(text: str) -> frozenset[str]:
    found = set()
    # Runs of digits with phone punctuation between them.
    for match in _NUMBER.finditer(text):
        number = "".join(character for character in match.group(0) if character.isdigit())
        if LONG_NUMBER <= len(number) <= 13:
            found.add(number)
    return frozenset(found)


def of_one_name(page: Page, elements: Iterator[Element]) -> Iterator[tuple[tuple[Element, str], ...]]:
    """Groups of elements (with their addresses) that share a name and do not all lead to one address."""
    groups: dict[str, list[tuple[Element, str]]] = {}
    for element in elements:
        name, target = spoken_name(element.name), destination(element, page.url)
        if name and target is not None:
            groups.setdefault(name, []).append((element, target))
    for group in groups.values():
        if len({target for _, target in group}) > 1:
            yield tuple(group)
