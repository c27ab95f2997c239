"""One visit: open a page, bring it to rest, record it under every condition that is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from audit.browser.browser import Browser
from audit.browser.channel import NoAnswer, ProtocolError
from audit.capture import conditions, flashes, forms, motion
from audit.capture.activation import activations
from audit.capture.axe import AxeEngine, AxeFailed, in_order
from audit.capture.backdrops import backdrops
from audit.capture.ends import ends
from audit.capture.focus_opening import focus_openings
from audit.capture.hover import hovers
from audit.capture.keyboard import walk
from audit.capture.looks import alike
from audit.capture.media import media
from audit.capture.opening import WIDE, NotCaptured, OpenPage, script
from audit.capture.reactions import reactions
from audit.capture.record import plain
from audit.capture.sensors import sensors
from audit.capture.settings import CaptureSettings
from audit.capture.shortcuts import shortcuts
from audit.model.document import Document, Element
from audit.model.finding import Condition
from audit.model.page import AxeResult, Backdrop, Change, Page
from audit.semantics.painting import is_recoloured, undecided_texts

#: axe-core's rules that can find something else when only the colours change.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
#: Its rules that say the same of everything that looks alike.
LOOK_RULES = (*COLOUR_RULES, "color-contrast-enhanced")
#: Its rule that can find something else at 320 px; how large targets are there is judged by ``small-target``.
SCROLL_RULES = ("scrollable-region-focusable",)


class Watchdog:
    """Ends the browser when a page takes longer than ``limit`` seconds in all."""

    def __init__(self, browser: Browser, limit: float) -> None:
        self._browser = browser
        self._timer = threading.Timer(limit, self._ring)
        self._timer.daemon = True
        self.rang = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        self._browser.kill()


def visit(
    browser: Browser, url: str, address: str, needs: frozenset[Condition], settings: CaptureSettings | None = None
) -> Page:
    """Open ``url`` and record it under ``Condition.WIDE`` and every condition of ``needs``.

    Raises:
        NotCaptured: the page did not load, answered with another status than expected, led
            elsewhere, is no page, or took too long. The browser is usable afterwards.
        BrowserError: the browser died and did not come back.
    """
    settings = settings or CaptureSettings()
    with Watchdog(browser, settings.page) as watchdog:
        try:
            browser.keep(url)
            return _record(OpenPage(browser, url, address, settings), needs)
        except (NoAnswer, AxeFailed, ProtocolError) as error:
            browser.restart()
            if watchdog.rang:
                raise NotCaptured(
                    f"{address} took longer than {settings.page:g} s, and the browser was ended."
                ) from error
            raise NotCaptured(f"{address} could not be recorded. {error.sentence}") from error


def _record(page: OpenPage, needs: frozenset[Condition]) -> Page:
    settings = page.settings
    page.prepare()
    keyboard, trials, changes = None, None, None
    try:
        html = page.open()
        status, url = page.guard.status or 0, page.guard.final_url or page.url
        motion.animations(page)
        page.facts["settled"] = page.rest(scroll=True)
        wide, unreached = page.document(Condition.WIDE, WIDE)
        for frame in unreached:
            page.problems.append(f"The frame {frame.selector} could not be read: nothing in it was tested.")
        styles = page.channel.evaluate(script("styles"))
        _style_facts(page, styles)
        page.mark()
        documents = {Condition.WIDE: wide}
        axe = _Axe(page)
        undecided = tuple(undecided_texts(wide))
        axe.run_all(wide, alike(wide, {text.element.index for text in undecided}))
        played = media(page, wide) if settings.own else None
        if Condition.MOTION in needs:
            flashes.pictured(page, wide)
        behind = [*backdrops(page, wide, undecided)] if settings.own else []
        behind.extend(_other_documents(page, documents, needs, styles, axe))
        if Condition.KEYBOARD in needs:
            focus_openings(page, wide, styles)
            keyboard = walk(page, wide, _drawn_by(styles))
            if page.may_act:
                shortcuts(page, _listened(page, wide))
            hovers(page, wide, styles)
            sensors(page, _listened(page, wide))
            page.guard.acting = True
            reactions(page, wide)
            activations(page, wide, bool(styles["scripts"]))
        if Condition.FORMS in needs:
            page.guard.acting = True
            trials = forms.trials(page, wide)
        page.guard.acting = False
        page.check_still_there()
        if settings.own:
            page.facts["linked"] = ends(page, wide)
        if Condition.MOTION in needs:
            changes = _watched(page, wide, styles)
        if Condition.NO_SCRIPT in needs:
            documents[Condition.NO_SCRIPT] = conditions.without_script(page, wide, styles)
    finally:
        page.leave()
    page.problems.extend(page.guard.errors)
    page.facts["browser"] = page.browser.version
    _guarded_facts(page)
    return Page(
        address=page.address,
        url=url,
        status=status,
        html=html,
        documents=documents,
        axe=tuple(axe.results),
        axe_rules=axe.rules,
        requests=page.guard.requests(),
        keyboard=keyboard,
        backdrops=tuple(behind) if settings.own else None,
        changes=changes,
        media=played,
        trials=trials,
        problems=tuple(page.problems),
        facts=plain(dict(sorted(page.facts.items()))),
        source_path=settings.source_path,
    )


class _Axe:
    """axe-core's runs on one page."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page
        self._engine: AxeEngine | None = None
        self.results: list[AxeResult] = []
        self.rules: tuple[str, ...] = ()
        if page.settings.axe:
            self._engine = AxeEngine(page.channel, page.settings.axe_script, page.settings.axe_limit)

    def run_all(self, document: Document, looks: Sequence[Sequence[Element]] | None) -> None:
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
        self._page.facts["axe_version"] = run.version
        self._page.problems.extend(f"axe-core could not enter the frame {each}." for each in self._engine.unreached)

    def run(self, document: Document, rules: tuple[str, ...]) -> None:
        """Run some rules under the condition of ``document``."""
        if self._engine is None:
            return
        frames = any(element.frame is not None for element in document)
        self.results.extend(self._engine.run(document, frames, rules).results)

    def run_on_scrolled(self, document: Document) -> None:
        """Run the rule on areas that scroll where there is one."""
        if any(element.frame is not None or _scrolls(element) for element in document):
            self.run(document, SCROLL_RULES)

    def run_on_looks(
        self, document: Document, rules: tuple[str, ...], looks: Sequence[Sequence[Element]] | None
    ) -> None:
        """Run some rules on one element of each look, and on the others where something is said of it.

        ``None``: on everything.
        """
        if self._engine is None or looks == ():
            return
        if looks is None:
            self.run(document, rules)
            return
        first = self._engine.run(document, False, rules, only=[group[0] for group in looks]).results
        told = {result.node for result in first}
        others = [element for group in looks if group[0].node in told for element in group[1:]]
        if not others:
            self.results.extend(first)
            return
        more = self._engine.run(document, False, rules, only=others).results
        self.results.extend(
            in_order({(each.rule, each.kind, each.selector): each for each in (*first, *more)}.values(), document)
        )


def _scrolls(element: Element) -> bool:
    style = element.style
    return element.rendered and bool({style.get("overflow-x"), style.get("overflow-y")} & {"auto", "scroll"})


def _listened(page: OpenPage, document: Document) -> frozenset[str]:
    """Every event type that anything on the page listens to."""
    top = page.facts["listeners"]
    assert isinstance(top, (list, tuple))
    return frozenset(str(each) for each in top) | {each for element in document for each in element.listeners}


def _watched(page: OpenPage, wide: Document, styles: Mapping[str, Any]) -> tuple[Change, ...]:
    """What the page does by itself when it is opened anew for a reader who does not ask for less motion."""
    if not motion.may_change(page, styles) and not motion.held_back(page, styles):
        return ()
    page.set_media(reduced=False)
    try:
        page.open()
        changes = motion.watch(page, wide, page.settings.watching)
        flashes.performed(page, wide, changes)
        return changes
    finally:
        page.set_media()


def _other_documents(
    page: OpenPage,
    documents: dict[Condition, Document],
    needs: frozenset[Condition],
    styles: Mapping[str, Any],
    axe: _Axe,
) -> list[Backdrop]:
    """Record what is asked for, and what is behind text in dark colours and under a pointer or focus."""
    wide = documents[Condition.WIDE]
    behind: list[Backdrop] = []

    def look_dark(document: Document) -> None:
        undecided = tuple(undecided_texts(document))
        axe.run_on_looks(document, COLOUR_RULES, alike(document, {text.element.index for text in undecided}))
        if page.settings.own:
            behind.extend(backdrops(page, document, undecided))

    def look_in_state(document: Document) -> None:
        # What keeps its colours was looked at before.
        behind.extend(
            backdrops(
                page,
                document,
                [each for each in undecided_texts(document) if is_recoloured(wide, each.element, document)],
            )
        )

    if Condition.DARK in needs:
        documents[Condition.DARK] = conditions.dark(page, wide, styles, look_dark)
    documents |= conditions.in_states(
        page, wide, [each for each in conditions.STATES if each in needs], styles, look_in_state
    )
    if Condition.FORCED in needs:
        documents[Condition.FORCED] = conditions.forced(page)
    if Condition.SPACING in needs:
        documents[Condition.SPACING] = conditions.spaced(page)
    sizes = [size for size in conditions.SIZES if size in needs]
    documents |= conditions.resized(page, wide, sizes, styles, {Condition.NARROW: axe.run_on_scrolled})
    return behind


def _drawn_by(styles: Mapping[str, Any]) -> str | None:
    """A digest of all style sheets and scripts; ``None`` when one of them could not be read."""
    if styles["unreadable"]:
        return None
    return hashlib.sha256("\0".join(styles["written"]).encode("utf-8", "surrogatepass")).hexdigest()


def _style_facts(page: OpenPage, styles: Mapping[str, Any]) -> None:
    facts = page.facts
    facts["media_queries"] = tuple(styles["media"])
    facts["script_queries"] = tuple(styles["queries"])
    facts["orientation_rules"] = tuple(tuple(each) for each in styles["orientation"])
    facts["focus_rules"] = tuple(tuple(each) for each in styles["focus"])
    facts["hover_rules"] = tuple(tuple(each) for each in styles["hover"])
    facts["timers"] = tuple(tuple(each) for each in styles["timers"])
    if styles["limits"]:
        facts["time_limits"] = tuple(tuple(each) for each in styles["limits"])
    if styles["unreadable"]:
        facts["unreadable_styles"] = tuple(sorted(styles["unreadable"]))


def _guarded_facts(page: OpenPage) -> None:
    guard, facts = page.guard, page.facts
    if guard.refreshes:
        facts["refresh"] = tuple(guard.refreshes)
    if guard.departures:
        facts["departures"] = tuple(
            {"url": each.url, "reason": each.reason, "method": each.method} for each in guard.departures
        )
    if guard.dialogs:
        facts["dialogs"] = tuple(guard.dialogs)
    if guard.popups:
        facts["popups"] = tuple(guard.popups)
    if guard.downloads:
        facts["downloads"] = tuple(guard.downloads)


__all__ = ["CaptureSettings", "NotCaptured", "visit"]
