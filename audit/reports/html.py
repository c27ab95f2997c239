"""The report for people: one HTML file that needs no script and no other file.

It opens with the verdict, then says what to change, put together by who can change it and in
which file; questions for a person, what is excused, what was looked at, what was tested and
what no machine can test. It must pass its own audit (``tests/reports/test_html.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from audit.model import Finding, Outcome, PageResult, PageState
from audit.report_model import Coverage, CriterionResult, Report, Verdict, ordered
from audit.reports import Pictures
from audit.reports.article import Seen, article, criterion_link, embedded
from audit.reports.causes import Cause, Group, grouped, where
from audit.reports.markup import items, pairs, text, typed
from audit.reports.prose import plain
from audit.reports.sentences import LIMITS, count, counts, headline, profile, sentence, shares

_STYLE = Path(__file__).with_name("report.css")

# Beyond these a browser on an old phone would choke; the rest is listed in short, all of it
# is in report.json.
_ARTICLES = 600
_ROWS = 5_000
_PICTURE_BYTES = 8_000_000

_TONES = {Verdict.CLEAR: "clear", Verdict.BLOCKED: "blocked", Verdict.INCOMPLETE: "unsure", Verdict.NOTHING: "unsure"}

_CAUSES = {
    Cause.CONTENT: ("Problems in what the library wrote", "These are changed in the files of the content."),
    Cause.DOCUMENT: ("Problems in documents", "These are changed in the document itself, which is then put up again."),
    Cause.THEME: (
        "Problems in the theme",
        "These come from templates or styles. Whoever looks after the theme changes them; authors cannot.",
    ),
    Cause.PLATFORM: (
        "Problems in services run by others",
        "The library cannot change these itself: tell the company that runs the service.",
    ),
    Cause.PAGE: (
        "Problems on pages whose files are not known",
        "The audit saw these pages without knowing which files they were made from.",
    ),
}

_STATES = {
    PageState.AUDITED: "Checked",
    PageState.NOT_AUDITED: "Could not be checked",
    PageState.EXCLUDED: "Left out on purpose",
}

_OUTCOMES = {
    Outcome.FAILED: "Problems found",
    Outcome.CANT_TELL: "Needs a person to check",
    Outcome.PASSED: "No problem found by rules that decide it",
    Outcome.INAPPLICABLE: "Nothing of this kind on the site",
    Outcome.UNTESTED: "Not tested",
}

_COVERAGE = {
    Coverage.AUTOMATIC: "Automatically",
    Coverage.PARTLY: "Partly automatically",
    Coverage.PERSON: "By a person only",
}


@dataclass
class _Sections:
    """The sections written so far; hands out the ordinals of findings."""

    seen: Seen
    left: int = _ARTICLES
    rows: int = _ROWS
    ordinal: int = 0
    parts: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, identifier: str, title: str, inner: str) -> None:
        self.parts.append((identifier, title, inner))

    def articles(self, findings: Sequence[Finding], in_file: bool) -> str:
        """Articles while there is room, rows of a table after that."""
        room = max(0, min(len(findings), self.left))
        self.left -= room
        written = []
        above = None
        for finding in findings[:room]:
            self.ordinal += 1
            written.append(article(finding, self.ordinal, self.seen, in_file, again=finding.rule == above))
            above = finding.rule
        return "".join(written) + self.short(findings[room:])

    def short(self, findings: Sequence[Finding]) -> str:
        """Findings as rows of a table."""
        if not findings:
            return ""
        room = max(0, min(len(findings), self.rows))
        self.rows -= room
        rest = len(findings) - room
        more = f'<p class="note">{text(sentence(count(rest, "more finding")))} in report.json.</p>' if rest else ""
        if not room:
            return more
        rows = "".join(
            f"<tr><td>{typed(where(finding))}</td><td>{text(finding.title)}</td>"
            f"<td>{text(_cut(plain(finding.message), 200))}</td></tr>"
            for finding in findings[:room]
        )
        head = '<tr><th scope="col">Where</th><th scope="col">Finding</th><th scope="col">What is there</th></tr>'
        return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}"


def render(report: Report, pictures: Pictures) -> bytes:
    """The file as UTF-8 bytes; ``pictures`` by the key of the finding (PNG or WebP)."""
    report = ordered(report)
    seen = Seen(
        titles={page.address: page.title for page in report.pages if page.title},
        rules={rule.id: rule for rule in report.rules},
        pictures=embedded(pictures, frozenset(finding.key for finding in report.findings), _PICTURE_BYTES),
    )
    sections = _Sections(seen)
    for part in (_errors, _kinds, _problems, _questions, _known, _excused, _pages, _criteria, _people, _made):
        part(report, sections)
    return "".join(_document(report, sections)).encode("utf-8", "replace")


def _document(report: Report, sections: _Sections) -> Iterator[str]:
    title = f"Accessibility report: {report.target}"
    yield (
        '<!doctype html>\n<html lang="en-CA">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n'
    )
    yield (
        '<header class="page top"><h1>Accessibility report</h1>'
        f'<p class="about">{typed(report.target)}, checked against {text(profile(report.profile))}</p></header>\n'
        f'<main class="page" id="main" tabindex="-1">\n{_verdict(report)}'
    )
    links = [f'<a href="#{identifier}">{text(heading)}</a>' for identifier, heading, _ in sections.parts]
    yield f'<nav aria-label="Parts of this report">{items(links)}</nav>\n'
    for identifier, heading, inner in sections.parts:
        yield f'<section aria-labelledby="{identifier}">\n<h2 id="{identifier}">{text(heading)}</h2>\n{inner}</section>\n'
    yield f'</main>\n<footer class="page"><p>{text(LIMITS)}</p></footer>\n</body>\n</html>\n'


def _verdict(report: Report) -> str:
    share = shares(report.findings)
    summary = report.summary
    numbers = (
        ("Problems that stand in the way", len(share.blocking)),
        ("Other problems", len(share.other)),
        ("Questions for a person", len(share.questions)),
        ("Pages checked", summary.audited),
        ("Pages not checked", summary.not_audited),
    )
    boxes = "".join(f"<div><dt>{text(name)}</dt><dd>{value:,}</dd></div>" for name, value in numbers)
    return (
        f'<div class="verdict {_TONES[report.verdict]}"><p class="headline">{text(headline(report))}</p>'
        f'<p>{text(" ".join(counts(report)))}</p></div>\n<dl class="counts">{boxes}</dl>\n'
    )


def _errors(report: Report, sections: _Sections) -> None:
    unseen = [page for page in report.pages if page.state is PageState.NOT_AUDITED]
    if not unseen and not report.errors:
        return
    said = [f"{typed(error.where)}: {text(error.sentence)}" for error in report.errors]
    named = {error.where for error in report.errors}
    said += [
        f"{typed(page.address)}: {text(page.reason or 'no reason was given')}"
        for page in unseen
        if page.address not in named
    ]
    sections.add(
        "errors",
        "What could not be checked",
        "<p>These are errors of the check, not of the pages. Until they are gone, the result says nothing about"
        f" what was not seen.</p>{items(said[:_ROWS])}",
    )


def _kinds(report: Report, sections: _Sections) -> None:
    """A table of what was found by rule: a long report needs a way to see its shape."""
    share = shares(report.findings)
    found = [*share.blocking, *share.other]
    if len(found) < 8:
        return
    by_rule = groupby(sorted(found, key=lambda finding: finding.rule), key=lambda finding: finding.rule)
    table = [(rule, list(group)) for rule, group in by_rule]
    table.sort(key=lambda entry: (-len(entry[1]), entry[0]))
    rows = []
    for rule, group in table:
        known = sections.seen.rules.get(rule)
        blocking = sum(finding.blocking for finding in group)
        pages = len({page for finding in group for page in (finding.page, *finding.pages)})
        rows.append(
            f'<tr><th scope="row">{text(known.title if known else group[0].title)}</th>'
            f'<td class="number">{len(group):,}</td><td class="number">{blocking:,}</td><td class="number">{pages:,}</td></tr>'
        )
    head = (
        '<tr><th scope="col">Kind</th><th scope="col" class="number">Found</th>'
        '<th scope="col" class="number">Block</th><th scope="col" class="number">Pages</th></tr>'
    )
    sections.add("kinds", "Kinds of problems", f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>")


def _problems(report: Report, sections: _Sections) -> None:
    share = shares(report.findings)
    groups = grouped([*share.blocking, *share.other], report.rules)
    if not groups:
        sections.add("problems", "Problems", "<p>None found by the automated checks.</p>")
    for group in groups:
        heading, who = _CAUSES[group.cause]
        lead = f"<p>{text(sentence(count(group.size, 'problem')))}. {text(who)}</p>"
        sections.add(f"in-{group.cause.value}", heading, lead + _places(group, sections))


def _places(group: Group, sections: _Sections) -> str:
    written = []
    for place in group.places:
        title = "" if place.is_file else sections.seen.titles.get(place.name, "")
        name = f"{text(title)} ({typed(place.name)})" if title else typed(place.name)
        findings = sorted(place.findings, key=lambda one: not one.blocking) if not place.is_file else place.findings
        written.append(f'<div class="place"><h3>{name}</h3>\n{sections.articles(findings, place.is_file)}</div>\n')
    return "".join(written)


def _questions(report: Report, sections: _Sections) -> None:
    asked = shares(report.findings).questions
    if not asked:
        return
    lead = (
        f"<p>{text(sentence(count(len(asked), 'question')))}. Here the checks saw something that may or may not be a"
        " problem. Look at each once and decide.</p>"
    )
    inner = "".join(_places(group, sections) for group in grouped(asked, report.rules))
    sections.add("questions", "Questions for a person", lead + inner)


def _known(report: Report, sections: _Sections) -> None:
    known = shares(report.findings).known
    if known:
        lead = "<p>These were there before and are listed in the baseline, which may only get shorter. They do not block.</p>"
        sections.add("known", "Known problems", lead + sections.short(known))


def _excused(report: Report, sections: _Sections) -> None:
    excused = shares(report.findings).excused
    if not excused:
        return
    rows = "".join(
        f"<tr><td>{typed(where(finding))}</td><td>{text(finding.title)}</td><td>{_reason(finding)}</td></tr>"
        for finding in excused[:_ROWS]
    )
    head = '<tr><th scope="col">Where</th><th scope="col">Finding</th><th scope="col">Reason</th></tr>'
    lead = "<p>Somebody wrote down why these may stand for now. They are counted apart and come back when the excuse ends.</p>"
    sections.add("excused", "Excused findings", f"{lead}<table><thead>{head}</thead><tbody>{rows}</tbody></table>")


def _reason(finding: Finding) -> str:
    excuse = dict(finding.excuse or {})
    reason = str(excuse.pop("reason", "") or "No reason is recorded.")
    rest = "; ".join(f"{key}: {value}" for key, value in sorted(excuse.items()) if value)
    return text(f"{reason} ({rest})" if rest else reason)


def _pages(report: Report, sections: _Sections) -> None:
    numbers: dict[str, int] = {}
    for finding in report.findings:
        for address in {finding.page, *finding.pages}:
            numbers[address] = numbers.get(address, 0) + 1
    rows = "".join(_page_row(page, numbers.get(page.address, 0)) for page in report.pages[:_ROWS])
    rest = len(report.pages) - _ROWS
    more = f'<p class="note">{rest:,} more pages are listed in report.json.</p>' if rest > 0 else ""
    head = '<tr><th scope="col">Page</th><th scope="col">State</th><th scope="col" class="number">Findings</th></tr>'
    lead = f"<p>{text(sentence(count(len(report.pages), 'page')))} expected; each ended in exactly one state.</p>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    sections.add("pages", "Pages", f"{lead}{table}{more}")


def _page_row(page: PageResult, findings: int) -> str:
    name = f"{text(page.title)}<br>{typed(page.address)}" if page.title else typed(page.address)
    state = _STATES[page.state] + (f": {page.reason}" if page.reason else "")
    if page.untested:
        state += f". Not reached: {'; '.join(page.untested)}"
    number = f"{findings:,}" if page.state is PageState.AUDITED else ""
    return f'<tr><th scope="row">{name}</th><td>{text(state)}</td><td class="number">{number}</td></tr>'


def _criteria(report: Report, sections: _Sections) -> None:
    if not report.criteria:
        return
    rows = "".join(_criterion_row(criterion) for criterion in report.criteria)
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Success criterion", "Tested", "Result", "Left for a person")
    )
    lead = (
        "<p>No criterion is called met here unless rules decide it by themselves. Where nothing was found and"
        " rules cover only a part, a person still has to look.</p>"
    )
    sections.add(
        "criteria",
        "What was tested, criterion by criterion",
        f'{lead}<div class="scroll" role="region" aria-label="Table of success criteria" tabindex="0">'
        f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>',
    )


def _criterion_row(criterion: CriterionResult) -> str:
    result = _OUTCOMES[criterion.outcome]
    numbers = []
    if criterion.failed:
        numbers.append(count(criterion.failed, "problem"))
    if criterion.questions:
        numbers.append(count(criterion.questions, "question"))
    if numbers:
        result += f" ({', '.join(numbers)})"
    return (
        f'<tr><th scope="row">{criterion_link(criterion.id)}</th><td>{_COVERAGE[criterion.coverage]}</td>'
        f"<td>{text(result)}</td><td>{text(criterion.left)}</td></tr>"
    )


def _people(report: Report, sections: _Sections) -> None:
    del report
    sections.add(
        "people",
        "What no machine can check",
        "<p>Ask people to do this at least once a year and after every larger change:</p>"
        + items(
            (
                "Use the site with the keyboard alone: find a program, renew a book, send the contact form.",
                "Listen to the main pages with a screen reader: does what is said make sense in that order?",
                "Read the pages aloud to somebody who does not work at the library: is every sentence understood?",
                "Compare every picture with its text alternative: does the text do the picture’s work on this page?",
                "Watch videos without sound, and listen to them without picture: is anything lost?",
                "Zoom to 200 % and 400 %, and make the text larger on an old phone.",
                "Ask patrons with disabilities what stops them, and write down what they say.",
            )
        ),
    )


def _made(report: Report, sections: _Sections) -> None:
    facts = [(name, typed(version)) for name, version in report.tool.items()]
    facts.append(("profile", text(f"{report.profile}: {profile(report.profile)}")))
    facts.append(("rules", text(f"{len(report.rules):,}") if report.rules else ""))
    notes = items(text(note) for note in report.notes) if report.notes else ""
    sections.add(
        "made",
        "How this report was made",
        "<p>Each page was opened in a real browser, brought to rest and looked at under several conditions."
        f" The same site gives the same report.</p>{pairs(facts, 'facts')}{notes}",
    )


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"
