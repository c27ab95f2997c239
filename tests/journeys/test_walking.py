"""Journeys through an imitation of a catalogue with planted faults, walked with real keys."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import override

import pytest

from audit.errors import ExitCode
from audit.model.finding import PageState
from audit.model.report import Report
from audit.reports import FORMATS
from audit.settings.config import load
from tests.hostile.sites import page, run, write

ROOT = Path(__file__).parents[2]
CATALOGUE = Path(__file__).parent / "catalogue"
CARD = "29912345678"
RULES = ("button-name", "image-alt", "low-contrast", "layer-over-page")

pytestmark = pytest.mark.browser


class _Served(SimpleHTTPRequestHandler):
    @override
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def catalogue() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Served, directory=str(CATALOGUE))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _documented() -> str:
    """The journey that the guide shows."""
    guide = (ROOT / "docs" / "audit-any-site.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    return next(each for each in blocks if "[[journeys]]" in each)


def _walk(target: Path | str, work: Path, settings: str, workers: int = 1) -> Report:
    file = work / "stepfree.toml"
    file.write_text(settings, encoding="utf-8")
    return run(target, work, only=RULES, config=load(file), workers=workers)


def _found(report: Report) -> set[tuple[str, str]]:
    return {(finding.rule, finding.page) for finding in report.findings}


FAULTS = {
    ("image-alt", "/ after step 1 of “Place a hold”"),
    ("button-name", "/ after step 6 of “Place a hold”"),
    ("low-contrast", "/ after step 10 of “Place a hold”"),
}


def test_the_journey_of_the_guide_finds_what_is_wrong_on_the_way(
    catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOGUE_CARD", CARD)
    settings = _documented().replace("https://catalogue.example.org", catalogue)
    report = _walk(f"{catalogue}/", tmp_path, settings)
    assert _found(report) == FAULTS
    states = [each for each in report.pages if each.journey == "Place a hold"]
    assert [each.state for each in states] == [PageState.AUDITED] * 7
    dialog = next(finding for finding in report.findings if finding.rule == "button-name")
    assert len(dialog.pages) == 3, "the dialog is open in three states"
    assert all(CARD.encode() not in form.render(report) for form in FORMATS.values())


def test_in_a_folder_the_report_is_the_same_for_one_and_two_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOGUE_CARD", CARD)
    settings = _documented().replace("https://catalogue.example.org", "")
    reports = []
    for workers in (1, 2):
        (work := tmp_path / str(workers)).mkdir()
        reports.append(_walk(CATALOGUE, work, settings, workers))
    assert _found(reports[0]) == FAULTS
    one, two = (FORMATS["json"].render(report) for report in reports)
    assert one == two


SITE = {
    "index.html": page(
        "Start",
        '<div onclick="this.textContent = 1">Only for a mouse</div> <button tabindex="-1">Not by Tab</button>'
        '<a href="https://elsewhere.example.org/">Away</a> <a href="nothing.html">Nowhere</a>'
        "<button disabled>Not yet</button>"
        '<select aria-label="Branch"><option>Mill Street</option></select><a href="next.html">Next</a>',
    ),
    "next.html": page("Next"),
}
#: What a journey tries, and what is said of it.
STOPS = {
    '{ press = "Nexd" }': "after 8 s there is no “Nexd”. Did you mean “Next”?",
    '{ press = "Only for a mouse" }': "“Only for a mouse” is on the page, but not as a control that can be used.",
    '{ press = "Not yet" }': "“Not yet” is on the page, but not as a control that can be used.",
    '{ press = "Not by Tab" }': "“Not by Tab” is there, but not for a keyboard: neither Tab nor the arrow keys lead to it.",
    '{ press = "Away" }': "it leads to https://elsewhere.example.org, where this journey does not go.",
    '{ press = "Nowhere" }': "it leads to a page that answers with HTTP status 404.",
    '{ press = "Next", number = 2 }': "number 2 of “Next” is asked for, and only one is there.",
    '{ choose = "Mill Road", from = "Branch" }': "“Branch” has no “Mill Road”. Did you mean “Mill Street”?",
    '{ expect = "Thank you" }': "“Thank you” did not appear within 8 s.",
}


@pytest.mark.timeout(300)  # each journey waits for what does not come
def test_a_journey_that_stops_is_no_pass_and_says_where(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    journeys = [
        f'[[journeys]]\nname = "Way {number}"\nstart = "/"\nsteps = [\n  {step},\n  {{ go = "/next.html" }},\n]\n'
        for number, step in enumerate(STOPS)
    ]
    report = _walk(site, tmp_path, "".join(journeys))
    assert report.exit_code is ExitCode.INCOMPLETE
    for number, said in enumerate(STOPS.values()):
        first, second = (each for each in report.pages if each.journey == f"Way {number}")
        assert {first.state, second.state} == {PageState.NOT_AUDITED}
        line = 7 * number + 5
        assert (first.reason or "").startswith(
            f"stepfree.toml:{line}: step 1 of “Way {number}” did not work at 1280 px: {said}"
        )
        assert second.reason == f"It was not reached: step 1 of “Way {number}” did not work."


MENU = page(
    "Start",
    "<style>#menu { display: none } @media (max-width: 40em) { #menu { display: inline } nav { display: none }"
    " nav.open { display: block } }</style>"
    "<button id=menu onclick=\"document.querySelector('nav').classList.add('open')\">Menu</button>"
    '<nav><a href="next.html">Next</a></nav>',
)
BOX = page(
    "Next",
    '<button onclick="document.querySelector(\'#more\').hidden = false">More</button><div id="more" hidden>'
    '<p>Here is more.</p><p id="phone"></p></div>'
    "<script>if (innerWidth < 700) document.querySelector('#phone').innerHTML = '<img src=\"a.svg\">'</script>",
)


def test_it_is_walked_on_a_narrow_window_as_well(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site", {"index.html": MENU, "next.html": BOX, "a.svg": (CATALOGUE / "cover.svg").read_text()}
    )
    way = '[[journeys]]\nname = "More"\nstart = "/"\nsteps = [\n{ press = "Next" },\n{ press = "More" },\n]\n'
    report = _walk(site, tmp_path, way)
    assert report.exit_code is ExitCode.INCOMPLETE
    stopped = next(each for each in report.pages if each.journey)
    assert "stepfree.toml:5: step 1 of “More” did not work at 320 px: " in (stopped.reason or "")
    report = _walk(site, tmp_path, way.replace("steps = [", 'steps = [\n{ press = "Menu", width = 320 },'))
    assert {each.state for each in report.pages} == {PageState.AUDITED}
    assert _found(report) == {("image-alt", "/ after step 3 of “More”")}
    assert report.findings[0].conditions == ("walked at 320px",)
