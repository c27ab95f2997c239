"""“Did you mean …?”: the nearest known word to one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """``Did you mean “profile”?``, or an empty string when nothing is near."""
    by_lower = {word.lower(): word for word in known}
    near = difflib.get_close_matches(written.lower(), by_lower, n=1, cutoff=0.6)
    return f"Did you mean “{by_lower[near[0]]}”?" if near else ""


def known_words(words: Iterable[str]) -> str:
    """A list for the end of a sentence: ``a, b and c``."""
    listed = sorted(words)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
