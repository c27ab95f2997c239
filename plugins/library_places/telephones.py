"""Telephone numbers of any country, as people write them and as a link dials them (RFC 3966)."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

#: How extensions are announced in languages that the parser does not know.
_EXTENSION = re.compile(r",?\s*\b(?:poste|anexo|interno|Durchwahl)\s*(\d+)\s*$", re.IGNORECASE)


def _parsed(number: str, country: str) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(_EXTENSION.sub(r" ext. \1", number), country or None)
    except NumberParseException:
        return None
    # Not one that rings only within its own town.
    full = phonenumbers.is_possible_number_with_reason(found) == ValidationResult.IS_POSSIBLE
    return found if full else None


def telephone_problem(number: str, country: str) -> str:
    """What is wrong with a number as it is written, or an empty string.

    Numbers that no network has given out (555-0142) are right: whether one rings is not asked.
    """
    if _parsed(number, country) is not None:
        return ""
    example = phonenumbers.example_number(country) if country else None
    shown = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL) if example else "+44 113 496 0142"
    return f"write a number that can be dialled in full, such as {shown}"


def tel_uri(number: str, country: str) -> str:
    """The link that dials a number: ``tel:+1-705-555-0142;ext=12``. As it is written when it cannot be read."""
    found = _parsed(number, country)
    if found is None:
        return f"tel:{re.sub(r'[^0-9+]', '', number)}"
    return str(phonenumbers.format_number(found, PhoneNumberFormat.RFC3966))
