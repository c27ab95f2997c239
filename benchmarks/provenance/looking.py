"""Builds the planted copy and audits the touched pages, as the command does it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from audit.model.finding import Condition
from audit.model.report import Report
from audit.run.conclusion import lists_of
from audit.run.order import Order, chosen_rules
from audit.run.run import Silence, look
from audit.run.worker import STEADY_ORIGIN
from audit.settings.config import load
from audit.survey import manifest
from audit.survey.folder import ExpectedPage, survey_folder
from benchmarks.provenance.planting import REPOSITORY, TODAY, Fault

_REASON = "The benchmark has not touched it."


def build(folder: Path) -> None:
    """Build the copy in its own folder."""
    sys.path.insert(0, str(REPOSITORY / "plugins"))
    import library_site

    library_site.build(
        folder / "pelicanconf.py", folder / "build/site", folder / "build/manifest.json", production=False, today=TODAY
    )


def refusals(folder: Path) -> tuple[tuple[str, int, str], ...]:
    """Path, line and sentence of everything for which the build refuses the copy; empty when it is built."""
    sys.path.insert(0, str(REPOSITORY / "plugins"))
    from library_base.errors import ContentErrors

    try:
        build(folder)
    except ContentErrors as refused:
        return tuple((problem.path, problem.line, problem.message) for problem in refused.problems)
    return ()


def look_at(folder: Path, faults: tuple[Fault, ...], others: tuple[str, ...] = ()) -> Report:
    """The report on the pages of the planted files; the others are there for rules about the site.

    Rules that need no more than a page at rest: what else is recorded does not change
    where a finding comes from.
    """
    config = load(REPOSITORY / "stepfree.toml")
    built = manifest.read(folder / "build/manifest.json")
    site = folder / "build/site"
    order = Order(
        target=str(site),
        config=replace(config, excuses=None, baseline=None),
        manifest=folder / "build/manifest.json",
        profile="everything",
        workers=1,
        use_cache=False,
        base=folder,
        today=TODAY,
    )
    touched = {fault.path for fault in faults} | {f"content/{each}" for each in others}
    everything = survey_folder(site, built, (), "/")
    chosen = tuple(page for page in everything.pages if _source(built, page) in touched)
    rest = tuple((page, _REASON) for page in everything.pages if page not in chosen)
    survey = replace(everything, pages=chosen, excluded=(*everything.excluded, *rest))
    rules = tuple(
        rule for rule in chosen_rules(()) if rule.rule.needs <= {Condition.WIDE, Condition.NARROW, Condition.DARK}
    )
    return look(order, rules, survey, site, STEADY_ORIGIN, "/", built, lists_of(order, TODAY), TODAY, Silence())


def _source(built: manifest.Manifest, page: ExpectedPage) -> str:
    entry = built.pages.get(page.address)
    return entry.source if entry else ""
