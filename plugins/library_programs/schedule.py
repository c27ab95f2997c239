"""All programs of the site, written out once for each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache

from library_base.errors import Problem
from library_hours import Hours, hours_on
from library_model.model import ContentFile, Page, PageKind, Site
from library_programs.recurrence import Expanded, Occurrence, State, expand
from library_schemas import Branch, Library, Program
from library_views.views import OccurrenceView
from library_words import translate
from library_words.voice import first_language


class Schedule:
    """The occurrences of every program. ``today`` decides what is upcoming."""

    def __init__(self, site: Site, library: Library, today: dt.date) -> None:
        self._site = site
        self._today = today
        self._hours = {
            page.content.name.removeprefix("branches/").removesuffix(".md"): Hours(
                page.content.record.hours, library.closures
            )
            for page in site.all
            if page.type == "branches" and page.content is not None and isinstance(page.content.record, Branch)
        }
        self.expanded: dict[str, Expanded] = {}
        for page in site.all:
            if page.content is not None and isinstance(page.content.record, Program):
                self.expanded[page.source] = expand(page.content.record, self._closed(page.content.record.branch))
        self._next: dict[str, dict[str, str]] = {}
        self._upcoming: dict[str, tuple[OccurrenceView, ...]] = {}
        self._shown: dict[str, tuple[OccurrenceView, ...]] = {}

    def over(self) -> list[tuple[Page, dt.date]]:
        """The programs without a day to come, each with its last day."""
        return [
            (page, max(each.starts.date() for each in found))
            for page in self._site.all
            if (expanded := self.expanded.get(page.source)) and (found := expanded.occurrences)
            and page.kind is PageKind.PAGE and found[-1].starts.date() < self._today
        ]  # fmt: skip

    def upcoming(self, lang: str) -> tuple[OccurrenceView, ...]:
        """Everything from today on, by time, in the programs of one language."""
        if lang not in self._upcoming:
            views = [
                view
                for page in self._site.of_type("programs", lang)
                for view in self.of(page)
                if view.date >= self._today
            ]
            self._upcoming[lang] = tuple(sorted(views, key=_by_time))
        return self._upcoming[lang]

    def shown(self, lang: str) -> tuple[OccurrenceView, ...]:
        """What pages of one language list: its own programs, and English ones that have no page in it.

        A visitor who reads French learns of every program; the theme marks what is in English.
        """
        if lang == first_language():
            return self.upcoming(lang)
        if lang not in self._shown:
            stand_ins = [
                view
                for page in self._site.of_type("programs", first_language())
                if page.partner is None
                for view in self.of(page, lang)
                if view.date >= self._today
            ]
            self._shown[lang] = tuple(sorted([*self.upcoming(lang), *stand_ins], key=_by_time))
        return self._shown[lang]

    def next_start(self, page: Page) -> str:
        """When a program takes place next, for sorting; programs that are over sort last."""
        if page.lang not in self._next:
            first: dict[str, str] = {}
            for view in self.upcoming(page.lang):
                first.setdefault(view.program.path, view.starts.isoformat())
            self._next[page.lang] = first
        return self._next[page.lang].get(page.path, "9999")

    def of(self, page: Page, lang: str | None = None) -> list[OccurrenceView]:
        """All occurrences of one program, past ones included; for pages in ``lang`` when it is given."""
        return [self._view(page, each, lang or page.lang) for each in self.expanded[page.source].occurrences]

    def problems(self) -> list[Problem]:
        """Cancelled or moved days that the series does not have, and clashes with the branch's hours."""
        found: list[Problem] = []
        for page in self._site.all:
            if page.content is not None and isinstance(page.content.record, Program):
                found.extend(self._unmatched(page.content, self.expanded[page.source]))
                found.extend(self._clash(page.content, page.content.record, self.expanded[page.source]))
        return found

    def _closed(self, branch: str | None) -> _Closed:
        return _Closed(self._hours.get(branch) if branch else None)

    def _view(self, page: Page, each: Occurrence, lang: str) -> OccurrenceView:
        record: Program = page.record
        branch = self._site.branch(record.branch, lang)
        parts = ((each.place, page.lang),) if each.place else place_parts(record, branch, page.lang, lang)
        return OccurrenceView(
            page,
            each.starts,
            each.ends,
            each.state.value,
            each.note,
            branch,
            ", ".join(text for text, _ in parts),
            f"{page.slug}-{each.named:%Y-%m-%d}",
            each.was,
            where=parts,
        )

    def _unmatched(self, file: ContentFile, expanded: Expanded) -> Iterable[Problem]:
        for field, indexes in (("cancelled", expanded.unmatched_cancelled), ("moved", expanded.unmatched_moved)):
            for index in indexes:
                date: dt.date = getattr(file.record, field)[index].date
                near = min(expanded.occurrences, key=lambda each: abs(each.named - date), default=None)
                hint = f"The nearest day of the program is {near.named}." if near else "Check the date."
                yield Problem(
                    file.source,
                    file.lines.of(field, index, "date"),
                    field,
                    f"This program does not take place on {date}, so it cannot be {field}.",
                    hint,
                )

        for each in expanded.unmatched_skip:
            yield Problem(
                file.source,
                file.lines.of("repeats", "skip"),
                "repeats › skip",
                f"This program does not take place on {each}, so that day cannot be skipped.",
                "Correct the day, or remove it.",
            )

    def _clash(self, file: ContentFile, record: Program, expanded: Expanded) -> Iterable[Problem]:
        hours = self._hours.get(record.branch or "")
        if hours is None or record.outside_hours or record.place is not None:
            return
        for each in expanded.occurrences:
            if each.starts.date() < self._today or each.state is State.CANCELLED or each.place:
                continue
            day = hours_on(hours, each.starts.date())
            if any(span.opens <= each.starts.time() and each.ends.time() <= span.closes for span in day.spans):
                continue
            when = (
                "closed" if not day.spans else " and ".join(f"open {s.opens:%H:%M}-{s.closes:%H:%M}" for s in day.spans)
            )
            why = f" ({day.reason})" if day.reason else ""
            yield Problem(
                file.source,
                file.lines["starts"],
                "starts",
                f"On {each.starts:%A} {each.starts:%Y-%m-%d at %H:%M} to {each.ends:%H:%M} the branch {record.branch} is {when}{why}.",
                "Change the time, or write outside_hours: true when it is meant.",
            )
            return


class _Closed:
    """Says why a branch is closed all day by exception; a weekday on which it never opens is no reason."""

    def __init__(self, hours: Hours | None) -> None:
        self._reason = cache(lambda day: self._look(hours, day))

    def __call__(self, day: dt.date) -> str:
        return self._reason(day)

    @staticmethod
    def _look(hours: Hours | None, day: dt.date) -> str:
        if hours is None:
            return ""
        found = hours_on(hours, day)
        return "" if found.spans else found.reason


def place_parts(record: Program, branch: Page | None, written: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Say where a program is: branch and room, another place, or online; each part with its language.

    ``written`` is the language of the program's file, ``lang`` that of the page that shows it.
    """
    if record.place:
        return ((record.place, written),)
    if branch is None:
        return ((translate("Online", lang), lang),)
    own = (branch.title, branch.lang)
    return (own, (record.room, written)) if record.room else (own,)


def _by_time(view: OccurrenceView) -> tuple[dt.datetime, dt.datetime, str]:
    return view.starts, view.ends, view.program.path


def by_day(views: Iterable[OccurrenceView]) -> Mapping[dt.date, tuple[OccurrenceView, ...]]:
    """Group occurrences by day, in the order in which they come."""
    days: dict[dt.date, list[OccurrenceView]] = {}
    for view in views:
        days.setdefault(view.date, []).append(view)
    return {day: tuple(found) for day, found in days.items()}
