"""The list of tests that still read this checkout's content is exact: it names those that do, and no other."""

from __future__ import annotations

from tests.conftest import NOT_YET
from tests.site.projects import REPOSITORY


def test_the_list_of_exceptions_holds_only_what_still_needs_it() -> None:
    copying = "copy_of_the_site"
    source = (REPOSITORY / "tests/preview/previews.py").read_text(encoding="utf-8")
    assert "shutil.copytree(REPOSITORY / name" in source
    users = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "tests").rglob("test_*.py")
        if copying in path.read_text(encoding="utf-8") and path.name != "test_left_alone.py"
    }
    assert users == NOT_YET
