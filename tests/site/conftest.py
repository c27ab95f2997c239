from __future__ import annotations

from pathlib import Path

import pytest

from tests.site import our_site as ours
from tests.site.projects import Built, Project, project


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """A small project that builds."""
    return project(tmp_path)


@pytest.fixture(scope="session")
def our_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Our own site, built as it would be published on a fixed day."""
    return ours.build(tmp_path_factory.mktemp("our-site"))


@pytest.fixture(scope="session")
def our_pages(our_site: Built) -> dict[str, str]:
    """The pages of our own site: address → HTML."""
    return {page["address"]: our_site.text(page["file"]) for page in our_site.manifest["pages"]}
