"""The report for people: complete, harmless, and without findings of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from audit.browser.browser import Browser
from audit.capture.visit import visit_twice
from audit.examination.examination import examine
from audit.model.finding import Condition, DocumentResult, PageResult, PageState
from audit.model.report import Report, RunError
from audit.reports import html
from audit.rules import load as load_rules
from audit.survey.server import Server
from tests.reports import samples

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)


def soup(report: Report, **pictures: bytes) -> BeautifulSoup:
    return BeautifulSoup(html.render(report, pictures), "lxml")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def test_every_finding_is_there() -> None:
    report = samples.report(300)
    page = soup(report)
    open_ones = [finding for finding in report.findings if finding.state == "new"]
    assert len(page.select("article")) == len(open_ones)
    told = sum(len(page.select(f"#{part} ~ table tbody tr")) for part in ("known", "excused", "theirs"))
    assert len(open_ones) + told == 300


def test_every_place_of_what_is_told_together_is_listed() -> None:
    places = [[f"/{number}/", "p > a", f"“{number}” is <vague>."] for number in range(103)]
    told = samples.finding("vague-link", evidence={"places": places, "ratio": 2})
    page = soup(replace(samples.report(0), findings=(told,)))
    said = words(page)
    assert all(f"/{number}/ : “{number}” is <vague>. p > a" in said for number in range(100))
    assert "and 3 more, all named in report.json" in said
    assert "places: [[" not in said
    assert "ratio: 2" in said


def test_findings_stand_under_the_one_who_can_change_them() -> None:
    page = soup(samples.report(80))
    for place in page.select("section[aria-labelledby=in-theme] .place h3"):
        assert place.get_text().startswith("theme/")
    for place in page.select("section[aria-labelledby=in-content] .place h3"):
        assert place.get_text().startswith("content/")


def test_the_verdict_is_the_first_thing_said() -> None:
    page = soup(replace(samples.report(0), findings=(samples.finding(), samples.finding("vague-link", line=3))))
    verdict = page.select_one("main > .verdict")
    assert verdict is not None
    assert verdict.get_text(" ").startswith("Two problems block publishing.")


@pytest.mark.parametrize("size", [0, 5, 300])
def test_nothing_is_claimed_that_no_machine_can_know(size: int) -> None:
    text = words(soup(samples.report(size))).lower()
    for claim in ("compliant", "certified", "fully accessible", "wcag passed", "100 %", "conforms"):
        assert claim not in text
    assert "what only people can check" in text


def test_errors_come_before_findings_and_are_not_findings() -> None:
    missing = PageResult("/lost/", "lost/index.html", PageState.NOT_AUDITED, "the page never settled")
    report = samples.report(3)
    report = replace(
        report, pages=(*report.pages, missing), errors=(RunError("fake-list", "The rule crashed.", "rule"),)
    )
    page = soup(report)
    headings = [heading.get_text() for heading in page.select("h2")]
    assert headings[0].startswith("The check is incomplete")
    assert headings[1] == "What could not be checked"
    section = page.select_one("section[aria-labelledby=errors]")
    assert section is not None
    assert "/lost/" in section.get_text()
    assert "The rule crashed." in section.get_text()
    assert "The check is incomplete" in words(page)


def test_questions_excuses_and_known_ones_stand_apart() -> None:
    page = soup(samples.report(60))
    for identifier in ("questions", "known", "excused", "pages", "criteria", "people", "made"):
        assert page.select_one(f"h2#{identifier}"), identifier
    excused = page.select_one("section[aria-labelledby=excused]")
    assert excused is not None
    assert "The vendor mends it in March." in excused.get_text()
    assert "Systems coordinator" in excused.get_text()


def test_a_criterion_is_named_with_its_explanation() -> None:
    page = soup(replace(samples.report(0), findings=(samples.finding(),)))
    link = page.select_one("article details a[href]")
    assert link is not None
    assert link.get_text() == "Non-text Content"
    assert link["href"] == "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html"


def test_ontarios_rule_and_what_goes_beyond_it_are_told_apart() -> None:
    findings = (samples.finding(), samples.finding("focus-hidden-by-header"), samples.finding("heading-skipped"))
    text = words(soup(replace(samples.report(0), findings=findings)))
    assert "Part of Ontario’s rule" in text
    assert "WCAG 2.2, Level AA, beyond Ontario’s rule" in text
    assert "Good practice" in text


def test_pictures_are_inside_the_file_and_only_pictures() -> None:
    findings = (samples.finding(key="a"), samples.finding("vague-link", key="b"))
    page = soup(replace(samples.report(0), findings=findings), a=PNG, b=b"<script>")
    images = page.select("img")
    assert [str(image["src"])[:22] for image in images] == ["data:image/png;base64,"]
    assert images[0]["alt"]


def test_too_many_pictures_are_left_out_by_size() -> None:
    findings = tuple(samples.finding(line=line, key=f"k{line:03d}") for line in range(1, 40))
    big = PNG + b"\0" * 300_000
    data = html.render(replace(samples.report(0), findings=findings), {finding.key: big for finding in findings})
    assert len(data) < 12_000_000
    assert data.count(b"<img") == 26


def test_needs_nothing_but_itself() -> None:
    page = soup(samples.report(40))
    assert not page.select("script, iframe, object, link[rel=stylesheet]")
    assert not re.search(rb"url\(|@import", html.render(samples.report(40), {}))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert html.render(samples.report(60), {}) == html.render(samples.report(60), {})


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    page = soup(samples.report(120))
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.select("a[href^='#']"):
        assert str(link["href"])[1:] in ids


def test_hostile_words_stay_words() -> None:
    page = soup(samples.hostile(200))
    assert not page.select("script, img, textarea, [onerror]")
    assert all(str(link["href"]).startswith(("#", "https://www.w3.org/")) for link in page.select("a[href]"))
    text = page.get_text()
    assert "<script>alert(1)</script>" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.slow
def test_ten_thousand_findings_make_a_page_that_a_phone_can_open() -> None:
    data = html.render(samples.report(10_000), {})
    assert len(data) < 6_000_000
    assert "more findings in report.json" in words(BeautifulSoup(data, "lxml"))


@pytest.mark.timeout(400)
@pytest.mark.parametrize("size", [0, 5, 60])
def test_passes_its_own_audit(size: int, tmp_path: Path, browser: Browser) -> None:
    report = samples.report(size)
    pictures = {finding.key: PNG for finding in report.findings[::3]}
    (tmp_path / "index.html").write_bytes(html.render(report, pictures))
    needs = frozenset(Condition)
    browser.fresh()
    with Server(tmp_path, "/") as server:
        page = visit_twice(browser, server.root, "/", needs)
    assert set(page.documents) >= {Condition.WIDE, Condition.NARROW, Condition.DARK}
    found = examine(page, load_rules().values())
    assert found.crashes == ()
    assert [f"{each.rule} {each.conditions} {each.message} {each.target}" for each in found.outcomes] == []


@pytest.mark.parametrize("size", [0, 6, 60])
def test_the_report_allows_itself_nothing_but_its_own_style_and_pictures(size: int) -> None:
    page = html.render(samples.report(size), {}).decode()
    written = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert written is not None
    rules = dict(rule.split(None, 1) for rule in written[1].split("; "))
    (sheet,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    # What the policy forbids is not used either, or the report would look broken.
    assert not re.search(r"<[^>]*\sstyle=", page)
    assert "<script" not in page
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_documents_by_themselves_have_no_columns_about_pages() -> None:
    report = samples.report(0)
    page = PageResult("/plan%20of%20rooms.docx", None, PageState.AUDITED, document=DocumentResult("docx", 2, (), ""))
    alone = words(soup(replace(report, pages=(page,))))
    assert "plan of rooms.docx" in alone
    assert "Who answers for it" not in alone
    assert "No pages expected" not in alone
    beside = words(soup(replace(report, pages=(page, *report.pages))))
    assert "Who answers for it" in beside
