"""Small captures and outcomes, made by hand, for tests that need no browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from audit.examination.examination import RuleOutcome
from audit.model.document import Accessible, Document, Element, TextRun
from audit.model.finding import (
    Condition,
    Family,
    Finding,
    FindingState,
    Fixer,
    Json,
    Outcome,
    Requirements,
    Source,
    SourceKind,
    Target,
)
from audit.model.page import AxeResult, Page
from audit.model.rule import Result, Rule, passed
from audit.rules import LoadedRule


def element(
    index: int, tag: str, parent: int | None = None, text: str = "", role: str = "", **attributes: str
) -> Element:
    """An element without layout. Its node id is 100 more than its index, its ordinal the index."""
    return Element(
        index=index,
        node=100 + index,
        tag=tag,
        attributes=attributes,
        parent=parent,
        content=(TextRun(text),) if text else (),
        style={},
        box=None,
        rendered=True,
        exposed=True,
        accessible=Accessible(role or tag, text) if role or text else None,
        lang=None,
        static=index,
        selector=f"{tag}:nth-of-type({index + 1})",
    )


def document(elements: Iterable[Element], condition: Condition = Condition.WIDE, title: str = "A page") -> Document:
    """A document of these elements; parents get their children."""
    listed = list(elements)
    for number, each in enumerate(listed):
        below = tuple(other.index for other in listed if other.parent == each.index)
        listed[number] = replace(each, content=(*each.content, *below))
    return Document(condition, tuple(listed), title, 1280, 800, 1280, 800)


def page(
    address: str = "/",
    elements: Iterable[Element] = (),
    axe: Iterable[AxeResult] = (),
    conditions: Iterable[Condition] = (Condition.WIDE,),
    axe_rules: tuple[str, ...] = (),
) -> Page:
    """A page with ``html`` and ``body`` and these elements (from index 2)."""
    listed = (element(0, "html"), element(1, "body", 0), *elements)
    return Page(
        address=address,
        url=f"http://127.0.0.1{address}",
        status=200,
        html="",
        documents={condition: document(listed, condition) for condition in conditions},
        axe=tuple(axe),
        axe_rules=axe_rules,
    )


def axe_result(rule: str, node: int, condition: Condition = Condition.WIDE, kind: str = "violation") -> AxeResult:
    return AxeResult(
        rule=rule,
        kind=kind,
        tags=("cat.x", "wcag2a", "wcag111"),
        node=node,
        selector=f"node-{node}",
        html="<img src='x.png'>",
        message="",
        help="Images must have alternative text",
        help_url="https://example.org/",
        data={},
        condition=condition,
    )


def always_passes(_subject: object, _target: object) -> Result:
    return passed()


def rule(
    identifier: str,
    applies: object = lambda _subject: (),
    expect: object = always_passes,
    *,
    family: Family = Family.PAGE,
    wcag: tuple[str, ...] = ("1.1.1",),
    needs: frozenset[Condition] = frozenset(),
    axe: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    covers: tuple[str, ...] = (),
    best_practice: bool = False,
) -> LoadedRule:
    meta = Rule(
        title="A fault",
        family=family,
        requirements=Requirements(wcag=wcag),
        fixer=Fixer.AUTHOR,
        why="Somebody is hurt.",
        since="0.1",
        needs=needs,
        axe=axe,
        aliases=aliases,
        covers=covers,
        best_practice=best_practice,
    )
    return LoadedRule(identifier, Path(), meta, applies, expect, "audit/rules/page/a_fault")  # type: ignore[arg-type]


def outcome(
    identifier: str = "a-fault",
    address: str = "/",
    html: str = '<img src="x.png">',
    *,
    selector: str = "img",
    kind: Outcome = Outcome.FAILED,
    static: int | None = 5,
    conditions: tuple[str, ...] = (),
    evidence: Mapping[str, Json] | None = None,
    message: str = "The picture has no alternative.",
    engine: str = "stepfree",
    path: str | None = None,
    line: int | None = None,
    page_itself: bool = False,
    fixer: Fixer = Fixer.AUTHOR,
    wcag: tuple[str, ...] = ("1.1.1",),
) -> RuleOutcome:
    return RuleOutcome(
        rule=identifier,
        outcome=kind,
        title="A fault",
        message=message,
        why="Somebody is hurt.",
        fix="Mend it.",
        requirements=Requirements(wcag=wcag),
        fixer=fixer,
        target=None if page_itself else Target(selector, html, "image", ""),
        page=address,
        static=static,
        path=path,
        line=line,
        conditions=conditions,
        evidence=evidence or {},
        engine=engine,
    )


def finding(
    identifier: str = "a-fault",
    *,
    key: str = "k1",
    loose: str = "l1",
    pages: tuple[str, ...] = ("/",),
    kind: Outcome = Outcome.FAILED,
    source: Source | None = None,
    wcag: tuple[str, ...] = ("1.1.1",),
    evidence: str = "e1",
    html: str = '<img src="x.png">',
    state: str = "new",
    blocking: bool = False,
) -> Finding:
    return Finding(
        key=key,
        rule=identifier,
        outcome=kind,
        blocking=blocking,
        requirements=Requirements(wcag=wcag),
        page=pages[0],
        target=Target("img", html),
        conditions=(),
        source=source,
        title="A fault",
        message="The picture has no alternative.",
        why="Somebody is hurt.",
        fix="Mend it.",
        loose_key=loose,
        evidence_digest=evidence,
        pages=pages,
        state=FindingState(state),
    )


def content(path: str = "content/pages/a.md", line: int | None = 7) -> Source:
    return Source(path, line, SourceKind.CONTENT)


def theme(path: str = "theme/templates/base.html", line: int | None = 3) -> Source:
    return Source(path, line, SourceKind.THEME)
