"""Atom feeds (RFC 4287) of news, programs and notices. Every date comes from content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from library_model.model import Output, Page, Site
from library_words import format_date, translate, where_ours
from library_words.voice import first_language, language_prefix, voice

_MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its page, when it was published, and its words."""

    page: Page
    updated: dt.datetime
    summary: str


def atom_feeds(site: Site) -> Iterator[Output]:
    """Yield the feeds that have entries, in every language."""
    for lang in voice().languages:
        for name, title, make in _MAKERS:
            if _is_made(site, name, lang):
                prefix = language_prefix(lang)
                words = f"{translate(title, lang)} – {where_ours(site.settings.library.name, lang)}"
                feed = _feed(site, f"{prefix}{name}", words, lang, make(site, lang))
                yield Output(f"feeds/{prefix}{name}.atom", feed)


def page_feeds(site: Site, page: Page) -> list[tuple[str, str]]:
    """The feeds that a page names in its head: (title, address). One that is not made is not named."""
    wanted = ("news", "notices") if page.template == "home" else (page.type,)
    prefix = language_prefix(page.lang)
    return [
        (translate(title, page.lang), f"{site.settings.base_path}/feeds/{prefix}{name}.atom")
        for name, title, _ in _MAKERS
        if name in wanted and _is_made(site, name, page.lang)
    ]


def _is_made(site: Site, name: str, lang: str) -> bool:
    """In the first language each feed is there from the beginning, so that it can be followed; others with their first entry."""
    return lang == first_language() or bool(site.of_type(name, lang))


def _news(site: Site, lang: str) -> list[Entry]:
    zone = ZoneInfo(site.settings.library.timezone)
    return [Entry(page, _midnight(page.record.date, zone), page.summary) for page in site.of_type("news", lang)]


def _programs(site: Site, lang: str) -> list[Entry]:
    """By the day on which a program was announced, as far as its file says; else its first day."""
    zone = ZoneInfo(site.settings.library.timezone)
    entries = []
    for page in site.of_type("programs", lang):
        record = page.record
        day = record.publish_on or page.changed or record.starts.date()
        words = f"{format_date(record.starts, 'full', lang)}. {record.summary}"
        entries.append(Entry(page, _midnight(day, zone), words))
    return entries


def _notices(site: Site, lang: str) -> list[Entry]:
    zone = ZoneInfo(site.settings.library.timezone)
    return [
        Entry(page, _midnight(page.record.starts, zone), _notice_words(page.record, lang))
        for page in site.of_type("notices", lang)
    ]


#: The feeds: name, title, and how their entries are made.
_MAKERS: tuple[tuple[str, str, Callable[[Site, str], list[Entry]]], ...] = (
    ("news", "News", _news),
    ("programs", "New programs", _programs),
    ("notices", "Notices of disruptions and changes", _notices),
)


def _notice_words(record: Any, lang: str) -> str:
    """Say what the regulation asks for: reason, duration, alternatives (O. Reg. 191/11 s. 80.48)."""
    parts = [record.summary or "", f"{translate('Reason', lang)}{translate(':', lang)} {record.reason}"]
    if record.expected_end is not None:
        parts.append(
            f"{translate('Expected end', lang)}{translate(':', lang)} {format_date(record.expected_end, 'long', lang)}"
        )
    else:
        parts.append(
            f"{translate('Next update', lang)}{translate(':', lang)} {format_date(record.next_update, 'long', lang)}"
        )
    parts.append(f"{translate('Alternatives', lang)}{translate(':', lang)} {record.alternatives}")
    return " ".join(part for part in parts if part)


def _midnight(value: dt.date | dt.datetime, zone: ZoneInfo) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=zone)
    return dt.datetime(value.year, value.month, value.day, tzinfo=zone)


def _feed(site: Site, name: str, title: str, lang: str, entries: Sequence[Entry]) -> bytes:
    origin = site.settings.origin
    base = origin + site.settings.base_path
    own = f"{base}/feeds/{name}.atom"
    newest = sorted(entries, key=lambda entry: (-entry.updated.timestamp(), entry.page.path))[:_MOST]
    # A feed with nothing in it needs a date too (RFC 4287 section 4.1.1); the oldest is as true as any.
    updated = newest[0].updated.isoformat() if newest else "2000-01-01T00:00:00+00:00"
    library = site.settings.library
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(_id(site, f'/feeds/{name}.atom'))}</id>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + "/")}/>',
        f"<author><name>{escape(where_ours(library.name, lang))}</name></author>",
    ]
    for entry in newest:
        address = origin + entry.page.url
        parts += [
            "<entry>",
            f"<title>{escape(entry.page.title)}</title>",
            f"<id>{escape(_id(site, entry.page.path))}</id>",
            f"<updated>{entry.updated.isoformat()}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            f"<summary>{escape(entry.summary)}</summary>",
            "</entry>",
        ]
    return ("\n".join([*parts, "</feed>"]) + "\n").encode()


def _id(site: Site, path: str) -> str:
    """Return an id that stays the same wherever the site is published."""
    return site.settings.library.url.rstrip("/") + path
