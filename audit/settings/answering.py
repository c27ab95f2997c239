"""Who answers for something that is not looked at or may stay: a role, until a day, for a place.

Excuses, decisions and exclusions share these demands. A role still answers when a person has
left; a day within a year makes somebody look again; a place keeps tomorrow's faults out of it.
"""

from __future__ import annotations

import datetime as dt
import re

#: The farthest day, in days from today.
YEAR = 366
#: Words that name an office or a body, in English and French.
_BODIES = frozenset(
    [
        "board",
        "branch",
        "bureau",
        "ceo",
        "committee",
        "comité",
        "council",
        "county",
        "department",
        "desk",
        "direction",
        "directorate",
        "direction",
        "équipe",
        "head",
        "it",
        "lead",
        "leadership",
        "library",
        "bibliothèque",
        "management",
        "office",
        "owner",
        "responsable",
        "service",
        "services",
        "staff",
        "steward",
        "team",
        "unit",
        "chef",
    ]
)
#: How words for those who do something end, in English and French.
_DOERS = re.compile(
    r"(?:tor|ter|der|ger|ner|ser|ver|per|ker|ler|cer|sor|yer|ian|ist|ant|eur|euse|trice|aire|ienne|ien)s?$"
)


def role_flaw(owner: str) -> str | None:
    """Why an owner is none, as the end of a sentence; ``None`` for a role such as “Systems coordinator”."""
    words = re.findall(r"[^\W\d_]+", owner)
    if "@" in owner or not words:
        return f"“{owner}” is not a role. Name the role that answers for it, for instance “Systems coordinator”."
    known = any(word.lower() in _BODIES for word in words)
    # Short words with a capital end so in names too: Peter, Miller.
    doing = any(_DOERS.search(word.lower()) and len(word) > (5 if word.islower() else 6) for word in words)
    if known or doing:
        return None
    return f"“{owner}” is not a role. Name the role that answers for it, for instance “Systems coordinator”."


def until_flaw(until: dt.date, today: dt.date) -> str | None:
    """Why a last day is too far away; ``None`` when it is within a year."""
    last = today + dt.timedelta(days=YEAR)
    if until <= last:
        return None
    return f"until {until.isoformat()} is more than a year away. Write a day up to {last.isoformat()}, and look again then."


def place_flaw(pattern: str) -> str | None:
    """Why a pattern of places is too wide; ``None`` when it names something."""
    if re.search(r"[^\W_]", re.sub(r"\[!.*?\]", "", pattern)):
        return None
    return f"“{pattern}” is everything. Name the page, the folder or the file."
