"""Postal codes and address lines by country, from ``countries.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.core import Locale, get_global

_ANY = "*"
#: Codes of CLDR that stand for unions, for tests and for what is not known.
_NO_COUNTRIES = frozenset(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"])

#: Letters that are typed for digits, and digits for letters.
_DIGITS = {"O": "0", "Q": "0", "I": "1", "L": "1"}
_LETTERS = {"0": "O", "1": "I"}


@dataclass(frozen=True, slots=True)
class Country:
    """How addresses are written. ``postal``: a pattern of the whole postal code, empty where any will do."""

    lines: tuple[str, ...]
    postal: str = ""
    example: str = ""


@cache
def countries() -> Mapping[str, Country]:
    """Every country that we know more of than its name."""
    data = tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
    return {
        code: Country(tuple(entry["lines"]), entry.get("postal", ""), entry.get("example", ""))
        for code, entry in data.items()
    }


def country(code: str) -> Country:
    """How addresses are written in a country (two letters)."""
    return countries().get(code, countries()[_ANY])


def postal_problem(postal_code: str, code: str) -> str:
    """What is wrong with a postal code in a country, or an empty string."""
    known = country(code)
    if not known.postal or re.fullmatch(known.postal, postal_code):
        return ""
    return f"write it as {_in_the_shape_of(known, postal_code) or known.example}"


def postal_meant(postal_code: str, code: str) -> str:
    """A postal code as the country writes it, where only case, blanks and the country's letters differ."""
    typed = (
        re.sub(rf"^(?:{re.escape(code)}|{re.escape(code[:1])})\s*[-–]\s*(?=\d)", "", postal_code.strip())
        if code
        else postal_code
    )
    signs = re.sub(r"[^A-Z\d]", "", typed.upper())
    for width in (len(signs), *(len(signs) - last for last in (3, 4))):
        for between in ("", " ", "-"):
            written = f"{signs[:width]}{between}{signs[width:]}".strip(" -")
            if country(code).postal and re.fullmatch(country(code).postal, written):
                return written
    return typed


def _in_the_shape_of(known: Country, typed: str) -> str:
    """A code whose signs are right but for case, blanks, and letters and digits that look alike; empty if it is not."""
    signs = [sign for sign in typed.upper() if sign.isalnum()]
    places = [place for place in known.example if place.isalnum()]
    if len(signs) != len(places):
        return ""
    alike = (
        _DIGITS.get(sign, sign) if place.isdigit() else _LETTERS.get(sign, sign)
        for place, sign in zip(places, signs, strict=True)
    )
    written = "".join(next(alike) if place.isalnum() else place for place in known.example)
    return written if re.fullmatch(known.postal, written) else ""


def known_country(code: str) -> bool:
    """Whether these two letters are a country (ISO 3166, as CLDR lists them)."""
    return bool(re.fullmatch("[A-Z]{2}", code)) and code in Locale("en").territories and code not in _NO_COUNTRIES


def country_of_zone(timezone: str) -> str:
    """The country of a time zone by its IANA name; an empty string for ``UTC`` and others of none."""
    return str(get_global("zone_territories").get(timezone, ""))


def address_lines(code: str, street: str, town: str, province: str, postal_code: str) -> tuple[str, ...]:
    """An address as written on an envelope, line by line; what is not known leaves no gap."""
    parts = {"town": town, "province": province, "postal_code": postal_code}
    below = (_tidy(line.format(**parts)) for line in country(code).lines)
    return (street, *(line for line in below if line))


def _tidy(line: str) -> str:
    # Two spaces before a postal code are Canada Post's; a browser would show one.
    line = re.sub(r"^[ ,]+|[ ,]+$", "", line).replace(" ,", ",")
    return line.replace("  ", "\u00a0 ")
