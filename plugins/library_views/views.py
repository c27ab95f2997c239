"""What is computed for each type of page, beside its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from library_hours.views import BranchHours
from library_markdown.finish import PictureFacts
from library_model.model import Page


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture of a page: its address and size, and smaller versions of it."""

    url: str
    width: int | None
    height: int | None
    srcset: str = ""

    @staticmethod
    def of(facts: PictureFacts) -> PictureView:
        """Make the view from what the picture pipeline found."""
        return PictureView(facts.src, facts.width, facts.height, facts.srcset)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file: address, type (``PDF``), size in words, and what it says about itself.

    ``language`` as the file writes it (``en-CA``); ``tagged`` is ``None`` where files of the type have no tags.
    """

    url: str
    type: str
    size: str
    pages: int | None = None
    language: str = ""
    title: str = ""
    tagged: bool | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """One occurrence of a program, as pages show it. Times are local to the library."""

    program: Page
    starts: dt.datetime
    ends: dt.datetime
    state: str
    note: str
    branch: Page | None
    place: str
    anchor: str
    was: dt.datetime | None = None
    ics: str = ""
    #: ``place`` in parts, each with its language: (("Succursale Dunmore", "fr"), ("Seniors' room", "en")).
    where: tuple[tuple[str, str], ...] = ()

    @property
    def date(self) -> dt.date:
        """The day on which it takes place."""
        return self.starts.date()

    @property
    def named(self) -> dt.date:
        """The day that the series names; it stays when the occurrence is moved."""
        return (self.was or self.starts).date()


@dataclass(frozen=True, slots=True)
class DayView:
    """One day and what takes place on it."""

    date: dt.date
    occurrences: tuple[OccurrenceView, ...]
    count: int = 0
    url: str = ""
    in_month: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Words with an address."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class BasicView:
    """The view of types that have only a picture."""

    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A branch on the map of a branch: its place on a drawing of 320 × 180, and the way there in words."""

    branch: Page
    x: float
    y: float
    here: bool
    way: str = ""


@dataclass(frozen=True, slots=True)
class BranchView:
    """The view of a branch. ``hours``: language → hours as a page in it shows them, be the branch's own in another."""

    picture: PictureView | None
    hours: Mapping[str, BranchHours]
    address_lines: Sequence[str]
    map_url: str
    notices: Sequence[Page]
    programs: Sequence[OccurrenceView]
    feed_url: str = ""
    sheet_url: str = ""
    directions_url: str = ""
    spots: Sequence[MapSpot] = ()


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """How people sign up, in words; ``button`` says what happens when it is pressed."""

    text: str
    url: str = ""
    phone: str = ""
    button: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgramView:
    """The view of a program. ``past`` is the number of occurrences that are over."""

    picture: PictureView | None
    occurrences: Sequence[OccurrenceView]
    past: int
    feed_url: str
    webcal_url: str
    where: str
    branch: Page | None
    repeats: str
    registration: RegistrationView
    closed: Sequence[Words] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ProgramsView:
    """The view of a list of programs by day.

    ``stretches``: words, address and number of dates of other lists by time; ``later``: days behind a summary;
    ``picks``: days that people can go to.
    """

    days: Sequence[DayView]
    filters: Sequence[tuple[str, str, Sequence[tuple[str, str, str, int]]]]
    feeds: Sequence[tuple[str, str]]
    calendar_url: str = ""
    filter: tuple[str, str] | None = None
    previous: Words | None = None
    next: Words | None = None
    month: dt.date | None = None
    weeks: Sequence[Sequence[DayView]] = ()
    stretches: Sequence[tuple[str, str, int | None]] = ()
    later: Sequence[DayView] = ()
    picks: Sequence[DayView] = ()


@dataclass(frozen=True, slots=True)
class SheetView:
    """The view of a printable week."""

    branch: Page
    days: Sequence[DayView]
    week: str


@dataclass(frozen=True, slots=True)
class EResourceView:
    """The view of an e-resource."""

    picture: PictureView | None
    access_words: str
    go_url: str
    is_new: bool
    trial_until: dt.date | None
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class TroubleView:
    """What does not work, and since when."""

    text: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class BookView:
    """One item of a booklist."""

    item: Any
    url: str
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class BooklistView:
    """The view of a booklist."""

    picture: PictureView | None
    items: Sequence[BookView]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The view of a notice. ``when`` says from when until when, in words."""

    picture: PictureView | None
    when: str
    level_words: str
    branches: Sequence[Page]
    current: bool
    #: What is still to come of ``when``: ``Until December 11``.
    brief: str = ""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The view of a policy."""

    picture: PictureView | None
    overdue: bool
    file: FileView | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The view of a meeting."""

    picture: PictureView | None
    where: str
    agenda: FileView | None
    minutes: FileView | None
    past: bool
    branch: Page | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The view of a document."""

    picture: PictureView | None
    file_url: str
    file_type: str
    file_size: str
    file_pages: int | None
    html_url: str
    file_language: str = ""
    html_title: str = ""


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The view of a thing offered in branches: those where it is."""

    picture: PictureView | None
    branches: Sequence[Page]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class EndedView:
    """The view of something that is over: a sentence with the day, and where to go instead."""

    sentence: str
    instead: Sequence[Words]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Where a redirect leads. ``temporary`` ones are short names, which may lead elsewhere next year."""

    target: Words
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The tables of the statistics page."""

    tables: Sequence[Any]
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """Where the search's index is, when there is one."""

    index: str = ""


def go_name(page: Page) -> str:
    """The name of an e-resource in ``/go/NAME/``."""
    return str(page.record.go or page.slug)
