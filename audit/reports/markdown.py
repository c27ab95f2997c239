"""The summary in Markdown: for the page of a job on GitHub, or for reading as it is.

New findings come first, by file and line; then questions, then what is known and excused, then
counts. It always fits: GitHub refuses a summary of more than 1 MiB whole, without a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.model.finding import Finding, PageState
from audit.model.report import Report, Verdict, ordered
from audit.model.rule_places import rule_page
from audit.reports import Pictures
from audit.reports.causes import Cause, grouped, is_its_own_page
from audit.reports.escaped import Piece, code, fenced, fit, words
from audit.reports.prose import Code, Listing, Paragraph, Span, Style, blocks
from audit.reports.sentences import LIMITS, count, counts, headline, of_others, sentence, shares

_LIMIT = 1_000_000  # bytes; GitHub's limit is 1,048,576 for all of a step

_HEADINGS = {
    Cause.CONTENT: "In what the library wrote",
    Cause.DOCUMENT: "In documents",
    Cause.THEME: "In the theme (not for authors)",
    Cause.DESIGN: "In styles, templates and scripts (not for authors)",
    Cause.PLATFORM: "In services run by others",
    Cause.PAGE: "On pages whose files are not known",
}
_SIGNS = {Verdict.CLEAR: "✅", Verdict.BLOCKED: "❌", Verdict.INCOMPLETE: "⚠️", Verdict.NOTHING: "⚠️"}


def render(report: Report, pictures: Pictures) -> bytes:
    """The summary as UTF-8 bytes, below 1 MiB. Pictures have no place in it."""
    del pictures
    report = ordered(report)
    share = shares(report.findings)
    head = [
        "# Accessibility report\n\n",
        f"{_SIGNS[report.verdict]} **{words(headline(report))}**\n\n",
        " ".join(words(line) for line in counts(report)) + "\n",
        *_errors(report),
    ]
    tail = [*_known(share.known), *_excused(share.excused), *_theirs(share.theirs), f"\n---\n\n{words(LIMITS)}\n"]
    body = [
        *_findings("Problems", [*share.blocking, *share.other], report),
        *_findings("Questions for a person", share.questions, report),
    ]
    return fit(head, body, tail, _LIMIT, "More findings are in the HTML report and in report.json.").encode(
        "utf-8", "replace"
    )


def finding_lines(finding: Finding, rules_address: str | None = None) -> str:
    """One finding as a list item: place and title, what is there, what to do, why, and where more is said."""
    line = finding.source.line if finding.source else None
    where = f"line {line}" if line else "whole file" if finding.source else code(finding.page)
    place = "" if not line and is_its_own_page(finding) else f"{words(sentence(where)) if finding.source else where}: "
    marks = " · blocks" if finding.blocking else ""
    more = (
        f" · on {count(len({*finding.pages, finding.page}), 'page')}" if len({*finding.pages, finding.page}) > 1 else ""
    )
    text = [f"- **{place}{words(finding.title)}**{marks}{more}"]
    text.append(indented(prose(finding.message)))
    text.append("")
    text.append(indented(prose(finding.fix)))
    text.append("")
    text.append(f"  _Why:_ {words(finding.why)} ({rule_link(finding.rule, rules_address)})")
    return "\n".join(text) + "\n"


def rule_link(rule: str, rules_address: str | None) -> str:
    """The name of a rule, as a link to its page when the site has one."""
    page = rule_page(rule, rules_address)
    return f"[{code(rule)}]({page})" if page else code(rule)


def prose(text: str) -> str:
    """A rule's words as Markdown that cannot become anything else than was meant."""
    parts = []
    for block in blocks(text):
        match block:
            case Paragraph(spans):
                parts.append(_spans(spans))
            case Listing(items, is_ordered):
                parts.append(
                    "\n".join(
                        f"{f'{number}.' if is_ordered else '-'} {_spans(item)}" for number, item in enumerate(items, 1)
                    )
                )
            case Code(inner, language):
                parts.append(fenced(inner, language))
    return "\n\n".join(parts)


def _spans(spans: Sequence[Span]) -> str:
    return "".join(_span(span) for span in spans).strip()


def _span(span: Span) -> str:
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() and span.text.strip() else ""
    match span.style:
        case Style.CODE:
            return code(span.text)
        case Style.STRONG:
            return f"{before}**{words(span.text)}**{after}"
        case Style.PLAIN:
            return f"{before}{words(span.text)}{after}"


def indented(text: str) -> str:
    """The text as the inside of a list item."""
    return "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


def _findings(heading: str, findings: Sequence[Finding], report: Report) -> list[Piece]:
    if not findings:
        return []
    pieces = [Piece(f"\n## {heading}\n")]
    for group in grouped(findings, report.rules):
        pieces.append(Piece(f"\n### {_HEADINGS[group.cause]}: {count(group.size, 'finding')}\n"))
        for place in group.places:
            pieces.append(Piece(f"\n{code(place.name)}\n\n"))
            pieces.extend(Piece(finding_lines(finding, report.rules_address), 1) for finding in place.findings)
    return pieces


def _errors(report: Report) -> list[str]:
    unseen = [page for page in report.pages if page.state is PageState.NOT_AUDITED]
    if not unseen and not report.errors:
        return []
    lines = [f"- {code(error.where)}: {words(error.sentence)}" for error in report.errors]
    named = {error.where for error in report.errors}
    lines += [
        f"- {code(page.address)}: {words(page.reason or 'no reason was given')}"
        for page in unseen
        if page.address not in named
    ]
    more = [f"- … and {len(lines) - 100:,} more"] if len(lines) > 100 else []
    return [
        "\n## What could not be checked\n\nThese are errors of the check, not of the pages.\n",
        "\n".join(lines[:100] + more) + "\n",
    ]


def _known(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    was = "finding was" if len(findings) == 1 else "findings were"
    return [f"\n{words(sentence(count(len(findings), was, was)))} known before and listed in the baseline.\n"]


def _excused(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    lines = [f"\n## Excused: {count(len(findings), 'finding')}\n"]
    for finding in findings[:100]:
        excuse = finding.excuse or {}
        reason = str(excuse.get("reason") or "no reason is recorded")
        until = f", until {words(str(excuse['until']))}" if excuse.get("until") else ""
        where = f"{finding.source.path}:{finding.source.line or 1}" if finding.source else finding.page
        lines.append(f"- {code(where)} {words(finding.title)}: {words(reason)}{until}")
    if len(findings) > 100:
        lines.append(f"- … and {len(findings) - 100:,} more")
    return ["\n".join(lines) + "\n"]


def _theirs(findings: Sequence[Finding]) -> list[str]:
    parts = []
    for named, found in of_others(findings):
        lines = [f"\n## Belongs to somebody else: {words(named)}\n"]
        for finding in found[:100]:
            where = f"{finding.source.path}:{finding.source.line or 1}" if finding.source else finding.page
            lines.append(f"- {code(where)} {words(finding.title)} ({code(finding.rule)})")
        if len(found) > 100:
            lines.append(f"- … and {len(found) - 100:,} more")
        parts.append("\n".join(lines) + "\n")
    return parts
