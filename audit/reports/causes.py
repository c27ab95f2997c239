"""Findings put together by who can act on them: content, document, theme or design, page.

An author is never shown the theme's faults as theirs, nor the reverse. The file decides when
it is known; otherwise the rule says who can act, and the page stands for the file. A theme is
named only where a build has said that there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from audit.model.finding import Finding, Fixer, SourceKind
from audit.model.report import RuleResult


class Cause(StrEnum):
    """Whose fault a finding is, in the order in which people read them."""

    CONTENT = "content"
    DOCUMENT = "document"
    THEME = "theme"
    DESIGN = "design"
    PLATFORM = "platform"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Place:
    """All findings of one file (or, when no file is known, of one page)."""

    name: str
    is_file: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one cause, by place."""

    cause: Cause
    places: tuple[Place, ...]

    @property
    def size(self) -> int:
        return sum(len(place.findings) for place in self.places)


_OF_SOURCE = {
    SourceKind.CONTENT: Cause.CONTENT,
    SourceKind.THEME: Cause.THEME,
    SourceKind.PLUGIN: Cause.THEME,
    SourceKind.DOCUMENT: Cause.DOCUMENT,
}
_OF_FIXER = {
    Fixer.AUTHOR: Cause.PAGE,
    Fixer.THEME: Cause.DESIGN,
    Fixer.DOCUMENT: Cause.DOCUMENT,
    Fixer.PLATFORM: Cause.PLATFORM,
}


def cause(finding: Finding, rules: Mapping[str, RuleResult]) -> Cause:
    """Whose fault a finding is."""
    if finding.source is not None:
        return _OF_SOURCE[finding.source.kind]
    rule = rules.get(finding.rule)
    return _OF_FIXER[rule.fixer] if rule else Cause.PAGE


def grouped(findings: Sequence[Finding], rules: Sequence[RuleResult]) -> tuple[Group, ...]:
    """The findings by cause and place; their order within a place is kept."""
    by_id = {rule.id: rule for rule in rules}
    table: dict[Cause, dict[tuple[bool, str], list[Finding]]] = {}
    for finding in findings:
        where = (False, finding.source.path) if finding.source else (True, finding.page or "the site as a whole")
        table.setdefault(cause(finding, by_id), {}).setdefault(where, []).append(finding)
    return tuple(
        Group(
            one,
            tuple(
                Place(name, not without_file, tuple(table[one][without_file, name]))
                for without_file, name in sorted(table[one])
            ),
        )
        for one in Cause
        if one in table
    )


def is_its_own_page(finding: Finding) -> bool:
    """Whether the file that a finding is about is what was looked at: a document that was checked by itself."""
    return finding.source is not None and unquote(finding.page).lstrip("/") == finding.source.path


def where(finding: Finding) -> str:
    """``content/programs/repair-cafe.md:12``, or the page's address when no file is known."""
    if finding.source is None:
        return finding.page or "the site"
    return finding.source.path if finding.source.line is None else f"{finding.source.path}:{finding.source.line}"
