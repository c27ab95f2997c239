"""A result of an earlier run is used again only while nothing that made it has changed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.errors import ExitCode
from audit.model.report import Report
from audit.reports.writing import to_json
from audit.run.pool import Pool
from audit.run.run import Silence
from audit.run.store import HEAD, Store, Uses
from audit.run.worker import PageRecord, PageTask
from audit.survey.server import Folder
from tests.hostile.sites import page, run, write

BAD = "<!doctype html><title>Bad</title><p>No language is named here."


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were not answered from the cache of results, run by run."""
    seen: list[str] = []
    original = Pool.run

    def watched(self: Pool, tasks: Iterable[PageTask]) -> Iterator[Any]:
        given = list(tasks)
        seen[:] = sorted(task.expected.address for task in given)
        return original(self, given)

    monkeypatch.setattr(Pool, "run", watched)
    return seen


@pytest.fixture
def audited(tmp_path: Path, opened: list[str]) -> Callable[..., Report]:
    def once(site: Path, **more: Any) -> Report:
        opened.clear()
        return run(site, tmp_path, use_cache=True, **more)

    return once


FRAGMENT = page(
    "Fragment",
    "<div></div><script>fetch('part.html').then(r => r.text()).then(t => { document.querySelector('div').innerHTML = t })</script>",
)
#: A page, a file that it uses in some way, and what that file is at first and afterwards.
USES = {
    "a part fetched by a script": (FRAGMENT, "part.html", "<p>One", "<p>Two"),
    "data fetched by a script": (page("Data", "<script>fetch('data.csv')</script>"), "data.csv", "1,2", "1,3"),
    "a feed fetched by a script": (page("Feed", "<script>fetch('feed.xml')</script>"), "feed.xml", "<a/>", "<b/>"),
    "a frame in a frame": (page("Frame", "<iframe src=middle.html title=Middle></iframe>"), "inner.html", page("1"), page("2")),
    "a worker's data": (page("Worker", "<script>new Worker('worker.js')</script>"), "deep.json", "[1]", "[2]"),
    "a style sheet of a style sheet": (page("Style", "<style>@import 'outer.css'</style>"), "inner.css", "p{color:red}", "p{color:#000}"),
    "a picture that was missing": (page("Picture", "<img src=new.svg alt=New>"), "new.svg", None, "<svg xmlns='http://www.w3.org/2000/svg'/>"),
}  # fmt: skip
OTHERS = {
    "middle.html": page("Middle", "<iframe src=inner.html title=Inner></iframe>"),
    "worker.js": "fetch('deep.json')",
    "outer.css": "@import 'inner.css';",
}


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_what_a_page_used_decides_and_nothing_else(
    tmp_path: Path, audited: Callable[..., Report], opened: list[str]
) -> None:
    files = {f"{number}/index.html": text for number, (text, *_) in enumerate(USES.values())}
    for number, (_, name, before, _) in enumerate(USES.values()):
        files |= {f"{number}/{other}": text for other, text in OTHERS.items()}
        files |= {f"{number}/{name}": before} if before is not None else {}
    exclude = "every page that is not the first of its folder"
    from audit.settings.config import Config, Exclusion

    patterns = ("/*/part.html", "/*/middle.html", "/*/inner.html")
    config = Config(cache=tmp_path / "cache", exclude=tuple(Exclusion(each, exclude, "x", 1) for each in patterns))
    site = write(tmp_path / "site", files)
    audited(site, config=config)
    assert len(opened) == len(USES)
    audited(site, config=config)
    assert opened == []
    # New files that no page asked for, as another entry of a search index would be.
    write(site, {"unused.css": "p { color: red }", "search/index.json": "[]"})
    audited(site, config=config)
    assert opened == []
    for number, (kind, (_, name, _, after)) in enumerate(USES.items()):
        write(site, {f"{number}/{name}": after})
        audited(site, config=config)
        assert opened == [f"/{number}/"], kind


HEADER = "<header><p>North Library, open all week</p></header>"
#: A page with a block that the page it links to has as well, and two links of one name.
FROM = (
    '<!doctype html><html lang="en"><title>From</title><body>'
    + HEADER
    + '<div><p>Come and read with us.</p><a href="end.html">More</a> <a href="other.html">More</a></div>'
)
END = '<!doctype html><html lang="en"><title>{0}</title><body>{1}<div><p>{2}</p></div>'


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_linked_page_may_say_anything_that_no_rule_was_told_of(
    tmp_path: Path, audited: Callable[..., Report], opened: list[str]
) -> None:
    def ends(**changed: str) -> dict[str, str]:
        told = {"title": "End", "header": HEADER, "text": "Stories are read here on Mondays.", **changed}
        return {"end.html": END.format(told["title"], told["header"], told["text"])}

    only = ("no-way-past-repeated-blocks",)
    site = write(tmp_path / "site", {"index.html": FROM, "other.html": END.format("Other", "", "Something"), **ends()})
    audited(site, only=only)
    # Whatever else it says, its block is still the one that this page has.
    write(site, ends(title="Another end", text="Stories are read here on Tuesdays."))
    audited(site, only=only)
    assert opened == ["/end.html"]
    audited(site, only=only)
    assert opened == []
    write(site, ends(header=""))
    told = audited(site, only=only)
    assert opened == ["/", "/end.html"]
    assert to_json(told) == to_json(run(site, tmp_path, only=only))


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_what_links_of_one_name_lead_to_is_compared_again_when_it_changes(
    tmp_path: Path, audited: Callable[..., Report], opened: list[str]
) -> None:
    site = write(
        tmp_path / "site",
        {"index.html": FROM, "end.html": END.format("End", "", "Alike"), "other.html": END.format("End", "", "Alike")},
    )
    only = ("links-of-one-name",)
    before = audited(site, only=only)
    write(site, {"other.html": END.format("Fees", "", "What late books cost, by the day and by the kind of card.")})
    after = audited(site, only=only)
    assert opened == ["/", "/other.html"]
    assert to_json(after) == to_json(run(site, tmp_path, only=only))
    assert to_json(after) != to_json(before)


class _Meddler(Silence):
    """Somebody who saves a page as soon as the pages are known, and again when a page is done."""

    def __init__(self, file: Path, meanwhile: str, after: str) -> None:
        self.file, self.meanwhile, self.after = file, meanwhile, after

    def pages(self, total: int) -> None:
        self.file.write_text(self.meanwhile)

    def page(self, record: PageRecord) -> None:
        self.file.write_text(self.after)


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_page_saved_during_a_run_neither_passes_nor_stays(tmp_path: Path, audited: Callable[..., Report]) -> None:
    site = write(tmp_path / "site", {"index.html": BAD})
    report = audited(site, listener=_Meddler(site / "index.html", page("Good"), BAD))
    assert report.exit_code is ExitCode.INCOMPLETE
    assert "changed while it was audited (/)" in report.errors[0].sentence
    assert [each.rule for each in audited(site).findings] == ["page-without-language"]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_page_that_shows_the_day_is_opened_again_on_another(
    tmp_path: Path, audited: Callable[..., Report], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(
        tmp_path / "site",
        {
            "day.html": page("Day", "<script>document.write(new Date().getDay())</script>"),
            "clock.html": page("Clock", "<script src=clock.js></script>"),
            "clock.js": "document.body.append(Date.now())",
            "plain.html": page("Date", "<p>Date: Monday</p>"),
        },
    )
    audited(site)
    audited(site)
    assert opened == []
    monkeypatch.setattr("audit.run.store.today", lambda _zone: "2031-02-03")
    audited(site)
    assert opened == ["/clock.html", "/day.html"]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_damaged_entry_is_none(tmp_path: Path, audited: Callable[..., Report], opened: list[str]) -> None:
    site = write(tmp_path / "site", {"a.html": BAD})
    first = audited(site)
    entries = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert {file.parent.parent.name for file in entries} == {"captures", "results"}
    for file in entries:
        file.write_bytes(file.read_bytes().replace(b"page-without-language", b"page-without-a-language"))
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert to_json(audited(site)) == to_json(first)
    assert opened == ["/a.html"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    site = write(tmp_path / "site", {"a.css": "p {}", "index.html": page()})
    return Store(tmp_path / "cache", Folder(site))


def entry(store: Store) -> Path:
    return next(file for file in store.place.rglob("*") if file.is_file())


def test_no_flipped_bit_is_read(store: Store) -> None:
    store.write("results", "ab12", Uses({"/": store.site.told("/")}), b'{"outcomes": [1, 2, 3]}')
    assert store.read("results", "ab12") is not None
    whole = entry(store).read_bytes()
    for place in random.Random(4).sample(range(len(whole) * 8), 300):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        entry(store).write_bytes(flipped)
        assert store.read("results", "ab12") is None, place


def test_a_cut_entry_is_none(store: Store) -> None:
    store.write("results", "ab12", Uses({}), b"record")
    whole = entry(store).read_bytes()
    for end in (0, 1, len(HEAD), len(whole) // 2, len(whole) - 1):
        entry(store).write_bytes(whole[:end])
        assert store.read("results", "ab12") is None


def test_a_cache_that_cannot_be_written_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    store = Store(tmp_path / "cache", Folder(tmp_path))
    store.write("results", "ab12", Uses({}), b"record")
    assert store.broken is not None
    assert store.read("results", "ab12") is None


def test_a_full_disk_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store.write("results", "ab12", Uses({}), b"record")
    assert store.broken == "Nothing more was kept in the cache cache: No space left on device."
    assert [file for file in store.place.rglob("*") if file.is_file()] == []


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_two_runs_in_one_folder_do_not_touch_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bad = write(tmp_path / "bad", {f"{name}.html": BAD for name in "abcd"})
    good = write(tmp_path / "good", {f"{name}.html": page() for name in "abcd"})

    class Second(Silence):
        """Begins and ends another run after each page of the first."""

        def page(self, record: PageRecord) -> None:
            assert run(good, tmp_path, use_browser=False).findings == ()

    report = run(bad, tmp_path, listener=Second())
    assert report.findings[0].pages == ("/a.html", "/b.html", "/c.html", "/d.html")
    shutil.rmtree(good)
