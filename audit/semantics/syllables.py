"""How many syllables a word has, estimated from its letters: what formulas of reading level count."""

from __future__ import annotations

import re

#: The languages whose syllables are counted here.
LANGUAGES = frozenset({"en", "fr"})
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)
_SILENT = {"en": ("e", "ed", "es"), "fr": ("e", "es", "ent")}


def syllables(word: str, language: str) -> int:
    """Groups of vowels, less a silent e at the end; at least one. ``language``: one of :data:`LANGUAGES`."""
    groups, small = len(_VOWELS.findall(word)), word.lower()
    if groups > 1 and small.endswith(_SILENT[language]) and not small.endswith(("le", "ted", "ded")):
        groups -= 1
    return max(1, groups)
