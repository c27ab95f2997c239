"""What the command says: one line for each finding, then the counts and the verdict.

``path:line rule message`` is what editors and people know from other checkers. Colour comes
from rich: only on a terminal, never with ``NO_COLOR``.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from audit.model.finding import Finding, Outcome, PageState
from audit.model.report import Report, Verdict, ordered
from audit.model.rule_places import rule_page
from audit.reports.causes import where
from audit.reports.markup import shown
from audit.reports.prose import plain
from audit.reports.sentences import count, counts, headline, sentence, shares

_STYLES = {
    Verdict.CLEAR: "bold green",
    Verdict.BLOCKED: "bold red",
    Verdict.INCOMPLETE: "bold yellow",
    Verdict.NOTHING: "bold yellow",
}


def show(report: Report, console: Console, limit: int = 100) -> None:
    """Prints the report. At most ``limit`` findings are shown one by one; the rest is counted."""
    report = ordered(report)
    share = shares(report.findings)
    for text in report.narrowed:
        console.print(Text(text, style="bold yellow"))
    _errors(report, console)
    shown_ones = [*share.blocking, *share.other, *share.questions]
    for finding in shown_ones[:limit]:
        console.print(line(finding, report.rules_address), soft_wrap=True)
    if len(shown_ones) > limit:
        console.print(f"… {count(len(shown_ones) - limit, 'more finding')} in the report.", soft_wrap=True)
    if shown_ones:
        console.print(Text("What a rule means: stepfree explain NAME"), soft_wrap=True)
        console.print()
    for text in counts(report):
        console.print(Text(text))
    if report.verdict is Verdict.INCOMPLETE and share.blocking:
        console.print(Text("Exit status 4: what was not seen may be worse than what was."))
    console.print(Text(headline(report), style=_STYLES[report.verdict]))


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
    seen = f" on {_clean(finding.page)}" if finding.source else ""
    text.append(f"{seen}{on}", "dim")
    return text


def _errors(report: Report, console: Console) -> None:
    unseen = [page for page in report.pages if page.state is PageState.NOT_AUDITED]
    named = {error.where for error in report.errors}
    lines = [f"{error.where}: {error.sentence}" for error in report.errors]
    lines += [f"{page.address}: {page.reason or 'not audited'}" for page in unseen if page.address not in named]
    for text in lines[:50]:
        console.print(Text.assemble(("! ", "bold yellow"), _clean(text)), soft_wrap=True)
    if len(lines) > 50:
        console.print(Text(sentence(f"… {count(len(lines) - 50, 'more error')}.")))


def _clean(text: str) -> str:
    """On one line, without characters that a terminal would obey."""
    return " ".join(shown(text).split())
