"""``content/search.yml``: words that mean the same to somebody who searches.

A library that has no such file has no synonyms. The file is a list of lists for each language.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from library_base.errors import ContentErrors, Problem, did_you_mean
from library_base.texts import text_of
from library_frontmatter.spoken import code_of
from library_frontmatter.yaml_lines import Place, read_yaml
from library_search.words import words
from library_words.translate import languages

FILE = "search.yml"


def synonyms(content: Path) -> dict[str, list[list[str]]]:
    """Return the groups of each language. Raises :class:`ContentErrors` when the file is no such list."""
    path = content / FILE
    found: dict[str, list[list[str]]] = {}
    if not path.is_file():
        return found
    shown = f"content/{FILE}"
    reading = read_yaml(text_of(path, shown), shown, 1)
    problems = list(reading.problems)

    def told(place: Place, field: str, message: str, hint: str) -> None:
        line = next(reading.lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in reading.lines)
        problems.append(Problem(shown, line, field, message, hint))

    data = {} if reading.data in (None, "") else reading.data
    if not isinstance(data, dict):
        told((), "", "No language is named above the words.", "Write en: on a line of its own above them.")
        data = {}
    for lang, groups in data.items():
        if lang not in languages():
            meant = code_of(lang, "languages")
            near = (
                f"Write {meant}:."
                if meant in languages()
                else did_you_mean(lang, languages()) or f"Known: {', '.join(languages())}."
            )
            told((lang,), lang, f"“{lang}” is not the short name of a language.", near)
            continue
        if groups is None:  # nothing yet
            continue
        if not isinstance(groups, list):
            told((lang,), lang, f"Below {lang}: belongs a list of groups.", f"Write {_group(groups)} below {lang}:.")
            continue
        found[lang] = []
        for number, group in enumerate(groups):
            if isinstance(group, list) and group and all(isinstance(word, str) and word for word in group):
                found[lang].append(group)
            else:
                told((lang, number), lang, *_wrong(group))
    if problems:
        raise ContentErrors(problems)
    return found


def _wrong(group: object) -> tuple[str, str]:
    """What is said of an entry that is no group of words, and what to write."""
    if isinstance(group, list) and all(isinstance(word, str) for word in group):
        words = [word for word in group if word]
        empty = "A word of this group is empty." if words else "This group is empty."
        return empty, f"Write {_group(', '.join(words))}."
    return "This is not a group of words in brackets.", f"Write {_group(group)}."


def _group(value: object) -> str:
    """A group as the file has it: of words with commas, of a word alone, or of nothing that can be read."""
    if isinstance(value, dict):
        value = ", ".join(str(word) for pair in value.items() for word in pair if isinstance(word, str))
    words = value.strip(" ()") if isinstance(value, str) else ""
    parts = [part.strip() for part in words.split(",")] if words else []
    return (
        f"- [{', '.join(parts if len(parts) > 1 else [*parts, 'another word'] if parts else ['word', 'another word'])}]"
    )


def alike(text: str, groups: list[list[str]]) -> dict[int, str]:
    """Return the words that mean the same as one in ``text``, for lists that are filtered on the page.

    Of each group in which one is found: its number in ``groups``, and its words. Singular and plural count as the same
    word.
    """
    said = _singular(text)
    return {
        number: " ".join(group)
        for number, group in enumerate(groups)
        if any(_singular(member) and _singular(member) <= said for member in group)
    }


@lru_cache(maxsize=4096)
def _singular(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words(text))
