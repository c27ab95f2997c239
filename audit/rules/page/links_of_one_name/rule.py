"""Links with the same name lead to different things."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.destination import destination
from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import Ends, compare, is_place_here, links, of_one_name

RULE = Rule(
    title="Links of one name, different ends",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.9",), act=("b20e66",)),
    fixer=Fixer.AUTHOR,
    why="People who choose from a list of links cannot tell which of the two they want.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """The first link of each name that is given to links with different addresses."""
    for group in of_one_name(page, links(page.document)):
        yield group[0][0]


def expect(page: Page, target: Element) -> Result:
    group = next(each for each in of_one_name(page, links(page.document)) if each[0][0] is target)
    first = destination(target, page.url) or ""
    verdicts = {end: compare(page, first, end, target.name) for _, end in group[1:] if end != first}
    fix = "Say in each link what is special about its end: “Hours in Hillcrest”, “Hours in Lakeview”."
    name = target.name.strip()
    different = next((end for end, verdict in verdicts.items() if verdict is Ends.DIFFERENT), None)
    if different is not None:
        return failed(
            f"{len(group)} links are called “{name}”, but they lead to different pages.",
            fix,
            ends=[_short(page, first), _short(page, different)],
        )
    # A table of contents names its places after the same subjects as other pages are named after.
    unknown = next(
        (
            end
            for end, verdict in verdicts.items()
            if verdict is Ends.UNKNOWN and not is_place_here(page, end) and not is_place_here(page, first)
        ),
        None,
    )
    if unknown is not None:
        return ask(
            f"Links called “{name}” lead to {_short(page, first)} and to {_short(page, unknown)}. "
            "Is that the same for a reader?",
            fix,
            ends=[_short(page, first), _short(page, unknown)],
        )
    return passed(links=len(group))


def _short(page: Page, address: str) -> str:
    """Without the server, which is another one at every run."""
    root = page.url.split("/", 3)[:3]
    return address.removeprefix("/".join(root)) or "/"
