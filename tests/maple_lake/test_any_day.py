"""Time alone breaks nothing of our own content."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.site.days import DAYS, rendered
from tests.site.projects import REPOSITORY


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_our_site_on_any_day(day: dt.date) -> None:
    assert rendered(REPOSITORY, day)
