"""``content/words-LL.yml``: what a library says itself in a language, of the program or another: words of the interface,
and what ``library.yml`` says once for all languages (its name, the reason of a closure).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from library_base.errors import ContentErrors, Problem, did_you_mean
from library_base.texts import text_of
from library_frontmatter.yaml_lines import read_yaml
from library_words.translate import interface_words, placeholders

FILE = re.compile(r"words-([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.yml")


def own_words(folder: Path, names: Iterable[str], said: Iterable[str] = ()) -> Mapping[str, Mapping[str, str]]:
    """Language → words → the library's words for them, from the files among ``names`` that are such catalogues.

    ``said``: what the library says in one language, besides the interface's English words.

    An entry without words is one that nobody has translated yet.

    Raises:
        ContentErrors: a file is no such list, or has words that the interface does not.
    """
    found: dict[str, Mapping[str, str]] = {}
    problems: list[Problem] = []
    known = (*interface_words(), *said)
    for name in sorted(names):
        if match := FILE.fullmatch(name):
            read = read_yaml(text_of(folder / name, f"content/{name}"), f"content/{name}", 1)
            problems += read.problems
            data = read.data if isinstance(read.data, dict) else {}
            wrong = list(_wrong(data, f"content/{name}", known))
            problems += wrong
            if not wrong:
                found[match[1]] = {str(english): str(words) for english, words in data.items() if words}
    if problems:
        raise ContentErrors(problems)
    return found


def _wrong(data: Mapping[object, object], shown: str, known: Sequence[str]) -> Iterator[Problem]:
    for english, words in data.items():
        if english not in known:
            hint = did_you_mean(str(english), known) or "See them all: stepfree words."
            yield Problem(shown, 1, str(english), f"The website has no words “{english}”.", hint)
        elif words is not None and not isinstance(words, str):
            yield Problem(
                shown, 1, str(english), f"“{english}” is not followed by words.", "Put them in quotation marks."
            )
        elif words and placeholders(str(english)) != placeholders(words):
            hint = "Keep what is in braces as it is."
            yield Problem(shown, 1, str(english), f"“{english}” and “{words}” do not have the same {{braces}}.", hint)
