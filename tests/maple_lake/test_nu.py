"""The Nu HTML checker finds no error on the whole built site.

It needs Java and the checker's jar: ``vnu`` on the path, or ``STEPFREE_NU_JAR`` naming the file
(``npm install vnu-jar`` brings it). Where they are not, this says so and is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.site.projects import Built

_SECONDS = 600


def _command() -> list[str]:
    jar = os.environ.get("STEPFREE_NU_JAR", "")
    java = shutil.which("java")
    if jar:
        if java is None:
            pytest.skip("STEPFREE_NU_JAR names the Nu HTML checker, and there is no Java to run it")
        assert Path(jar).is_file(), "STEPFREE_NU_JAR names no file"
        return [java, "-Xss4m", "-jar", jar]
    if found := shutil.which("vnu"):
        return [found]
    pytest.skip("no Nu HTML checker: set STEPFREE_NU_JAR to vnu.jar (npm install vnu-jar), with Java installed")


def _errors(folder: Path) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [*_command(), "--errors-only", "--skip-non-html", "--format", "json", str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
    )
    # Where there is nothing to say, some versions say nothing at all.
    return list(json.loads(ran.stderr or ran.stdout or '{"messages": []}')["messages"])


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>t</title><p><div>x</div></p><img src="a.png">', encoding="utf-8"
    )
    assert len(_errors(tmp_path)) >= 2


@pytest.mark.slow
def test_no_page_of_our_site_has_an_error(our_site: Built) -> None:
    assert len(list(our_site.output.rglob("*.html"))) > 100
    said = {
        f"{Path(each['url']).relative_to(our_site.output) if '://' not in each['url'] else each['url']}: {each['message']}"
        for each in _errors(our_site.output)
    }
    assert sorted(said)[:10] == []
