"""The language of a text, as far as it can be known, compared with the one that is declared.

Detection is by lingua, offline, among the languages that a public library in Canada meets and
the declared one. A text that is short, or made of names, addresses and numbers, is no evidence:
precision goes before recall. Where the detector does not know the declared language, a text that is plainly of
another one is worth a question and nothing more.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from audit.semantics.vocabulary import primary

LANGUAGES = {
    "en": Language.ENGLISH,
    "fr": Language.FRENCH,
    "es": Language.SPANISH,
    "pt": Language.PORTUGUESE,
    "it": Language.ITALIAN,
    "de": Language.GERMAN,
    "nl": Language.DUTCH,
    "pl": Language.POLISH,
    "fi": Language.FINNISH,
    "sv": Language.SWEDISH,
    "tl": Language.TAGALOG,
    "vi": Language.VIETNAMESE,
    "so": Language.SOMALI,
    "cy": Language.WELSH,
    "uk": Language.UKRAINIAN,
    "ru": Language.RUSSIAN,
    "ar": Language.ARABIC,
    "fa": Language.PERSIAN,
    "ur": Language.URDU,
    "hi": Language.HINDI,
    "pa": Language.PUNJABI,
    "gu": Language.GUJARATI,
    "ta": Language.TAMIL,
    "zh": Language.CHINESE,
    "ko": Language.KOREAN,
    "ja": Language.JAPANESE,
}
#: The others that the detector knows: only beside one of these is a text judged that is declared to be in it.
OTHERS = {
    language.iso_code_639_1.name.lower(): language
    for language in sorted(Language.all(), key=lambda each: each.name)
    if language not in LANGUAGES.values()
}
#: A language that the detector would take for Italian or French, known by its little words alone.
LATIN = "la"
ALIASES = {"fil": "tl", "no": "nb"}
NAMES = {code: language.name.capitalize() for code, language in LANGUAGES.items()}

#: The letters beside those of English that a language is written with, at home and in words it has taken in.
LETTERS = {
    "en": "éèêëàâçïîôöüñæœ",
    "fr": "àâæçéèêëîïôœùûüÿñ",
    "es": "áéíóúüñç",
    "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíîòóùú",
    "de": "äöüßéàèê",
    "nl": "éëïöüóáèêç",
    "pl": "ąćęłńóśźżéüöä",
    "fi": "åäöšžé",
    "sv": "åäöéàüè",
    "so": "",
    "cy": "âêîôûŵŷäëïöüáéíóú",
}
#: So many different letters of others, and this share of all letters, are no slip and no name.
STRANGE_LETTERS, STRANGE_LETTERS_SHARE = 2, 0.02
#: A sign of Chinese, Japanese or Korean says as much as so many letters.
SIGN = 3

#: A text is surely of another language when the detector gives that one at least this much …
SURE_SHARE = 0.6
#: … and so many times more than the declared one; fewer words need more. (words, times)
SURE_TIMES = ((8, 8.0), (5, 12.0), (3, 20.0))
#: Three or four words prove something only when they are no short ones.
SURE_LETTERS = 18
#: Worth a question.
MAYBE_SHARE = 0.5
MAYBE_TIMES = 5.0
MAYBE_LETTERS = 10

#: Or when letters lean that way, and so many of its own little words stand there and none of the declared one's.
LITTLE_TIMES = 2.0
LITTLE_SURE = 3
LITTLE_MAYBE = 2
#: Two words that are a sentence of their own ("Bonne année !"), and no name or dish, need this much.
UTTERANCE_SHARE = 0.97
UTTERANCE_TIMES = 200.0

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:ca|com|org|net|gov|edu|html?|pdf)\b\S*")
_QUOTED = re.compile(r"\"[^\"]{1,80}\"|“[^”]{1,80}”|«[^»]{1,80}»")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…»”\"]\s+|\n)[\"“«(]*$")
#: Of a declared language whose little words are not known here, a text must be further away. (words, times)
FAR_WORDS, FAR_TIMES = 8, 30.0
#: Of a declared language that the detector does not know: share, words and little words that make a text plainly another.
STRANGE_SHARE, STRANGE_WORDS, STRANGE_LITTLE = 0.9, 12, 5
#: Below this many words nothing is taken away: there would be nothing left to judge.
KEPT_WORDS = 5
#: A longer row of capitals is a heading in capitals rather than a name.
NAME_WORDS = 8


class Match(StrEnum):
    """How a text goes with a language."""

    SAME = "same"
    UNKNOWN = "unknown"
    MAYBE_OTHER = "maybe other"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judgement:
    """``language`` is the code that the detector holds most likely, ``share`` from 0 to 1 its
    confidence, ``declared_share`` that of the declared language, ``words`` what was judged."""

    match: Match
    language: str
    share: float
    declared_share: float
    words: int

    @property
    def name(self) -> str:
        """The language in English."""
        return NAMES.get(self.language, self.language)


NOTHING = Judgement(Match.UNKNOWN, "", 0.0, 0.0, 0)


@cache
def _detector(more: Language | None) -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*LANGUAGES.values(), *([more] if more else [])).build()


def known(lang: str | None) -> str | None:
    """The code under which the detector knows a ``lang`` value; ``None``: it does not."""
    code = primary(lang)
    code = ALIASES.get(code, code)
    return code if code in LANGUAGES or code in OTHERS else None


def is_named(lang: str | None) -> bool:
    """Whether a ``lang`` value names one language, as far as its form tells (BCP 47: two or three letters)."""
    code = primary(lang)
    return len(code) in {2, 3} and code.isalpha() and code not in {"und", "mul", "zxx", "mis"}


def evidence(text: str) -> str:
    """What of a text tells its language: without addresses and, where enough is left, without
    quoted words (they are mentioned, not used), names (capitals within a sentence) and words in another
    script than most are in."""
    text = _ADDRESS.sub(" ", text)
    unquoted = _QUOTED.sub(" ", text)
    if len(_WORD.findall(unquoted)) >= KEPT_WORDS:
        text = unquoted
    found = _in_one_script(tuple(_WORD.finditer(text)))
    plain = [
        match.group(0)
        for match in found
        if not match.group(0)[0].isupper() or _SENTENCE_START.search(text[: match.start()][-6:])
    ]
    if len(plain) >= KEPT_WORDS:
        return " ".join(plain)
    return " ".join(match.group(0) for match in found)


# Menus and footers say the same on every page.
@lru_cache(maxsize=8192)
def judge(text: str, declared: str) -> Judgement:
    """How a text goes with a declared ``lang`` value."""
    code = known(declared)
    words = evidence(text)
    if _is_name(words):
        return NOTHING
    letters = sum(character.isalpha() for character in words)
    count = len(words.split())
    if code is None and is_named(declared) and count >= STRANGE_WORDS:
        return _beside_a_stranger(words, count)
    if code is None or letters < MAYBE_LETTERS:
        return NOTHING
    more = OTHERS.get(code)
    shares = {value.language: value.value for value in _detector(more).compute_language_confidence_values(words)}
    languages = {**LANGUAGES, code: more} if more else LANGUAGES
    best = max(languages, key=lambda each: shares[languages[each]])
    share, declared_share = shares[languages[best]], shares[languages[code]]
    if best == code or _has_strange_letters(words, best):
        # With letters of neither it is in a language that is not known here.
        return Judgement(Match.SAME if best == code else Match.UNKNOWN, best, share, declared_share, count)
    times = share / max(declared_share, 1e-9)
    if more:
        far = count >= FAR_WORDS and share >= SURE_SHARE and times >= FAR_TIMES
        return Judgement(Match.OTHER if far else Match.UNKNOWN, best, share, declared_share, count)
    for_best, for_declared = little_words(words, best, code)
    match = Match.UNKNOWN
    if share >= MAYBE_SHARE and times >= MAYBE_TIMES and (count > 1 or _other_script(words)):
        match = Match.MAYBE_OTHER
    needed = next((least for words_needed, least in SURE_TIMES if count >= words_needed), None)
    if (
        needed is not None
        and share >= SURE_SHARE
        and times >= needed
        and (count >= KEPT_WORDS or letters >= SURE_LETTERS)
    ):
        match = Match.OTHER
    if count == 2 and share >= UTTERANCE_SHARE and times >= UTTERANCE_TIMES and _is_utterance(text):
        match = Match.OTHER
    if times >= LITTLE_TIMES and not for_declared and for_best >= LITTLE_MAYBE:
        match = Match.OTHER if for_best >= LITTLE_SURE else Match.MAYBE_OTHER if match is Match.UNKNOWN else match
    if little_words(words, LATIN, best)[0] >= max(LITTLE_SURE, for_best + 1):
        match = Match.UNKNOWN
    # Little words of the declared language speak against what letters suggest.
    if for_declared > for_best and match is not Match.UNKNOWN:
        match = Match.MAYBE_OTHER if for_declared == 1 else Match.UNKNOWN
    return Judgement(match, best, share, declared_share, count)


def _in_one_script(words: tuple[re.Match[str], ...]) -> tuple[re.Match[str], ...]:
    """The words in the script that most of them are in: a name in another says nothing of the language."""
    scripts: dict[str, list[re.Match[str]]] = {}
    for word in words:
        scripts.setdefault(_script(word.group(0)), []).append(word)
    if len(scripts) < 2:
        return words
    return tuple(max(scripts.values(), key=lambda group: sum(_weight(word.group(0)) for word in group)))


def _script(word: str) -> str:
    """The script of a word's first letter; those of East Asia, which stand side by side, are one."""
    letter = word[0]
    if letter.isascii():
        return "LATIN"
    return "signs" if letter >= "\u2e80" else unicodedata.name(letter, "LATIN").split()[0]


def _weight(word: str) -> int:
    return sum(SIGN if letter >= "\u2e80" else 1 for letter in word)


def _has_strange_letters(words: str, language: str) -> bool:
    """Whether a text has letters that a language is not written with."""
    if language not in LETTERS:
        return False
    strange = [
        each for each in words.casefold() if each.isalpha() and not each.isascii() and each not in LETTERS[language]
    ]
    return len(set(strange)) >= STRANGE_LETTERS and len(strange) >= STRANGE_LETTERS_SHARE * len(words)


def _beside_a_stranger(words: str, count: int) -> Judgement:
    """How a text goes with a declared language of which nothing is known."""
    shares = {value.language: value.value for value in _detector(None).compute_language_confidence_values(words)}
    best = max(LANGUAGES, key=lambda each: shares[LANGUAGES[each]])
    share = shares[LANGUAGES[best]]
    plain = share >= STRANGE_SHARE and little_words(words, best, "")[0] >= STRANGE_LITTLE
    return Judgement(Match.MAYBE_OTHER if plain else Match.UNKNOWN, best, share, 0.0, count)


def little_words(text: str, first: str, second: str) -> tuple[int, int]:
    """How many different little words of either language stand in a text; shared ones count for neither."""
    table = _function_words()
    there = frozenset(text.casefold().replace("’", "'").replace("'", " ").split())
    one, two = table.get(first, frozenset()), table.get(second, frozenset())
    return len(there & (one - two)), len(there & (two - one))


def has_little_words(language: str) -> bool:
    """Whether the little words of a language are known here."""
    return language in _function_words()


@cache
def _function_words() -> dict[str, frozenset[str]]:
    text = (files("audit.semantics.language") / "function_words.toml").read_text(encoding="utf-8")
    return {code: frozenset(words) for code, words in tomllib.loads(text).items()}


def _is_name(words: str) -> bool:
    """Whether a short text is written like a name: every word that is not little has a capital."""
    longer = [word for word in words.split() if len(word) > 3]
    return 1 < len(longer) < NAME_WORDS and all(word[0].isupper() for word in longer)


def _is_utterance(text: str) -> bool:
    """Whether two words end like a sentence and the second is no name."""
    found = _WORD.findall(text)
    return len(found) == 2 and found[1][0].islower() and text.rstrip(' \u00a0»”"').endswith((".", "!", "?"))


def _other_script(text: str) -> bool:
    """Written without spaces between words, so that they cannot be counted."""
    return any(character >= "\u2e80" for character in text)
