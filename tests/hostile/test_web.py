"""A site on the web: found politely, and an error page is never taken for a page."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from audit.errors import ExitCode, NothingToAudit, UsageError
from audit.model.finding import PageState
from audit.settings.config import Config, Exclusion
from audit.survey.crawl import Choice, Crawl
from audit.survey.folder import Survey
from audit.survey.requests import AGENT, PAUSE
from benchmarks.documents.description import USUAL, Description
from benchmarks.documents.making import make
from tests.hostile.sites import ONLY, Reply, page, run, web


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
        return Crawl(root + start, Choice(limit), lambda _: None).survey(), asked


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
        assert addresses(Crawl(root, Choice(10), lambda _: None).survey()) == ["/", "/lonely/"]


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
    assert [(each.address, why) for each, why in found.missing] == [
        ("/broken/", "It answered with HTTP status 500 when the site's pages were looked for.")
    ]
    assert found.answers is not None
    assert (found.answers["/gone/"], found.answers["/broken/"]) == (404, 500)


@pytest.mark.parametrize("status", [404, 500])
def test_a_start_that_answers_with_an_error_is_nothing_to_audit(status: int) -> None:
    pages: dict[str, bytes | Reply] = {"/": (status, {}, page("Error").encode())}
    if status == 404:
        with pytest.raises(NothingToAudit, match="HTTP status 404"):
            survey(pages)
    else:
        found, _ = survey(pages)
        assert (found.pages, found.missing[0][0].address) == ((), "/")


def test_a_site_that_does_not_answer_says_why_and_its_sitemap_is_not_accused() -> None:
    found = Crawl("http://127.0.0.1:9/", Choice(10), lambda _: None).survey()
    assert (found.pages, found.mismatches) == ((), ())
    assert [why for _, why in found.missing] == [
        "It did not answer (it refuses connections) when the site's pages were looked for."
    ]


def test_what_cannot_be_read_as_an_address_is_told() -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        Crawl("http://[::1", Choice(10), lambda _: None).survey()


def test_a_redirect_leads_to_its_page_once() -> None:
    found, _ = survey({"/": link("/old/", "/new/"), "/old/": (301, {"Location": "/new/"}, b""), "/new/": link()})
    assert addresses(found) == ["/", "/new/"]


def test_a_redirect_to_another_site_is_no_page_of_this_one() -> None:
    with web(lambda path, agent: (200, {}, link())) as other:
        found, _ = survey({"/": link("/away/"), "/away/": (302, {"Location": other}, b"")})
    assert addresses(found) == ["/"]
    assert [why for _, why in found.excluded] == [f"It leads to another site, {other}."]


def test_addresses_are_asked_for_as_a_browser_does() -> None:
    found, asked = survey(
        {"/": link("/my page.html", "/caf\u00e9/", "/caf%C3%A9/"), "/my%20page.html": link(), "/caf%C3%A9/": link()}
    )
    assert addresses(found) == ["/", "/caf%C3%A9/", "/my%20page.html"]
    assert asked.count("/caf%C3%A9/") == 1


def test_a_base_that_is_no_address_is_none() -> None:
    base = page("A page", "<a href='a/'>A</a>").replace("<title>", "<base href='http://['><title>")
    assert addresses(survey({"/": base.encode(), "/a/": link()})[0]) == ["/", "/a/"]


@pytest.mark.parametrize("said", ["", "html", "text/html; charset="])
def test_a_page_without_a_type_is_what_a_browser_takes_it_for(said: str) -> None:
    found, _ = survey(
        {"/": link("/a/"), "/a/": (200, {"Content-Type": said}, b"<p>Words</p>" + link("/b/")), "/b/": link()}
    )
    assert addresses(found) == ["/", "/a/", "/b/"]


def test_where_redirects_and_refreshes_lead_is_told_and_followed() -> None:
    refresh = b"<title>Old</title><meta http-equiv=refresh content='0; url=/en/'>"
    found, _ = survey({"/": refresh, "/en/": link("/old/"), "/old/": (302, {"Location": "/en/"}, b"")})
    assert addresses(found) == ["/", "/en/"]
    assert [(each.address, why) for each, why in found.excluded] == [("/old/", "It only sends visitors on to /en/.")]
    assert found.narrowed == ()


def test_pages_that_all_lead_to_one_are_told() -> None:
    doors: dict[str, bytes | Reply] = {f"/{n}/": (302, {"Location": "/log-in/"}, b"") for n in range(4)}
    found, _ = survey({"/": link(*doors), **doors, "/log-in/": link()})
    assert addresses(found) == ["/", "/log-in/"]
    assert found.narrowed == ("4 addresses lead to /log-in/, so what is behind it was not looked at.",)


def test_links_that_ask_not_to_be_followed_are_told() -> None:
    body = page("A page", '<a rel="NoFollow" href="/a/">A</a> <a rel=nofollow href="/b/">B</a> <a href="/b/">B</a>')
    found, _ = survey({"/": body.encode(), "/a/": link(), "/b/": link()})
    assert addresses(found) == ["/", "/b/"]
    assert [(each.address, why) for each, why in found.excluded] == [
        ("/a/", "The links to it ask not to be followed (rel=nofollow).")
    ]


def test_pages_of_which_not_all_can_be_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.survey.requests.BYTES", 4_000)
    found, _ = survey(
        {
            "/": link("/deflated/", "/twice/", "/new/", "/long/"),
            "/deflated/": (200, {"Content-Encoding": "deflate"}, zlib.compress(link("/a/"))),
            "/twice/": (200, {"Content-Encoding": "x-gzip, gzip"}, gzip.compress(gzip.compress(link("/b/")))),
            "/new/": (200, {"Content-Encoding": "br"}, b"\x0b\x02\x80"),
            "/long/": link() + b" " * 4_000 + link("/c/"),
            **{f"/{name}/": link() for name in "abc"},
        }
    )
    assert addresses(found) == ["/", "/a/", "/b/", "/deflated/", "/long/", "/new/", "/twice/"]
    assert found.narrowed == (
        "/long/ has more than 0 MB, so not all links on it were followed.",
        "/new/ is compressed as “br”, although nobody asked for that, so not all links on it were followed.",
    )


def test_a_sitemap_of_another_site_is_told() -> None:
    urls = b"<urlset><url><loc>https://library.example.org/a/</loc></url></urlset>"
    found, _ = survey({"/": link(), "/sitemap.xml": (200, {"Content-Type": "application/xml"}, urls)})
    assert found.narrowed == (
        "A sitemap names one address of another site (such as https://library.example.org/a/), which was not looked at.",
    )


@pytest.mark.parametrize("delay", ["9" * 400, "9" * 5000, "\u00b2", "-1", "soon", ""])
def test_a_delay_that_is_no_number_is_none(delay: str) -> None:
    robots = f"\ufeffUser-agent: *\nCrawl-delay: {delay}\nRequest-rate: {delay}/{delay}\nDisallow: /a/\n"
    found, _ = survey({"/robots.txt": robots.encode(), "/": link("/a/")})
    assert (addresses(found), [why for _, why in found.excluded]) == (["/"], ["robots.txt asks not to open it."])


@pytest.mark.parametrize(
    "later", ["\u00b2", "9" * 5000, "Mon, 01 Jan 99999999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00"]
)
def test_a_pause_of_which_nobody_knows_how_long_is_the_usual_one(later: str) -> None:
    found, asked = survey({"/": link("/a/"), "/a/": (429, {"Retry-After": later}, b"")})
    assert ([each.address for each, _ in found.missing], asked.count("/a/")) == (["/a/"], 3)


def test_no_other_host_is_asked() -> None:
    asked, answer = site({"/": link()})
    with web(answer) as other:
        survey(
            {
                "/": link("/away/", other),
                "/away/": (302, {"Location": other}, b""),
                "/robots.txt": (301, {"Location": other}, b""),
            }
        )
    assert asked == []


def test_sitemaps_of_sitemaps_and_packed_ones_are_read() -> None:
    roots: list[str] = []

    def answer(path: str, agent: str) -> Reply:
        index = f"<sitemapindex><sitemap><loc>{roots[0]}posts.xml.gz</loc></sitemap><sitemap><loc>{roots[0]}bad.xml</loc></sitemap></sitemapindex>"
        posts = f"<urlset><url><loc>{roots[0]}a/</loc></url><url><loc>{roots[0]}gone/</loc></url><url><loc>{roots[0]}down/</loc></url></urlset>"
        known = {
            "/robots.txt": (200, {}, f"Sitemap: {roots[0]}index.xml".encode()),
            "/index.xml": (200, {"Content-Type": "application/xml"}, index.encode()),
            "/posts.xml.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(posts.encode())),
            "/bad.xml": (500, {}, b""),
            "/": (200, {"Content-Encoding": "gzip"}, gzip.compress(link("/b/"))),
            "/a/": (200, {}, link()),
            "/b/": (200, {}, link()),
            "/down/": (429, {"Retry-After": "7"}, b""),
        }
        return known.get(path, (404, {}, b""))

    waits: list[float] = []
    with web(answer) as root:
        roots.append(root)
        found = Crawl(root, Choice(10), waits.append).survey()
    assert addresses(found) == ["/", "/a/", "/b/"]
    assert [(each.rule, each.address) for each in found.mismatches] == [
        ("broken-sitemap", "/bad.xml"),
        ("sitemap-entry-without-page", "/gone/"),
    ]
    assert [(each.address, why) for each, why in found.missing] == [
        ("/down/", "It answered with HTTP status 429 when the site's pages were looked for.")
    ]
    assert waits.count(7.0) == 2


def test_a_page_that_drips_costs_its_clock_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.survey.requests.WHOLE", 0.5)
    stop = threading.Event()

    def drip() -> bytes:
        stop.wait(0.1)
        return b"<!-- -->"

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while not stop.is_set():
                connection, _ = server.accept()
                with connection, contextlib.suppress(OSError):
                    path = connection.recv(65_536).split()[1]
                    connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
                    if path == b"/drip/":
                        while not stop.is_set():
                            connection.sendall(drip())
                    connection.sendall(link("/drip/"))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        found = Crawl(f"http://127.0.0.1:{server.getsockname()[1]}/", Choice(10), lambda _: None).survey()
        stop.set()
    assert addresses(found) == ["/"]
    assert [(each.address, why) for each, why in found.missing] == [
        ("/drip/", "It did not answer (after 0.5 s it was still sending) when the site's pages were looked for.")
    ]


def test_an_answer_that_is_announced_is_waited_for() -> None:
    body = link()
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(65_536)
                        connection.sendall(hints + hints + head + body)

        threading.Thread(target=serve, daemon=True).start()
        found = Crawl(f"http://127.0.0.1:{server.getsockname()[1]}/", Choice(10), lambda _: None).survey()
    assert addresses(found) == ["/"]
    assert (found.answers or {}).get("/") == 200


@pytest.mark.browser
@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"Content-Security-Policy": "default-src 'self'; Sandbox allow-forms"}, "no script runs on such a page"),
        ({"Content-Disposition": "attachment; filename=page.html"}, "is offered as a download"),
    ],
)
def test_a_page_that_its_header_keeps_from_being_read_is_not_audited(
    tmp_path: Path, header: Mapping[str, str], said: str
) -> None:
    _, answer = site({"/": (200, {"Content-Type": "text/html", **header}, page().encode())})
    with web(answer) as root:
        report = run(root, tmp_path)
    (only,) = report.pages
    assert (report.exit_code, only.state) == (ExitCode.INCOMPLETE, PageState.NOT_AUDITED)
    assert said in (only.reason or "")


@pytest.mark.browser
def test_a_page_in_a_sandbox_that_allows_scripts_is_audited(tmp_path: Path) -> None:
    header = {"Content-Type": "text/html", "Content-Security-Policy": "sandbox allow-scripts allow-same-origin"}
    _, answer = site({"/": (200, header, page().encode())})
    with web(answer) as root:
        assert run(root, tmp_path).exit_code is ExitCode.NOTHING_BLOCKS


def test_a_list_of_addresses_and_a_sample() -> None:
    pages: dict[str, bytes | Reply] = {"/": link(*(f"/{n}" for n in range(20))), **{f"/{n}": link() for n in range(20)}}
    _, answer = site(pages)
    with web(answer) as root:
        only = Crawl(root, Choice(addresses=(f"{root}3", "/4")), lambda _: None).survey()
        assert addresses(only) == ["/3", "/4"]
        assert only.narrowed == ("Only the 2 addresses of the list were looked at.",)
        one, two, three = (
            Crawl(root, Choice(sample=5, seed=seed, addresses=("/4",)), lambda _: None).survey() for seed in (1, 1, 2)
        )
        with pytest.raises(UsageError, match="is not on"):
            Crawl(root, Choice(addresses=("https://library.example.org/",)), lambda _: None).survey()
    assert addresses(one) == addresses(two) != addresses(three)
    assert (len(one.pages), "/4" in addresses(one)) == (6, True)
    assert one.narrowed == ("Only a sample of 6 of the 21 pages that were found was looked at.",)


def test_no_more_pages_than_asked_for_and_the_rest_is_said() -> None:
    endless = {f"/{n}": link(f"/{n + 1}") for n in range(1, 30)}
    found, asked = survey({"/": link("/1"), **endless}, limit=4)
    assert len(found.pages) == 4
    assert [why for _, why in found.excluded] == ["No more than 4 pages were to be opened (--max-pages)."]
    assert len(asked) < 10
    assert found.narrowed == ("No more than 4 pages were to be opened (--max-pages); at least 1 more were found.",)


def test_requests_say_who_they_are_and_pause() -> None:
    agents: set[str] = set()
    pauses: list[float] = []

    def answer(path: str, agent: str) -> Reply:
        agents.add(agent)
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 2\n"
        return 200, {}, link("/a/")

    with web(answer) as root:
        Crawl(root, Choice(10), pauses.append).survey()
    assert agents == {AGENT}
    # The first address and robots.txt are asked before it is known how long a pause is wanted.
    assert pauses == [PAUSE, PAUSE, *[2.0] * (len(pauses) - 2)]


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
        # It leads to a page that is audited under its own address.
        "/moving/": PageState.EXCLUDED,
    }
    reasons = {each.address: each.reason or "" for each in report.pages}
    assert "HTTP status 500" in reasons["/flaky/"]
    assert reasons["/moving/"] == "It only sends visitors on to /."
    assert report.exit_code is ExitCode.INCOMPLETE
    # What was asked and was not there is told; each link once, however many pages have it.
    assert [each.rule for each in report.findings] == ["broken-link"]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_site_on_the_web_can_pass_and_what_was_not_tried_is_said_once(tmp_path: Path) -> None:
    # What a script writes into a page is known when the browser has opened it, and nobody has looked for it before.
    scripted = page("Written", "<p id=here></p><script>here.innerHTML = '<a href=/unknown/#x>More</a>'</script>")
    form = page("Form", "<form><label>Name <input name=name autocomplete=name></label><button>Send</button></form>")
    _, answer = site(
        {
            "/": link("/a/", "/form/"),
            "/a/": link("/"),
            "/form/": form.encode(),
            "/scripted/": scripted.encode(),
        }
    )
    rules = ("error-not-tied-to-its-field", "error-told-by-colour", "errors-not-announced", "paste-blocked")
    with web(answer) as root:
        clean = run(f"{root}a/", tmp_path, only=rules, config=Config(max_pages=1, cache=tmp_path / "cache"))
        forms = run(root, tmp_path, only=rules)
        written = run(f"{root}scripted/", tmp_path, only=ONLY)
    assert (clean.exit_code, clean.errors) == (ExitCode.NOTHING_BLOCKS, ())
    assert not any("Forms" in each for each in clean.narrowed)
    assert (forms.exit_code, forms.errors) == (ExitCode.NOTHING_BLOCKS, ())
    assert written.narrowed[-1].startswith("Not looked at: one address to which a script leads, such as /unknown/.")
    assert forms.narrowed[-1] == "Forms were not sent, so what they say of mistakes was not looked at (on one page)."
    assert {each.address: each.untested for each in forms.pages if each.untested} == {"/form/": rules}


AGENDA: Description = {**USUAL, "body": [{"heading": "Agenda"}, {"picture": {"alternative": None}}]}
DOWNLOAD = "attachment; filename=agenda.pdf"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/agenda.pdf", {"Content-Type": "application/pdf"}),
        ("/download?id=7", {"Content-Type": "application/pdf; charset=binary"}),
        ("/download?id=8", {"Content-Type": "application/octet-stream", "Content-Disposition": DOWNLOAD}),
        ("/board%20agenda.PDF", {"Content-Type": "application/octet-stream"}),
    ],
)
def test_documents_that_pages_link_to_are_read(tmp_path: Path, path: str, headers: Mapping[str, str]) -> None:
    make(AGENDA, "pdf", tmp_path / "agenda.pdf")
    _, answer = site({"/": link(path), path: (200, headers, (tmp_path / "agenda.pdf").read_bytes())})
    with web(answer) as root:
        report = run(root, tmp_path, only=("document-image-without-alternative",))
    (document,) = report.documents
    assert (document.address, document.state) == (path, PageState.AUDITED)
    assert document.document is not None
    assert (document.document.format, document.document.linked_from) == ("pdf", ("/",))
    assert [(each.rule, each.page) for each in report.findings] == [("document-image-without-alternative", path)]
    assert report.exit_code is ExitCode.BLOCKING_FINDINGS


@pytest.mark.browser
def test_documents_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.survey.requests.DOCUMENT_BYTES", 1000)
    word = {"Content-Type": "application/msword"}
    large = {"Content-Type": "application/pdf"}
    pages: dict[str, bytes | Reply] = {
        "/": link("/old.doc", "/large.pdf"),
        "/old.doc": (200, word, b"x"),
        "/large.pdf": (200, large, b"x" * 1001),
    }
    _, answer = site(pages)
    with web(answer) as root:
        report = run(root, tmp_path)
    states = {each.address: each.state for each in report.pages}
    assert states == {"/": PageState.AUDITED, "/old.doc": PageState.NOT_AUDITED, "/large.pdf": PageState.NOT_AUDITED}
    assert report.exit_code is ExitCode.INCOMPLETE


def test_documents_are_left_out_like_pages(tmp_path: Path) -> None:
    _, answer = site({"/": link("/a.pdf"), "/a.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF")})
    exclude = (Exclusion("/*.pdf", "Their owner is told.", "stepfree.toml", 1),)
    with web(answer) as root:
        found = Crawl(root, Choice(10, exclude=exclude), lambda _: None, tmp_path).survey()
    assert [(each.address, why) for each, why in found.excluded] == [("/a.pdf", "Their owner is told.")]
    assert (found.documents, found.unused) == ((), ())


@pytest.mark.parametrize(("for_each", "found"), [(0.0, []), (1000.0, ["/", "/a/"])])
def test_more_pages_may_take_more_time_to_find(
    monkeypatch: pytest.MonkeyPatch, for_each: float, found: list[str]
) -> None:
    monkeypatch.setattr("audit.survey.crawl.CLOCK", -1.0)
    monkeypatch.setattr("audit.survey.crawl.CLOCK_OF_A_PAGE", for_each - 1)
    there, _ = survey({"/": link("/a/"), "/a/": link()})
    assert addresses(there) == found
    assert bool(there.missing) is not bool(found)


XHTML = (
    b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head>'
    b'<title>A page</title></head><body><a href="/b.xhtml"/><svg xmlns="http://www.w3.org/2000/svg"'
    b' xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="/c.xhtml"/></svg><!-- <a href="/d/"> --></body></html>'
)


def test_pages_of_xhtml_are_pages_and_their_links_are_followed() -> None:
    xhtml = {"Content-Type": "application/xhtml+xml"}
    found, asked = survey(
        {
            "/": link("/a.xhtml"),
            "/a.xhtml": (200, xhtml, XHTML),
            "/b.xhtml": (200, xhtml, XHTML.replace(b"/b.xhtml", b"/e")),
            "/e": (200, {"Content-Type": "application/xml"}, XHTML),
        }
    )
    assert set(addresses(found)) == {"/", "/a.xhtml", "/b.xhtml", "/e"}
    assert "/d/" not in asked


@contextlib.contextmanager
def raw(answers: Mapping[bytes, bytes]) -> Iterator[str]:
    """A server that says these bytes at these paths, and closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            # The server's end is the loop's.
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError, IndexError):
                        path = connection.recv(65_536).split()[1]
                        connection.sendall(answers.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_a_page_whose_answer_breaks_off_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n"
    begun = page("A page", "<p>Words.</p>" * 100).encode()[:900]
    with raw(
        {
            b"/": head + b"\r\n" + link("/short", "/chunks"),
            b"/short": head + b"Content-Length: 9000\r\n\r\n" + begun,
            b"/chunks": head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(begun) + begun + b"\r\n5\r\nab",
        }
    ) as root:
        report = run(root, tmp_path)
    states = {each.address: each.state for each in report.pages}
    assert states == {
        "/": PageState.AUDITED,
        "/short": PageState.NOT_AUDITED,
        "/chunks": PageState.NOT_AUDITED,
    }
    said = next(each.reason for each in report.pages if each.address == "/short")
    assert said == "What the server answers for /short breaks off, so that only its beginning can be seen."
    assert report.exit_code is ExitCode.INCOMPLETE
