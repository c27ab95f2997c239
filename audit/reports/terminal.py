"""What the command says: one line for each finding, what to do about those that block, the counts and the verdict.

``path:line rule message`` is what editors and people know from other checkers. Colour comes
from rich: only on a terminal, never with ``NO_COLOR``.
"""

from __future__ import annotations

from itertools import zip_longest
from urllib.parse import unquote

from rich.console import Console
from rich.text import Text

from audit.model.finding import Finding, Outcome, PageState
from audit.model.report import Report, Verdict, ordered
from audit.model.rule_places import rule_page
from audit.reports.causes import is_its_own_page, where
from audit.reports.markup import shown, spoken
from audit.reports.overview import advice
from audit.reports.prose import lines, plain
from audit.reports.sentences import count, counts, headline, of_others, sentence, shares, told_first

_STYLES = {
    Verdict.CLEAR: "bold green",
    Verdict.BLOCKED: "bold red",
    Verdict.INCOMPLETE: "bold yellow",
    Verdict.NOTHING: "bold yellow",
}
#: How many reasons are printed, and how many of the places that have one.
_MOST_REASONS, _MOST_PLACES = 50, 5


def show(report: Report, console: Console, limit: int = 100) -> None:
    """Prints the report. At most ``limit`` findings are shown one by one; the rest is counted."""
    report = ordered(report)
    share = shares(report.findings)
    for text in told_first(report):
        console.print(Text(_clean(text), style="bold yellow"))
    _errors(report, console)
    shown_ones = [*share.blocking, *share.other, *share.questions]
    for finding, after in zip_longest(shown_ones[:limit], shown_ones[1:limit]):
        console.print(line(finding, report.rules_address), soft_wrap=True)
        if finding.blocking and finding.fix and (after is None or after.fix != finding.fix):
            console.print(Text("\n".join(f"  {spoken(shown(each))}" for each in lines(finding.fix))), soft_wrap=True)
    if len(shown_ones) > limit:
        console.print(f"… {count(len(shown_ones) - limit, 'more finding')} in the report.", soft_wrap=True)
    for named, found in of_others(share.theirs):
        console.print(Text(_clean(f"Belongs to somebody else: {named}:"), style="bold"), soft_wrap=True)
        for finding in found[:limit]:
            console.print(line(finding, report.rules_address), soft_wrap=True)
        if len(found) > limit:
            console.print(f"… {count(len(found) - limit, 'more finding')} in the report.", soft_wrap=True)
    if shown_ones:
        console.print(Text("What a rule means: stepfree explain NAME"), soft_wrap=True)
        console.print()
    _documents(report, console)
    for text in counts(report):
        console.print(Text(_clean(text)))
    if report.verdict is Verdict.INCOMPLETE and share.blocking:
        console.print(Text("Exit status 4: what was not seen may be worse than what was seen."))
    console.print(Text(_clean(headline(report)), style=_STYLES[report.verdict]))


def _documents(report: Report, console: Console) -> None:
    """Of several documents, what each comes to."""
    found = [page for page in report.documents if page.state is PageState.AUDITED]
    if len(found) < 2:
        return
    for page in found[:_MOST_REASONS]:
        name = unquote(page.address).lstrip("/")
        console.print(Text.assemble((_clean(name), "bold"), ": ", _clean(advice(page, report))), soft_wrap=True)
    if len(found) > _MOST_REASONS:
        console.print(sentence(f"{count(len(found) - _MOST_REASONS, 'more document')} in the report."))
    console.print()


def line(finding: Finding, rules_address: str | None = None) -> Text:
    """``content/a.md:12 rule-id message``; on a terminal the name of the rule leads to its page."""
    mark, style = (
        ("?", "cyan") if finding.outcome is Outcome.CANT_TELL else ("✗", "red") if finding.blocking else ("·", "yellow")
    )
    pages = len({*finding.pages, finding.page})
    on = f" ({count(pages, 'page')})" if pages > 1 else ""
    text = Text.assemble(
        (f"{mark} ", style),
        (_clean(where(finding)), "bold"),
        " ",
        (_clean(finding.rule), f"dim link {page}" if (page := rule_page(finding.rule, rules_address)) else "dim"),
        " ",
        _clean(plain(finding.message) or finding.title),
    )
    seen = f" on {_clean(finding.page)}" if finding.source and not is_its_own_page(finding) else ""
    text.append(f"{seen}{on}", "dim")
    return text


def _errors(report: Report, console: Console) -> None:
    """What could not be looked at, and why; what has one reason is one line."""
    unseen = [page for page in report.pages if page.state is PageState.NOT_AUDITED]
    named = {error.where for error in report.errors}
    places: dict[str, list[str]] = {}
    for place, reason in (
        *((error.where, error.sentence) for error in report.errors),
        *((page.address, page.reason or "not audited") for page in unseen if page.address not in named),
    ):
        places.setdefault(reason, []).append(place)
    for reason, found in [*places.items()][:_MOST_REASONS]:
        where = ", ".join(found[:_MOST_PLACES])
        more = f" and {len(found) - _MOST_PLACES} more" if len(found) > _MOST_PLACES else ""
        console.print(Text.assemble(("! ", "bold yellow"), _clean(f"{where}{more}: {reason}")), soft_wrap=True)
    if len(places) > _MOST_REASONS:
        console.print(Text(sentence(f"… {count(len(places) - _MOST_REASONS, 'more error')}.")))


def _clean(text: str) -> str:
    """On one line, without characters that a terminal would obey."""
    return spoken(" ".join(shown(text).split()))
