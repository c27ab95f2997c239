"""The settings of this library can be read."""

from __future__ import annotations

from audit.settings.config import load
from audit.writing.house_words import use_own_list
from tests.site.projects import REPOSITORY


def test_our_own_configuration_can_be_read() -> None:
    config = load(REPOSITORY / "stepfree.toml")
    assert config.block == ("aoda", "wcag22-aa")


def test_our_own_words_can_be_read() -> None:
    ours = load(REPOSITORY / "stepfree.toml").words
    assert ours is not None
    use_own_list(ours)
    use_own_list(None)
