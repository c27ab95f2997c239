"""What can be wrong with content, said so that the person who wrote it can put it right."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that must be put right before the site can be built.

    ``path`` is relative to the project's folder (``content/programs/x.md``), ``line``
    counts from 1, ``field`` is a front-matter field or empty, ``message`` one sentence
    of what is there, ``hint`` one sentence of what to write (or empty).
    """

    path: str
    line: int
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        return f"{where}: {self.message} {self.hint}".rstrip()


class SiteError(Exception):
    """The site cannot be built. ``exitcode`` is what the command returns."""

    exitcode = 2


class SettingsError(SiteError):
    """A setting, or ``content/library.yml`` as a whole, is missing or cannot work."""


class ContentErrors(SiteError):
    """The content has problems; ``problems`` holds all of them, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NoContent(SiteError):
    """There is nothing to build a site from."""

    exitcode = 3

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder}: there are no pages in this folder. Put Markdown files into it, for instance {folder}/pages/index.md."
        )


class ThemeError(SiteError):
    """A template is missing or fails; ``str()`` names the template and line."""


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return ``' Did you mean “x”?'`` for the nearest known word, or an empty string."""
    words = list(known)
    near = difflib.get_close_matches(written.lower(), [word.lower() for word in words], n=1, cutoff=0.62)
    said = set(re.findall(r"\w+", written.lower()))
    inside = [word for word in words if len(word) > 3 and said >= set(re.findall(r"\w+", word.lower()))]
    # “library card” means “card”, though another word has more letters in common with it.
    if inside and not difflib.get_close_matches(written.lower(), near, n=1, cutoff=0.8):
        return f"Did you mean “{max(inside, key=len)}”?"
    if not near:
        return ""
    match = next(word for word in words if word.lower() == near[0])
    return f"Did you mean “{match}”?"


def nearest_path(written: str, known: Iterable[str]) -> str:
    """Like :func:`did_you_mean`, for file paths: folders that agree do not make a name alike."""
    name, folder = PurePosixPath(written).name, PurePosixPath(written).parent
    # A page is meant in the language in which it is named: never its partner in the other one.
    french = "fr" in folder.parts
    known = [path for path in known if ("fr" in PurePosixPath(path).parent.parts) is french]
    same = [path for path in known if path.lower() == written.lower()]
    if same:
        return f"Did you mean “{same[0]}”?"
    paths = sorted(known, key=lambda path: PurePosixPath(path).parent != folder)
    same_name = [path for path in paths if PurePosixPath(path).name == name and name != "index.md"]
    if same_name:
        return f"Did you mean “{same_name[0]}”?"
    by_name = {PurePosixPath(path).name: path for path in reversed(paths)}
    ending = PurePosixPath(name).suffix
    alike = [each for each in by_name if each.endswith(ending)] if ending else list(by_name)
    slug = f"{slug_of(name.removesuffix(ending))}{ending}"
    near = [slug] if slug in by_name else difflib.get_close_matches(name, alike or by_name, n=1, cutoff=0.75)
    return f"Did you mean “{by_name[near[0]]}”?" if near else ""


def no_file(written: str, known: Iterable[str], otherwise: str = "") -> tuple[str, str]:
    """What to say of a path below ``content/`` at which no file is, and what to write; ``otherwise``: when it is like none."""
    if re.match(r"[a-z]:[\\/]|\\\\|file:|~/", written, re.IGNORECASE):
        name = re.split(r"[\\/]", written)[-1]
        return (
            f"“{written}” is a place on your own computer.",
            nearest_path(name, known)
            or f"Copy the file into a folder below content/, and write that folder and its name: documents/{name}.",
        )
    if re.match(r"https?://", written):
        return (
            f"“{written}” is an address; a file of this site belongs here.",
            "Write its path below content/. A link to another site belongs in the text.",
        )
    return f"There is no file content/{written}.", nearest_path(written, known) or otherwise


#: Letters that Unicode takes for letters of their own, not for one with a mark.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=4096)
def slug_of(words: str) -> str:
    """Words as they stand in a file's name or an address: small letters, digits and hyphens.

    Empty when no letter of them is Latin.
    """
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", plain)).strip("-")


def listed(words: Sequence[str], last: str = "or") -> str:
    """Join words as in a sentence: ``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
