"""The page reloads or moves on by itself after a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import counted

RULE = Rule(
    title="The page moves on by itself",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.2.1", "2.2.4", "3.2.5"), act=("bc659a", "bisz58")),
    fixer=Fixer.THEME,
    why="People who read slowly, or with a screen reader, are taken away in the middle of a sentence.",
    since="0.1.0",
    axe=("meta-refresh",),
)
#: Seconds: criterion 2.2.1 excepts limits longer than 20 hours.
LIMIT = 72_000
#: HTML, "shared declarative refresh steps": digits, or a point, then the end, space, a comma or a semicolon.
_CONTENT = re.compile(r"[\t\n\f\r ]*(?:(\d+)[\d.]*|\.[\d.]*)(?:[\t\n\f\r ;,].*)?$", re.DOTALL)


def applies(page: Page) -> Iterable[Element | None]:
    """Every meta element that would refresh the page if it were the first; the page, where a script or the server made it leave."""
    # What a long timer will do is told by ``time-limit``.
    if page.observed.departures and not page.observed.time_limits:
        yield None
    yield from _refreshing(page)


def _refreshing(page: Page) -> Iterator[Element]:
    for element in page.document.tags("meta"):
        if element.frame is None and _seconds(element) is not None:
            yield element


def expect(page: Page, target: Element | None) -> Result:
    if target is None:
        departure = page.observed.departures[0]
        does = "sends a form to" if departure.sends else "leaves for"
        return ask(
            f"A moment after it has loaded, and before anybody does anything, the page {does} {departure.url[:60]}. Can people read it first, and stay?",
            "Let people go on by themselves, with a link or a button. Redirect at once, on the server, if nobody is to read the page.",
            address=departure.url,
        )
    seconds = _seconds(target)
    assert seconds is not None
    first = next(_refreshing(page))
    # Browsers follow the first one only; at once is a redirect, which takes nobody by surprise.
    if first.index != target.index or seconds == 0 or seconds > LIMIT:
        return passed(seconds=seconds)
    return failed(
        f'The page reloads or moves on after {counted(seconds, "second", "seconds")}: content="{target.get("content")}".',
        "Take the meta element away. Redirect at once on the server, or offer a link.",
        seconds=seconds,
    )


def _seconds(element: Element) -> int | None:
    if (element.get("http-equiv") or "").strip().lower() != "refresh":
        return None
    match = _CONTENT.fullmatch(element.get("content") or "")
    return None if match is None else int(match.group(1) or 0)
