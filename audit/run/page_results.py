"""What a run gathers while pages come back: their states in memory, what rules said of them on disk."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from audit.errors import InternalError
from audit.examination.examination import Examined, RuleOutcome
from audit.examination.provenance import Locator
from audit.judgement import rules_table
from audit.model.finding import Fixer, PageResult, PageState, Source, SourceKind
from audit.model.report import RunError
from audit.model.site import SitePage
from audit.reports.sentences import count
from audit.run.frames import Unread
from audit.run.worker import PageRecord, read_record, write_record
from audit.survey.folder import ExpectedPage, Survey

#: An author who set looks or behaviour by hand in raw HTML answers for them.
_BY_HAND = re.compile(r"^<[^>]*\s(?:style|class|align|bgcolor|color|face|size|on[a-z]+)=")


def _is_of_theme(outcome: RuleOutcome) -> bool:
    """Whether only the theme can mend it, although the element stands in what an author wrote."""
    return outcome.fixer is Fixer.THEME and not (outcome.target and _BY_HAND.match(outcome.target.html))


def _not_read(frame: Unread) -> str:
    what = f"shows {frame.shows}" if frame.shows else "shows what the page has made"
    return (
        f"The frame {frame.selector} {what}, and could not be read, so nothing in it was tested. A frame with “sandbox”"
        " is read if it has “allow-same-origin” too; an object or embed is never entered, an iframe is."
    )


@dataclass
class PageResults:
    """What a run gathers while pages come back."""

    records: Path
    locator: Locator
    states: dict[str, PageResult] = field(default_factory=dict)
    sites: dict[str, SitePage] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)
    errors: list[RunError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: rules_table.Tally = field(default_factory=rules_table.Tally)
    axe: set[str] = field(default_factory=set)
    browsers: set[str] = field(default_factory=set)
    places: dict[str, Path] = field(default_factory=dict)
    #: Pages that send their visitors on at once, and where to.
    sent_on: dict[str, str] = field(default_factory=dict)
    #: Where journeys have led: the address of the page by the name of the state.
    reached: dict[str, str] = field(default_factory=dict)
    #: States that journeys did not come to, by the name of the journey: steps to there, step that failed, address.
    stopped: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    #: Rules that need forms to be sent, where none is; and the pages on which that left something unlooked.
    unsent: frozenset[str] = frozenset()
    with_forms: set[str] = field(default_factory=set)
    #: Regions of others, by name: the pages that they are on, and those that they would cover as a whole.
    regions: dict[str, set[str]] = field(default_factory=dict)
    covered: dict[str, set[str]] = field(default_factory=dict)
    #: Frames of the site's own in which nothing was looked at, by the page that they are on.
    unread: dict[str, tuple[Unread, ...]] = field(default_factory=dict)
    #: What each address of the site was answered while pages were looked at; more than one: it changed.
    answers: dict[str, set[str]] = field(default_factory=dict)

    def take(self, expected: Mapping[str, ExpectedPage], record: PageRecord) -> None:
        """Book one page: its state, what the site rules need, and its outcomes on disk."""
        page = expected[record.address]
        if record.address in self.states:
            raise InternalError(f"The page {record.address} came back twice.")
        self.states[record.address] = PageResult(
            record.address,
            page.file,
            record.state,
            record.reason,
            record.title,
            record.examined.untested,
            record.document,
            page.state.journey.name if page.state is not None else None,
        )
        if record.sent_on is not None:
            self.sent_on[record.address] = record.sent_on
        if record.reached is not None:
            self.reached[record.address] = record.reached
        if record.stopped is not None and page.state is not None:
            self.stopped.setdefault(page.state.journey.name, []).append(
                (page.state.steps, record.stopped, page.address)
            )
        if record.site is not None:
            self.sites[record.address] = record.site
        self.counts[record.address] = record.elements
        for path, line in (*record.uses.answers.items(), *record.uses.read.items()) if record.uses else ():
            self.answers.setdefault(path, set()).add(line)
        if record.state is PageState.AUDITED:
            self.table.add(record.address, record.examined, record.axe_rules)
            self._take_parts(record)
            self.axe.add(record.axe_version)
            self.browsers.add(record.browser_version)
            if record.failures:
                self.notes.append(f"{record.address} was audited on the second try. At first: {record.failures[0]}")
            self.notes += [f"{record.address}: {problem}" for problem in record.problems]
            if self.locator.disagrees(record.address, record.elements):
                self.notes.append(
                    f"{record.address}: the browser and the build count its elements differently, so lines are not known."
                )
        place = self.places[record.address] = self.records / f"{len(self.states):06}.json"
        place.write_bytes(write_record(replace(record, site=None, uses=None)))
        self.note_errors(record.address, record.examined)

    def _take_parts(self, record: PageRecord) -> None:
        """Note the parts of a page that are not its own, or were not read."""
        if record.unread:
            self.unread[record.address] = record.unread
        if record.broken_off is not None:
            self.errors.append(
                RunError(
                    record.address,
                    f"{record.address} never ends for the Tab key: after {record.broken_off} stops the walk was stopped,"
                    " and what comes later was not looked at.",
                )
            )
        for use in record.examined.regions:
            self.regions.setdefault(use.name, set()).add(record.address)
            if use.whole:
                self.covered.setdefault(use.name, set()).add(record.address)

    def settle_redirects(self) -> None:
        """A page that only sends its visitors on to one that was audited is left out with that reason.

        One that leads in a circle, off the site, or to a page that was not audited stays not audited.
        """
        # Without its slash the address of a folder leads to the same page.
        ways = {
            address: at if at in self.states or f"{at}/" not in self.states else f"{at}/"
            for address, at in self.sent_on.items()
        }
        for address, first in ways.items():
            seen, at = [address], first
            while at in ways and at not in seen:
                seen.append(at)
                at = ways[at]
            state = self.states[address]
            if first == address:
                # It loads itself again and again, and its reason says so.
                continue
            if at in seen:
                ring = " → ".join([*seen, at])
                self.states[address] = replace(state, reason=f"{address} redirects in a circle ({ring}).")
            elif at in self.states and self.states[at].state is PageState.AUDITED:
                reason = f"It only sends visitors on to {first}."
                self.states[address] = replace(state, state=PageState.EXCLUDED, reason=reason)

    def settle_frames(self) -> None:
        """A part of the site that stands in a frame only, and could not be read there, was not looked at."""
        for address, frames in sorted(self.unread.items()):
            for each in frames:
                shown = self.states.get(each.shows) if each.shows is not None else None
                if shown is None or shown.state is not PageState.AUDITED:
                    self.errors.append(RunError(address, _not_read(each)))

    def settle_journeys(self) -> None:
        """Why a journey stops is told once, at the first state that it did not come to."""
        for name, stops in self.stopped.items():
            for _, failed, address in sorted(stops)[1:]:
                reason = f"It was not reached: step {failed} of “{name}” did not work."
                self.states[address] = replace(self.states[address], reason=reason)

    def note_errors(self, where: str, examined: Examined) -> None:
        """Crashes of rules, and rules that could not be tested, make the audit incomplete."""
        self.errors += [
            RunError(f"{crash.rule} on {crash.where}", crash.sentence, "rule") for crash in examined.crashes
        ]
        for rule in examined.untested:
            if rule in self.unsent:
                self.with_forms.add(where)
                continue
            self.errors.append(
                RunError(
                    f"{rule} on {where}",
                    f"The rule {rule} could not be tested on {where}: what it needs was not recorded.",
                    "rule",
                )
            )

    def in_order(self) -> Iterator[PageRecord]:
        """All records in the order of addresses, one at a time."""
        for address in sorted(self.places):
            record = read_record(self.places[address].read_bytes())
            if record.address != address:
                raise InternalError(f"The record of {address} is one of {record.address}.")
            yield record

    def locate(self, outcome: RuleOutcome) -> Source | None:
        """The file and line that an outcome is about."""
        if outcome.path is not None:
            return Source(outcome.path, outcome.line, self.locator.owner(outcome.path))
        if outcome.page is None:
            return None
        page = self.reached.get(outcome.page, outcome.page)
        if outcome.target is None:
            return self.locator.page(page)
        counted = self.counts.get(outcome.page)
        source = self.locator.element(page, outcome.static, counted)
        if source is not None and source.kind is SourceKind.CONTENT and _is_of_theme(outcome):
            by_hand = self.locator.styled_by_author(page, outcome.styled, counted)
            return by_hand or self.locator.theme_around(page, outcome.around, counted) or source
        return source

    def asserted(self, survey: Survey) -> tuple[PageResult, ...]:
        """Every expected page in exactly one state.

        Raises:
            InternalError: a page was lost, or appeared from nowhere.
        """
        expected = {page.address for page in (*survey.pages, *survey.documents)}
        expected |= {page.address for page, _ in (*survey.missing, *survey.excluded)}
        if expected != set(self.states):
            lost = ", ".join(sorted(expected ^ set(self.states))[:5])
            raise InternalError(f"The pages that were expected and those that have a state are not the same: {lost}.")
        return tuple(self.states[address] for address in sorted(self.states))

    def narrowed(self) -> tuple[str, ...]:
        """What was left unlooked because nothing is sent to a site on the web: said once, not for each page."""
        if not self.with_forms:
            return ()
        pages = count(len(self.with_forms), "page")
        return (f"Forms were not sent, so what they say of mistakes was not looked at (on {pages}).",)

    def tool(self) -> Mapping[str, str]:
        """The versions of everything that took part."""

        def known(versions: Iterable[str]) -> str:
            return ", ".join(sorted(version for version in versions if version)) or "not used"

        return {
            "stepfree": importlib.metadata.version("stepfree"),
            "axe-core": known(self.axe),
            "browser": known(self.browsers),
        }
