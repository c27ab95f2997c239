"""One visit: open a page, bring it to rest, record it under every condition that is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from audit.browser.browser import Browser
from audit.browser.channel import NoAnswer, ProtocolError
from audit.capture import conditions, flashes, forms, motion
from audit.capture.activation import activations
from audit.capture.axe import AxeFailed
from audit.capture.axe_runs import COLOUR_RULES, AxeRuns
from audit.capture.backdrops import backdrops
from audit.capture.destinations import ends
from audit.capture.focus_opening import focus_openings
from audit.capture.guard import origin
from audit.capture.hover import hovers
from audit.capture.journey_state import Walked
from audit.capture.keyboard import walk
from audit.capture.looks import alike
from audit.capture.opening import WIDE, NotCaptured, OpenPage, SentOn, Unanswered
from audit.capture.page_elements import script
from audit.capture.playback import media
from audit.capture.reactions import reactions, without_origin
from audit.capture.sensors import sensors
from audit.capture.settings import CaptureSettings
from audit.capture.shortcuts import shortcuts
from audit.capture.views import LATER, Views
from audit.model.document import Document
from audit.model.finding import Condition
from audit.model.observations import Departure, StyleRule, TimeLimit, Timer
from audit.model.page import Backdrop, Change, Page
from audit.semantics.backdrops import is_recoloured, undecided_texts

#: Script errors that are told one by one.
ERRORS = 5
#: What the browser says of a page that is not there any more.
GONE = ("Inspected target navigated or closed", "Execution context was destroyed", "Cannot find context")


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
            state = settings.state
            page = (
                Walked(browser, url, address, settings, state) if state else OpenPage(browser, url, address, settings)
            )
            return _seen(page, needs)
        except (NoAnswer, AxeFailed, ProtocolError) as error:
            browser.restart()
            if watchdog.rang:
                raise NotCaptured(
                    f"{address} took longer than {settings.page:g} s, and the browser was ended."
                ) from error
            if isinstance(error, NoAnswer):
                raise Unanswered(
                    f"{address} kept the browser so busy that it did not answer any more. A script on the page may run"
                    " without end, or there may be far more on it than on other pages."
                ) from error
            if any(words in error.sentence for words in GONE):
                raise NotCaptured(
                    f"{address} was left while it was looked at: a script on it goes to another page, or back to the one"
                    " before."
                ) from error
            raise NotCaptured(f"{address} could not be recorded. {error.sentence}") from error


def visit_twice(
    browser: Browser, url: str, address: str, needs: frozenset[Condition], settings: CaptureSettings | None = None
) -> Page:
    """As :func:`visit`; where the browser gave no answer, once more in a new one.

    For those who need the page and do not report attempts, as the gate's workers do. Raises as :func:`visit`.
    """
    try:
        return visit(browser, url, address, needs, settings)
    except Unanswered:
        return visit(browser, url, address, needs, settings)


def _seen(page: OpenPage, needs: frozenset[Condition]) -> Page:
    """As :func:`_record`. What leaves only when it is opened again is seen by somebody, and does not only send on."""
    try:
        return _record(page, needs)
    except SentOn as error:
        if not page.stayed:
            raise
        where = error.target.removeprefix(origin(page.url))
        raise NotCaptured(
            f"{page.address} stayed when it was opened first, and left for {where} when it was opened again: a script on"
            " it sends some visitors on and others not."
        ) from error


def _record(page: OpenPage, needs: frozenset[Condition]) -> Page:
    settings = page.settings
    page.prepare()
    keyboard, trials, changes = None, None, None
    try:
        html = page.open()
        status, url = page.guard.status or 0, page.guard.final_url or page.url
        motion.animations(page)
        page.observed = replace(page.observed, settled=page.rest(scroll=True))
        wide, unreached = page.document(Condition.WIDE, WIDE)
        for frame in unreached:
            page.problems.append(f"The frame {frame.selector} could not be read: nothing in it was tested.")
        styles = page.channel.evaluate(script("styles"))
        _observe_styles(page, styles)
        page.mark()
        documents = {Condition.WIDE: wide}
        page.drawn_by = _drawn_by(styles)
        axe = AxeRuns(page)
        undecided = tuple(undecided_texts(wide))
        axe.run_all(wide, alike(wide, {text.element.index for text in undecided}))
        played = media(page, wide) if settings.own else None
        if Condition.MOTION in needs:
            flashes.pictured(page, wide)
        behind = [*backdrops(page, wide, undecided)] if settings.own else []
        views = Views(page, wide, axe, styles) if settings.views else None
        behind.extend(_other_documents(page, documents, needs, styles, axe, views))
        # From here on keys are pressed: what happens then is no doing of the page alone.
        page.guard.unasked.over = True
        _stirred(views)
        if Condition.KEYBOARD in needs:
            focus_openings(page, wide, styles)
            keyboard = walk(page, wide, page.drawn_by)
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
            ends(page, wide)
        if Condition.MOTION in needs:
            changes = _watched(page, wide, styles, views)
        if views is not None:
            views.opened_anew()
        if Condition.NO_SCRIPT in needs or (views is not None and styles["noscript"]):
            look = partial(_look_without_scripts, page, views) if views is not None and styles["noscript"] else None
            silent = conditions.without_script(page, wide, styles, look)
            if Condition.NO_SCRIPT in needs:
                documents[Condition.NO_SCRIPT] = silent
    finally:
        page.leave()
    page.problems.extend(_errors(page))
    if page.replaced:
        page.problems.append(
            f"a script put other elements in the place of {len(page.replaced)} while they were looked at: not everything"
            " could be tried on them."
        )
    _observe_unasked(page)
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
        observed=page.observed,
        source_path=settings.source_path,
        views=tuple(views.found) if views else (),
    )


def _stirred(views: Views | None) -> None:
    if views is not None:
        views.when_somebody_is_there()


def _errors(page: OpenPage) -> Iterator[str]:
    """The first of the script errors, and how many others there were."""
    errors = [*page.guard.errors]
    yield from errors[:ERRORS]
    if others := errors[ERRORS:]:
        yield f"Script errors besides these: {len(others):,}"


def _look_without_scripts(page: OpenPage, views: Views) -> None:
    """What only visitors without scripts get."""

    def shown(document: Document, wide: Document) -> Document:
        page.channel.evaluate(script("noscript"))
        return conditions.matched(document, wide)

    views.anew(Condition.NO_SCRIPT, WIDE, "without scripts", shown)


def _listened(page: OpenPage, document: Document) -> frozenset[str]:
    """Every event type that anything on the page listens to."""
    return frozenset(page.observed.listeners) | {each for element in document for each in element.listeners}


def _watched(page: OpenPage, wide: Document, styles: Mapping[str, Any], views: Views | None) -> tuple[Change, ...]:
    """What the page does by itself when it is opened anew for a reader who does not ask for less motion."""
    if not motion.may_change(page, styles) and not motion.held_back(page, styles):
        return ()
    page.set_media(reduced=False)
    page.guard.unasked.over = False
    try:
        try:
            page.open()
        except SentOn as error:
            where = error.target.removeprefix(origin(page.url))
            page.problems.append(
                f"opened with motion, it leaves for {where}: what these visitors get was not looked at here."
            )
            return ()
        become = partial(views.anew, Condition.MOTION, WIDE, LATER) if views is not None else None
        changes = motion.watch(page, wide, page.settings.watching, become)
        flashes.performed(page, wide, changes)
        return changes
    finally:
        page.guard.unasked.over = True
        page.set_media()


def _other_documents(
    page: OpenPage,
    documents: dict[Condition, Document],
    needs: frozenset[Condition],
    styles: Mapping[str, Any],
    axe: AxeRuns,
    views: Views | None,
) -> list[Backdrop]:
    """Record what is asked for, and what is behind text in dark colours and under a pointer or focus."""
    wide = documents[Condition.WIDE]
    behind: list[Backdrop] = []

    def look_dark(document: Document) -> None:
        undecided = tuple(undecided_texts(document))
        axe.run_on_looks(document, COLOUR_RULES, alike(document, {text.element.index for text in undecided}))
        if page.settings.own:
            behind.extend(backdrops(page, document, undecided))
        if views is not None:
            views.compare(document, Condition.DARK.value, colours=False)

    def look_narrow(document: Document) -> None:
        axe.run_on_scrolled(document)
        if views is not None:
            views.narrow(document)

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
    documents |= conditions.resized(page, wide, sizes, styles, {Condition.NARROW: look_narrow})
    if views is not None:
        views.at_sizes({documents[each].width for each in (Condition.WIDE, Condition.NARROW) if each in documents})
        views.with_motion()
        views.with_other_colours()
        views.with_other_screens()
    page.become()
    return behind


def _drawn_by(styles: Mapping[str, Any]) -> str | None:
    """A digest of all style sheets and scripts; ``None`` when one of them could not be read."""
    if styles["unreadable"]:
        return None
    return hashlib.sha256("\0".join(styles["written"]).encode("utf-8", "surrogatepass")).hexdigest()


def _observe_styles(page: OpenPage, styles: Mapping[str, Any]) -> None:
    page.observed = replace(
        page.observed,
        orientation_rules=tuple(StyleRule(selector, css) for _, selector, css in styles["orientation"]),
        focus_rules=tuple(StyleRule(selector, css) for selector, css in styles["focus"]),
        hover_rules=tuple(StyleRule(selector, css) for selector, css in styles["hover"]),
        timers=tuple(Timer(name, float(delay)) for name, delay in styles["timers"]),
        time_limits=tuple(
            TimeLimit(float(delay), says, bool(takes), bool(surely))
            for _, delay, says, takes, surely in styles["limits"]
        ),
    )


def _observe_unasked(page: OpenPage) -> None:
    unasked = page.guard.unasked
    left = {(each.url, each.method != "GET"): each for each in unasked.departures}
    page.observed = replace(
        page.observed,
        departures=tuple(Departure(without_origin(url), sends) for url, sends in left),
        popups=tuple(dict.fromkeys(unasked.popups)),
        messages=tuple(dict.fromkeys(unasked.messages)),
        downloads=tuple(dict.fromkeys(unasked.downloads)),
    )


__all__ = ["CaptureSettings", "NotCaptured", "visit"]
