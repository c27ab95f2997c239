"""Several sites side by side: what became of each, and where its report is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from audit.errors import ExitCode
from audit.model.finding import PageState
from audit.model.report import Report
from audit.reports.escaped import words
from audit.reports.html import framed
from audit.reports.markup import table, text
from audit.reports.sentences import count, headline, number, sentence, shares

#: What an exit code weighs when one has to stand for several: a fault of ours first, then all that was not looked at.
_WEIGHT = (
    ExitCode.NOTHING_BLOCKS,
    ExitCode.BLOCKING_FINDINGS,
    ExitCode.NOTHING_TO_AUDIT,
    ExitCode.INCOMPLETE,
    ExitCode.USAGE,
    ExitCode.INTERNAL,
)


@dataclass(frozen=True, slots=True)
class Site:
    """One site of several. Without a ``report`` it was not audited, and ``reason`` says why.

    ``folder``: the name of the folder of its report, beside this summary.
    """

    name: str
    address: str
    folder: str
    exit_code: ExitCode
    report: Report | None = None
    reason: str = ""

    @property
    def verdict(self) -> str:
        """What is to be said of it, as a sentence."""
        return headline(self.report) if self.report is not None else self.reason

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Problems that block publishing, other problems, questions, pages checked, pages not checked."""
        if self.report is None:
            return (None,) * 5
        share, summary = shares(self.report.findings), self.report.summary
        read = sum(page.state is PageState.AUDITED for page in self.report.documents)
        found = (len(share.blocking), len(share.other), len(share.questions))
        return (*found, summary.audited - read, summary.not_audited)


COLUMNS = ("Problems that block publishing", "Other problems", "Questions", "Pages checked", "Pages not checked")


def exit_code(sites: Sequence[Site]) -> ExitCode:
    """The code of all sites together: the weightiest of theirs."""
    return max((site.exit_code for site in sites), key=_WEIGHT.index, default=ExitCode.NOTHING_TO_AUDIT)


def told(sites: Sequence[Site]) -> str:
    """How many sites may be published, as a sentence."""
    good = sum(site.exit_code is ExitCode.NOTHING_BLOCKS for site in sites)
    return sentence(f"nothing blocks publishing at {number(good)} of {count(len(sites), 'site')}.")


def html(sites: Sequence[Site]) -> bytes:
    """The summary as a page."""
    rows = (
        f'<tr><th scope="row">{_link(site)}</th><td>{text(site.verdict)}</td>'
        + "".join(f'<td class="number">{"not known" if each is None else f"{each:,}"}</td>' for each in site.numbers)
        + "</tr>"
        for site in sites
    )
    columns = ("Site", "Result", *(f"{name}#" for name in COLUMNS))
    main = table("Sites and what was found", columns, rows)
    return framed("Accessibility report: several sites", "Accessibility report", text(told(sites)), main).encode(
        "utf-8", "replace"
    )


def markdown(sites: Sequence[Site]) -> bytes:
    """The summary as Markdown, for the summary of a job."""
    head = ["Site", "Result", *COLUMNS]
    lines = [told(sites), "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for site in sites:
        cells = [
            words(site.name),
            words(site.verdict),
            *("not known" if each is None else str(each) for each in site.numbers),
        ]
        lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _link(site: Site) -> str:
    name = text(site.name)
    return name if site.report is None else f'<a href="{quote(site.folder)}/report.html">{name}</a>'
