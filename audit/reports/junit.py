"""JUnit XML for other continuous integration: one suite for each rule, one case for each page.

What blocks is a failure, what could not be looked at an error, what is excluded or inapplicable
skipped. Findings that do not block are told in the case's output, so that this file is red
exactly when the command's exit status is.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from audit.model.finding import Finding, FindingState, PageState
from audit.model.report import Report, RuleResult, ordered
from audit.reports import Pictures
from audit.reports.causes import where
from audit.reports.markup import shown
from audit.reports.prose import plain


def render(report: Report, pictures: Pictures) -> bytes:
    """The file as UTF-8 bytes."""
    del pictures
    report = ordered(report)
    root = ET.Element("testsuites", name="stepfree")
    table: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.findings:
        pages = table.setdefault(finding.rule, {})
        for address in dict.fromkeys((finding.page, *finding.pages)):
            pages.setdefault(address, []).append(finding)
    known = {rule.id: rule for rule in report.rules}
    _pages(root, report)
    for identifier in sorted({*table, *known}):
        _suite(root, identifier, known.get(identifier), table.get(identifier, {}))
    _count(root)
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _suite(root: ET.Element, identifier: str, rule: RuleResult | None, found: Mapping[str, Sequence[Finding]]) -> None:
    suite = ET.SubElement(root, "testsuite", name=_xml(identifier))
    passed = rule.passed if rule else ()
    inapplicable = rule.inapplicable if rule else ()
    for address in sorted({*found, *passed, *inapplicable}):
        case = ET.SubElement(suite, "testcase", classname=_xml(identifier), name=_xml(address))
        findings = found.get(address, ())
        for finding in findings:
            if finding.blocking and finding.state == FindingState.NEW:
                failure = ET.SubElement(case, "failure", type=finding.outcome.value, message=_xml(finding.title))
                failure.text = _said(finding)
        told = [_said(finding) for finding in findings if not (finding.blocking and finding.state == FindingState.NEW)]
        if told:
            ET.SubElement(case, "system-out").text = "\n".join(told)
        elif not findings and address in inapplicable:
            ET.SubElement(case, "skipped", message="inapplicable: nothing of this kind on the page")


def _pages(root: ET.Element, report: Report) -> None:
    """What became of each page: a suite of its own, so that nothing not looked at is green."""
    suite = ET.SubElement(root, "testsuite", name="pages")
    for page in report.pages:
        case = ET.SubElement(suite, "testcase", classname="pages", name=_xml(page.address))
        if page.state is PageState.NOT_AUDITED:
            ET.SubElement(case, "error", type="not_audited", message=_xml(page.reason or "not audited"))
        elif page.state is PageState.EXCLUDED:
            ET.SubElement(case, "skipped", message=_xml(f"excluded: {page.reason}"))
    for error in report.errors:
        case = ET.SubElement(suite, "testcase", classname=_xml(error.kind), name=_xml(error.where))
        ET.SubElement(case, "error", type=_xml(error.kind), message=_xml(error.sentence))


def _count(root: ET.Element) -> None:
    for parent in (*root, root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            cases = parent.iter("testcase")
            number = sum(1 for case in cases if tag == "testcase" or case.find(tag) is not None)
            parent.set(name, str(number))


def _said(finding: Finding) -> str:
    state = "" if finding.state == FindingState.NEW else f" [{finding.state}]"
    return _xml(
        f"{where(finding)}: {finding.outcome.value}{state}: {plain(finding.message)} To do: {plain(finding.fix)}"
    )


def _xml(text: str) -> str:
    """Text without what XML 1.0 cannot hold."""
    return shown(text)
