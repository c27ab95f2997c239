"""The parts of the HTML report that are about the run: pages, criteria, people, tools."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote

from audit.model.finding import APART, Outcome, PageResult, PageState
from audit.model.report import Coverage, CriterionResult, Report
from audit.reports.article import criterion_link
from audit.reports.markup import items, pairs, table, text, typed
from audit.reports.sentences import count, number, profile, sentence
from audit.reports.titles import own_titles
from audit.standards import ALWAYS_MET

_ROWS = 5_000
#: Pages that link to a document which are named in its row.
_LINKING = 5

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
_PRINCIPLES = {
    "1": "Perceivable: can everybody see or hear it?",
    "2": "Operable: can everybody use it?",
    "3": "Understandable: can everybody follow it?",
    "4": "Robust: do all browsers and aids understand it?",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its anchor, its heading, and the HTML below the heading."""

    anchor: str
    heading: str
    inner: str


def errors(report: Report) -> Part | None:
    """What could not be checked; ``None`` when everything could."""
    unseen = [page for page in report.pages if page.state is PageState.NOT_AUDITED]
    if not unseen and not report.errors:
        return None
    said = [f"{typed(error.where)}: {text(error.sentence)}" for error in report.errors]
    named = {error.where for error in report.errors}
    said += [
        f"{typed(page.address)}: {text(page.reason or 'no reason was given')}"
        for page in unseen
        if page.address not in named
    ]
    if len(said) > _ROWS:
        said = [*said[:_ROWS], f"and {len(said) - _ROWS:,} more, all in report.json"]
    return Part(
        "errors",
        "What could not be checked",
        "<p>These are errors of the check, not of the pages. Until they are gone, the result says nothing about"
        f" what was not seen.</p>{items(said)}",
    )


def pages(report: Report) -> Part | None:
    """Every expected page and what became of it; ``None`` where only documents were given."""
    numbers = Counter(address for finding in report.findings for address in {finding.page, *finding.pages})
    titles = own_titles(report.pages)
    shown_pages = [page for page in report.pages if page.document is None]
    if not shown_pages and report.documents:
        return None
    rows = [_page(page, titles.get(page.address), numbers[page.address]) for page in shown_pages[:_ROWS]]
    rest = len(shown_pages) - _ROWS
    more = f'<p class="note">{rest:,} more pages are listed in report.json.</p>' if rest > 0 else ""
    states = sum(page.journey is not None for page in shown_pages)
    expected = count(len(shown_pages) - states, "page")
    if states:
        expected += f" and {count(states, 'state')} of journeys"
    lead = f"<p>{text(sentence(expected))} expected; each was audited, not audited or excluded.</p>"
    shown = table("Pages and what became of them", ("Page", "State", "Findings#"), rows) if rows else ""
    return Part("pages", "Pages", f"{lead}{shown}{more}")


def documents(report: Report) -> Part | None:
    """Every document: what it comes to, which pages link to it, who answers for it; ``None`` without any."""
    found = report.documents
    if not found:
        return None
    # Where only documents were given, nobody can know who links to them.
    known = any(page.document is None or page.document.linked_from or page.document.owner for page in report.pages)
    rows = [_document_row(page, report, known) for page in found[:_ROWS]]
    rest = len(found) - _ROWS
    more = f'<p class="note">{rest:,} more documents are listed in report.json.</p>' if rest > 0 else ""
    lead = f"<p>{text(sentence(count(len(found), 'document')))} expected; each ended in exactly one state.</p>"
    columns = ("Document", "What to do", *(("Linked from", "Who answers for it") if known else ()))
    return Part("documents", "Documents", f"{lead}{table('Documents and what to do with them', columns, rows)}{more}")


def _document_row(page: PageResult, report: Report, known: bool) -> str:
    """``known``: whether anything is known of the pages around."""
    assert page.document is not None
    address = typed(page.address if known else unquote(page.address).lstrip("/"))
    name = f"{text(page.title)}<br>{address}" if page.title else address
    linked = [typed(address) for address in page.document.linked_from[:_LINKING]]
    rest = len(page.document.linked_from) - _LINKING
    if rest > 0:
        linked.append(f"and {rest:,} more")
    begun = f'<tr><th scope="row">{name}</th><td>{text(advice(page, report))}</td>'
    if not known:
        return f"{begun}</tr>"
    return (
        f"{begun}<td>{items(linked) if linked else 'No page that was looked at'}</td>"
        f"<td>{text(page.document.owner or 'Nobody is named')}</td></tr>"
    )


def advice(page: PageResult, report: Report) -> str:
    """What a document comes to: usable as it is, to be mended, or better as a page."""
    assert page.document is not None
    if page.state is not PageState.AUDITED:
        return f"{_STATES[page.state]}: {page.reason}"
    own = [each for each in report.findings if each.page == page.address and each.state not in APART]
    faults = [each for each in own if each.outcome is Outcome.FAILED]
    asked = [each for each in own if each.outcome is Outcome.CANT_TELL]
    if page.document.duty:
        return page.document.duty
    if faults:
        said = f"Fix {count(len(faults), 'problem')}"
        blocking = sum(each.blocking for each in faults)
        if blocking == len(faults):
            said += ", which blocks publishing" if blocking == 1 else ", which all block publishing"
        elif blocking:
            said += f", of which {number(blocking)} {'blocks' if blocking == 1 else 'block'} publishing"
    else:
        said = "Usable as it is, as far as rules can tell"
    if any(each.rule == "document-better-as-page" for each in asked):
        said += "; or write it as a page"
    return f"{said}. {sentence(count(len(asked), 'question'))} for a person." if asked else f"{said}."


def _page(page: PageResult, title: str | None, findings: int) -> str:
    name = f"{text(title)}<br>{typed(page.address)}" if title else typed(page.address)
    state = _STATES[page.state] + (f": {page.reason}" if page.reason else "")
    if page.untested:
        state += f". Not reached: {'; '.join(page.untested)}"
    number = f"{findings:,}" if page.state is PageState.AUDITED else "not looked for"
    return f'<tr><th scope="row">{name}</th><td>{text(state)}</td><td class="number">{number}</td></tr>'


def criteria(report: Report) -> Part | None:
    """What was tested, by principle; ``None`` when the report holds no criteria."""
    if not report.criteria:
        return None
    lead = (
        "<p>No criterion is called met here unless rules decide it by themselves. Where nothing was found and"
        " rules cover only a part, a person still has to look.</p>"
    )
    inner = [lead]
    for principle, group in groupby(report.criteria, key=lambda criterion: criterion.id.partition(".")[0]):
        heading = _PRINCIPLES.get(principle, "Other criteria")
        columns = ("Success criterion", "Tested", "Result", "Left for a person")
        caption = f"Criteria under “{heading.partition(':')[0]}”"
        made = table(caption, columns, [_criterion(criterion) for criterion in group], "wide")
        inner.append(
            f'<h3>{text(heading)}</h3>\n<div class="scroll" role="region" aria-label="{text(caption)}" tabindex="0">{made}</div>\n'
        )
    return Part("criteria", "What was tested, criterion by criterion", "".join(inner))


def _criterion(criterion: CriterionResult) -> str:
    result = _OUTCOMES[criterion.outcome]
    numbers = []
    if criterion.failed:
        numbers.append(count(criterion.failed, "problem"))
    if criterion.questions:
        numbers.append(count(criterion.questions, "question"))
    if numbers:
        result += f" ({', '.join(numbers)})"
    left = criterion.left or "Nothing: this criterion is always met." if criterion.id == ALWAYS_MET else criterion.left
    return (
        f'<tr><th scope="row">{criterion_link(criterion.id)}</th><td>{_COVERAGE[criterion.coverage]}</td>'
        f"<td>{text(result)}</td><td>{text(left or 'Look at it as a whole.')}</td></tr>"
    )


def people() -> Part:
    """What only people can check."""
    return Part(
        "people",
        "What only people can check",
        "<p>Ask people to do this at least once a year and after every larger change:</p>"
        + items(
            (
                "Use the site with the keyboard alone: find a program, renew a book, send the contact form.",
                "Listen to the main pages with a screen reader: does what is said make sense in that order?",
                "Read the pages aloud to somebody who does not work at the library: do they understand every sentence?",
                "Compare every picture with its text alternative: does the text do the same job as the picture on this page?",
                "Watch videos without sound, and listen to them without picture: is anything lost?",
                "Zoom to 200 % and 400 %, and make the text larger on an old phone.",
                "Ask patrons with disabilities what stops them, and write down what they say.",
            )
        ),
    )


def made(report: Report) -> Part:
    """How the audit was made: versions, profile, notes."""
    facts = [(name, typed(version)) for name, version in report.tool.items()]
    facts.append(("profile", text(f"{report.profile}: {profile(report.profile)}")))
    if report.rules:
        facts.append(("rules", text(f"{len(report.rules):,}")))
    notes = items(text(note) for note in report.notes) if report.notes else ""
    return Part(
        "made",
        "How this report was made",
        "<p>Each page was opened in a real browser, brought to rest and looked at under several conditions."
        " What only some visitors get was looked at too: in windows of other sizes, in dark or forced colours, with more"
        " contrast, with motion, by touch, without scripts. Not looked at is what is there only on paper, in an installed"
        f" app, with less contrast or with inverted colours. The same site gives the same report.</p>{pairs(facts, 'facts')}{notes}",
    )
