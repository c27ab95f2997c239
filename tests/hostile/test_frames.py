"""What stands in a frame is looked at, asked about, or keeps the audit from being complete: it never passes unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import ExitCode
from audit.examination.regions import Ownership
from audit.model.document import Box, Element
from audit.model.finding import Outcome
from audit.model.page import Request
from audit.run.frames import Unread, looked_into
from tests.audit.making import element, page
from tests.hostile.sites import ONLY, run, write
from tests.hostile.sites import page as html

SEEN = Box(0, 0, 300, 200)


def frame(tag: str = "iframe", box: Box | None = SEEN, **attributes: str) -> Element:
    return replace(element(2, tag, 1, **attributes), box=box)


def shown(*parts: Element, requests: tuple[Request, ...] = ()) -> tuple[list[str], list[Unread]]:
    """The hosts that are asked about, and what was not read."""
    seen = replace(page(elements=parts), requests=requests)
    asked, own = looked_into(
        seen, Ownership(seen, ()), lambda url: url.removeprefix("http://127.0.0.1") if "127.0.0.1" in url else None
    )
    assert all((each.rule, each.outcome) == ("frame-not-looked-at", Outcome.CANT_TELL) for each in asked)
    return [each.message.split(" ")[6].rstrip(",") for each in asked], list(own)


@pytest.mark.parametrize(
    ("parts", "hosts", "own"),
    [
        ([frame(src="https://video.example.org/1")], ["video.example.org"], []),
        ([frame(src="/a/b.html#c")], [], ["/a/b.html"]),
        ([frame(srcdoc="<p>x")], [], [None]),
        ([frame(src="data:text/html,x")], [], [None]),
        # Read by some rules only: the browser keeps them apart from the page.
        ([frame(src="data:text/html,x"), replace(element(3, "html", 2), frame=102)], [], [None]),
        ([frame(src="/a/", sandbox="allow-scripts"), replace(element(3, "html", 2), frame=102)], [], ["/a/"]),
        ([frame(src="/a/", sandbox="allow-same-origin"), replace(element(3, "html", 2), frame=102)], [], []),
        # Nothing, or nothing that anybody sees.
        ([frame(src="about:blank")], [], []),
        ([frame()], [], []),
        ([frame(src="https://counter.example.org/", box=Box(0, 0, 1, 1))], [], []),
        ([frame(src="https://counter.example.org/", box=None)], [], []),
        # Read.
        ([frame(src="/a/"), replace(element(3, "html", 2), frame=102)], [], []),
        # An object is read by some rules only; what is no page is no frame.
        ([frame("object", data="/a/"), replace(element(3, "html", 2), frame=102)], [], ["/a/"]),
        ([frame("object", data="/a.svg"), replace(element(3, "svg", 2), frame=102)], [], []),
        ([frame("object", data="/a.pdf")], [], []),
        ([frame("embed", src="/film", type="video/mp4")], [], []),
        ([frame("embed", src="/a.html")], [], ["/a.html"]),
    ],
)
def test_in_which_frames_nothing_was_looked_at(parts: list[Element], hosts: list[str], own: list[str | None]) -> None:
    asked, unread = shown(*parts)
    assert (asked, [each.shows for each in unread]) == (hosts, own)


def test_a_page_that_is_not_there_is_no_part_of_the_page() -> None:
    gone = Request("http://127.0.0.1/gone.html", "Document", 404, third_party=False)
    assert shown(frame(src="/gone.html"), requests=(gone,)) == ([], [])


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_no_frame_passes_unseen(tmp_path: Path) -> None:
    inner = html("Inner", "<p>Words.</p>")
    site = write(
        tmp_path / "site",
        {
            "index.html": html("Foreign", '<iframe title="A film" src="https://video.example.org/1"></iframe>'),
            "part.html": inner,
            "phone.html": html(
                "Phone", "<p>W.</p><script>if (innerWidth < 500) location = 'https://m.example.org/'</script>"
            ),
            "reached.html": html("Reached", '<iframe title="Part" src="part.html"></iframe>'),
            "object.html": html("Object", '<object title="Part" data="part.html" type="text/html"></object>'),
            "hidden.html": html(
                "Hidden", '<iframe title="Part" sandbox="allow-scripts" srcdoc="<img src=x.svg>"></iframe>'
            ),
        },
    )
    report = run(site, tmp_path, only=(*ONLY, "frame-not-looked-at", "led-to-another-site"))
    assert [(each.rule, each.page, each.blocking) for each in report.findings] == [
        ("frame-not-looked-at", "/", False),
        ("led-to-another-site", "/phone.html", False),
    ]
    assert [each.where for each in report.errors] == ["/hidden.html"]
    assert "shows what the page has made, and could not be read" in report.errors[0].sentence
    assert report.exit_code is ExitCode.INCOMPLETE
