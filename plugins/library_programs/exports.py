"""Programs for other programs: JSON for signs and apps, CSV for the annual survey."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from library_model.model import Output, Page, Site
from library_programs.recurrence import State
from library_programs.schedule import Schedule
from library_words.voice import first_language, voice

_JSON_EVENTS = 500


def programs_json(site: Site, schedule: Schedule) -> Output:
    """Return ``/api/programs.json``: what takes place from today on, times with their offset."""
    zone = ZoneInfo(site.settings.library.timezone)
    origin = site.settings.origin
    listed = []
    for lang in voice().languages:
        for view in schedule.upcoming(lang)[:_JSON_EVENTS]:
            record = view.program.record
            listed.append(
                {
                    "title": view.program.title,
                    "lang": lang,
                    "url": origin + view.program.url,
                    "starts": view.starts.replace(tzinfo=zone).isoformat(),
                    "ends": view.ends.replace(tzinfo=zone).isoformat(),
                    "state": view.state,
                    "note": view.note or None,
                    "branch": record.branch,
                    "place": view.place,
                    "audience": list(record.audience),
                    "kind": record.kind,
                    "cost": record.cost,
                }
            )
    document = {"timezone": site.settings.library.timezone, "programs": listed}
    return Output("api/programs.json", (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def survey_csv(site: Site, schedule: Schedule) -> Output:
    """Return ``/api/programs-by-quarter.csv``: sessions by quarter, kind, audience, branch.

    A session counts once for each of its audiences, as the annual survey asks; cancelled and
    postponed ones do not count.
    """
    counts: dict[tuple[str, str, str, str], int] = {}
    for page in (*site.of_type("programs", first_language(), over=True), *_untranslated(site)):
        record = page.record
        for view in schedule.of(page):
            if view.state in {State.CANCELLED.value, State.POSTPONED.value}:
                continue
            quarter = f"{view.starts.year} Q{(view.starts.month + 2) // 3}"
            place = record.branch or ("elsewhere" if record.place else "online")
            for who in record.audience:
                key = (quarter, record.kind, who, place)
                counts[key] = counts.get(key, 0) + 1
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(["Quarter", "Kind", "Audience", "Branch", "Sessions"])
    for key, count in sorted(counts.items()):
        writer.writerow([*key, count])
    return Output("api/programs-by-quarter.csv", table.getvalue().encode())


def _untranslated(site: Site) -> Iterator[Page]:
    """Programs that only a further language has."""
    for lang in voice().languages[1:]:
        yield from (page for page in site.of_type("programs", lang, over=True) if page.partner is None)
