"""What differs between two builds of one website, and which findings are new, and why."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import html

from audit.judgement.matching import match
from audit.model.finding import APART, Finding
from audit.model.report import Report
from audit.reports.causes import where
from stepfree.upgrading.trials import Built

#: What stands behind a file's name so that browsers fetch it anew: no difference of the page itself.
_STAMP = re.compile(r"\?v=[0-9a-f]{6,}")


class Kind(StrEnum):
    """How a page differs, from what everybody notices down to what only its style sheets may show."""

    NEW = "a new page"
    GONE = "no longer made"
    WORDS = "other words"
    MARKUP = "other markup, the same words"
    STYLE = "the page is the same; a style sheet, script or font that it uses has changed"


class Why(StrEnum):
    """Why a finding is new."""

    NEW_RULE = "the rule is new"
    PAGE = "the page has changed"
    RULE = "the page is the same, and the rule looks more closely"


@dataclass(frozen=True, slots=True)
class PageChange:
    """``lines``: of a page with other words, those that are gone (``-``) and new (``+``)."""

    address: str
    kind: Kind
    lines: tuple[str, ...] = ()
    template: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Findings of one rule that the other version did not have."""

    rule: str
    title: str
    why: Why
    blocking: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All of it. ``files``: files other than pages that differ; ``rules``: blocking ones first."""

    identical: int
    pages: tuple[PageChange, ...]
    files_identical: int
    files: tuple[str, ...]
    rules: tuple[RuleChange, ...] = ()
    no_longer: int = 0
    unchanged: int = 0
    not_audited: int = 0
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def blocking(self) -> int:
        """How many of the new findings block."""
        return sum(rule.blocking for rule in self.rules)


def differences(old: Built, new: Built, before: Report, after: Report) -> Differences:
    """Compare the builds and the reports of two versions."""
    pages = tuple(
        change
        for address in sorted(old.pages.keys() | new.pages.keys())
        if (change := _page(old, new, address)) is not None
    )
    shared = old.files.keys() & new.files.keys()
    files = {path for path in shared if old.files[path] != new.files[path]} | (old.files.keys() ^ new.files.keys())
    earlier, later = _open(before), _open(after)
    matches = match(earlier, later)
    changed = {change.address for change in pages if change.kind is not Kind.STYLE}
    return Differences(
        identical=len(old.pages.keys() | new.pages.keys()) - len(pages),
        pages=pages,
        files_identical=len(shared - files),
        files=tuple(sorted(files)),
        rules=_rules(matches.new, before, after, changed),
        no_longer=len(matches.gone),
        unchanged=len(matches.pairs),
        not_audited=after.summary.not_audited,
    )


def _open(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.state not in APART]


def _page(old: Built, new: Built, address: str) -> PageChange | None:
    template = str((new if address in new.pages else old).pages[address].get("template", ""))
    if address not in old.pages:
        return PageChange(address, Kind.NEW, template=template)
    if address not in new.pages:
        return PageChange(address, Kind.GONE, template=template)
    if old.pages[address]["sha256"] == new.pages[address]["sha256"]:
        return None
    before, after = old.text(address), new.text(address)
    if _STAMP.sub("", before) == _STAMP.sub("", after):
        return PageChange(address, Kind.STYLE, template=template)
    lines = _words(before, after)
    return PageChange(address, Kind.WORDS if lines else Kind.MARKUP, lines, template)


def _words(before: str, after: str) -> tuple[str, ...]:
    """Lines of text that went and came, as people read them: title, alternatives and labels too."""
    compared = difflib.unified_diff(_read(before), _read(after), n=0, lineterm="")
    return tuple(line for line in compared if line[:1] in "+-" and line[:3] not in {"+++", "---"})


def _read(page: str) -> list[str]:
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    found: list[str] = []
    for element in root.iter():
        if element.tag in {"script", "style"}:
            text: Sequence[str | None] = (element.tail,)
        else:
            text = (element.text, *(element.get(name) for name in ("alt", "aria-label", "placeholder")), element.tail)
        found += [" ".join(part.split()) for part in text if part and part.strip()]
    return found


def _rules(found: Sequence[Finding], before: Report, after: Report, changed: set[str]) -> tuple[RuleChange, ...]:
    ran = {rule.id for rule in before.rules}
    titles = {rule.id: rule.title for rule in after.rules}
    groups: dict[tuple[str, Why], list[Finding]] = {}
    for finding in found:
        if finding.rule not in ran:
            why = Why.NEW_RULE
        elif changed & {finding.page, *finding.pages}:
            why = Why.PAGE
        else:
            why = Why.RULE
        groups.setdefault((finding.rule, why), []).append(finding)
    changes = [
        RuleChange(
            rule,
            titles.get(rule) or group[0].title,
            why,
            sum(each.blocking for each in group),
            tuple(dict.fromkeys(where(each) for each in group)),
        )
        for (rule, why), group in groups.items()
    ]
    return tuple(sorted(changes, key=lambda each: (not each.blocking, each.rule, each.why)))
