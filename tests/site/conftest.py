from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.projects import Project, project


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """A small project that builds."""
    return project(tmp_path)
