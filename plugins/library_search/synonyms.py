"""``content/search.yml``: words that mean the same to somebody who searches.

A library that has no such file has no synonyms. The file is a list of lists for each language.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from library_base.errors import ContentErrors, Problem
from library_base.texts import text_of
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
    try:
        read = yaml.safe_load(text_of(path, shown)) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentErrors([Problem(shown, line, "", "This line cannot be read.", "Write - [word, word].")]) from None
    problems = []
    for lang, groups in read.items() if isinstance(read, dict) else [("", None)]:
        if (
            lang not in languages()
            or not isinstance(groups, list)
            or not all(isinstance(each, list) for each in groups)
        ):
            problems.append(
                Problem(
                    shown,
                    1,
                    str(lang),
                    "Words that mean the same go below the name of a language, such as en:.",
                    "Write - [word, word].",
                )
            )
            continue
        found[lang] = [[str(word) for word in group] for group in groups]
    if problems:
        raise ContentErrors(problems)
    return found


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
