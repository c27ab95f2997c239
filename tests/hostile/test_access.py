"""A catalogue whose pages are for people who have logged in, or come late."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import override

import pytest

from audit.errors import ExitCode, UsageError
from audit.model.finding import PageState
from audit.model.report import Report
from audit.settings.access import Access, Login, belonging, read_cookies
from audit.settings.config import Config, load
from tests.hostile.sites import page, run

CARD, PIN, SESSION = "555-0199", "secret-pin", "session-of-a-patron"
FORM = (
    '<form method="post" action="/login"><label>Card <input id="card" name="card"></label>'
    '<label>PIN <input id="pin" name="pin" type="password"></label><button id="log-in">Log in</button></form>'
)
ACCOUNT = (
    '<a id="mine" href="/loans">My loans</a> <a href="/search">Search</a> <a href="/log-out">Log out</a>'
    '<img src="/cover.svg">'
)
LATE = "<script>setTimeout(() => document.querySelector('#mine').insertAdjacentHTML('afterend', '<p id=results>Three books</p>'), 1500)</script>"


LOGIN = "[access]\nsigned_in = '#a'\n[access.login]\npage = 'https://a.example.org'\nbutton = '#b'\n"


class _Catalogue(BaseHTTPRequestHandler):
    #: Addresses that were asked for by somebody who had logged in.
    ended = False

    def do_GET(self) -> None:
        if f"session={SESSION}" not in self.headers.get("Cookie", ""):
            self._say(page("Log in", FORM))
        elif self.path == "/log-out":
            _Catalogue.ended = True
            self._say(page("Good-bye"))
        else:
            self._say(page(f"Account {self.path[1:]}", ACCOUNT + (LATE if self.path == "/search" else "")))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if body == f"card={CARD}&pin={PIN}":
            self.send_response(303)
            self.send_header("Set-Cookie", f"session={SESSION}; Path=/; HttpOnly")
            self.send_header("Location", "/")
            self.end_headers()
        else:
            self._say(page("Log in", FORM))

    def _say(self, text: str) -> None:
        self.send_response(200 if self.path not in {"/robots.txt", "/sitemap.xml"} else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    @override
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def catalogue() -> Iterator[str]:
    _Catalogue.ended = False
    with ThreadingHTTPServer(("127.0.0.1", 0), _Catalogue) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _login(root: str, button: str = "#log-in") -> Login:
    return Login(f"{root}/login", {"#card": "CATALOGUE_CARD", "#pin": "CATALOGUE_PIN"}, button)


def _audited(root: str, tmp_path: Path, access: Access) -> Report:
    return run(f"{root}/", tmp_path, only=("image-alt",), config=Config(cache=tmp_path / "cache", access=access))


@pytest.mark.browser
def test_pages_behind_a_form_are_looked_at_when_they_are_there(
    catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOGUE_CARD", CARD)
    monkeypatch.setenv("CATALOGUE_PIN", PIN)
    report = _audited(catalogue, tmp_path, Access("#mine", None, _login(catalogue), {"/search": "#results"}))
    states = {each.address: each.state for each in report.pages}
    assert states == {
        "/": PageState.AUDITED,
        "/loans": PageState.AUDITED,
        "/search": PageState.AUDITED,
        "/log-out": PageState.EXCLUDED,
    }
    assert report.exit_code is ExitCode.BLOCKING_FINDINGS
    assert not _Catalogue.ended
    assert not any(secret in repr(report) for secret in (CARD, PIN, SESSION))


@pytest.mark.browser
def test_cookies_that_lead_nowhere_are_no_pass(catalogue: str, tmp_path: Path) -> None:
    file = _saved(tmp_path, "session\tof-yesterday")
    report = _audited(catalogue, tmp_path, Access("#mine", file))
    assert report.exit_code is ExitCode.INCOMPLETE
    assert "was not seen as somebody who has logged in" in (report.pages[0].reason or "")
    assert "of-yesterday" not in repr(report)


def _saved(folder: Path, cookie: str, expires: int = 0) -> Path:
    file = folder / "cookies.txt"
    file.write_text(f"# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t{expires or ''}\t{cookie}\n")
    return file


def test_cookies_go_to_their_own_host_only(tmp_path: Path) -> None:
    cookies = read_cookies(_saved(tmp_path, "session\tx"))
    assert [each.name for each in belonging(cookies, "http://127.0.0.1:8000")] == ["session"]
    assert belonging(cookies, "https://library.example.org") == ()


@pytest.mark.parametrize(("text", "said"), [("no cookies", "not a file of cookies"), ("", "not a file of cookies")])
def test_what_is_no_file_of_cookies(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_cookies(file)


def test_cookies_that_have_run_out(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has expired"):
        read_cookies(_saved(tmp_path, "session\tx", expires=1))


def test_a_secret_that_is_not_there_is_named(catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATALOGUE_CARD", raising=False)
    with pytest.raises(UsageError, match="CATALOGUE_CARD is not set"):
        _audited(catalogue, tmp_path, Access("#mine", None, _login(catalogue)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[access]\ncookies = 'c.txt'", "lacks “signed_in”"),
        ("[access]\nsigned-in = '#a'", "unknown key “signed-in”"),
        (
            LOGIN + "fields = { '#pin' = 'my pin' }",
            "never the password itself",
        ),
        ("[access]\nwait_for = '#results'", "“wait_for” takes a table"),
    ],
)
def test_settings_that_are_wrong(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "stepfree.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        load(file)
