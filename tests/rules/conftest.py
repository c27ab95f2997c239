"""Captures of the examples of rules: one browser for the whole run, started only when needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rules.examples import ExampleCaptures


@pytest.fixture(scope="session")
def captures() -> Iterator[ExampleCaptures]:
    """Examples as captured pages; kept under ``build/cache/examples`` by content."""
    with ExampleCaptures() as each:
        yield each
