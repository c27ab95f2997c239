"""The guard over whose content is read sees what it is there to see."""

from __future__ import annotations

from tests import conftest
from tests.site.projects import REPOSITORY


def test_what_is_read_of_this_librarys_own_files_is_noted() -> None:
    file = REPOSITORY / "content/library.yml"
    file.read_bytes()
    noted = list(conftest._read)
    # Nobody else is to hear of what only this test has done.
    conftest._read.clear()
    assert noted == [str(file)]
