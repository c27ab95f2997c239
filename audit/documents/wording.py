"""Words about documents that several rules need."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from audit.documents.model import Document, Format, Kind, Passage
from audit.semantics.vocabulary import Vocabulary, either, vocabulary
from audit.semantics.words import is_file_name, words

NAMES = {
    Format.PDF: "PDF",
    Format.WORD: "Word document",
    Format.POWERPOINT: "presentation",
    Format.EXCEL: "workbook",
    Format.EPUB: "book",
}
_TEMPLATE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\s*-.*|(?:document|presentation|présentation|book|classeur|slide|diapositive|"
    r"dokument|präsentation|mappe|folie|documento|presentación|libro|diapositiva|layout|template|modèle|blank)\s*\d*|"
    r"powerpoint presentation|présentation powerpoint|powerpoint-präsentation|presentación de powerpoint|"
    r"powerpoint-presentatie|presentazione (?:standard )?di powerpoint|apresentação do powerpoint|pptxgenjs presentation|"
    r"word document|document word|"
    r"\[[^\[\]]+\]|untitled.*|sans titre.*|sans nom.*|title|titre|\d+)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\.(?:docx?|docm|pdf|indd|indb|qxp|pptx?|pps[xm]?|key|xlsx?|xlsm|rtf|odt|odp|ods|odg|pub|pages|numbers|epub|tmp|ai|psd|eps|"
    r"svg|graffle|vsdx?|cdr|afpub|sla|wpd|tex|md|txt|html?|jpe?g|png|tiff?)$",
    re.IGNORECASE,
)
#: Where a picture came from: a folder of somebody's machine, or an address of the web.
_FROM = re.compile(
    r"(?:[a-z]:\\|\\\\|file:|https?://|/)\S.*\.(?:jpe?g|png|gif|bmp|wmf|emf|tiff?|svg|webp)", re.IGNORECASE
)
#: What programs write as an alternative by themselves.
_MADE = re.compile(
    r"(?:description automatically generated|automatically generated|ai-generated content may be incorrect|"
    r"description générée automatiquement|le contenu généré par)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:picture|image|graphic|graphique|shape|forme|content placeholder|chart|diagram|diagramme|object|objet|grafik|"
    r"photo|logo|figure|group|groupe|text ?box|zone de texte)\s*\d*|"
    # What a program calls a picture of the screen, a scan or a photo: a word, and a day and time.
    r"(?:screen ?shot|screen capture|capture d.écran|photo|image|scan|img|dsc)[ _-]+(?:\d[\d:._-]*|at|à|[ap]\.?m\.?|\(\d+\)|\s)+",
    re.IGNORECASE,
)


def language_of(document: Document, passage: Passage | None = None) -> str:
    """The language that is declared for a passage, else for the document, else English."""
    return (passage.language if passage is not None else "") or document.language or "en"


def vocabulary_of(document: Document) -> Vocabulary | None:
    """The words of the document's language; ``None`` when they are not known."""
    return vocabulary(language_of(document))


def is_template_title(title: str, name: str = "") -> bool:
    """Whether a title is what a program or a template put there, or the name of the file."""
    title = title.strip()
    if _TEMPLATE.fullmatch(title) or _SOURCE.search(title) or is_file_name(title):
        return True
    stem = PurePosixPath(name).stem
    named = bool(stem) and title.casefold() == stem.casefold()
    return named and (" " not in title) and bool(re.search(r"[_\d-]", title))


def says_nothing_of_picture(alternative: str, file: str) -> bool:
    """Whether an alternative is a file name, or a word that says only that there is a picture."""
    stem = PurePosixPath(file).stem.casefold()
    said = alternative.strip()
    return (
        is_file_name(said)
        or bool(_FROM.fullmatch(said))
        or bool(_NUMBERED.fullmatch(said))
        or (bool(stem) and said.casefold() == stem and bool(re.search(r"[_\d]", said)))
        or " ".join(words(said)) in either().placeholder_alternatives
    )


def is_made_by_program(alternative: str) -> bool:
    """Whether an alternative carries the mark of a program that made it up."""
    return _MADE.search(alternative) is not None


def running(document: Document) -> tuple[Passage, ...]:
    """The passages that are read, in order, without what repeats on each page and without blank ones."""
    return tuple(
        passage
        for passage in document.passages
        if passage.kind not in {Kind.ARTIFACT, Kind.UNTAGGED} and passage.text.strip()
    )


def counted(how_many: int, one: str, many: str) -> str:
    """``1 page``, ``3 pages``."""
    return f"{how_many:,} {one if how_many == 1 else many}"


def cut(text: str, most: int = 90) -> str:
    """A text for quoting: spaces put together, and not too long."""
    told = " ".join(text.split())
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"
