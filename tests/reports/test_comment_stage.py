"""The second stage played through against a GitHub on loopback: where it writes, and where not."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, override

import pytest

from audit.errors import UsageError
from audit.github.__main__ import main
from audit.github.client import GitHub, GitHubError
from audit.github.comment import RunNumber, marker, written_by
from audit.github.note import FILE, MAX_BYTES, make, to_json
from audit.github.post import AUTHOR, Done, Event, post, read_event, set_verdict
from audit.model.report import Report
from audit.reports.writing import to_json as report_json
from tests.reports import samples

SHA = "a" * 40
OTHER = "b" * 40
REPOSITORY = "example/library"
SITE = "https://github.com"


def zipped(*entries: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file.getvalue()


def note(report: Report) -> bytes:
    return zipped((FILE, to_json(make(report, None))))


@dataclass
class FakeGitHub:
    """What the server holds; ``calls`` lists the ones that change something, ``asked`` all."""

    heads: list[str] = field(default_factory=lambda: [OTHER, SHA, OTHER])
    comments: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=lambda: ["content/pages/a.md"])
    artifact: bytes | None = None
    artifact_name: str = "note"
    size: int | None = None
    status: int = 200
    calls: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    authorised: list[str | None] = field(default_factory=list)
    push_after: int | None = None
    address: str = ""
    elsewhere: str = ""

    def add(self, body: str, author: str = AUTHOR) -> None:
        self.comments.append({"id": len(self.comments) + 100, "user": {"login": author}, "body": body})

    @property
    def github(self) -> GitHub:
        return GitHub(self.address, REPOSITORY, "secret")

    def answer(self, method: str, path: str, query: str, body: Any) -> Any:
        page = int(match[1]) if (match := re.search(r"\bpage=(\d+)", query)) else 1
        match method, path:
            case "GET", "/pulls":
                if self.push_after is not None and sum("/pulls" in asked for asked in self.asked) > self.push_after:
                    return []
                pulls = [{"number": number, "head": {"sha": sha}} for number, sha in enumerate(self.heads, 1)]
                return pulls[(page - 1) * 100 : page * 100]
            case "GET", _ if path.startswith("/pulls/") and path.endswith("/files"):
                return [{"filename": name} for name in self.files][(page - 1) * 100 : page * 100]
            case "GET", "/actions/runs/9/artifacts":
                if self.artifact is None:
                    return {"artifacts": []}
                size = len(self.artifact) if self.size is None else self.size
                return {"artifacts": [{"id": 3, "name": self.artifact_name, "size_in_bytes": size, "expired": False}]}
            case "POST", _ if path.startswith("/statuses/"):
                self.calls.append((f"POST {path}", body["state"]))
                return {}
            case "POST", _ if path.endswith("/comments"):
                self.calls.append((f"POST {path}", body["body"]))
                return {}
            case "PATCH", _:
                self.calls.append((f"PATCH {path}", body["body"]))
                return {}
            case "GET", _ if path.endswith("/comments"):
                return self.comments[(page - 1) * 100 : page * 100]
            case _:
                raise AssertionError(f"unexpected {method} {path}")


def serve(fake: FakeGitHub) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            if self.path == "/storage":
                fake.authorised.append(self.headers.get("Authorization"))
                self.reply(fake.artifact or b"")
                return
            assert self.headers["Authorization"] == "Bearer secret"
            if self.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"{fake.elsewhere}/storage")
                self.end_headers()
                return
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path, _, query = self.path.removeprefix(f"/repos/{REPOSITORY}").partition("?")
            if fake.status != 200:
                self.send_error(fake.status)
                return
            self.reply(json.dumps(fake.answer(self.command, path, query, body)).encode())

        do_POST = do_GET  # noqa: N815
        do_PATCH = do_GET  # noqa: N815

        def reply(self, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        @override
        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    state = FakeGitHub()
    # Downloads lie on another host, as with GitHub: a second server on another port.
    servers = [serve(state), serve(state)]
    state.address, state.elsewhere = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    yield state
    for server in servers:
        server.shutdown()
        server.server_close()


EVENT = Event(run_id=9, number=RunNumber(57, 1), sha=SHA, for_pull=True, conclusion="failure")
FOUND = samples.report(6)
CLEAN = samples.report(0)


def run(fake: FakeGitHub, event: Event = EVENT) -> Done:
    return post(event, fake.github, SITE)


class TestWhere:
    def test_a_new_comment_on_the_one_pull_request_with_that_head(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        assert run(fake) is Done.CREATED
        [(call, body)] = fake.calls
        assert call == "POST /issues/2/comments"
        assert written_by(body) == RunNumber(57, 1)
        assert "https://github.com/example/library/actions/runs/9" in body

    def test_the_token_does_not_travel_to_where_downloads_lie(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        run(fake)
        assert fake.authorised == [None]

    @pytest.mark.parametrize("heads", [[], [OTHER], [SHA, SHA]])
    def test_silent_unless_exactly_one_has_that_head(self, fake: FakeGitHub, heads: list[str]) -> None:
        fake.artifact = note(FOUND)
        fake.heads = heads
        assert run(fake) is Done.NO_PULL
        assert fake.calls == []

    def test_found_on_a_later_page_of_the_list(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.heads = [OTHER] * 150 + [SHA]
        assert run(fake) is Done.CREATED
        assert fake.calls[0][0] == "POST /issues/151/comments"

    def test_silent_when_somebody_pushed_meanwhile(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.push_after = 1
        assert run(fake) is Done.NO_PULL
        assert fake.calls == []

    @pytest.mark.parametrize("change", [{"for_pull": False}, {"conclusion": "cancelled"}, {"conclusion": "skipped"}])
    def test_silent_for_other_runs(self, fake: FakeGitHub, change: dict[str, Any]) -> None:
        assert run(fake, replace(EVENT, **change)) is Done.NOT_A_PULL
        assert fake.asked == []


class TestSticky:
    def test_ours_is_updated_in_place(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.add("Looks good!", "somebody")
        fake.add(f"{marker(RunNumber(56, 2))}\nold")
        assert run(fake) is Done.UPDATED
        assert [call for call, _ in fake.calls] == ["PATCH /issues/comments/101"]

    def test_a_marker_by_somebody_else_is_not_ours(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.add(f"{marker(RunNumber(99, 1))}\nfake", "somebody")
        assert run(fake) is Done.CREATED

    def test_a_comment_of_ours_without_a_marker_is_left_alone(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.add("Another workflow wrote this.")
        assert run(fake) is Done.CREATED

    @pytest.mark.parametrize("later", [RunNumber(58, 1), RunNumber(57, 2)])
    def test_an_older_run_never_overwrites_a_newer_one(self, fake: FakeGitHub, later: RunNumber) -> None:
        fake.artifact = note(FOUND)
        fake.add(f"{marker(later)}\nnewer")
        assert run(fake) is Done.OLDER
        assert fake.calls == []

    def test_the_same_words_make_no_call(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        run(fake)
        fake.add(fake.calls.pop()[1].replace("actions/runs/9", "actions/runs/8").replace("run=57", "run=56"))
        assert run(fake) is Done.UNCHANGED
        assert fake.calls == []

    def test_nothing_found_creates_nothing(self, fake: FakeGitHub) -> None:
        fake.artifact = note(CLEAN)
        assert run(fake, replace(EVENT, conclusion="success")) is Done.NOTHING
        assert fake.calls == []

    def test_nothing_found_changes_what_was_said_before(self, fake: FakeGitHub) -> None:
        fake.artifact = note(CLEAN)
        fake.add(f"{marker(RunNumber(56, 1))}\nThree things to change")
        assert run(fake) is Done.UPDATED
        assert "nothing new was found" in fake.calls[0][1]

    def test_our_comment_is_found_on_a_later_page(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        for _ in range(130):
            fake.add("talk", "somebody")
        fake.add(f"{marker(RunNumber(1, 1))}\nold")
        assert run(fake) is Done.UPDATED


class TestHostileArtifact:
    def refused(self, fake: FakeGitHub, kind: type[Exception] = GitHubError) -> None:
        with pytest.raises(kind):
            run(fake)
        assert fake.calls == []

    def test_no_archive(self, fake: FakeGitHub) -> None:
        fake.artifact = b"PK\x03\x04 nothing"
        self.refused(fake)

    def test_more_than_one_file(self, fake: FakeGitHub) -> None:
        fake.artifact = zipped((FILE, b"{}"), ("more.json", b"{}"))
        self.refused(fake)

    def test_a_path_that_climbs(self, fake: FakeGitHub) -> None:
        fake.artifact = zipped((f"../../{FILE}", b"{}"))
        self.refused(fake)

    def test_a_bomb(self, fake: FakeGitHub) -> None:
        fake.artifact = zipped((FILE, b" " * (MAX_BYTES * 30)))
        assert len(fake.artifact) < MAX_BYTES
        self.refused(fake)

    def test_a_large_archive_is_not_even_fetched(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        fake.size = MAX_BYTES + 1
        self.refused(fake)
        assert "/storage" not in fake.asked

    def test_an_archive_larger_than_it_claims(self, fake: FakeGitHub) -> None:
        fake.artifact = b"x" * (MAX_BYTES + 10)
        fake.size = 10
        self.refused(fake)

    def test_another_schema(self, fake: FakeGitHub) -> None:
        fake.artifact = zipped((FILE, b'{"schema": "stepfree-note/2", "body": "@everybody"}'))
        self.refused(fake, UsageError)

    def test_hostile_words_are_written_as_words(self, fake: FakeGitHub) -> None:
        fake.artifact = note(samples.hostile(100))
        assert run(fake) is Done.CREATED
        body = fake.calls[0][1]
        assert len(body) < 65_536
        assert body.count("<!-- stepfree-comment") == 1

    def test_no_note_after_a_failure_says_that_the_check_did_not_finish(self, fake: FakeGitHub) -> None:
        assert run(fake) is Done.CREATED
        assert "could not finish" in fake.calls[0][1]

    def test_no_note_after_a_success_says_nothing(self, fake: FakeGitHub) -> None:
        assert run(fake, replace(EVENT, conclusion="success")) is Done.NOTHING

    @pytest.mark.parametrize("status", [403, 404, 422, 500])
    def test_an_error_of_github_is_a_sentence(self, fake: FakeGitHub, status: int) -> None:
        fake.status = status
        with pytest.raises(GitHubError, match=f"GitHub answered {status} to GET /pulls"):
            run(fake)


class TestCommand:
    def event(self, tmp_path: Path, **changes: Any) -> Path:
        run = {
            "id": 9,
            "run_number": 57,
            "run_attempt": 1,
            "head_sha": SHA,
            "event": "pull_request",
            "conclusion": "failure",
        }
        file = tmp_path / "event.json"
        file.write_text(json.dumps({"workflow_run": run | changes}))
        return file

    def test_reads_its_settings_as_the_runner_gives_them(
        self,
        fake: FakeGitHub,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsysbinary: pytest.CaptureFixture[bytes],
    ) -> None:
        fake.artifact = note(FOUND)
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(self.event(tmp_path)))
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        monkeypatch.setenv("GITHUB_API_URL", fake.address)
        assert main(["comment"]) == 0
        assert capsysbinary.readouterr().out == b"This stage wrote a comment.\n"

    def test_a_missing_setting_is_a_sentence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
        assert main(["comment"]) == 2
        assert capsys.readouterr().err.startswith("GITHUB_EVENT_PATH is not set.")

    @pytest.mark.parametrize("changes", [{"head_sha": "main; rm -rf"}, {"id": "9"}, {"run_number": 0}])
    def test_an_event_of_another_shape_is_refused(self, tmp_path: Path, changes: dict[str, Any]) -> None:
        with pytest.raises(UsageError):
            read_event(self.event(tmp_path, **changes))

    def test_note_and_annotations_from_a_report(
        self, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        (tmp_path / "head.json").write_bytes(report_json(FOUND))
        (tmp_path / "base.json").write_bytes(report_json(CLEAN))
        head, output = str(tmp_path / "head.json"), tmp_path / "out" / FILE
        assert main(["note", head, "--base", str(tmp_path / "base.json"), "--output", str(output)]) == 0
        assert json.loads(output.read_bytes())["compared"] is True
        assert main(["note", head, "--base", str(tmp_path / "none.json"), "--output", str(output)]) == 0
        assert json.loads(output.read_bytes())["compared"] is False
        assert main(["annotate", head]) == 0
        assert capsysbinary.readouterr().out.startswith(b"::error title=Accessibility::")

    def test_the_summary_of_the_job_says_what_is_new_and_nothing_of_before(
        self, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old, new = samples.finding("fake-list", line=4), samples.finding("vague-link", line=9)
        (tmp_path / "base.json").write_bytes(report_json(replace(CLEAN, rules=(), findings=(old,))))
        (tmp_path / "head.json").write_bytes(report_json(replace(CLEAN, rules=(), findings=(old, new))))
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        monkeypatch.setenv("GITHUB_RUN_ID", "9")
        assert main(["summary", str(tmp_path / "head.json"), "--base", str(tmp_path / "base.json")]) == 0
        said = capsysbinary.readouterr().out.decode()
        assert said.startswith("### Accessibility: ")
        assert new.title in said
        assert old.title not in said
        assert f"/{REPOSITORY}/actions/runs/9" in said

    def test_a_spoilt_report_is_a_sentence(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "report.json").write_text("{}")
        assert main(["annotate", str(tmp_path / "report.json")]) == 2
        assert "is not a report" in capsys.readouterr().err
        assert main(["annotate", str(tmp_path / "missing.json")]) == 2

    @pytest.mark.parametrize("repository", ["", "library", "a/b/c", "../x", "a b/c"])
    def test_a_strange_repository_is_refused(self, repository: str) -> None:
        with pytest.raises(UsageError):
            GitHub("https://api.github.com", repository, "t")

    def test_the_token_is_never_sent_in_the_clear(self) -> None:
        with pytest.raises(UsageError):
            GitHub("http://api.github.com", REPOSITORY, "t")

    def test_the_token_is_not_shown(self) -> None:
        assert "secret" not in repr(GitHub("https://api.github.com", REPOSITORY, "secret"))


class TestTheJudge:
    """A pull request may change what judges it, and hand over whatever it likes."""

    @pytest.mark.parametrize(
        "path",
        [
            "audit/judgement/policy.py", "stepfree/commands/check.py", "stepfree.toml", "excuses.toml", "baseline.toml",
            ".github/workflows/check.yml", ".ci/run", "Makefile", "setup/browser.sh", "requirements.lock", "words.toml",
        ],
    )  # fmt: skip
    def test_a_change_of_it_is_named_before_anything_else(self, fake: FakeGitHub, path: str) -> None:
        fake.files = ["content/pages/a.md", path]
        fake.artifact = note(CLEAN)
        assert run(fake, replace(EVENT, conclusion="success")) is Done.CREATED
        words = fake.calls[0][1].splitlines()[1]
        assert words.startswith(f"**This pull request changes what judges it:** `{path}`.")

    @pytest.mark.parametrize("path", ["content/audit/a.md", "docs/stepfree.toml.md", "theme/Makefile.txt"])
    def test_other_files_are_not(self, fake: FakeGitHub, path: str) -> None:
        fake.files = [path]
        fake.artifact = note(FOUND)
        run(fake)
        assert "what judges it" not in fake.calls[0][1]

    def test_it_is_said_whose_words_these_are(self, fake: FakeGitHub) -> None:
        fake.artifact = note(FOUND)
        run(fake)
        assert "made by the code of this pull request" in fake.calls[0][1].splitlines()[3]

    @pytest.mark.parametrize(
        ("change", "conclusion"),
        [
            ({"verdict": "clear", "counts": {"not_audited": 400}}, "failure"),
            ({"verdict": "clear", "counts": {"errors": 1}}, "failure"),
            ({"verdict": "clear", "counts": {"audited": 0}}, "success"),
            ({"verdict": "clear", "counts": {"new": 1, "new_blocking": 1}}, "failure"),
            ({"verdict": "nothing audited"}, "failure"),
            ({"verdict": "incomplete"}, "failure"),
            ({"counts": {"new": 0}}, "failure"),
            ({"counts": {"new_blocking": 9999}}, "failure"),
            ({"counts": {"unchanged": 3}}, "failure"),
            ({}, "success"),
        ],
    )
    def test_what_cannot_be_true_is_not_repeated(
        self, fake: FakeGitHub, change: dict[str, Any], conclusion: str
    ) -> None:
        data = json.loads(to_json(make(FOUND, None)))
        data["counts"] |= change.pop("counts", {})
        fake.artifact = zipped((FILE, json.dumps(data | change).encode()))
        assert run(fake, replace(EVENT, conclusion=conclusion)) is Done.CREATED
        body = fake.calls[0][1]
        assert "the check contradicts itself" in body
        assert FOUND.findings[0].title not in body


@pytest.mark.parametrize(("result", "state"), [("success", "success"), ("failure", "failure"), ("", "error")])
def test_the_verdict_becomes_a_status_of_the_commit(fake: FakeGitHub, result: str, state: str) -> None:
    assert set_verdict(EVENT, fake.github, result, f"{SITE}/runs/9") == state
    assert fake.calls == [(f"POST /statuses/{SHA}", state)]
