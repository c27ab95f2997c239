"""Redirects as rule files for the hosts that can use them, beside the pages that work everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled


def _outputs(assembled: Assembled) -> Iterator[Output]:
    from library_redirects.rules import rule_files

    yield from rule_files(assembled.site)


def register() -> None:
    """Add the rule files to the site."""
    from library_model.signals import site_ready

    site_ready.connect(_outputs)
