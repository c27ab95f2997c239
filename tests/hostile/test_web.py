"""A site on the web: found politely, and an error page is never taken for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from audit.errors import ExitCode, NothingToAudit
from audit.model.finding import PageState
from audit.survey.crawl import AGENT, Crawl
from audit.survey.folder import Survey
from tests.hostile.sites import Reply, page, run, web


def link(*addresses: str) -> bytes:
    return page("A page", " ".join(f'<a href="{address}">{address}</a>' for address in addresses)).encode()


def site(pages: Mapping[str, bytes | Reply]) -> tuple[list[str], Callable[[str, str], Reply]]:
    asked: list[str] = []

    def answer(path: str, agent: str) -> Reply:
        asked.append(path)
        found = pages.get(path)
        if found is None:
            return 404, {}, page("Not found").encode()
        return found if isinstance(found, tuple) else (200, {}, found)

    return asked, answer


def survey(pages: Mapping[str, bytes | Reply], start: str = "", limit: int = 50) -> tuple[Survey, list[str]]:
    asked, answer = site(pages)
    with web(answer) as root:
        return Crawl(root + start, limit, lambda _: None).survey(), asked


def addresses(found: Survey) -> list[str]:
    return [each.address for each in found.pages]


def test_links_and_sitemap_are_followed_on_the_same_origin() -> None:
    found, _ = survey(
        {
            "/": link("/a/", "b.html", "https://example.org/", "mailto:x@example.org", "#here"),
            "/a/": link("/"),
            "/b.html": link("/plan.pdf"),
            "/plan.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
        }
    )
    assert addresses(found) == ["/", "/a/", "/b.html"]
    assert found.answers == {"/": 200, "/a/": 200, "/b.html": 200, "/plan.pdf": 200}


def test_pages_of_the_sitemap_are_found_without_a_link() -> None:
    roots: list[str] = []

    def answer(path: str, agent: str) -> Reply:
        if path == "/sitemap.xml":
            urls = f"<urlset><url><loc>{roots[0]}lonely/</loc></url></urlset>"
            return 200, {"Content-Type": "application/xml"}, urls.encode()
        return 200, {}, link()

    with web(answer) as root:
        roots.append(root)
        assert addresses(Crawl(root, 10, lambda _: None).survey()) == ["/", "/lonely/"]


def test_what_robots_forbids_is_not_opened_and_said() -> None:
    found, asked = survey(
        {"/robots.txt": b"User-agent: *\nDisallow: /private/\n", "/": link("/private/x", "/a/"), "/a/": link()}
    )
    assert addresses(found) == ["/", "/a/"]
    assert [(each.address, why) for each, why in found.excluded] == [("/private/x", "robots.txt asks not to open it.")]
    assert "/private/x" not in asked


def test_a_server_in_trouble_with_its_robots_is_left_alone() -> None:
    with pytest.raises(NothingToAudit):
        survey({"/robots.txt": (503, {}, b""), "/": link()})


def test_error_pages_are_no_pages() -> None:
    found, _ = survey({"/": link("/gone/", "/broken/"), "/broken/": (500, {}, page("Error").encode())})
    assert addresses(found) == ["/"]
    assert found.answers is not None
    assert (found.answers["/gone/"], found.answers["/broken/"]) == (404, 500)


@pytest.mark.parametrize("status", [404, 500])
def test_a_start_that_answers_with_an_error_is_nothing_to_audit(status: int) -> None:
    with pytest.raises(NothingToAudit, match=f"HTTP status {status}"):
        survey({"/": (status, {}, page("Error").encode())})


def test_nothing_that_answers_is_nothing_to_audit() -> None:
    with pytest.raises(NothingToAudit, match="did not answer"):
        Crawl("http://127.0.0.1:9/", 10, lambda _: None).survey()


def test_a_redirect_leads_to_its_page_once() -> None:
    found, _ = survey({"/": link("/old/", "/new/"), "/old/": (301, {"Location": "/new/"}, b""), "/new/": link()})
    assert addresses(found) == ["/", "/new/"]


def test_a_redirect_to_another_site_is_no_page_of_this_one() -> None:
    with web(lambda path, agent: (200, {}, link())) as other:
        found, _ = survey({"/": link("/away/"), "/away/": (302, {"Location": other}, b"")})
    assert addresses(found) == ["/"]


def test_no_more_pages_than_asked_for_and_the_rest_is_said() -> None:
    endless = {f"/{n}": link(f"/{n + 1}") for n in range(1, 30)}
    found, asked = survey({"/": link("/1"), **endless}, limit=4)
    assert len(found.pages) == 4
    assert [why for _, why in found.excluded] == ["No more than 4 pages were to be opened (--max-pages)."]
    assert len(asked) < 10


def test_requests_say_who_they_are_and_pause() -> None:
    agents: set[str] = set()
    pauses: list[float] = []

    def answer(path: str, agent: str) -> Reply:
        agents.add(agent)
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 2\n"
        return 200, {}, link("/a/")

    with web(answer) as root:
        Crawl(root, 10, pauses.append).survey()
    assert agents == {AGENT}
    assert pauses[1:] == [2.0] * (len(pauses) - 1)


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_page_that_answers_the_browser_otherwise_is_not_audited(tmp_path: Path) -> None:
    def answer(path: str, agent: str) -> Reply:
        browser = AGENT not in agent
        if path == "/flaky/" and browser:
            return 500, {}, page("Error").encode()
        if path == "/moving/" and browser:
            return 302, {"Location": "/"}, b""
        if path in {"/", "/flaky/", "/moving/"}:
            return 200, {}, link("/flaky/", "/moving/", "/gone/")
        return 404, {}, page("Not found").encode()

    with web(answer) as root:
        report = run(root, tmp_path)
    assert {each.address: each.state for each in report.pages} == {
        "/": PageState.AUDITED,
        "/flaky/": PageState.NOT_AUDITED,
        "/moving/": PageState.NOT_AUDITED,
    }
    reasons = {each.address: each.reason or "" for each in report.pages}
    assert "HTTP status 500" in reasons["/flaky/"]
    assert "another page answered in its place" in reasons["/moving/"]
    assert report.exit_code is ExitCode.INCOMPLETE
    # What was asked and was not there is told; each link once, however many pages have it.
    assert [each.rule for each in report.findings] == ["broken-link"]
