"""The report for people: one HTML file that needs no script and no other file.

It opens with the verdict, then says what to change, put together by who can change it and in
which file; questions for a person, what is excused, what was looked at, what was tested and
what no machine can test. It must pass its own audit (``tests/reports/test_html.py``).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from audit.model.finding import Finding, PageState
from audit.model.report import Report, Verdict, ordered
from audit.reports import Pictures, overview
from audit.reports.article import Seen, article, embedded, excuse
from audit.reports.causes import Cause, Group, grouped, where
from audit.reports.markup import items, table, text, typed
from audit.reports.overview import Part
from audit.reports.prose import plain
from audit.reports.sentences import (
    LIMITS,
    Shares,
    count,
    counts,
    of_others,
    profile,
    sentence,
    shares,
    told_first,
    verdict,
)
from audit.reports.titles import own_titles

_STYLE = Path(__file__).with_name("report.css")

# Beyond these a browser on an old phone would choke; the rest is listed in short, all of it
# is in report.json.
_ARTICLES = 600
_ROWS = 5_000
_PICTURE_BYTES = 8_000_000
_KINDS_FROM = 8

_TONES = {Verdict.CLEAR: "clear", Verdict.BLOCKED: "blocked", Verdict.INCOMPLETE: "unsure", Verdict.NOTHING: "unsure"}

_CAUSES = {
    Cause.CONTENT: ("Problems in what the library wrote", "These are changed in the files of the content."),
    Cause.DOCUMENT: ("Problems in documents", "These are changed in the document itself, which is then put up again."),
    Cause.THEME: (
        "Problems in the theme",
        "These come from templates or styles. Whoever looks after the theme changes them; authors cannot.",
    ),
    Cause.DESIGN: (
        "Problems in how the site is built",
        "These come from styles, templates or scripts that many pages share. Whoever looks after them changes them.",
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


class _Writer:
    """Writes findings in order; knows the next number and how much room is left."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self._articles = _ARTICLES
        self._rows = _ROWS
        self._ordinal = 0

    def findings(self, findings: Sequence[Finding], in_file: bool) -> str:
        """Articles while there is room, rows of a table after that."""
        room = min(len(findings), self._articles)
        self._articles -= room
        written = []
        above = None
        for finding in findings[:room]:
            self._ordinal += 1
            written.append(article(finding, self._ordinal, self.seen, in_file, again=finding.rule == above))
            above = finding.rule
        return "".join(written) + self.short(findings[room:], f"More findings here: {len(findings) - room:,}")

    def short(self, findings: Sequence[Finding], caption: str) -> str:
        """Findings as rows of a table while there is room; then their number."""
        room = min(len(findings), self._rows)
        self._rows -= room
        rest = len(findings) - room
        more = f'<p class="note">{text(sentence(count(rest, "more finding")))} in report.json.</p>' if rest else ""
        rows = [
            f"<tr><td>{typed(where(finding))}</td><td>{text(finding.title)}</td>"
            f"<td>{text(_cut(plain(finding.message) or finding.title, 200))}</td></tr>"
            for finding in findings[:room]
        ]
        return (table(caption, ("Where", "Finding", "What is there"), rows) if rows else "") + more

    def places(self, group: Group) -> str:
        """All findings of one cause, each file or page under its name."""
        written = []
        for place in group.places:
            title = "" if place.is_file else self.seen.titles.get(place.name, "")
            name = f"{text(title)} ({typed(place.name)})" if title else typed(place.name)
            findings = self.findings(place.findings, place.is_file)
            written.append(f'<div class="place"><h3>{name}</h3>\n{findings}</div>\n')
        return "".join(written)


def policy(sheet: str) -> str:
    """The content security policy of the report: its own style sheet, its own pictures, and nothing else.

    What a report quotes comes from pages of others; should any of it ever become markup, it does nothing.
    """
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def render(report: Report, pictures: Pictures) -> bytes:
    """The file as UTF-8 bytes; ``pictures`` by the key of the finding (PNG or WebP)."""
    report = ordered(report)
    writer = _Writer(
        Seen(
            titles=own_titles(report.pages),
            rules={rule.id: rule for rule in report.rules},
            pictures=embedded(pictures, frozenset(finding.key for finding in report.findings), _PICTURE_BYTES),
            rules_address=report.rules_address,
            jurisdiction=report.jurisdiction,
            documents=frozenset(page.address for page in report.documents),
        )
    )
    share = shares(report.findings)
    found = (
        overview.errors(report),
        _kinds(share, writer.seen),
        *_problems(share, report, writer),
        _questions(share, report, writer),
        _known(share, writer),
        _excused(share),
        _theirs(share),
        overview.documents(report),
        overview.pages(report),
        overview.criteria(report),
        overview.people(),
        overview.made(report),
    )
    parts = [part for part in found if part is not None]
    return _document(report, share, parts).encode("utf-8", "replace")


def framed(title: str, heading: str, about: str, main: str) -> str:
    """A whole page of a report around ``main``; ``about`` and ``main`` are HTML already."""
    sheet = f"\n{_STYLE.read_text(encoding='utf-8')}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(sheet)}">\n'
        f"<title>{text(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>{sheet}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n'
        f'<header class="page top"><h1>{text(heading)}</h1><p class="about">{about}</p></header>\n'
        f'<main class="page" id="main" tabindex="-1">\n{main}'
        f'</main>\n<footer class="page"><p>{text(LIMITS)}</p></footer>\n</body>\n</html>\n'
    )


def _document(report: Report, share: Shares, parts: Sequence[Part]) -> str:
    links = [f'<a href="#{part.anchor}">{text(part.heading)}</a>' for part in parts]
    sections = "".join(
        f'<section aria-labelledby="{part.anchor}">\n<h2 id="{part.anchor}">{text(part.heading)}</h2>\n'
        f"{part.inner}</section>\n"
        for part in parts
    )
    return framed(
        f"Accessibility report: {report.target}",
        "Accessibility report",
        f"{typed(report.target)}, checked against {text(profile(report.profile))}",
        f'{_verdict(report, share)}<nav aria-label="Parts of this report">{items(links)}</nav>\n{sections}',
    )


#: What was to be looked at, by whether there are pages, and documents.
_LOOKED_AT = {(True, False): "Pages", (False, True): "Documents", (True, True): "Pages and documents"}


def _verdict(report: Report, share: Shares) -> str:
    summary = report.summary
    read = sum(page.state is PageState.AUDITED for page in report.documents)
    pages = len(report.pages) > len(report.documents) or not report.documents
    numbers = (
        ("Problems that block publishing", len(share.blocking)),
        ("Other problems", len(share.other)),
        ("Questions for a person", len(share.questions)),
        *((("Pages checked", summary.audited - read),) if pages else ()),
        *((("Documents checked", read),) if report.documents else ()),
        (f"{_LOOKED_AT[pages, bool(report.documents)]} not checked", summary.not_audited),
    )
    boxes = "".join(f"<div><dt>{text(name)}</dt><dd>{value:,}</dd></div>" for name, value in numbers)
    first = f"<p>{text(' '.join(told))}</p>" if (told := told_first(report)) else ""
    return (
        f'<div class="verdict {_TONES[report.verdict]}">{first}<h2 class="headline">{text(verdict(report))}</h2>'
        f'<p>{text(" ".join(counts(report)))}</p></div>\n<dl class="counts">{boxes}</dl>\n'
    )


def _kinds(share: Shares, seen: Seen) -> Part | None:
    """A table of what was found by rule: a long report needs a way to see its shape."""
    found = [*share.blocking, *share.other]
    if len(found) < _KINDS_FROM:
        return None
    by_rule = groupby(sorted(found, key=lambda finding: finding.rule), key=lambda finding: finding.rule)
    kinds = sorted(((rule, list(group)) for rule, group in by_rule), key=lambda entry: (-len(entry[1]), entry[0]))
    rows = []
    for rule, group in kinds:
        known = seen.rules.get(rule)
        numbers = (
            len(group),
            sum(finding.blocking for finding in group),
            len({page for finding in group for page in (finding.page, *finding.pages)}),
        )
        cells = "".join(f'<td class="number">{value:,}</td>' for value in numbers)
        rows.append(f'<tr><th scope="row">{text(known.title if known else group[0].title)}</th>{cells}</tr>')
    made = table("What was found, the most frequent first", ("Kind", "Found#", "Block#", "Pages#"), rows)
    return Part("kinds", "Kinds of problems", made)


def _problems(share: Shares, report: Report, writer: _Writer) -> Iterator[Part]:
    groups = grouped([*share.blocking, *share.other], report.rules)
    if not groups:
        yield Part("problems", "Problems", "<p>None found by the automated checks.</p>")
    for group in groups:
        heading, who = _CAUSES[group.cause]
        lead = f"<p>{text(sentence(count(group.size, 'problem')))}. {text(who)}</p>"
        yield Part(f"in-{group.cause.value}", heading, lead + writer.places(group))


def _questions(share: Shares, report: Report, writer: _Writer) -> Part | None:
    if not share.questions:
        return None
    lead = (
        f"<p>{text(sentence(count(len(share.questions), 'question')))}. Here the checks saw something that may or may"
        " not be a problem. Look at each once and decide.</p>"
    )
    inner = "".join(writer.places(group) for group in grouped(share.questions, report.rules))
    return Part("questions", "Questions for a person", lead + inner)


def _known(share: Shares, writer: _Writer) -> Part | None:
    if not share.known:
        return None
    lead = "<p>These are listed in the baseline, which may only get shorter. They do not block.</p>"
    return Part("known", "Known problems", lead + writer.short(share.known, "Problems that were there before"))


def _excused(share: Shares) -> Part | None:
    if not share.excused:
        return None
    rows = [
        f"<tr><td>{typed(where(finding))}</td><td>{text(finding.title)}</td>"
        f"<td>{text(excuse(finding) or 'No reason is recorded.')}</td></tr>"
        for finding in share.excused[:_ROWS]
    ]
    lead = (
        "<p>Somebody wrote down why these may stand for now. They are counted apart and come back when the excuse"
        " ends.</p>"
    )
    made = table("Findings that are excused", ("Where", "Finding", "Reason"), rows)
    return Part("excused", "Excused findings", lead + made)


def _theirs(share: Shares) -> Part | None:
    if not share.theirs:
        return None
    lead = (
        "<p>These lie in parts of pages that the library has no hand in, and that somebody else was asked to mend. They"
        " were looked for like all others, are counted apart, and block again once the day has passed.</p>"
    )
    inner = []
    for named, found in of_others(share.theirs):
        rows = [
            f"<tr><td>{typed(where(finding))}</td><td>{text(finding.title)}</td>"
            f"<td>{text(_cut(plain(finding.message) or finding.title, 200))}</td></tr>"
            for finding in found[:_ROWS]
        ]
        reason = str((found[0].excuse or {}).get("reason") or "No reason is recorded.")
        made = table(f"Found in {named}", ("Where", "Finding", "What is there"), rows)
        inner.append(f"<h3>{text(sentence(named))}</h3>\n<p>{text(reason)}</p>{made}\n")
    return Part("theirs", "Belongs to somebody else", lead + "".join(inner))


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"
