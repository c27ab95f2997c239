"""A state of a site that a journey leads to: opened by walking there with real keys, each time anew.

To everything else it is an open page like others. A step finds its control by role and name, as
assistive technology is told them, goes there with Tab and arrow keys, and presses. What cannot
be reached so stops the journey: nothing is ever clicked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from audit.browser.browser import Browser
from audit.browser.channel import ProtocolError
from audit.capture.guard import origin
from audit.capture.key_presses import DOWN, ENTER, HOME, RIGHT, SPACE, TAB, press, typing
from audit.capture.opening import WIDE, NotCaptured, OpenPage
from audit.capture.page_elements import script
from audit.capture.page_facts import accessibility_trees
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Window
from audit.settings.journeys import State, Step
from audit.settings.nearest import did_you_mean

#: Seconds for what a step names to be there: on the web, and in a folder, which answers at once.
PATIENCE, NEAR = 15.0, 8.0
#: Most key presses on the way to a control, and most with arrow keys among choices.
LONGEST_WAY, MOST_CHOICES = 400, 80
_PRESSED = frozenset(
    {"button", "link", "checkbox", "switch", "radio", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "option"}
    | {"treeitem", "combobox", "disclosuretriangle", "gridcell"}
)
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "date", "datetime", "inputtime"})
_LISTS = frozenset({"combobox", "listbox", "menulistpopup"})
_CHOSEN = frozenset({"radio", "checkbox", "option", "menuitemradio", "menuitemcheckbox", "switch", "treeitem"})
_BY_SPACE = frozenset({"checkbox", "switch", "radio", "menuitemcheckbox", "menuitemradio"})


class StepFailed(NotCaptured):
    """A step of a journey could not be taken, or did not lead to what was expected. ``steps``: how many were begun."""

    def __init__(self, sentence: str, steps: int, hint: str | None) -> None:
        super().__init__(sentence, hint)
        self.steps = steps


class _Stopped(Exception):
    """Why a step goes no further, as the end of a sentence. ``hint``: what to do."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint or None


class Walked(OpenPage):
    """The page that a journey has led to."""

    def __init__(self, browser: Browser, url: str, address: str, settings: CaptureSettings, state: State) -> None:
        super().__init__(browser, url, address, settings)
        self.observed = replace(self.observed, walked=True)
        self._start = url
        self._state = state
        self._patience = NEAR if settings.folder else PATIENCE
        self._window = WIDE
        self._been = {url}
        self._typed: Mapping[str, str] = settings.secrets

    def set_window(self, window: Window, dots: int = 1) -> None:
        super().set_window(window, dots)
        self._window = window

    def open(self, *, scripts: bool = True, again: int = 4) -> str:
        """As :meth:`OpenPage.open`, and the way from there.

        Raises:
            StepFailed: a step cannot be taken.
        """
        # Somebody who comes for the first time: a basket that was filled on the way here before is empty again.
        self.forget(*self._been)
        self.set_cookies()
        self.url = self._start
        return super().open(scripts=scripts, again=again)

    def leave(self) -> None:
        self.forget(*self._been)
        super().leave()

    def _await(self) -> None:
        """It was waited for before the first step."""

    def go_on(self) -> None:
        super()._await()
        self.rest(scroll=False)
        journey = self._state.journey
        ways = journey.ways or frozenset({origin(self._start)})
        with self.guard.journey(ways):
            for number, step in enumerate(journey.steps[: self._state.steps], start=1):
                if step.width not in {None, self._window.width}:
                    continue
                try:
                    self._take(step)
                    self._settle()
                except _Stopped as stopped:
                    raise self._failed(number, step, str(stopped), stopped.hint) from stopped
                except ProtocolError as error:
                    raise self._failed(number, step, "the page went away while the step was taken") from error
        self.url = str(self.channel.evaluate("document.URL"))
        self.guard.final_url = self.url
        self._been.add(self.url)

    def _failed(self, number: int, step: Step, why: str, hint: str | None = None) -> StepFailed:
        journey = self._state.journey
        where = f"{journey.path}:{step.line}: step {number} of “{journey.name}”"
        return StepFailed(f"{where} did not work at {self._window.width} px: {why}.", number, hint)

    def _settle(self) -> None:
        """Wait until what a key has set off is there: another page, or what this one fetches.

        Raises:
            _Stopped: it led to no page, or to one that the journey does not name.
        """
        guard = self.guard
        time.sleep(0.05)
        due = time.monotonic() + self.settings.navigation
        while True:
            if not guard.loaded.wait(max(0.0, due - time.monotonic())):
                raise _Stopped(f"the page that it leads to was still loading after {self.settings.navigation:g} s")
            calm = time.monotonic() + self.settings.settling
            while guard.loaded.is_set() and not guard.quiet and time.monotonic() < calm:
                time.sleep(0.02)
            try:
                self.rest(scroll=False)
            except ProtocolError:
                if time.monotonic() > due:
                    raise
                time.sleep(0.05)
                continue
            if guard.loaded.is_set():
                break
        if guard.astray is not None:
            raise _Stopped(
                f"it leads to {origin(guard.astray) or guard.astray}, where this journey does not go",
                "Name it in “hosts” of the journey, if things may be pressed there.",
            )
        if guard.failed is not None and "ABORTED" not in guard.failed:
            raise _Stopped(f"it leads to a page that did not load ({guard.failed})")
        if guard.status is not None and (guard.status in {404, 410} or guard.status >= 500):
            raise _Stopped(f"it leads to a page that answers with HTTP status {guard.status}")

    # Steps

    def _take(self, step: Step) -> None:
        if step.does == "wait":
            time.sleep(float(step.what))
        elif step.does == "expect":
            self._expect(step.what)
        elif step.does == "go":
            self._go(step.what)
        elif step.does in {"type", "secret"}:
            text = self._typed[step.what] if step.does == "secret" else step.what
            self._reach(step.at or "", step, _TYPED, "a field")
            press(self.channel, typing(text))
        elif step.does == "choose":
            self._choose(step)
        else:
            roles = frozenset({step.role.lower()}) if step.role else _PRESSED
            _, role = self._reach(step.what, step, roles, f"a {step.role}" if step.role else "a control")
            press(self.channel, [SPACE if role in _BY_SPACE else ENTER])

    def _go(self, where: str) -> None:
        url = where
        if where.startswith("/"):
            root = self._start.removesuffix(self._state.journey.start) if self._state.journey.origin is None else ""
            url = (root or origin(self._start)) + where
        self._been.add(url)
        reply = self.channel.call("Page.navigate", url=url, wait=self.settings.navigation)
        if "errorText" in reply and self.guard.astray is None:
            raise _Stopped(f"{where} did not load ({reply['errorText']})")

    def _expect(self, text: str) -> None:
        wanted = _plain(text)

        def there() -> bool:
            words = _plain(str(self.channel.evaluate(f"({script('words')})()")))
            return wanted in words or any(wanted in _plain(name) for _, name, _ in self._named())

        if not self._comes(there):
            raise _Stopped(f"“{text}” did not appear within {self._patience:g} s")

    def _choose(self, step: Step) -> None:
        if step.at is None:
            handle, role = self._reach(step.what, step, _CHOSEN, "a choice")
            if not self.call_on(handle, script("journey"), "checked"):
                press(self.channel, [SPACE if role in _BY_SPACE else ENTER])
            return
        handle, _ = self._reach(step.at, step, _LISTS, "a list")
        options = self.call_on(handle, script("journey"), "options")
        if options is None:
            raise _Stopped(
                f"“{step.at}” is not a list of the browser’s own",
                "Let one step press it, and the next choose without “from”.",
            )
        wanted = next((each for each in options if _plain(each) == _plain(step.what)), None)
        if wanted is None:
            raise _Stopped(f"“{step.at}” has no “{step.what}”", did_you_mean(step.what, options))
        press(self.channel, [HOME])
        for _ in options:
            if self.call_on(handle, script("journey"), "chosen") == wanted:
                return
            press(self.channel, [DOWN])
        raise _Stopped(f"“{step.what}” cannot be chosen with the arrow keys")

    # To a control

    def _reach(self, name: str, step: Step, roles: frozenset[str], what: str) -> tuple[str, str]:
        """Have the focus on a control; the browser's handle of it, and its role.

        Raises:
            _Stopped: there is none, or no key leads to it.
        """
        found: list[tuple[str, int]] = []

        def there() -> bool:
            found[:] = self._matching(name, roles)
            return len(found) >= step.number

        if not self._comes(there):
            raise self._missing(name, step, roles, what, len(found))
        role, backend = found[step.number - 1]
        handle = self.handles([backend])[0]
        if handle is None or not self._tabbed(handle):
            raise _Stopped(
                f"“{name}” is there, but not for a keyboard: neither Tab nor the arrow keys lead to it",
                "This is a fault of the page.",
            )
        return handle, role

    def _missing(self, name: str, step: Step, roles: frozenset[str], what: str, count: int) -> _Stopped:
        if count:
            only = "only one is" if count == 1 else f"only {count} are"
            return _Stopped(f"number {step.number} of “{name}” is asked for, and {only} there")
        told = self._named()
        near = did_you_mean(name, [each for role, each, _ in told if role in roles])
        if any(_plain(name) in _plain(each) for _, each, _ in told):
            return _Stopped(f"“{name}” is on the page, but not as {what} that can be used", near)
        return _Stopped(f"after {self._patience:g} s there is no “{name}”", near)

    def _matching(self, name: str, roles: frozenset[str]) -> list[tuple[str, int]]:
        """Role and node of the controls of a name, in the order of the page; those that only hold it where none has it."""
        wanted = _plain(name)
        told = [(role, _plain(each), backend) for role, each, backend in self._named() if role in roles]
        exact = [(role, backend) for role, each, backend in told if each == wanted]
        return exact or [(role, backend) for role, each, backend in told if wanted in each]

    def _named(self) -> list[tuple[str, str, int]]:
        """Role, name and node of everything that has a name; what is disabled has no role."""
        found = []
        for tree in accessibility_trees(self.channel):
            for node in _in_order(tree):
                name = node.get("name", {}).get("value")
                if name and not node.get("ignored") and "backendDOMNodeId" in node:
                    disabled = any(each["name"] == "disabled" for each in node.get("properties", ()))
                    role = "" if disabled else str(node.get("role", {}).get("value", "")).lower()
                    found.append((role, str(name), int(node["backendDOMNodeId"])))
        return found

    def _tabbed(self, handle: str) -> bool:
        """Go to a control by Tab from where focus is, through the whole page if need be; whether it was reached."""
        if self.call_on(handle, script("journey"), "begin"):
            return True
        nowhere = seen = 0
        for _ in range(LONGEST_WAY):
            press(self.channel, [TAB])
            told = self.call_on(handle, script("journey"), "stop")
            if told["here"] or (told["near"] and self._by_arrows(handle)):
                return True
            nowhere += told["nowhere"]
            seen = seen + 1 if told["seen"] else 0
            # Round once, and a little further: a script may lead focus back to where it was before.
            if told["gone"] or nowhere > 2 or seen > 3:
                return False
        return False

    def _by_arrows(self, handle: str) -> bool:
        """Go to one of several choices among which focus is."""
        for key in (DOWN, RIGHT):
            for _ in range(MOST_CHOICES):
                press(self.channel, [key])
                if self.call_on(handle, script("journey"), "here"):
                    return True
                if not self.call_on(handle, script("journey"), "stop")["near"]:
                    return False
        return False

    def _comes(self, question: Callable[[], bool]) -> bool:
        """Whether something becomes true in time."""
        due = time.monotonic() + self._patience
        while True:
            try:
                if question():
                    return True
            except ProtocolError:
                if time.monotonic() > due:
                    raise
            if time.monotonic() > due:
                return False
            time.sleep(0.1)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _in_order(tree: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The nodes of an accessibility tree in the order of the page."""
    by_id = {node["nodeId"]: node for node in tree}
    waiting = [node["nodeId"] for node in reversed(tree) if node.get("parentId") not in by_id]
    while waiting:
        node = by_id.get(waiting.pop())
        if node is not None:
            yield node
            waiting.extend(reversed(node.get("childIds", ())))


__all__ = ["StepFailed", "Walked"]
