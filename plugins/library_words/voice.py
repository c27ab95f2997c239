"""In which languages, and for which country, the words of this process are written.

A process builds one site at a time. What the library says of itself is told here once, when
``content/library.yml`` has been read, so that a date on a page, in a feed and in a calendar is
written the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Voice:
    """``country``: two letters; ``languages``: of the site, the first being that of files in no language's folder;
    ``own``: language → English words of the interface → the library's own.
    """

    country: str = "CA"
    languages: tuple[str, ...] = ("en", "fr")
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def locale(self, lang: str) -> Locale:
        """The language as it is written in the country, or at least the language."""
        for name in (f"{lang}_{self.country}", lang, "en"):
            try:
                return Locale.parse(name)
            except (UnknownLocaleError, ValueError):
                continue
        raise AssertionError("English is always known")


_voice = Voice()


def voice() -> Voice:
    """The voice of this process."""
    return _voice


def speak(country: str, languages: tuple[str, ...], own: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Set it; :func:`library_site.reading.read_content` does."""
    global _voice  # noqa: PLW0603 - one site at a time, see above
    _voice = Voice(country, languages, own or {})


@contextmanager
def own_voice() -> Iterator[None]:
    """Give back, at the end, the voice that was there before."""
    before = _voice
    try:
        yield
    finally:
        speak(before.country, before.languages, before.own)


def first_language() -> str:
    """The language of files that stand in no language's folder."""
    return _voice.languages[0]


def language_folder(lang: str) -> str:
    """Where addresses of a language begin: empty for the first one, ``/fr`` for another."""
    return "" if lang == first_language() else f"/{lang}"


def language_prefix(lang: str) -> str:
    """What names of files of a language begin with: empty for the first one, ``fr-`` for another."""
    return "" if lang == first_language() else f"{lang}-"


def first_weekday() -> int:
    """The day on which a week begins in the country; Monday is 0."""
    return _voice.locale(first_language()).first_week_day


def language_name(lang: str, speaking: str, *, capital: bool = True) -> str:
    """The name of a language in another one, as it stands alone (``Français``) or in a sentence (``français``)."""
    try:
        found = str(Locale.parse(lang).get_display_name(Locale.parse(speaking)) or lang)
    except (UnknownLocaleError, ValueError):
        return lang
    return found[0].upper() + found[1:] if capital else found


def right_to_left(lang: str) -> bool:
    """Whether a language is written from right to left, as Arabic and Hebrew are."""
    try:
        return bool(Locale.parse(lang).text_direction == "rtl")
    except (UnknownLocaleError, ValueError):
        return False


@cache
def _languages_in_english() -> Mapping[str, str]:
    return {str(name).casefold(): code for code, name in Locale("en").languages.items()}


def language_called(name: str, speaking: str) -> str:
    """A language that is named in English (``French``) in another language; words that name none stay as they are."""
    code = _languages_in_english().get(name.casefold())
    return language_name(code, speaking) if code is not None and speaking != "en" else name
