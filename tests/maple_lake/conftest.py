"""Tests of the content of this repository: they run only while it is there, and not another library's."""

from __future__ import annotations

import pytest

from tests.site import whole_site
from tests.site.projects import REPOSITORY
from tests.site.whole_site import WholeSite

_LIBRARY = REPOSITORY / "content" / "library.yml"
OURS = _LIBRARY.is_file() and "name: Maple Lake County Public Library\n" in _LIBRARY.read_text(encoding="utf-8")
#: Nothing of this folder is a test of another library.
collect_ignore_glob = [] if OURS else ["test_*.py"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A whole site of this size takes its time."""
    for item in items:
        if isinstance(item, pytest.Function) and "our_site" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def our_site(tmp_path_factory: pytest.TempPathFactory) -> WholeSite:
    """Our own site, built as it would be published on a fixed day."""
    return whole_site.build(REPOSITORY, tmp_path_factory.mktemp("our-site"))


@pytest.fixture(scope="session")
def our_pages(our_site: WholeSite) -> dict[str, str]:
    """The pages of our own site: address → HTML."""
    return our_site.pages
