"""Pages that lead elsewhere, fail, hang or ask others: what a visit makes of them."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from audit.browser.browser import Browser, BrowserSettings
from audit.capture import motion
from audit.capture import visit as visiting
from audit.capture.axe import AxeFailed
from audit.capture.opening import NotCaptured, OpenPage, SentOn, Unanswered
from audit.capture.views import LATER, Views
from audit.capture.visit import visit, visit_twice
from audit.errors import BrowserError
from audit.model.finding import Condition
from audit.model.observations import Departure

HEAD = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Page</title>"

pytestmark = pytest.mark.browser


def test_another_status_than_expected_is_no_page(capture, site):
    url = site.put("/gone", "<h1>Not found</h1>", status=404)
    with pytest.raises(NotCaptured, match="HTTP status 404; 200 was expected"):
        capture.open(url)
    assert capture.open(url, expected_status=404).status == 404


def test_a_redirect_is_another_page(capture, site):
    site.put("/end", f"{HEAD}<body>end")
    url = site.put("/start", "", status=302, Location="/end")
    with pytest.raises(NotCaptured, match="leads to"):
        capture.open(url)


def test_a_server_that_is_not_there(capture):
    with pytest.raises(NotCaptured, match="did not load"):
        capture.open("http://127.0.0.1:9/")


def test_what_is_no_page(capture, site):
    with pytest.raises(NotCaptured, match="text/plain"):
        capture.open(site.put("/text", "words", Content_Type="text/plain"))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta http-equiv=refresh content='0; url=/other'>", "<p>first</p>"),
        ("", "<p>first</p><script>location.href = '/other'</script>"),
        ("", "<p>first</p><script>addEventListener('load', () => location.assign('/other'))</script>"),
    ],
)
def test_a_page_that_leaves_while_it_loads_is_no_page(capture, site, head, body):
    with pytest.raises(SentOn, match="leaves for /other while it loads") as raised:
        capture(body, head=head)
    assert raised.value.target == f"{site.root}/other"
    assert "/other" not in site.asked


def test_a_page_that_leaves_later_is_recorded_and_stays(capture, site):
    page = capture("<p>first</p><script>onload = () => setTimeout(() => { location.href = '/other' }, 40)</script>")
    assert [page.document.text(each) for each in page.document.tags("p")] == ["first"]
    assert page.observed.departures == (Departure("/other", sends=False),)
    assert "/other" not in site.asked


def test_what_keys_and_presses_set_off_is_not_done_by_the_page_itself(capture):
    page = capture(
        "<button onfocus=\"alert('focused')\">a</button><a href=# onclick=\"alert('pressed')\">b</a>"
        "<form action=/sent><input name=n><button>Send</button></form>"
        "<script>addEventListener('keydown', (event) => { if (event.key === 'w') location.href = '/other' })</script>",
        Condition.KEYBOARD,
        Condition.FORMS,
        Condition.MOTION,
    )
    assert (page.observed.departures, page.observed.popups, page.observed.messages) == ((), (), ())
    assert page.observed.reactions.focus


def test_a_page_that_loads_anew_for_ever_is_no_page(capture):
    with pytest.raises(SentOn, match="loads itself again and again"):
        capture("<p>first</p><script>location.reload()</script>")


def test_a_page_that_only_some_are_sent_on_from_is_looked_at(capture):
    page = capture(
        "<p>first</p><script>setTimeout(() => 0, 3000); if (!matchMedia('(prefers-reduced-motion: reduce)').matches)"
        " location.href = '/other'</script>",
        Condition.MOTION,
    )
    assert [page.document.text(each) for each in page.document.tags("p")] == ["first"]
    assert any("opened with motion, it leaves for /other" in each for each in page.problems)


def test_requests_to_others_are_blocked_and_recorded(capture, site):
    site.put("/own.css", "p{}", Content_Type="text/css")
    page = capture(
        "<img alt='' src=https://tracker.example.org/pixel.gif><p>x</p>"
        "<script>fetch('https://api.example.org/').catch(() => 0); new WebSocket('wss://live.example.org/')</script>",
        head="<link rel=stylesheet href=/own.css>",
    )
    others = {request.url for request in page.requests if request.third_party}
    assert others == {"https://tracker.example.org/pixel.gif", "https://api.example.org/", "wss://live.example.org/"}
    own = {request.url: request.status for request in page.requests if not request.third_party}
    assert own == {f"{site.root}/page": 200, f"{site.root}/own.css": 200}


def test_dialogs_do_not_stop_a_visit(capture):
    page = capture(
        "<p>x</p><script>alert('one'); confirm('two'); prompt('three');"
        "addEventListener('beforeunload', (event) => event.preventDefault())</script>"
    )
    assert page.observed.messages == ("one", "two", "three")
    assert capture("<p id=p>next</p>").document.with_id("p")


def test_a_busy_page_is_ended_and_the_next_one_works(capture):
    began = time.monotonic()
    with pytest.raises(NotCaptured):
        capture("<p>x</p><script>for (;;) {}</script>", navigation=3.0, page=20.0)
    assert time.monotonic() - began < 20
    assert capture("<p id=ok>ok</p>").document.with_id("ok")


def test_a_page_that_gets_busy_later_is_ended_too(capture):
    with pytest.raises(NotCaptured, match="longer than 6 s"):
        capture("<p>x</p><script>onload = () => setTimeout(() => { for (;;) {} }, 20)</script>", page=6.0)
    assert capture("<p id=ok>ok</p>").document.with_id("ok")


def test_where_the_browser_gave_no_answer_the_page_is_visited_once_more(monkeypatch):
    said = [Unanswered("busy"), "page"]

    def visited(*_args: object) -> object:
        now = said.pop(0)
        if isinstance(now, Exception):
            raise now
        return now

    monkeypatch.setattr(visiting, "visit", visited)
    assert visit_twice(None, "http://x/", "/", frozenset()) == "page"
    said[:] = [Unanswered("busy"), Unanswered("busy again"), "page"]
    with pytest.raises(Unanswered, match="busy again"):
        visit_twice(None, "http://x/", "/", frozenset())
    said[:] = [NotCaptured("moved"), "page"]
    with pytest.raises(NotCaptured, match="moved"):
        visit_twice(None, "http://x/", "/", frozenset())


def test_a_page_that_never_settles_says_so(capture):
    page = capture(
        "<p id=p>x</p><script>setInterval(() => { p.style.width = Math.random() * 500 + 'px' }, 5)</script>",
        settling=1.0,
    )
    assert page.observed.settled is False


def test_a_page_that_changes_is_not_at_rest_because_time_is_up(capture):
    page = capture(
        "<p id=p>x</p><script>setInterval(() => { p.style.width = Math.random() * 500 + 'px' }, 5)</script>",
        settling=0.01,
    )
    assert page.observed.settled is False


def test_a_fade_is_over_before_colours_are_read(capture):
    page = capture(
        "<p id=p>x</p>",
        head="<style>@keyframes in{from{opacity:0;color:red}} p{animation:in 20s;color:rgb(1,2,3)}</style>",
    )
    element = page.document.with_id("p")
    assert (element.style["opacity"], element.style["color"]) == ("1", "rgb(1, 2, 3)")
    assert page.observed.settled is True
    assert page.observed.animations[0].seconds == 20


def test_script_errors_are_problems(capture):
    page = capture("<p>x</p><script>nothing.here()</script>")
    assert any("nothing is not defined" in problem for problem in page.problems)


def test_a_frame_that_cannot_be_read_is_a_problem(capture):
    page = capture("<iframe id=f title=Map src=https://maps.example.org/></iframe>", axe=True)
    assert any("#f" in problem for problem in page.problems)


def test_axe_runs_all_rules_in_frames_too(capture, site):
    site.put("/inner", "<!doctype html><html lang=en><title>In</title><img id=i src=/x.png>")
    page = capture("<main><h1>x</h1><img id=o src=/x.png><iframe title=In src=/inner></iframe></main>", axe=True)
    found = {result.selector: result for result in page.axe if result.rule == "image-alt"}
    assert set(found) == {"#o", "iframe >>> #i"}
    node = page.document.by_node[found["iframe >>> #i"].node]
    assert node.get("id") == "i"
    assert found["#o"].kind == "violation"
    assert found["#o"].message
    assert {"image-alt", "color-contrast", "target-size", "css-orientation-lock", "p-as-heading"} <= set(page.axe_rules)


AXE = """/*! axe v{file} */ window.axe = {{ getRules: () => [{{ ruleId: "a" }}, {{ ruleId: "b" }}], run: async () => {{ {run} }} }};"""
ANSWER = 'return {{ testEngine: {{ version: "9.0.0" }}, violations: [], incomplete: [], inapplicable: [], passes: [{passes}] }}'


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (AXE.format(file="9.0.0", run="throw new Error('no')"), "axe-core stopped with an error: no"),
        (AXE.format(file="8.1.0", run=ANSWER.format(passes='{ id: "a" }, { id: "b" }')), "axe-core 8.1.0 was to look"),
        (AXE.format(file="9.0.0", run=ANSWER.format(passes='{ id: "a" }')), "ran 1 of its 2 rules; b did not run"),
    ],
)
def test_an_axe_that_fails_is_an_error_not_an_absence(capture, tmp_path: Path, source: str, says: str) -> None:
    file = tmp_path / "axe.js"
    file.write_text(source)
    with pytest.raises(NotCaptured, match=says):
        capture("<p>x</p>", axe=True, axe_limit=5, axe_script=file)


def test_an_axe_of_the_page_is_not_asked(capture):
    page = capture(
        "<main><h1>x</h1><img src=/x.png></main><script>Object.defineProperty(window, 'axe', { get: () => ({ run: () =>"
        " Promise.reject(Error('no')), getRules: () => [] }), set() {} })</script>",
        axe=True,
    )
    assert "image-alt" in {each.rule for each in page.axe}


def test_no_page_leaves_anything_to_the_next(capture):
    capture("<script>localStorage.theme = 'dark'; window.left = 1</script>", Condition.DARK, Condition.NARROW)
    page = capture("<p>x</p><script>if (localStorage.theme || window.left) document.body.id = 'dirty'</script>")
    assert page.document.with_id("dirty") is None
    assert page.document.width == 1280


def test_no_page_leaves_a_tab_open(browser):
    for _ in range(5):
        browser.fresh()
    wanted = {browser.driver.current_window_handle, browser.kept} - {None}
    for _ in range(200):
        if set(browser.driver.window_handles) == wanted:
            break
        time.sleep(0.05)
    assert set(browser.driver.window_handles) == wanted


def test_a_browser_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("STEPFREE_BROWSER", "/nowhere/chromium")
    with pytest.raises(BrowserError, match="STEPFREE_BROWSER names “/nowhere/chromium”"), Browser():
        pass


def test_a_program_that_is_no_browser_is_an_error(tmp_path: Path):
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(BrowserError, match="did not start"), Browser(BrowserSettings(binary=fake, timeout=5)):
        pass


def test_a_full_disk_is_named_and_not_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    with (
        pytest.raises(BrowserError, match="hardly any room left"),
        Browser(BrowserSettings(binary=fake, timeout=5)),
    ):
        pass


def test_nothing_is_left_running(tmp_path: Path):
    with Browser() as started:
        profile = str(started._profile)
        assert _running(profile)
    # What the browser started ends by itself when it is gone.
    until = time.monotonic() + 5
    while _running(profile) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _running(profile)
    assert not Path(profile).exists()


def _running(words: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if words in line:
            found.append(line)
    return found


def test_a_browser_reached_over_the_network(site, free_driver):
    url = site.put("/page", f"{HEAD}</head><body><p id=p>far</p></body></html>")
    flags = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with Browser(BrowserSettings(grid=free_driver, flags=flags)) as remote:
        page = visit(remote, url, "/page", frozenset({Condition.NARROW}))
    assert page.under(Condition.NARROW).with_id("p").rendered
    assert page.axe_rules


class Through(Browser):
    """A browser that lets us through to it as a whole, and to no tab by itself, as a Grid does."""

    def _through_grid(self):
        with urllib.request.urlopen(self._endpoint().replace("ws:", "http:", 1) + "/json/version") as reply:
            return json.load(reply)["webSocketDebuggerUrl"]


def test_a_browser_behind_a_grid_shows_the_same(site):
    frame = site.put("/frame", f"{HEAD}</head><body><button>Inside</button></body></html>")
    url = site.put(
        "/page",
        f"{HEAD}</head><body><main><h1>Words</h1><a href=/frame>On</a><iframe src={frame} title=Part></iframe>"
        "<script>console.log('said'); fetch('/frame')</script></main></body></html>",
    )
    needs = frozenset({Condition.NARROW, Condition.DARK, Condition.KEYBOARD, Condition.MOTION})
    pages = []
    for kind in (Browser, Through):
        with kind() as browser:
            for _ in range(2):
                browser.fresh()
                pages.append(visit(browser, url, "/page", needs))
    assert len({page.document.text(page.document.root) for page in pages}) == 1
    assert all(page.keyboard is not None for page in pages)
    assert len({frozenset(page.documents) for page in pages}) == 1
    assert len({frozenset((each.rule, each.kind, each.selector) for each in page.axe) for page in pages}) == 1
    assert all(any(each.url == frame for each in page.requests) for page in pages)


def test_pages_are_told_where_their_visitors_live_and_what_they_read(site):
    url = site.put(
        "/page",
        f"{HEAD}</head><body><p id=p></p><script>p.textContent = [navigator.languages.join(), (1.5).toLocaleString(),"
        "Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).getHours()].join(' ')</script>",
    )
    with Browser(BrowserSettings(language="fr-CA", time_zone="America/Vancouver")) as browser:
        page = visit(browser, url, "/page", frozenset())
    assert page.document.text(page.document.with_id("p")) == "fr-CA,fr 1,5 America/Vancouver 16"


def test_a_link_within_the_page_is_no_reason_to_open_it_again(capture, site):
    page = capture(
        "<a href=#end>To the end</a><p>text</p><h2 id=end>End</h2><script>document.title</script>", Condition.KEYBOARD
    )
    assert [each.fragment for each in page.observed.activations] == ["#end"]
    assert site.asked.count("/page") == 1


def test_what_shows_as_the_target_of_a_link_is_no_reason_to_open_the_page_again(capture, site):
    head = "<style>#large { display: none } #large:target { display: block }</style>"
    page = capture(
        "<a href=#large>Large print</a><p id=large>In large print.</p><script>document.title</script>",
        Condition.KEYBOARD,
        Condition.FORMS,
        head=head,
    )
    assert [each.fragment for each in page.observed.activations] == ["#large"]
    assert [len(each.appeared) for each in page.observed.activations] == [1]
    assert site.asked.count("/page") == 1


@pytest.mark.parametrize(
    "script",
    [
        "addEventListener('hashchange', () => {})",
        "document.links[0].onclick = () => setTimeout(() => document.body.append('more'), 90)",
    ],
    ids=["a script follows the address", "a script changes the page as well"],
)
def test_a_link_within_the_page_that_does_more_is_a_reason_to_open_it_again(capture, site, script):
    head = "<style>#large { display: none } #large:target { display: block }</style>"
    capture(
        f"<a href=#large>Large print</a><p id=large>In large print.</p><script>{script}</script>",
        Condition.KEYBOARD,
        head=head,
    )
    assert site.asked.count("/page") > 1


def test_a_width_is_read_where_something_is_there_that_was_not_before(capture, monkeypatch):
    read: list[int] = []
    document = OpenPage.document

    def noted(page, condition, window):
        read.append(window.width)
        return document(page, condition, window)

    monkeypatch.setattr(OpenPage, "document", noted)
    larger = "h1 { font-size: 20px } @media (min-width: 1400px) { h1 { font-size: 30px } }"
    said = "p::before { content: 'So' } @media (min-width: 1400px) { p::before { content: 'Thus' } }"
    for style, expected in ((larger, False), (said, True)):
        read.clear()
        page = capture("<h1>Home</h1><p>It is.</p>", head=f"<style>{style}</style>")
        assert any(width > 1400 for width in read) is expected
        assert any(view.differing for view in page.views) is expected


def test_a_control_that_changes_the_page_is_a_reason_to_open_it_again(capture, site):
    capture("<button type=button onclick=\"document.body.append('more')\">More</button>", Condition.KEYBOARD)
    assert site.asked.count("/page") > 1


def test_pages_of_one_site_share_a_process_and_the_site_is_asked_for_nothing_more(capture, site, browser):
    browser.restart()
    assert browser.kept is None
    capture("<p>One.</p>")
    kept = browser.kept
    capture("<p>Two.</p>")
    assert browser.kept == kept is not None
    assert set(site.asked) <= {"/page", "/favicon.ico"}


def test_areas_that_scroll_at_320_px_only_are_shown_to_axe_there(capture):
    wide = "<div style='overflow: auto; max-width: 20em'><p style='width: %s; margin: 0'>A table or so.</p></div>"
    scrolled = [
        {(each.rule, each.condition) for each in page.axe if each.rule == "scrollable-region-focusable"}
        for page in (capture(wide % width, Condition.NARROW, axe=True) for width in ("400px", "319px", "160px"))
    ]
    assert {condition for _, condition in scrolled[0]} == {Condition.WIDE, Condition.NARROW}
    assert {condition for _, condition in scrolled[1]} == {Condition.NARROW}
    assert scrolled[2] == set()


def test_elements_that_a_script_replaces_cost_the_page_nothing(capture, monkeypatch):
    def collected(self, number, ask=OpenPage.object):
        self.channel.call("HeapProfiler.collectGarbage")
        return ask(self, number)

    monkeypatch.setattr(OpenPage, "object", collected)
    page = capture(
        "<ul id=list></ul><script>const show = () => { list.innerHTML = ''; for (const name of ['one', 'two', 'three'])"
        "{ const item = document.createElement('li'); item.textContent = name; item.onmouseover = () => {}; list.append(item)"
        "} }; show(); onmousemove = show;</script>",
        Condition.KEYBOARD,
    )
    assert any("put other elements in the place of" in each for each in page.problems)


def test_a_page_of_which_a_part_could_not_be_looked_at_was_not_looked_at(capture, monkeypatch):
    """Nothing that an error kept from being examined may pass: the page is tried again, or is told as not audited."""
    looked = Views.anew

    def anew(self, condition, *more):
        if condition is Condition.NO_SCRIPT:
            raise AxeFailed("axe-core did not finish.")
        looked(self, condition, *more)

    monkeypatch.setattr(Views, "anew", anew)
    with pytest.raises(NotCaptured, match=r"could not be recorded\. axe-core did not finish"):
        capture("<noscript><p>For some.</p></noscript>", axe=True)


def test_what_comes_before_the_watch_begins_is_looked_at_too(capture, monkeypatch):
    def late(page: OpenPage, *given: object) -> object:
        time.sleep(1.1)
        return look(page, *given)

    look = motion._look
    monkeypatch.setattr(motion, "_look", late)
    page = capture(
        "<div popover id=news>News</div><script>setTimeout(() => news.showPopover(), 900)</script>", Condition.MOTION
    )
    shown = [each.document for each in page.views if each.document is not None and each.name == LATER]
    assert any(document.with_id("news").rendered for document in [page.document, *shown])
