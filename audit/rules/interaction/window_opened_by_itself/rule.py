"""The page opens a window, a box or a download as soon as it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Window or box opens by itself",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.2.5",)),
    fixer=Fixer.THEME,
    why="Focus goes to a window that nobody asked for; people who cannot see it do not know where they are.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[None]:
    """The page: what it opened before anybody did anything was noted."""
    if page.document.elements:
        yield None


def expect(page: Page, _target: None) -> Result:
    if shown := [_without_origin(each) for each in page.observed.popups]:
        where = f"with {shown[0][:60]}" if shown[0] else "without an address"
        return failed(
            f"When the page has loaded, it opens a window {where}.",
            "Show what the window says on the page itself; or open the window from a button that says so.",
            windows=shown[:5],
        )
    if messages := page.observed.messages:
        return ask(
            f"When the page has loaded, it shows “{messages[0][:60]}” in a box that has to be closed before anything else. Is that an emergency?",
            "Write the message into the page, near its top.",
            messages=list(messages[:5]),
        )
    if files := [_without_origin(each) for each in page.observed.downloads]:
        return ask(
            f"When the page has loaded, it {_does(files[0])}. Has the link to this page said so?",
            "Let people begin the download themselves, with a link that names the file, its type and its size.",
            files=files[:5],
        )
    return passed()


def _does(address: str) -> str:
    """What a page does with an address that no browser shows."""
    scheme, colon, _ = address.partition(":")
    if scheme in {"blob", "data"}:
        return "downloads a file that a script has made"
    if not colon or scheme in {"http", "https"}:
        return f"downloads {address[:60]}"
    return f"has another program open {address[:60]}"


def _without_origin(address: str) -> str:
    """Without the port of this run, where it is on this machine."""
    return re.sub(r"^https?://(?:127\.0\.0\.1|localhost)(?::\d+)?", "", address)
