"""EARL 1.0 as JSON-LD: an assertion for each rule and page, and one for each criterion.

The shape is the one in which ACT implementations report: a ``TestSubject`` for each page with
its ``assertions``. Nothing is fetched to read it: the context is part of the file. Outcomes are
EARL's five; a rule that asked is ``cantTell``, a page that was not audited is ``untested``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from audit.model.finding import Finding, FindingState, Json, Outcome, PageState
from audit.model.report import Coverage, CriterionResult, Report, RuleResult, ordered
from audit.reports import Pictures
from audit.reports.causes import where
from audit.reports.prose import plain
from audit.standards import criteria

_CONTEXT: Mapping[str, Json] = {
    "@vocab": "http://www.w3.org/ns/earl#",
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "ptr": "http://www.w3.org/2009/pointers#",
    "WCAG2": "https://www.w3.org/TR/WCAG22/#",
    "title": "dct:title",
    "description": "dct:description",
    "name": "doap:name",
    "revision": "doap:revision",
    "source": {"@id": "dct:source", "@type": "@id"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "assertions": {"@reverse": "earl:subject"},
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "pointer": "earl:pointer",
    "expression": "ptr:expression",
    "info": "earl:info",
}
_TOOL = "#stepfree"
_MODES = {Coverage.AUTOMATIC: "earl:automatic", Coverage.PARTLY: "earl:semiAuto", Coverage.PERSON: "earl:manual"}


def render(report: Report, pictures: Pictures) -> bytes:
    """The file as UTF-8 bytes."""
    del pictures
    report = ordered(report)
    rules = {rule.id: rule for rule in report.rules}
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        for address in dict.fromkeys((finding.page, *finding.pages)):
            found.setdefault(address, []).append(finding)
    kept = _kept(report.rules)
    versions = ", ".join(f"{name} {version}" for name, version in report.tool.items())
    graph: list[Json] = [
        {
            "@id": _TOOL,
            "@type": ["Assertor", "Software"],
            "name": "stepfree",
            "revision": report.tool.get("stepfree", ""),
            "description": versions,
        }
    ]
    for page in report.pages:
        if page.state is PageState.EXCLUDED:
            continue
        if page.state is PageState.AUDITED:
            assertions = list(_on_page(found.get(page.address, ()), rules, kept.get(page.address, {})))
        else:
            assertions = [_assertion(rule.id, rule, Outcome.UNTESTED, page.reason or "") for rule in report.rules]
        subject: dict[str, Json] = {
            "@type": ["WebPage", "TestSubject"],
            "source": _address(report.target, page.address),
        }
        if page.title:
            subject["title"] = page.title
        graph.append({**subject, "assertions": [*assertions]})
    # What was found outside the pages of the survey (a file, the site as a whole) is said as well.
    for address in sorted(found.keys() - {page.address for page in report.pages}):
        assertions = list(_on_page(found[address], {}, {}))
        graph.append({"@type": "TestSubject", "source": _address(report.target, address), "assertions": [*assertions]})
    if report.criteria:
        graph.append(
            {
                "@type": "TestSubject",
                "source": report.target,
                "title": "The site as a whole",
                "assertions": [_criterion(criterion) for criterion in report.criteria],
            }
        )
    document: dict[str, Json] = {"@context": dict(_CONTEXT), "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _kept(rules: Sequence[RuleResult]) -> Mapping[str, Mapping[str, Outcome]]:
    """For each page, the rules that passed there or had nothing to look at."""
    table: dict[str, dict[str, Outcome]] = {}
    for rule in rules:
        for addresses, outcome in ((rule.inapplicable, Outcome.INAPPLICABLE), (rule.passed, Outcome.PASSED)):
            for address in addresses:
                table.setdefault(address, {})[rule.id] = outcome
    return table


def _on_page(
    findings: Sequence[Finding], rules: Mapping[str, RuleResult], kept: Mapping[str, Outcome]
) -> Iterator[Json]:
    for finding in findings:
        yield _assertion(finding.rule, rules.get(finding.rule), finding.outcome, plain(finding.message), finding)
    told = {finding.rule for finding in findings}
    for identifier, rule in rules.items():
        if identifier not in told:
            yield _assertion(identifier, rule, kept.get(identifier, Outcome.UNTESTED))


def _assertion(
    identifier: str, rule: RuleResult | None, outcome: Outcome, info: str = "", finding: Finding | None = None
) -> dict[str, Json]:
    wcag = finding.requirements.wcag if finding else rule.requirements.wcag if rule else ()
    test: dict[str, Json] = {"@type": "TestCase", "title": identifier}
    if rule:
        test["description"] = rule.title
    if wcag:
        test["isPartOf"] = [_criterion_id(number) for number in wcag]
    result: dict[str, Json] = {"@type": "TestResult", "outcome": f"earl:{outcome.value}"}
    if info:
        result["info"] = info
    if finding:
        if finding.target and finding.target.selector:
            result["pointer"] = {"@type": "ptr:CSSSelectorPointer", "expression": finding.target.selector}
        if finding.source:
            result["description"] = where(finding)
        if finding.state != FindingState.NEW:
            result["title"] = finding.state
    return {"@type": "Assertion", "assertedBy": _TOOL, "mode": "earl:automatic", "test": test, "result": result}


def _criterion(criterion: CriterionResult) -> dict[str, Json]:
    result: dict[str, Json] = {"@type": "TestResult", "outcome": f"earl:{criterion.outcome.value}"}
    if criterion.left:
        result["info"] = f"Left for a person: {criterion.left}"
    return {
        "@type": "Assertion",
        "assertedBy": _TOOL,
        "mode": _MODES[criterion.coverage],
        "test": {
            "@id": _criterion_id(criterion.id),
            "@type": "TestRequirement",
            "title": f"{criterion.id} {criterion.name}",
        },
        "result": result,
    }


def _criterion_id(number: str) -> str:
    criterion = criteria().get(number)
    return f"WCAG2:{criterion.slug}" if criterion else f"WCAG2:{number}"


def _address(target: str, address: str) -> str:
    # The name of a state has blanks in it.
    written = quote(address, safe="/?&=%:+,;~()'!*@$[]#", errors="surrogatepass")
    return target.rstrip("/") + written if target.startswith(("http://", "https://")) else written
