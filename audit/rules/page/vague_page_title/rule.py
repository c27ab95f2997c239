"""The title of a page does not say what the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import content_words
from audit.semantics.vocabulary import Vocabulary, either, vocabulary
from audit.semantics.words import is_file_name, title_parts, words

RULE = Rule(
    title="Page title does not describe",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.2",), act=("c4a8a4",)),
    fixer=Fixer.AUTHOR,
    why="The title is the first thing that is spoken, and all that people see of a page in tabs, history and bookmarks.",
    since="0.1.0",
)
#: Fewer words on a page are no evidence of what it is about.
LEAST_WORDS = 6
#: Joins the subject of a main heading with the name of the site.
_OF_SITE = frozenset({"at", "of", "from", "on", "in", "by", "de", "à", "du", "sur", "chez", "le", "la", "the", "l"})


def applies(page: Page) -> Iterable[Element]:
    """The first title of an HTML page, when it is not empty."""
    document = page.document
    if document.root.tag != "html":
        return
    titles = [each for each in document.tags("title") if each.frame is None and not _in_drawing(document, each)]
    if titles and document.text(titles[0]):
        yield titles[0]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    title = document.text(target)
    fix = "Write a title that names what only this page is about; the site's name comes after it."
    first = title_parts(title)[0]
    if is_file_name(title) or re.fullmatch(r"[\w-]+\.html?", title) or title.startswith(("http:", "https:")):
        return failed(f"The title of this page is only “{title}”.", fix, title=title)
    # What was never filled in is in the language of the program, whatever the page is in.
    if " ".join(words(title)) in either().placeholder_titles or _is_placeholder(first) or _is_numbered(title):
        return failed(f"The title of this page is “{title}”, which describes nothing.", fix, title=title)
    known = vocabulary(document.root.get("lang"))
    if known is None:
        return passed(title=title)
    headings = [each for each in document.roles("heading") if each.frame is None and each.name.strip()]
    main = next((each.name for each in headings if each.accessible and each.accessible.states.get("level") == 1), "")
    subject = _subject_beside_site(title, main, known)
    if subject and not _is_home(page):
        return failed(
            f"The title is only “{title}”, and says nothing of what the main heading names: “{main}”.",
            fix,
            title=title,
            heading=main,
        )
    if _is_of_something_else(page, title, known):
        text = document.exposed_text(document.root)
        return ask(f"The title is “{title}”. Is this page about it: “{text[:90]}”?", fix, title=title)
    return passed(title=title)


def _in_drawing(document: Document, element: Element) -> bool:
    return any(above.tag == "svg" for above in document.ancestors(element))


def _is_placeholder(first: str) -> bool:
    # "Page – Riverside" and "Test – Riverside"; but "Documents – Riverside" is a page of documents.
    return len(words(first)) > 1 and " ".join(words(first)) in either().placeholder_titles


def _is_numbered(title: str) -> bool:
    # "Untitled-3", "New document 2": the program has counted. "Page 2" may be the second of a list.
    said = words(title)
    while said and (said[-1].isdigit() or said[-1] in {"copy", "copie"}):
        said = said[:-1]
    joined = " ".join(said)
    return said != words(title) and joined in either().placeholder_titles and (len(said) > 1 or joined == "untitled")


def _is_home(page: Page) -> bool:
    path = urlsplit(page.url).path
    return path in {"", "/"} or page.address in {"/", "/fr/", "/en/"}


def _subject_beside_site(title: str, main: str, known: Vocabulary) -> str:
    """What the main heading says before the site's name, when the title is only that name."""
    said, heading = words(title), words(main)
    if not said or len(heading) <= len(said) or heading[-len(said) :] != said:
        return ""
    rest = heading[: len(heading) - len(said)]
    if rest[-1] not in _OF_SITE:
        return ""
    return " ".join(rest) if len(content_words(" ".join(rest), known)) > 1 else ""


def _is_of_something_else(page: Page, title: str, known: Vocabulary) -> bool:
    """Whether the word that a title begins with, and most of the others, stand nowhere on the page."""
    document = page.document
    body = [each for each in document.tags("body") if each.frame is None]
    text = " ".join(document.exposed_text(each) for each in body)
    names = " ".join(each.name for each in document if each.exposed and each.role in {"image", "heading", "link"})
    there = content_words(f"{text} {names}", known)
    subject = content_words(title_parts(title)[0], known)
    if not subject or len(words(text)) < LEAST_WORDS or not there:
        return False
    missing = [word for word in subject if not _stands(word, there)]
    # Another part of the title may be the subject.
    rest = content_words(" ".join(title_parts(title)[1:]), known)
    return subject[0] in missing and len(missing) * 3 >= len(subject) and not any(_stands(word, there) for word in rest)


def _stands(word: str, there: tuple[str, ...]) -> bool:
    """Whether the word stands there, or one of the same stem ("borrow", "borrowing")."""
    stem = word[: max(4, len(word) * 2 // 3)]
    return any(each.startswith(stem) or (len(each) > 3 and word.startswith(each)) for each in there)
