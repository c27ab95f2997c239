"""Which rules an axe-core has, with their tags: read from its script, without a browser.

A report lists every rule that ran, also those that found nothing, with what they test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_selenium_python

from audit.errors import UsageError
from audit.examination.axe.adapt import requirements, words_for
from audit.model.finding import Fixer, Requirements

_RULE = re.compile(r"""\bid:\s*["']([a-z0-9-]+)["'],(?:(?!\bid:\s*["']).){0,2000}?\btags:\s*\[([^\]]*)\]""", re.DOTALL)
_VERSION = re.compile(r"axe v(\d+\.\d+\.\d+)")


@dataclass(frozen=True, slots=True)
class AxeRule:
    """A rule of axe-core in our words."""

    id: str
    title: str
    requirements: Requirements
    fixer: Fixer
    best_practice: bool
    help_url: str


def bundled() -> Path:
    """The script that comes with axe-selenium-python.

    Raises:
        UsageError: the package has no script: it is not installed as it should be.
    """
    found = sorted(Path(axe_selenium_python.__file__).parent.rglob("axe.min.js"))
    if not found:
        raise UsageError("axe-selenium-python has no axe-core in it.", "Run make setup again.")
    return found[0]


@cache
def catalogue(script: Path | None = None) -> Mapping[str, AxeRule]:
    """The rules of an axe-core by their ids."""
    text = (script or bundled()).read_text(encoding="utf-8")
    version = _VERSION.search(text)
    series = ".".join(version.group(1).split(".")[:2]) if version else "4.10"
    found = {}
    for identifier, written in _RULE.findall(text):
        words = words_for(identifier, identifier.replace("-", " "))
        required = requirements(identifier, re.findall(r"""["']([^"']+)["']""", written))
        found[identifier] = AxeRule(
            identifier,
            words.title,
            required,
            words.fixer,
            not required.wcag,
            f"https://dequeuniversity.com/rules/axe/{series}/{identifier}",
        )
    return found
