"""What a rule says of its examples when they are written in another way."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from audit.browser.browser import Browser
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.errors import AuditError
from audit.model.document import Element
from audit.model.finding import Family, Outcome
from audit.model.page import Page
from audit.rules import LoadedRule, load
from audit.rules.page.broken_markup.tags import slips
from audit.survey.server import Server
from benchmarks.variation.transformations import TRANSFORMATIONS

KINDS = ("fail", "ask", "pass", "inapplicable")
PAGE_FAMILIES = frozenset({Family.PAGE, Family.INTERACTION, Family.MEDIA})
TOLD = {"fail": Outcome.FAILED, "ask": Outcome.CANT_TELL}


@dataclass(frozen=True, slots=True)
class Variant:
    """One example, written in another way."""

    rule: LoadedRule
    example: Path
    transformation: str
    text: str


@dataclass
class Measured:
    """How many variants kept the outcome of their example, by rule and transformation, and those that did not."""

    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    all: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: list[tuple[str, str, str, str]] = field(default_factory=list)


def variants(rules: Iterable[str], names: Iterable[str], seed: int) -> Iterator[Variant]:
    """Every variant of the examples of these rules (all without a name), in order."""
    wanted, ways = frozenset(rules), tuple(names) or tuple(TRANSFORMATIONS)
    for rule in load().values():
        if rule.rule.family not in PAGE_FAMILIES or (wanted and rule.id not in wanted):
            continue
        for file in sorted((rule.folder / "examples").glob("*.html")):
            if file.name.split("-")[0] not in KINDS:
                continue
            text = file.read_text(encoding="utf-8")
            for way in ways:
                # One seed for each variant: another rule more or less changes nothing for the others.
                chance = random.Random(f"{seed} {rule.id} {file.name} {way}")
                made = TRANSFORMATIONS[way](text, chance)
                # What puts a page together anew from its elements mends tags that do not fit, and so the fault itself.
                mended = made is not None and bool(slips(text)) and not slips(made)
                if made is not None and made != text and not mended:
                    yield Variant(rule, file, way, made)


def measure(chosen: Iterable[Variant]) -> Measured:
    """Open each variant in a browser, and compare what its rule says with what the example's name says."""
    measured = Measured()
    with ExitStack() as stack:
        browser = stack.enter_context(Browser())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for variant in chosen:
            key = (variant.rule.id, variant.transformation)
            measured.all[key] += 1
            said = _judge(browser, folder, variant)
            if said:
                measured.lost.append((*key, variant.example.name, said))
            else:
                measured.kept[key] += 1
    return measured


def _judge(browser: Browser, folder: Path, variant: Variant) -> str:
    """What is other than it should be; empty where nothing is."""
    place = folder / "page"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(variant.example.parent, place)
    file = place / variant.example.name
    file.write_text(variant.text, encoding="utf-8")
    with Server(place, "/") as server:
        try:
            page = visit_twice(
                browser,
                server.root + quote(file.name),
                f"/{file.name}",
                variant.rule.rule.needs,
                CaptureSettings(axe=False, views=False),
            )
        except AuditError as error:
            return str(error)
        finally:
            browser.fresh()
    return _difference(page, variant)


def _difference(page: Page, variant: Variant) -> str:
    kind = variant.example.name.split("-")[0]
    said: dict[Outcome, set[str]] = {Outcome.FAILED: set(), Outcome.CANT_TELL: set()}
    for target in variant.rule.applies(page):
        result = variant.rule.expect(page, target)
        if result.outcome in said:
            element = target if isinstance(target, Element) else page.document.root
            said[result.outcome].add(element.selector)
    marked = {
        element.selector
        for document in page.documents.values()
        for element in document
        if variant.rule.id in (element.get("data-expect") or "").split()
    }
    wanted = {outcome: marked if TOLD.get(kind) is outcome else set() for outcome in said}
    wrong = [
        f"{outcome.value}: {sorted(said[outcome])}, not {sorted(wanted[outcome])}"
        for outcome in said
        if said[outcome] != wanted[outcome]
    ]
    return "; ".join(wrong)
