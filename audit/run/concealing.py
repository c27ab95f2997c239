"""What a journey types as a secret is taken out of everything that is said of the pages that it leads to."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

#: What stands in its place.
MARK = "•••"
#: Characters of a secret at the end of a text that was cut short from which on it is one.
SHORTEST = 4

#: What a record says in words of our own, and no page has a part in: a PIN may be 1280.
OURS = frozenset(
    {"address", "page", "where", "state", "rule", "outcome", "requirements", "fixer", "conditions", "engine"}
    | {"passed", "inapplicable", "untested", "axe_rules", "axe_version", "browser_version"}
)
#: What is no text is none of our business here.
_ANY = "surrogatepass"


def concealed(data: bytes, secrets: Iterable[str]) -> bytes:
    """A record in JSON without any of the secrets in its texts, however they are written there."""
    found = _pattern(secrets)
    return json.dumps(_without(json.loads(data), found), ensure_ascii=False).encode(errors=_ANY) if found else data


def _pattern(secrets: Iterable[str]) -> re.Pattern[str] | None:
    forms = {
        form
        for each in secrets
        for form in (each, quote(each, errors=_ANY), quote_plus(each, errors=_ANY), html.escape(each))
    }
    if not forms:
        return None
    longest = sorted(forms, key=lambda form: (-len(form), form))
    cut = {form[:length] for form in forms for length in range(SHORTEST, len(form))}
    ends = [f"{re.escape(each)}(?=…?$)" for each in sorted(cut, key=lambda form: (-len(form), form))]
    return re.compile("|".join([*map(re.escape, longest), *ends]), re.IGNORECASE)


def _without(value: Any, found: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return found.sub(MARK, value)
    if isinstance(value, list):
        return [_without(each, found) for each in value]
    if isinstance(value, dict):
        return {key: each if key in OURS else _without(each, found) for key, each in value.items()}
    return value
