"""Which words stand on which page, and how much each counts: what the site's search goes by.

A word counts most in a title and in the names of a thing, then in headings and summaries, least in
the text. Words are folded (small letters, no accents, no hyphens); everything else (plurals,
synonyms, typing mistakes) is done in the reader's browser, by the one file that knows how.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from library_model.model import Output, Page, PageKind, Site
from library_search.synonyms import synonyms
from library_search.words import words
from library_words import translate
from library_words.translate import words_of
from library_words.voice import voice

_TITLE, _NAME, _HEADING, _TEXT = 10, 8, 4, 1
#: What a type of an online resource is called by people.
_TYPES = {"video": "films video", "ebooks": "e-books", "kids": "children", "archive": "archives"}
_MAIN = re.compile(r"<main\b[^>]*>(.*?)</main>", re.DOTALL)
_NO_WORDS = re.compile(r"<(script|style|svg|form|nav|dt)\b.*?</\1>|<[^>]+>", re.DOTALL)
_HEADINGS = re.compile(r"<(?:h[2-4]|summary)\b[^>]*>(.*?)</(?:h[2-4]|summary)>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s")
#: What the type of a page is called beside a result, and how much such pages are wanted.
_KINDS = {
    "services": ("Service", 1.35),
    "e-resources": ("Online resource", 1.2),
    "questions": ("Question", 1.2),
    "branches": ("Branch", 1.2),
    "pages": ("", 1.25),
    "programs": ("Program", 1.15),
    "equipment": ("To borrow or use", 1.15),
    "booklists": ("Booklist", 0.9),
    "notices": ("Notice", 0.8),
    "documents": ("Document", 0.6),
    "news": ("News", 0.6),
    "policies": ("Policy", 0.6),
    "staff": ("Staff", 0.5),
    "meetings": ("Board meeting", 0.4),
}
#: Front matter that names a thing as people may call it.
_NAMES = ("also_known_as", "misspellings", "subjects", "kinds", "kind", "group", "series", "topic", "languages")


def searchable(page: Page) -> bool:
    """Whether a page belongs into the search: one for people, about what is there."""
    if page.type == "questions" and "#" in page.path:
        return page.kind is not PageKind.ENDED
    return (
        page.kind is PageKind.PAGE
        and bool(page.template)
        and page.listed
        and page.template not in {"search", "site-map"}
    )


def indexes(site: Site, output: Path, folder: str) -> Iterator[Output]:
    """Yield the index of each language that has pages."""
    groups = synonyms(Path(site.settings.content))
    for lang in voice().languages:
        pages = sorted((page for page in site.all if page.lang == lang and searchable(page)), key=lambda p: p.path)
        if not pages:
            continue
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, page in enumerate(pages, 1):
            for word, weight in _weighed(page, _main(output / page.file) if page.file else str(page.body)).items():
                found[word].append((number, weight))
        document = {
            "lang": lang,
            "pages": [_entry(page) for page in pages],
            "words": {word: _steps(found[word]) for word in sorted(found)},
            "same": groups.get(lang, []),
        }
        data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        yield Output(f"{folder}/{lang}.json", data)


def _steps(places: Iterable[tuple[int, int]]) -> list[int]:
    """The pages of a word as steps from one to the next, the first from 0; before a step, below zero, what the word
    counts there if that is not 1. Half as much to fetch as numbers."""
    steps, before = list[int](), 0
    for number, weight in places:
        steps += (number - before,) if weight == _TEXT else (-weight, number - before)
        before = number
    return steps


def _entry(page: Page) -> list[Any]:
    kind, rank = _KINDS.get(page.type, ("", 1.0))
    return [
        page.url,
        page.title,
        page.summary or _first_sentence(page),
        translate(kind, page.lang) if kind else "",
        rank,
    ]


def _first_sentence(page: Page) -> str:
    text = " ".join(html.unescape(_NO_WORDS.sub(" ", str(page.body))).split())
    return _SENTENCE.split(text, maxsplit=1)[0]


def _main(path: Path) -> str:
    found = _MAIN.search(path.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _weighed(page: Page, text: str) -> dict[str, int]:
    """Each word of a page with the most that it counts there."""
    weights = dict.fromkeys(words(html.unescape(_NO_WORDS.sub(" ", text))), _TEXT)
    for need in _values(getattr(page.record, "needs", None)):
        weights |= dict.fromkeys(words(need), _TEXT)
    # What counts more comes later, and stands.
    for each in _values(getattr(page.record, "audience", None)):
        weights |= dict.fromkeys(words(translate(each, page.lang)), _HEADING)
    weights |= dict.fromkeys(words(f"{page.summary} {' '.join(_HEADINGS.findall(text))}"), _HEADING)
    for name in _NAMES:
        for each in _values(getattr(page.record, name, None)):
            own = _TYPES.get(each, each)
            if page.lang != "en":  # values of ours are written in English on pages of every language
                known = words_of(page.lang)
                own = known.get(each, known.get(each.capitalize(), own))
            weights |= dict.fromkeys(words(own), _NAME)
    return weights | dict.fromkeys(words(page.title), _TITLE)


def _values(value: Any) -> Iterable[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(each) for each in value)
