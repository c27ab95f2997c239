"""Controls that do the same should have the same name on all pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SiteControl, SitePlace
from audit.semantics.published import content_pages
from audit.semantics.repeated_links import usual
from audit.semantics.vocabulary import primary
from audit.semantics.words import words

RULE = Rule(
    title="Same control, another name",
    family=Family.SITE,
    requirements=Requirements(wcag=("3.2.4",)),
    fixer=Fixer.THEME,
    why="People who know a control by its name, or say it aloud, do not find it on the next page.",
    since="0.1.0",
)
#: So many pages that call it alike make a usual name.
PAGES = 2
#: A script that asks where it is: what it does is another thing in another place.
_OF_ITSELF = re.compile(r"\b(?:this|event|return false)\b|onclick=\s*(?:return\b|;|$)")


@dataclass(frozen=True, slots=True)
class ControlPlace(SitePlace):
    """A control on a page. ``name``: here; ``usual``: on most pages that have it, or, ``beside`` it, on this one."""

    name: str = ""
    usual: str = ""
    by_picture: bool = False
    beside: bool = False


def applies(site: Site) -> Iterable[ControlPlace]:
    """Controls that do the same, by their markup or their picture, on several pages of one language, where one page calls
    them all alike; of each odd name the first page only. On one page, buttons that have the browser run the same
    words of script, of which none has to do with the button itself.
    """
    found: dict[tuple[str, str], dict[str, list[SiteControl]]] = {}
    for page in content_pages(site):
        for control in page.controls:
            if words(control.name):
                pages = found.setdefault((primary(page.lang), control.does), {})
                pages.setdefault(page.address, []).append(control)
    for (_, does), pages in found.items():
        if does.startswith("onclick=") and not _OF_ITSELF.search(does):
            yield from _beside(pages)
        yield from _places(does, pages)


def _beside(pages: Mapping[str, list[SiteControl]]) -> Iterable[ControlPlace]:
    """On the first page that has them, the second of two controls of which the names have no word in common."""
    for address, controls in pages.items():
        for control in controls[1:]:
            if not {*words(control.name)} & {*words(controls[0].name)}:
                at = (address, control.selector, control.static, control.html, None, None)
                yield ControlPlace(*at, control.name, controls[0].name, beside=True)
                return


def _places(does: str, pages: Mapping[str, list[SiteControl]]) -> Iterable[ControlPlace]:
    names = {address: words(controls[0].name) for address, controls in pages.items()}
    if any(words(each.name) != names[address] for address, controls in pages.items() for each in controls):
        # The same picture, or one function, is used for several things.
        return
    common = usual(names.values(), PAGES)
    if common is None and len(names) == PAGES and "=" in does:
        # Of two pictures each may name what its own page is about.
        common = next(iter(names.values()))
    if common is None:
        return
    written = next(pages[address][0].name for address, name in names.items() if name == common)
    first = {name: address for address, name in reversed(names.items())}
    if len(names) < PAGES:
        return
    for address in first.values():
        control = pages[address][0]
        at = (address, control.selector, control.static, control.html, None, None)
        yield ControlPlace(*at, control.name, written, "=" not in does)


def expect(site: Site, target: ControlPlace) -> Result:
    del site
    if words(target.name) == words(target.usual):
        return passed()
    if target.beside:
        return ask(
            f"“{target.name}” and “{target.usual}” on this page do the same. Do visitors know?",
            f"Call both “{target.usual}”, or give each a name that holds the same word.",
            usual=target.usual,
        )
    same = "what shows the same picture" if target.by_picture else "what does the same"
    return ask(
        f"“{target.name}” is the name here of {same} as “{target.usual}” on other pages. Is there a reason that visitors understand?",
        f"Call it “{target.usual}” everywhere, or choose one better name for all pages.",
        usual=target.usual,
    )
