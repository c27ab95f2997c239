"""A build by several processes against one by a single process: the same bytes, the same complaints."""

from __future__ import annotations

import subprocess
import sys

import pytest

from library_base.sharing import WORTH
from tests.site.projects import REPOSITORY, Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only where processes are forked"),
]

#: In a Python of its own, because nothing is shared beside the threads of a test run.
_BUILD = """\
import os, sys
from pathlib import Path
from library_base import sharing
from library_base.errors import SiteError
from library_model.model import ExtraPage, Passage
from library_schemas.statement import PageRecord
from tests.site.projects import Project
started = []
fork = os.fork
def counted():
    process = fork()
    started.append(process)
    return process
os.fork = counted
def extra_pages():
    for number in range(3):
        passage = Passage("stepfree/rule_pages.py", number + 1, f"## Rule {number}\\n\\nIn *short*.", "r-")
        yield ExtraPage(f"pages/rule-{number}.md", PageRecord(title=f"R{number}"), "stepfree/rule_pages.py", (passage,))
try:
    Project(Path(sys.argv[1])).build(STEPFREE_PROCESSES=int(sys.argv[2]), STEPFREE_EXTRA_PAGES=extra_pages)
except SiteError as error:
    print(type(error).__name__, error)
print(len(started))
"""


def built(project: Project, count: int) -> tuple[str, dict[str, bytes], bytes]:
    """What the build said, its files and its manifest."""
    run = subprocess.run(
        [sys.executable, "-c", _BUILD, str(project.folder), str(count)],
        cwd=REPOSITORY,
        env={"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'plugins'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said, _, started = run.stdout.rstrip().rpartition("\n")
    # For pages that nobody wrote, when nothing else stopped before, and for all pages; mostly for Markdown too.
    assert (count - 1) + (count > 1) <= int(started) <= 2 * (count - 1) + (count > 1)
    manifest = project.folder / "build/manifest.json"
    output = project.folder / "build/site"
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return said, files, manifest.read_bytes() if manifest.is_file() else b""


@pytest.fixture
def large(site: Project) -> Project:
    """A project with enough pages for three processes, some of them in French."""
    for number in range(WORTH * 3):
        site.page(f"pages/p{number:02}.md", f"See [there]({{filename}}p{number:02}.md).\n\n!!! note\n    {number}\n")
        site.page(f"news/fr/n{number:02}.md", "- un\n- deux\n", date="2026-11-01", summary="Court.")
    return site


def test_the_site_is_the_same_whoever_makes_its_pages(large: Project) -> None:
    alone = built(large, 1)
    assert alone[0] == ""
    assert len(alone[1]) > WORTH * 6
    assert built(large, 2) == alone
    assert built(large, 3) == alone


def test_the_first_page_that_fails_is_named(large: Project) -> None:
    large.write(
        "theme/templates/page.html",
        '{% extends "base.html" %}\n{% block content %}\n'
        '{% if page.slug in ("p30", "p31", "p32") %}{{ page.view.none.x }}{% endif %}\n{% endblock %}\n',
    )
    said = [built(large, count)[0] for count in (1, 2, 3)]
    assert said[0].startswith("ThemeError theme/templates/page.html:3: ")
    assert said[0].endswith("(while making /p30/)")
    assert said[1:] == said[:1] * 2
