"""What a run comes to, in words: the same sentences in every format.

The wording follows one rule: automated checks find problems, they never prove conformance.
Nothing here may say "compliant", "certified" or "passed" of a whole site, and what Ontario
law requires is never counted together with what later versions of WCAG advise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from audit.model.finding import Finding, FindingState, Outcome, PageState
from audit.model.report import Report, Verdict
from audit.standards import profiles

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Shares:
    """The findings of a report, each in exactly one group."""

    blocking: tuple[Finding, ...]
    other: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    known: tuple[Finding, ...]
    excused: tuple[Finding, ...]
    theirs: tuple[Finding, ...] = ()


def shares(findings: Sequence[Finding]) -> Shares:
    """Each finding put into its group: what a person does with it decides, not its rule."""
    groups: dict[str, list[Finding]] = {each.name: [] for each in fields(Shares)}
    for finding in findings:
        if finding.state == FindingState.EXCUSED:
            name = "excused"
        elif finding.state == FindingState.THEIRS:
            name = "theirs"
        elif finding.state == FindingState.KNOWN:
            name = "known"
        elif finding.blocking:
            name = "blocking"
        elif finding.outcome is Outcome.CANT_TELL:
            name = "questions"
        else:
            name = "other"
        groups[name].append(finding)
    return Shares(**{name: tuple(group) for name, group in groups.items()})


def of_others(theirs: Sequence[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings in what belongs to somebody else, region by region: what to call it, and what was found there."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in theirs:
        told = finding.excuse or {}
        key = (finding.region or "", str(told.get("owner") or ""), str(told.get("until") or ""))
        groups.setdefault(key, []).append(finding)
    return tuple(
        (f"{name or 'no name'}, asked of {owner or 'nobody'} until {until or 'no day'}", tuple(found))
        for (name, owner, until), found in sorted(groups.items())
    )


def number(count: int) -> str:
    """A small number as a word, a larger one with thin groups: ``three``, ``1,204``."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def count(how_many: int, one: str, many: str | None = None) -> str:
    """``one page``, ``three pages``, ``no pages``."""
    return f"{number(how_many)} {one if how_many == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def profile(name: str) -> str:
    """What a profile checks against, in words; an unknown name stands for itself."""
    return profiles()[name].short if name in profiles() else name


def headline(report: Report) -> str:
    """The verdict in one sentence, after what the run was told not to look at, or not to count."""
    return " ".join((*told_first(report), verdict(report)))


def told_first(report: Report) -> tuple[str, ...]:
    """What a verdict must not be read without: sentences."""
    theirs = report.summary.theirs
    if not theirs:
        return report.narrowed
    belongs = "belongs" if theirs == 1 else "belong"
    does = "is" if theirs == 1 else "are"
    return (
        *report.narrowed,
        sentence(f"{count(theirs, 'finding')} {belongs} to somebody else and {does} counted apart."),
    )


def verdict(report: Report) -> str:
    """The verdict in one sentence."""
    summary = report.summary
    match report.verdict:
        case Verdict.NOTHING:
            return "Nothing was checked, so nothing can be said."
        case Verdict.INCOMPLETE:
            missing = []
            documents = sum(page.state is PageState.NOT_AUDITED for page in report.documents)
            if summary.not_audited - documents:
                missing.append(f"{count(summary.not_audited - documents, 'page')} could not be checked")
            if documents:
                missing.append(f"{count(documents, 'document')} could not be read")
            if summary.errors:
                missing.append(f"{count(summary.errors, 'error')} occurred")
            return f"The check is incomplete: {listed(missing)}."
        case Verdict.BLOCKED:
            blocks = "blocks" if summary.blocking == 1 else "block"
            return sentence(f"{count(summary.blocking, 'problem')} {blocks} publishing.")
        case Verdict.CLEAR:
            return "The automated checks found nothing that blocks publishing."


def counts(report: Report) -> tuple[str, ...]:
    """What was looked at and what was found, one sentence each."""
    summary = report.summary
    share = shares(report.findings)
    against = "what was asked for" if report.narrowed else profile(report.profile)
    documents = sum(page.state is PageState.AUDITED for page in report.documents)
    states = sum(page.state is PageState.AUDITED and page.journey is not None for page in report.pages)
    pages = summary.audited - documents - states
    parts = []
    if pages or not documents:
        parts.append(f"{count(pages, 'page')} {'was' if pages == 1 else 'were'} opened in a browser")
    if states:
        parts.append(f"{count(states, 'state')} of journeys {'was' if states == 1 else 'were'} reached with keys")
    if documents:
        parts.append(f"{count(documents, 'document')} {'was' if documents == 1 else 'were'} read")
    looked = f"{listed(parts)} and checked against {against}."
    if len(parts) > 1:
        looked = f"{listed(parts)}; all were checked against {against}."
    found = [sentence(looked)]
    if report.verdict is Verdict.INCOMPLETE and share.blocking:
        found.append(sentence(f"{count(len(share.blocking), 'problem')} found so far would block publishing."))
    if share.other:
        found.append(
            sentence(
                f"{count(len(share.other), 'further problem')} found that does not block."
                if len(share.other) == 1
                else f"{count(len(share.other), 'further problem')} found that do not block."
            )
        )
    if share.questions:
        needs = "question needs" if len(share.questions) == 1 else "questions need"
        found.append(sentence(f"{number(len(share.questions))} {needs} a person to decide."))
    if share.known:
        found.append(
            sentence(
                f"{count(len(share.known), 'problem was', 'problems were')} known before and"
                f" {'is' if len(share.known) == 1 else 'are'} listed in the baseline."
            )
        )
    if share.excused:
        found.append(sentence(f"{count(len(share.excused), 'finding is', 'findings are')} excused with a reason."))
    if summary.excluded:
        found.append(
            sentence(f"{count(summary.excluded, 'page was', 'pages were')} left out on purpose, with a reason.")
        )
    if not report.findings and summary.audited:
        where = " in what they could look at" if report.verdict is Verdict.INCOMPLETE else ""
        found.append(f"The automated checks found nothing to change and nothing to ask{where}.")
    return tuple(found)


LIMITS = (
    "Automated checks find many problems, but they cannot show that a page works for people."
    " A page without findings can still be hard to use. Have people who use a keyboard, a screen reader,"
    " large text or plain language try the site, and keep asking patrons."
)
