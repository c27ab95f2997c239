"""Who answers for something that is not looked at or may stay: a role, until a day, for a place.

Excuses, decisions, exclusions and regions share these demands. A role still answers when a person has
left; a day within a year makes somebody look again; a place keeps tomorrow's faults out of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit.settings.nearest import known_words

#: What everything that may stay must say of itself.
NEEDED = ("reason", "owner", "until")
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


#: Words in the names of firms, and the ends of names of hosts.
_FIRMS = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|corp|corporation|co|company|gmbh|ag|sa|sarl|bv|oy|ab|plc|group|software|systems?"
    r"|technolog(?:y|ies)|solutions|labs?|press|publish(?:ing|ers)|media|foundation|consortium|association|university"
    r"|inst(?:itute|itut)|society)\b|\b[\w-]+\.[a-z]{2,}\b",
    re.IGNORECASE,
)
#: One word with a capital inside, as no person’s name is written: OverDrive, EBSCO.
_BRAND = re.compile(r"(?!(?:Mac|Mc|De|Di|La|Le|Du|Van|O['’])[A-Z])\w+[a-z]\w*[A-Z]\w*|[A-Z]{3,}")


#: How the names of most pages end.
_ENDING = re.compile(r"\*\.?(?:[xs]?html?|x?ht|php|md|tml|ml)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """Why something may stay, who answers for it, and the last day on which it may."""

    reason: str
    owner: str
    until: dt.date


def answer_of(entry: Mapping[str, object], owner_flaw: Callable[[str], str | None] | None = None) -> Answer:
    """What an entry of a file of settings says of itself. ``owner_flaw``: :func:`role_flaw` or another demand.

    Raises:
        ValueError: something is missing or wrong; a sentence.
    """
    for key in NEEDED:
        if key not in entry:
            raise ValueError(f"it lacks “{key}”. All of {known_words(NEEDED)} are needed.")
    reason, owner, until = (entry[key] for key in NEEDED)
    if not isinstance(reason, str) or len(reason.split()) < 2:
        raise ValueError("the reason must be a sentence.")
    if not isinstance(owner, str) or (flaw := (owner_flaw or role_flaw)(owner)):
        raise ValueError(flaw if isinstance(owner, str) and flaw else "the owner must be a text.")
    if not isinstance(until, dt.date) or isinstance(until, dt.datetime):
        raise ValueError("until must be a day without quotation marks, like 2027-01-31.")
    return Answer(reason.strip(), owner.strip(), until)


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


def answerer_flaw(owner: str) -> str | None:
    """As :func:`role_flaw`, where a firm may answer as well; its name says that it is one, or it is that of its host."""
    if "@" not in owner and (_FIRMS.search(owner) or _BRAND.fullmatch(owner.strip())):
        return None
    if role_flaw(owner) is None:
        return None
    return (
        f"“{owner}” is neither a role nor a company. Name the role that answers for it (“Systems coordinator”), or the company"
        " with what it is, or its host (“Example Books Inc.”, “books.example.org”)."
    )


def until_flaw(until: dt.date, today: dt.date) -> str | None:
    """Why a last day is too far away; ``None`` when it is within a year."""
    last = today + dt.timedelta(days=YEAR)
    if until <= last:
        return None
    return f"until {until.isoformat()} is more than a year away. Write a day up to {last.isoformat()}, and look again then."


def place_flaw(pattern: str) -> str | None:
    """Why a pattern of places is too wide; ``None`` when it names something.

    What any name has (a letter, how it ends) names nothing; a folder may have a name of one letter.
    """
    named = _ENDING.sub("", re.sub(r"\[[^\]]*\]", "*", pattern))
    if re.search(r"[^\W_]{2}|(?:^|/)[^\W_](?:/|$)", named):
        return None
    return f"“{pattern}” is everything, or nearly so. Name the page, the folder or the file."
