"""The questions of ``stepfree init`` in plain words; each answer is checked before the next question."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audit.settings.nearest import did_you_mean, known_words
from audit.standards.laws import law_meant, laws
from library_places import known_country, postal_meant, postal_problem, telephone_problem
from library_schemas.parts import WEEKDAYS
from stepfree.founding import said
from stepfree.founding.answers import choice_of_zones, opening_times, zones_of

type Ask = Callable[[str], str]
type Check = Callable[[str], str]
#: What was typed, as the website takes it.
type Read = Callable[[str], str]

_HOSTS = ("github-pages", "netlify", "cloudflare", "own-server", "later")


def take(ask: Ask, say: Callable[[str], None]) -> dict[str, Any]:
    """Ask everything; the answers as :func:`stepfree.founding.answers.checked` takes them."""
    known: dict[str, Any] = {}

    def one(question: str, check: Check = _some, default: str = "", read: Read = str) -> str:
        while True:
            answer = read(ask(question).strip() or default)
            wrong = check(answer)
            if not wrong:
                return answer
            say(wrong)

    known["name"] = one("What is the full name of your library?")
    short = one("What do people call it for short? (Enter for the same)", _any)
    known["short_name"] = short
    known["country"] = one("In which country is it? Two letters: CA, US, GB …", _country, read=said.country)
    choice = choice_of_zones(known["country"])
    if len(choice) > 1:
        zones = zones_of(known["country"])
        known["timezone"] = one(
            "In which time zone?\n" + "\n".join(f"  {said.zone_in_words(each)}" for each in choice),
            _among(choice, zones),
            read=lambda typed: said.zone(typed, zones, choice),
        )
    names = "\n".join(f"  {law.id}: {law.name}" for law in laws().values())
    known["law"] = one(
        f"Which accessibility law is it under? (Enter for none)\n{names}", _among(tuple(laws())), "none", law_meant
    )
    question = "In which languages is the website? The main one first: en, or fr, en (Enter for en)"
    spoken = one(question, _languages, "en", _languages_meant)
    known["languages"] = re.split(r"[,\s]+", spoken)
    known["email"] = one("Which email address may everybody write to?", _email, read=said.email)
    known["url"] = one("What will the website's address be? With https://", _address, read=said.web_address)
    say("Now the branches, the main one first.")
    known["branches"] = []
    another = "Is there another branch? yes or no (Enter for no)"
    while not known["branches"] or one(another, _yes_no, "no", said.yes_or_no) == "yes":
        known["branches"].append(_branch(one, known["country"]))
    if (
        one(
            "Do you know the name and address of your catalogue's system? yes, or later (Enter for later)",
            _among(("yes", "later")),
            "later",
            lambda typed: {"no": "later"}.get(said.yes_or_no(typed), said.yes_or_no(typed).casefold()),
        )
        == "yes"
    ):
        known["catalogue"] = {
            "system": one("Which system? For instance koha, sirsidynix-enterprise, bibliocommons, evergreen"),
            "host": one("At which address? With https://", _address),
        }
    colours = one(
        "Your colours, up to three, as #07384a #c4501e (Enter for ours)",
        _colours,
        "",
        lambda typed: " ".join(said.colours(typed)),
    )
    known["colours"] = re.split(r"[,\s]+", colours) if colours else []
    known["logo"] = one("The file of your logo, SVG or PNG (Enter for none)", _file, "", said.file)
    known["tagline"] = one("One line that says what the library is (Enter for none)", _any)
    known["host"] = one(
        f"Where will it be published? {known_words(_HOSTS)} (Enter for later)", _among(_HOSTS), "later", said.host
    )
    return {key: value for key, value in known.items() if value not in ("", [])}


def _branch(one: Callable[..., str], country: str) -> dict[str, Any]:
    def telephone(answer: str) -> str:
        hint = telephone_problem(answer, country)
        return f"Please {hint}." if hint else ""

    def postal(answer: str) -> str:
        hint = postal_problem(answer, country)
        return f"Please {hint}." if hint else ""

    branch: dict[str, Any] = {
        "name": one("What is the branch called?"),
        "street": one("Number and street"),
        "town": one("Town"),
        "province": one("Province, state or county, as on an envelope (Enter for none)", _any),
        "postal_code": one("Postal code", postal, read=lambda typed: postal_meant(typed, country)),
        "phone": one("Telephone", telephone),
    }
    hours: dict[str, str] = {}
    for day in WEEKDAYS:
        if answer := one(f"Open on {day.capitalize()}? As 10:00-17:00 (Enter for closed)", _span):
            hours[day] = answer
    return {**branch, "hours": hours}


def _any(_answer: str) -> str:
    return ""


def _some(answer: str) -> str:
    return "" if answer else "Please write something."


def _among(words: tuple[str, ...], also: tuple[str, ...] = ()) -> Check:
    def check(answer: str) -> str:
        return (
            ""
            if answer in words or answer in also
            else f"Please write one of {known_words(words)}. {did_you_mean(answer, words)}".rstrip()
        )

    return check


def _yes_no(answer: str) -> str:
    return "" if answer in {"yes", "no"} else "Please write yes or no."


def _languages_meant(typed: str) -> str:
    return " ".join(
        dict.fromkeys(said.language(part) for part in re.split(r"[,;/&\s]+", typed) if part not in {"and", "et"})
    )


def _country(answer: str) -> str:
    return "" if known_country(answer.upper()) else "Please write the two letters of a country, such as CA, US or GB."


def _languages(answer: str) -> str:
    fine = all(re.fullmatch("[a-z]{2,3}", part) for part in re.split(r"[,\s]+", answer))
    return "" if fine else "Please write the short names of languages, such as en or fr, en."


def _email(answer: str) -> str:
    return (
        ""
        if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", answer)
        else "Please write an address such as info@library.example.org."
    )


def _address(answer: str) -> str:
    fine = re.fullmatch(r"https?://[^\s/]+(/\S*)?", answer)
    return "" if fine else "Please write it with https://, such as https://library.example.org."


def _colours(answer: str) -> str:
    parts = re.split(r"[,\s]+", answer) if answer else []
    fine = len(parts) <= 3 and all(re.fullmatch("#[0-9a-fA-F]{6}", part) for part in parts)
    return "" if fine else "Please write each as # and six digits or letters a to f, such as #07384a."


def _file(answer: str) -> str:
    if not answer or (Path(answer).is_file() and Path(answer).suffix.lower() in {".svg", ".png"}):
        return ""
    return "There is no such SVG or PNG file."


def _span(answer: str) -> str:
    try:
        opening_times(answer)
    except ValueError as error:
        return f"Please {error}." if str(error).startswith("write") else f"{str(error)[0].upper()}{str(error)[1:]}."
    return ""
