"""The examples of the rules, and what they expect.

An example lies in ``audit/rules/<rule>/examples/`` and its name begins with what it shows:
``fail-``, ``ask-``, ``pass-`` or ``inapplicable-``; other files there serve the examples
(pictures, pages that they link to). In HTML the elements that the rule reports carry
``data-expect="rule-id"`` (on ``<html>``: the page as a whole); in Markdown the line ends
in ``<!-- expect: rule-id -->``. Whatever is not marked must be silent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.record import UnreadableRecord, dump, load
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.explanation.examples import SAID, recorded
from audit.model.document import Element
from audit.model.finding import Condition, Family, Outcome
from audit.model.page import Page
from audit.model.rule import Result
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.run.cache import capture_digest
from audit.run.digests import identity
from audit.survey.server import Server
from stepfree.installation import CONTENT_RULES

CACHE = Path(__file__).parents[2] / "build" / "cache" / "examples"
KINDS = ("fail", "ask", "pass", "inapplicable")
PAGE_FAMILIES = frozenset({Family.PAGE, Family.INTERACTION, Family.MEDIA})
#: What a finding is made of.
TOLD = frozenset({Outcome.FAILED, Outcome.CANT_TELL})
#: Under which nothing on a page is pressed, sent or waited for.
LOOKED_AT = frozenset(Condition) - {Condition.KEYBOARD, Condition.FORMS, Condition.MOTION}
#: What may leave something behind in a tab. Without it the next example may be opened there.
_ALIVE = re.compile(
    rb"<(?:script|iframe|frame|object|embed|video|audio|form)|\bon\w+\s*=|javascript:|http-equiv|autofocus|target=",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Example:
    """One example file of a rule. ``kind``: ``fail``, ``ask``, ``pass`` or ``inapplicable``."""

    rule: LoadedRule
    file: Path
    kind: str

    @property
    def id(self) -> str:
        return f"{self.rule.id}/{self.file.name}"


def examples_of(rule: LoadedRule, suffix: str) -> list[Example]:
    """The examples of a rule with this file name ending, in order."""
    return [
        Example(rule, file, kind)
        for kind in KINDS
        for file in sorted((rule.folder / "examples").glob(f"{kind}-*{suffix}"))
    ]


def page_examples() -> list[Example]:
    """All HTML examples of the rules that look at one page."""
    rules = [rule for rule in load_rules((CONTENT_RULES,)).values() if rule.rule.family in PAGE_FAMILIES]
    return [example for rule in rules for example in examples_of(rule, ".html")]


class ExampleCaptures:
    """Captures examples under the conditions that their rule needs, and keeps them by content."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._browser: Browser | None = None
        self._code = f"{capture_digest()} {identity(BrowserSettings())}"

    def __enter__(self) -> Self:
        CACHE.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def page(self, file: Path, needs: frozenset[Condition]) -> Page:
        """The example as a page."""
        kept = CACHE / f"{self._key(file, needs)}.page"
        if kept.exists():
            try:
                return load(kept.read_bytes())
            except UnreadableRecord:
                kept.unlink()
        page = self._visit(file, needs)
        kept.write_bytes(dump(page))
        return page

    def _key(self, file: Path, needs: frozenset[Condition]) -> str:
        digest = hashlib.sha256(f"{self._code} {sorted(needs)} {file.name}".encode())
        digest.update(file.read_bytes())
        for other in sorted(each for each in file.parent.rglob("*") if each.is_file()):
            if other.name.split("-")[0] not in KINDS:
                digest.update(other.read_bytes())
        return digest.hexdigest()[:32]

    def _visit(self, file: Path, needs: frozenset[Condition]) -> Page:
        if self._browser is None:
            self._browser = self._stack.enter_context(Browser())
        with Server(file.parent, "/") as server:
            try:
                return visit_twice(
                    self._browser,
                    server.root + quote(file.name),
                    f"/{file.name}",
                    needs,
                    CaptureSettings(axe=False, views=False),
                )
            finally:
                # Another tab takes a quarter of what it takes to look at a small page.
                if needs - LOOKED_AT or _ALIVE.search(file.read_bytes()):
                    self._browser.fresh()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule said of one target."""

    element: Element
    result: Result


def verdicts(rule: LoadedRule, page: Page) -> list[Verdict]:
    """Everything the rule said of the page. A target ``None`` is the page itself."""
    return [
        Verdict(target if isinstance(target, Element) else page.document.root, rule.expect(page, target))
        for target in rule.applies(page)
    ]


def expected(page: Page, rule: LoadedRule) -> set[str]:
    """The selectors of the elements that are marked for the rule."""
    return {
        element.selector
        for document in page.documents.values()
        for element in document
        if rule.id in (element.get("data-expect") or "").split()
    }


def reported(said: list[Verdict], outcome: Outcome) -> dict[str, str]:
    """Selector and message of each target with this outcome."""
    return {each.element.selector: each.result.message for each in said if each.result.outcome is outcome}


def assert_recorded(example: Example, said: Iterable[str]) -> None:
    """What the rule says of an example is what its page on the site says that it says."""
    written = recorded(example.rule).get(example.file.name, ())
    assert alike(written, said), (
        f"{example.rule.folder.name}/{SAID} says otherwise; run: python -m tests.rules.record {example.rule.id}"
    )


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two say the same but for measures, which differ with fonts and machines."""
    return {_NUMBER.sub("0", each) for each in one} == {_NUMBER.sub("0", each) for each in other}
