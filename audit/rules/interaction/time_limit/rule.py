"""A script will take people away after a time, or a clock runs down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import controls, speaks_of
from audit.semantics.words import counted

RULE = Rule(
    title="Can people have more time?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.2.1",)),
    fixer=Fixer.THEME,
    why="People who read or type slowly lose what they had entered when the time is over.",
    since="0.1.0",
)
#: Milliseconds: criterion 2.2.1 excepts limits longer than 20 hours.
LIMIT = 72_000_000
_MORE = re.compile(
    r"\b(?:more time|extend|extra time|stay (?:signed|logged) in|keep me|turn off the (?:timer|limit)|no time limit|continue"
    r"|plus de temps|prolonger|rester connect|sans limite)",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element | None]:
    """The page, where a timer of five seconds or more says that it leads away; elements with the role of a timer."""
    if _limits(page):
        yield None
    for element in page.document.roles("timer"):
        if element.rendered:
            yield element


def _limits(page: Page) -> list[tuple[float, str]]:
    # What a minute is counted by is no limit itself, but the limit it counts is not known.
    return sorted((each.delay / 1000, each.says) for each in page.observed.time_limits if each.delay <= LIMIT)


def expect(page: Page, target: Element | None) -> Result:
    document = page.document
    more = next((each for each in controls(document) if speaks_of(document, each, _MORE)), None)
    if more is not None:
        return passed(control=more.selector)
    fix = "Warn people at least 20 seconds before, and let them press one key for more time; or drop the limit."
    if target is None:
        seconds, says = _limits(page)[0]
        return ask(
            f"After {_span(seconds)} a script does something that reads “{says}”. Are people warned, and can they have more time?",
            fix,
            seconds=seconds,
            script=says,
        )
    return ask(
        f"A clock runs on this page (“{document.visible_text(target)[:40]}”). What happens at its end, and can people have more time?",
        fix,
    )


def _span(seconds: float) -> str:
    return counted(seconds / 60, "minute", "minutes") if seconds >= 120 else counted(seconds, "second", "seconds")
