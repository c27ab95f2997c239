"""The names under which results are kept: whatever may change a result changes its name, and nothing else does."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.examination.examination import Examined, RuleCrash
from audit.model.finding import Condition, PageState
from audit.run import store as stores
from audit.run.cache import Kept, address_path, browser_identity, documents_key, keys_for
from audit.run.store import Store, Uses, shrink, today
from audit.run.worker import Job, PageRecord, write_record
from audit.survey.folder import ExpectedPage
from audit.survey.server import Folder

PAGE = ExpectedPage("/a.html", "a.html")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser of these tests is a shell script")


def _program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A run over one page with a browser that only says its version."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").write_text("<title>A</title>", encoding="utf-8")
    return Job(
        origin="http://127.0.0.1:8000",
        base_path="/",
        needs=frozenset({Condition.WIDE}),
        rules=("fake-list",),
        browser=BrowserSettings(binary=_program(tmp_path / "browser", "echo Chromium 140")),
        capture=CaptureSettings(),
        cache=tmp_path / "cache",
        scratch=tmp_path / "scratch",
        folder=tmp_path / "site",
    )


def _names(job: Job, page: ExpectedPage = PAGE) -> tuple[str, str]:
    """Those of the capture and of the result."""
    assert job.folder is not None
    keys = keys_for(job, Folder(job.folder, job.base_path))
    assert keys is not None
    return keys.capture(page), keys.result(page)


def test_the_same_run_again_has_the_same_names(job: Job) -> None:
    before = _names(job)
    # Where the site is served, what is kept where, and when the file was saved mean nothing.
    elsewhere = replace(job, origin="http://127.0.0.1:9", cache=job.scratch / "c", scratch=job.scratch / "other")
    os.utime(job.scratch.parent / "site/a.html", (1, 1))
    assert _names(elsewhere) == before


#: What changes what the browser shows, and so the capture and all that was said of it.
SEEN: dict[str, Callable[[Job], Job]] = {
    "conditions": lambda job: replace(job, needs=job.needs | {Condition.DARK}),
    "base path": lambda job: replace(job, base_path="/site/"),
    "language": lambda job: replace(job, browser=replace(job.browser, language="fr-CA")),
    "time zone": lambda job: replace(job, browser=replace(job.browser, time_zone="America/Toronto")),
    "flags": lambda job: replace(job, browser=replace(job.browser, flags=("--force-dark",))),
    "hosts": lambda job: replace(job, browser=replace(job.browser, hosts=None)),
    "a limit": lambda job: replace(job, capture=replace(job.capture, settling=9.0)),
    "no forms": lambda job: replace(job, capture=replace(job.capture, forms=False)),
    "allowed origins": lambda job: replace(job, capture=replace(job.capture, allowed=("https://example.org",))),
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN.keys())
def test_what_the_browser_is_told_names_the_capture(job: Job, change: Callable[[Job], Job]) -> None:
    before, after = _names(job), _names(change(job))
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_bytes_of_a_page_name_its_capture(job: Job) -> None:
    before = _names(job)
    (job.scratch.parent / "site/a.html").write_text("<title>B</title>", encoding="utf-8")
    changed = _names(job)
    (job.scratch.parent / "site/a.html").unlink()
    assert len({before, changed, _names(job)}) == 3


def test_what_a_page_is_expected_to_be_names_its_capture(job: Job) -> None:
    others = [replace(PAGE, status=404), replace(PAGE, source="content/a.md"), replace(PAGE, target="/b/")]
    assert len({_names(job, page)[0] for page in (PAGE, *others)}) == 4


def test_another_version_of_the_browser_or_of_axe_names_the_capture(job: Job, tmp_path: Path) -> None:
    axe = tmp_path / "axe.js"
    axe.write_text("one", encoding="utf-8")
    names = [_names(job), _names(replace(job, capture=replace(job.capture, axe_script=axe)))]
    axe.write_text("two", encoding="utf-8")
    names.append(_names(replace(job, capture=replace(job.capture, axe_script=axe))))
    _program(tmp_path / "browser", "echo Chromium 141")
    names.append(_names(job))
    assert len({capture for capture, _ in names}) == 4


def test_other_fonts_make_another_capture(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "fonts"), prepend=os.pathsep)
    names = []
    for listed in ("DejaVuSans.ttf 1", "DejaVuSans.ttf 2", "NotoSans.ttf 2"):
        _program(tmp_path / "fonts" / "fc-list", f"echo {listed}")
        names.append(_names(job))
    assert len({capture for capture, _ in names}) == 3


def test_rules_and_words_name_the_result_alone(job: Job, tmp_path: Path) -> None:
    words = tmp_path / "own.toml"
    words.write_text("[en]\n", encoding="utf-8")
    names = [
        _names(job),
        _names(replace(job, rules=("fake-list", "empty-heading"))),
        _names(replace(job, words=words)),
    ]
    words.write_text('[en]\nabbreviations = ["ILL"]\n', encoding="utf-8")
    names.append(_names(replace(job, words=words)))
    assert len({capture for capture, _ in names}) == 1
    assert len({result for _, result in names}) == 4


def test_a_browser_that_cannot_be_known_names_nothing(job: Job, tmp_path: Path) -> None:
    told = browser_identity(job)
    assert told is not None
    assert "Chromium 140" in told
    for browser in (
        replace(job.browser, grid="http://grid.example.org:4444"),
        replace(job.browser, binary=tmp_path / "missing"),
        replace(job.browser, binary=_program(tmp_path / "broken", "exit 3")),
    ):
        assert browser_identity(replace(job, browser=browser)) is None
        assert Kept.of(replace(job, browser=browser)) is None
    assert Kept.of(replace(job, cache=None)) is None
    assert Kept.of(replace(job, folder=None)) is None


def test_addresses_are_asked_for_as_servers_read_them(tmp_path: Path) -> None:
    page = ExpectedPage("/caf%C3%A9/", "café/index.html")
    assert address_path(Folder(tmp_path, "/my%20site/"), page) == "/my site/café/"


def test_a_document_is_named_by_its_bytes_and_its_kind() -> None:
    names = {documents_key(kind, digest) for kind in (".pdf", ".docx") for digest in ("a1", "b2")}
    assert len(names) == 4
    assert documents_key(".pdf", "a1") in names


@pytest.fixture
def kept(job: Job) -> Kept:
    found = Kept.of(job)
    assert found is not None
    return found


def _record(kept: Kept, **more: object) -> PageRecord:
    uses = Uses({"/a.html": kept.keys.own(PAGE)})
    return replace(PageRecord("/a.html", PageState.AUDITED, title="A", uses=uses), **more)  # type: ignore[arg-type]


def test_a_whole_record_is_kept_and_read_back(kept: Kept) -> None:
    record = _record(kept)
    assert kept.read(PAGE) is None
    kept.write(PAGE, record, write_record(record))
    assert kept.read(PAGE) == record
    assert kept.read(replace(PAGE, address="/b.html", file="b.html")) is None
    assert kept.close() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"state": PageState.NOT_AUDITED},
        {"failures": ("The browser ended.",)},
        {"examined": Examined(crashes=(RuleCrash("fake-list", "/a.html", "It ended."),))},
        {"uses": None},
        {"uses": Uses({"/a.html": "200 another"})},
        {"uses": Uses({})},
    ],
    ids=[
        "not audited",
        "at the second try",
        "a rule ended",
        "uses unknown",
        "changed meanwhile",
        "page not among uses",
    ],
)
def test_what_is_not_whole_is_not_kept(kept: Kept, change: dict[str, object]) -> None:
    record = _record(kept, **change)
    kept.write(PAGE, record, write_record(record))
    assert kept.read(PAGE) is None


def test_what_cannot_be_read_or_is_of_another_page_is_none(kept: Kept) -> None:
    record = _record(kept)
    kept.write(PAGE, record, b"{}")
    assert kept.read(PAGE) is None
    kept.write(PAGE, record, write_record(replace(record, address="/b.html")))
    assert kept.read(PAGE) is None


def test_an_entry_is_good_on_its_day_only(job: Job) -> None:
    assert job.cache is not None
    store = Store(job.cache, Folder(job.scratch.parent / "site"), "America/Toronto")
    own = {"/a.html": store.site.told("/a.html")}
    for name, day, good in (("aa", today("America/Toronto"), True), ("bb", "2020-02-29", False), ("cc", None, True)):
        store.write("results", name, Uses(own, day), b"x")
        assert (store.read("results", name) is not None) is good, day
    # An entry of one kind is none of the other.
    assert store.read("captures", "aa") is None


def test_what_was_used_longest_ago_goes_first(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    assert job.cache is not None
    store = Store(job.cache, Folder(job.scratch.parent / "site"))
    for age, name in ((300, "aa"), (200, "bb"), (100, "cc")):
        store.write("results", name, Uses({}), b"x" * 1000)
        file = store.place / "results" / name / name
        os.utime(file, (time.time() - age, time.time() - age))
    # Reading counts as use.
    assert store.read("results", "aa") is not None
    begun = store.place / "results" / "tmp-killed"
    begun.write_bytes(b"x" * 5000)
    os.utime(begun, (time.time() - 2 * stores.FORGOTTEN,) * 2)
    shrink(store.place, limit=2500)
    assert [name for name in ("aa", "bb", "cc") if store.read("results", name)] == ["aa", "cc"]
    assert not begun.exists()
    shrink(store.place / "missing")
