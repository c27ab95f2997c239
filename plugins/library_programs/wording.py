"""Recurrence, place and registration in words."""

from __future__ import annotations

import datetime as dt

from library_model.model import Page
from library_schemas import Program
from library_schemas.activity import Recurrence
from library_schemas.parts import WEEKDAYS
from library_views.views import RegistrationView
from library_words import format_date, translate, weekday_name

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
#: Hosts of registration services → what they are called on a button.
_VENDORS = {
    "libcal.com": "LibCal",
    "eventbrite.ca": "Eventbrite",
    "eventbrite.com": "Eventbrite",
    "communico.co": "Communico",
    "librarymarket.com": "LibraryCalendar",
    "bibliocommons.com": "BiblioCommons",
}


def repeats_words(record: Program, lang: str) -> str:
    """Say how a program repeats: ``Every Tuesday until June 2, 2026``."""
    rule = record.repeats
    if rule is None:
        return ""
    words = _monthly(rule, lang) if rule.every == "month" else _weekly(rule, record.starts, lang)
    if rule.until is not None:
        return translate("{how} until {date}", lang, how=words, date=format_date(rule.until, "long", lang))
    return translate("{how}, {count} times", lang, how=words, count=rule.count)


def _weekly(rule: Recurrence, starts: dt.datetime, lang: str) -> str:
    numbers = sorted(WEEKDAYS.index(day) for day in rule.days) or [starts.weekday()]
    names = [weekday_name(number, lang) for number in numbers]
    days = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {translate('and', lang)} {names[-1]}"
    if rule.interval == 1:
        return translate("Every {days}", lang, days=days)
    if rule.interval == 2:
        return translate("Every second week on {days}", lang, days=days)
    return translate("Every {number} weeks on {days}", lang, number=rule.interval, days=days)


def _monthly(rule: Recurrence, lang: str) -> str:
    assert rule.nth is not None
    day = weekday_name(WEEKDAYS.index(rule.days[0]), lang)
    nth = translate(_ORDINALS[rule.nth], lang)
    if rule.interval == 1:
        return translate("On the {nth} {day} of the month", lang, nth=nth, day=day)
    return translate("On the {nth} {day} of every {number} months", lang, nth=nth, day=day, number=rule.interval)


def registration_words(record: Program, url: str, today: dt.date, lang: str, branch: Page | None) -> RegistrationView:
    """Say how to sign up, and what the button really does."""
    asked = record.registration
    if asked.needed == "none":
        return RegistrationView(translate("No registration needed", lang))
    if asked.needed == "drop-in":
        return RegistrationView(translate("Drop in; no registration needed", lang))
    text = translate("Registration required", lang)
    phone = asked.phone or ("" if url else (branch.record.phone if branch is not None else ""))
    if asked.opens is not None and today < asked.opens:
        note = translate("Registration opens on {date}", lang, date=format_date(asked.opens, "full", lang))
        return RegistrationView(text, phone=phone, note=note)
    if asked.closes is not None and today > asked.closes:
        note = translate("Registration closed on {date}", lang, date=format_date(asked.closes, "full", lang))
        return RegistrationView(text, phone=phone, note=note)
    note = ""
    if asked.closes is not None:
        note = translate("Register by {date}", lang, date=format_date(asked.closes, "full", lang))
    if record.state == "full":
        button = translate("Join the waiting list", lang) if url else ""
        return RegistrationView(translate("This program is full", lang), url, phone, button, note)
    return RegistrationView(text, url, phone, _button(url, record.title, lang), note)


def _button(url: str, title: str, lang: str) -> str:
    if not url:
        return ""
    if url.startswith("mailto:"):
        return translate("Register for {title} by email", lang, title=title)
    host = url.partition("://")[2].partition("/")[0]
    for ending, name in _VENDORS.items():
        if host == ending or host.endswith(f".{ending}"):
            return translate("Register for {title} on {vendor}", lang, title=title, vendor=name)
    return translate("Register for {title}", lang, title=title)
