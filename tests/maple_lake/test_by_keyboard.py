"""The steps of ``docs/by-keyboard.md``, done in a real browser with real keys, with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from audit.browser.browser import Browser
from audit.survey.server import Server
from tests.site.projects import REPOSITORY, Built

#: How long something may take that has begun, in seconds; a busy machine is slow.
_PATIENCE = 30
_BEGIN = re.compile(r"Begin at `([^`]+)`\.(?: The window is (\d+) pixels wide\.)?")
_ROW = re.compile(r"^\| (Tab|Enter|Space|Type) \| ([^|]*?) ?\| ([^|]*?) ?\|$")
_WHERE = re.compile(r"^to the (link|button|field|list|summary) “(.+)”$")
_TYPED = re.compile(r"^“(.+)”$")
_CLAIM = re.compile(
    r"(?P<what>The page|You read|Focus is on|The address ends in|It leads to) “(?P<words>.+)”(?: opens)?\."
)
_TAGS = {"link": "A", "button": "BUTTON", "field": "INPUT", "list": "SELECT", "summary": "SUMMARY"}

#: What has focus: tag, words, where it leads, whether it can be seen, what is drawn on it.
_FOCUS = """
const e = document.activeElement;
const plain = text => (text || '').replace(/\\s+/g, ' ').trim();
const words = e.labels && e.labels.length ? e.labels[0].innerText : e.getAttribute('aria-label') || e.innerText;
// The ring of a card is drawn around all of it, by what stands after its link.
const drawn = [getComputedStyle(e), getComputedStyle(e, '::after')].some(
  s => s.content !== 'none' && ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'));
const boxes = [...e.getClientRects()].filter(b => b.width && b.height);
const box = boxes[0] || e.getBoundingClientRect();
const at = document.elementFromPoint(
  Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
  Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return {tag: e.tagName, words: plain(words), id: e.id, leads: e.getAttribute('href') || (e.form && e.form.action) || '',
  drawn, within, free: !!at && (at === e || e.contains(at) || at.contains(e) || (e.labels && [...e.labels].some(l => l.contains(at))))};
"""
_HEADING = "const h = document.querySelector('h1'); return h ? h.innerText.replace(/\\s+/g, ' ').trim() : '';"
_SHOWN = "return document.body.innerText.replace(/\\s+/g, ' ')"
_TOO_WIDE = "return document.documentElement.scrollWidth - innerWidth"
_READY = "return document.readyState === 'complete'"


@dataclass(frozen=True)
class Step:
    """One row: the key, where it is pressed or what is typed, and what is true then."""

    key: str
    where: str
    then: str


@dataclass(frozen=True)
class Task:
    """One heading with its table."""

    name: str
    begin: str
    width: int
    steps: tuple[Step, ...]

    @property
    def scripts(self) -> tuple[bool, ...]:
        """With script, without, or both."""
        if self.name.endswith(", with script"):
            return (True,)
        return (False,) if self.name.endswith(", without script") else (True, False)


def tasks() -> list[Task]:
    """Read the page; what cannot be read is an error of the test, never left out."""
    found = []
    for part in (REPOSITORY / "docs/by-keyboard.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, rest = part.partition("\n")
        begin = _BEGIN.search(rest)
        assert begin, f"“{name}” does not say where it begins."
        steps = []
        for line in [line for line in rest.splitlines() if line.startswith("|")][2:]:
            row = _ROW.match(line)
            assert row, f"This step is not read: {line}"
            steps.append(Step(*row.groups()))
        assert steps, name
        found.append(Task(name, begin[1], int(begin[2] or 1280), tuple(steps)))
    return found


RUNS = [(task, script) for task in tasks() for script in task.scripts]


class Reader:
    """Somebody at the keyboard."""

    def __init__(self, driver: WebDriver, origin: str) -> None:
        self._driver = driver
        self._origin = origin

    def open(self, address: str, width: int, *, script: bool) -> None:
        command = self._driver.execute_cdp_cmd
        command("Emulation.setScriptExecutionDisabled", {"value": not script})
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        command("Emulation.setDeviceMetricsOverride", size)
        self._driver.get("about:blank")
        self._driver.get(self._origin + address)
        self._until(lambda: self._ask("return location.pathname") == address and self._ask(_READY), f"{address} opens")

    def do(self, step: Step) -> None:
        if step.key == "Tab":
            self._tab_to(step.where)
        elif step.key == "Type":
            typed = _TYPED.match(step.where)
            assert typed, step
            self._press(typed[1])
        else:
            self._press({"Enter": Keys.ENTER, "Space": Keys.SPACE}[step.key])
        for said in re.split(r"(?<=[^…]\.)\s+(?=[A-Z])", step.then):
            if said:
                self._check(said)

    def _tab_to(self, where: str) -> None:
        named = _WHERE.match(where)
        assert named, where
        kind, wanted = named[1], _pattern(named[2])
        passed: list[str] = []
        while True:
            self._press(Keys.TAB)
            found = self._ask(_FOCUS)
            assert found["tag"] != "BODY" or not passed, f"{where} is not among the stops: {passed}"
            assert len(passed) < 1000, f"{where}: no end of stops"
            passed.append(found["words"])
            if found["tag"] == "BODY":
                continue
            for fact in ("within", "free"):
                self._until(partial(self._of_focus, fact), f"focus on “{found['words']}” is {fact}")
            assert found["drawn"], f"focus on “{found['words']}” cannot be seen"
            if found["tag"] == _TAGS[kind] and re.fullmatch(wanted, found["words"]):
                return

    def _check(self, said: str) -> None:
        if said == "Focus is in the main part.":
            self._until(lambda: self._ask(_FOCUS)["id"] == "main", said)
            return
        if said == "Nothing is wider than the window.":
            assert self._ask(_TOO_WIDE) <= 0, said
            return
        claim = _CLAIM.fullmatch(said)
        assert claim, f"Nobody knows how to check this: {said}"
        what, words = claim["what"], _pattern(claim["words"])
        if what == "The page":
            self._until(lambda: re.fullmatch(words, self._ask(_HEADING)) and self._ask(_READY), said)
        elif what == "You read":
            self._until(lambda: re.search(words, self._ask(_SHOWN)), said)
        elif what == "Focus is on":
            self._until(lambda: re.fullmatch(words, self._ask(_FOCUS)["words"]), said)
        elif what == "The address ends in":
            self._until(lambda: re.search(f"{words}$", self._driver.current_url), said)
        else:
            assert re.fullmatch(words, self._ask(_FOCUS)["leads"]), said

    def _of_focus(self, fact: str) -> object:
        return self._ask(_FOCUS)[fact]

    def _press(self, keys: str) -> None:
        ActionChains(self._driver).send_keys(keys).perform()

    def _ask(self, script: str) -> Any:
        return self._driver.execute_script(script)

    def _until(self, condition: Callable[[], object], what: str) -> None:
        WebDriverWait(self._driver, _PATIENCE, 0.05).until(lambda _: condition(), f"In vain: {what}")


def _pattern(words: str) -> str:
    """Words as a pattern; “…” stands for anything."""
    return ".*".join(re.escape(part) for part in words.split("…"))


@pytest.fixture(scope="module")
def reader(our_site: Built, browser: Browser) -> Iterator[Reader]:
    browser.fresh()
    with Server(our_site.output) as server:
        yield Reader(browser.driver, server.origin)


def test_the_page_holds_every_kind_of_task() -> None:
    assert len(tasks()) >= 15
    assert {script for _, script in RUNS} == {True, False}
    assert any(task.width == 320 for task in tasks())


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("task", "script"), RUNS, ids=[f"{task.name}, script {'on' if on else 'off'}" for task, on in RUNS]
)
def test_it_is_done_with_keys_alone(reader: Reader, task: Task, script: bool) -> None:
    reader.open(task.begin, task.width, script=script)
    for step in task.steps:
        reader.do(step)
