"""The tools that are measured, and how each is asked to look at the same pages."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.browser.browser import BROWSERS, DRIVERS, find
from audit.examination.axe.catalogue import catalogue

#: The packages by others, from the npm registry.
PACKAGES = ("pa11y-ci", "@axe-core/cli")


@dataclass(frozen=True)
class Pages:
    """The pages of one measurement: files below ``site``, their ``addresses``, and a folder for what tools need."""

    site: Path
    files: Sequence[Path]
    addresses: Sequence[str]
    scratch: Path


@dataclass(frozen=True)
class Tool:
    """``missing``: why it cannot be measured here; ``""``: it can. ``fine``: exit statuses of a run that went well."""

    name: str
    command: Callable[[Pages], list[str]]
    missing: str = ""
    fine: tuple[int, ...] = (0,)


def _ours(*more: str) -> Callable[[Pages], list[str]]:
    def command(pages: Pages) -> list[str]:
        (pages.scratch / "stepfree.toml").write_text(f'[paths]\ncache = "{pages.scratch}/cache"\n', encoding="utf-8")
        options = ["--config", str(pages.scratch / "stepfree.toml"), "--output", str(pages.scratch / "report")]
        return [sys.executable, "-m", "stepfree", "audit", *map(str, pages.files), "--workers", "1", *options, *more]

    return command


def _pa11y(binary: Path) -> Callable[[Pages], list[str]]:
    def command(pages: Pages) -> list[str]:
        browser = find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        settings = {
            "defaults": {
                "runners": ["axe"],
                "concurrency": 1,
                "timeout": 60_000,
                "chromeLaunchConfig": {"executablePath": str(browser), "args": ["--no-sandbox"]},
            },
            "urls": list(pages.addresses),
        }
        place = pages.scratch / "pa11y.json"
        place.write_text(json.dumps(settings), encoding="utf-8")
        return [str(binary), "--config", str(place), "--json"]

    return command


def _axe_cli(binary: Path) -> Callable[[Pages], list[str]]:
    def command(pages: Pages) -> list[str]:
        driver = find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
        browser = find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        flags = ["--chrome-options", "no-sandbox", "--chromedriver-path", str(driver), "--chrome-path", str(browser)]
        return [str(binary), *pages.addresses, *flags]

    return command


def _selenium(pages: Pages) -> list[str]:
    return [sys.executable, "-m", "benchmarks.speed.plain", *pages.addresses]


def tools(npm: Path | None) -> tuple[Tool, ...]:
    """Ours and the others. ``npm``: the folder into which ``npm install`` has put :data:`PACKAGES`."""
    axe = [part for name in sorted(catalogue(None)) for part in ("--rule", name)]
    return (
        Tool("Selenium and axe-core, nothing else", _selenium),
        Tool("Stepfree, axe-core's rules alone", _ours("--no-cache", *axe), fine=(0, 1)),
        Tool("Stepfree, everything", _ours("--no-cache"), fine=(0, 1)),
        _package("pa11y-ci, axe runner", npm, "pa11y-ci", _pa11y, fine=(0, 2)),
        _package("@axe-core/cli", npm, "axe", _axe_cli, fine=(0, 1)),
    )


def kept() -> Tool:
    """Ours once more, with what it has kept."""
    return Tool("Stepfree, everything, nothing has changed", _ours(), fine=(0, 1))


def _package(
    name: str,
    npm: Path | None,
    binary: str,
    command: Callable[[Path], Callable[[Pages], list[str]]],
    fine: tuple[int, ...],
) -> Tool:
    path = npm / "node_modules" / ".bin" / binary if npm is not None else None
    if path is None or not path.exists():
        packages = " ".join(PACKAGES)
        return Tool(name, _selenium, f"not measured: `npm install {packages}` was not run in a folder that --npm names")
    if shutil.which("node") is None:
        return Tool(name, _selenium, "not measured: there is no node")
    return Tool(name, command(path), fine=fine)
