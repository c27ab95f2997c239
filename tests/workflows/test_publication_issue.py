"""The issue that says why nothing was published, played against a GitHub on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, override

import pytest

from stepfree.publication_issue import MARKER, TITLE, main

LOG = "https://github.com/example/library/actions/runs/9"


@dataclass
class FakeGitHub:
    """The issues of a repository."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    address: str = ""

    def answer(self, method: str, path: str, body: Any) -> Any:
        place, _, query = path.removeprefix("/repos/example/library/").partition("?")
        parts = place.split("/")
        match method, parts:
            case "GET", ["issues"]:
                return [each for each in self.issues if each["state"] == "open"] if "page=1" in query.split("&") else []
            case "POST", ["issues"]:
                self.issues.append({"number": len(self.issues) + 1, "state": "open", **body})
                return self.issues[-1]
            case "POST", ["issues", number, "comments"]:
                self.comments.append((int(number), body["body"]))
                return {}
            case "PATCH", ["issues", number]:
                self.issues[int(number) - 1].update(body)
                return self.issues[int(number) - 1]
            case _:
                raise AssertionError(path)


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    fake = FakeGitHub()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            data = json.dumps(fake.answer(self.command, self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = _do  # noqa: N815 - the names that the library calls

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "GITHUB_API_URL": fake.address,
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "example/library",
        "GITHUB_RUN_ID": "9",
        "GITHUB_TOKEN": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    yield fake
    server.shutdown()
    server.server_close()


def test_one_issue_is_opened_updated_and_closed(github: FakeGitHub, tmp_path: Path) -> None:
    github.issues.append({"number": 1, "state": "open", "title": "Another", "body": "By a person"})
    said = tmp_path / "said.txt"
    said.write_text("content/pages/a.md:4: There is no page.\n")
    assert main(["failure", str(said)]) == 0
    said.write_text("content/pages/b.md:4: There is no picture.\n~~~\n")
    assert main(["failure", str(said)]) == 0
    [_, issue] = github.issues
    assert issue["title"] == TITLE
    assert issue["body"].startswith(MARKER)
    assert "content/pages/b.md:4" in issue["body"]
    assert "content/pages/a.md:4" not in issue["body"]
    assert issue["body"].count("~~~") == 2, "what was said does not end its block"
    assert LOG in issue["body"]
    assert main(["success", str(said)]) == 0
    assert [each["state"] for each in github.issues] == ["open", "closed"]
    assert [number for number, _ in github.comments] == [2]
    assert main(["success", str(said)]) == 0
    assert len(github.comments) == 1
    assert main(["failure", str(tmp_path / "none.txt")]) == 0
    assert [each["state"] for each in github.issues] == ["open", "closed", "open"], "a later failure is a new one"


def test_github_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, github: FakeGitHub, tmp_path: Path) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    assert main(["failure", str(tmp_path / "none.txt")]) == 4
    assert not github.issues


def test_wrong_use(tmp_path: Path) -> None:
    assert main(["skipped", str(tmp_path)]) == 2
