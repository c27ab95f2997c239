"""axe-core's runs on one page: once for everything, then only for what can be otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from audit.capture.axe import AxeEngine, in_order
from audit.capture.looks import Look, canvas
from audit.capture.opening import OpenPage
from audit.model.document import Document, Element
from audit.model.page import AxeResult

#: axe-core's rules that can find something else when only the colours change.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
#: Its rules that say the same of everything that looks alike.
LOOK_RULES = (*COLOUR_RULES, "color-contrast-enhanced")
#: Its rule that can find something else at 320 px; how large targets are there is judged by ``small-target``.
SCROLL_RULES = ("scrollable-region-focusable",)
#: Elements that are named one by one; where there are more, the whole page is looked at.
MOST_NAMED = 60


class AxeRuns:
    """axe-core's runs on one page, and what they found."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page
        self._engine: AxeEngine | None = None
        self.results: list[AxeResult] = []
        self.rules: tuple[str, ...] = ()
        self.begin()

    def begin(self) -> None:
        """Put axe-core into the page again before the next run: it was opened once more."""
        page = self._page
        if page.settings.axe:
            self._engine = AxeEngine(page.channel, page.settings.axe_script, page.settings.axe_limit, page.worlds)

    def run_all(self, document: Document, looks: Sequence[Look] | None) -> None:
        """Run all rules; those that take longest as :meth:`run_on_looks` does, unless ``looks`` is ``None``."""
        if self._engine is None:
            return
        frames = any(element.frame is not None for element in document)
        apart = LOOK_RULES if looks else ()
        run = self._engine.run(document, frames, without=apart)
        self.results.extend(run.results)
        if apart:
            self.run_on_looks(document, apart, looks)
        self.rules = tuple(sorted({*run.rules, *apart}))
        self._page.observed = replace(self._page.observed, axe_version=run.version)
        self._page.problems.extend(f"axe-core could not enter the frame {each}." for each in self._engine.unreached)

    def run(self, document: Document, rules: tuple[str, ...]) -> None:
        """Run some rules under the condition of ``document``."""
        if self._engine is None:
            return
        frames = any(element.frame is not None for element in document)
        self.results.extend(self._engine.run(document, frames, rules).results)

    def run_within(
        self,
        document: Document,
        elements: Sequence[Element],
        rules: Iterable[str] | None = None,
        *,
        anew: bool = False,
    ) -> list[AxeResult]:
        """What all rules (or these) say of some elements, and of nothing else; not kept here.

        ``anew``: the page was opened once more, so that its nodes cannot be named.
        """
        if self._engine is None or not elements:
            return []
        nodes = {element.node for element in elements}
        apart = any(element.frame is not None or element.shadow for element in elements)
        tops = [each for each in elements if not any(above.node in nodes for above in document.ancestors(each))]
        frames = any(element.frame is not None for element in document)
        if anew or apart or len(tops) > MOST_NAMED:
            found = self._engine.run(document, frames, rules).results
        elif self._page.choose(tops):
            found = self._engine.run(document, frames, rules, chosen=True).results
        else:
            return []
        return [each for each in found if each.node in nodes]

    def run_on_whole(self, document: Document, rules: Iterable[str]) -> list[AxeResult]:
        """What some rules say of the page under the condition of ``document``; not kept here."""
        if self._engine is None:
            return []
        frames = any(element.frame is not None for element in document)
        return [*self._engine.run(document, frames, rules).results]

    def run_on_scrolled(self, document: Document) -> None:
        """Run the rule on areas that scroll where there is one."""
        if any(element.frame is not None or _scrolls(element) for element in document):
            self.run(document, SCROLL_RULES)

    def run_on_looks(self, document: Document, rules: tuple[str, ...], looks: Sequence[Look] | None) -> None:
        """Run some rules on one element of each look, and on the others where something is said of it.

        ``None``: on everything. A look of which nothing was said on another page, with the same style sheets under the
        same condition, is not asked about again.
        """
        if self._engine is None or looks == ():
            return
        if looks is None:
            self.run(document, rules)
            return
        known: set[object] = self._page.browser.looks
        keys = {look.elements[0].node: self._key(document, rules, look) for look in looks}
        looks = [look for look in looks if keys[look.elements[0].node] not in known]
        if not looks:
            return
        first = self._engine.run(document, False, rules, only=[look.elements[0] for look in looks]).results
        told = {result.node for result in first}
        # What is told of an element in a look is told of that element, or of one in it.
        if told <= {look.elements[0].node for look in looks}:
            known.update(key for node, key in keys.items() if key is not None and node not in told)
        others = [element for look in looks if look.elements[0].node in told for element in look.elements[1:]]
        if not others:
            self.results.extend(first)
            return
        more = self._engine.run(document, False, rules, only=others).results
        self.results.extend(
            in_order({(each.rule, each.kind, each.selector): each for each in (*first, *more)}.values(), document)
        )

    def _key(self, document: Document, rules: tuple[str, ...], look: Look) -> object | None:
        if self._page.drawn_by is None or look.key is None:
            return None
        return (self._page.drawn_by, document.condition, rules, *canvas(document), look.key)


def _scrolls(element: Element) -> bool:
    style = element.style
    return element.rendered and bool({style.get("overflow-x"), style.get("overflow-y")} & {"auto", "scroll"})
