"""The action that others use: its form, and its steps run as GitHub would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
BIN = Path(sys.executable).parent
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Hours of the library</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Hours</h1>
<p>We are open from ten to five.</p>{}</main></body></html>"""


def script(name: str) -> str:
    return str(next(step["run"] for step in STEPS if step.get("name") == name))


def test_security_of_the_action() -> None:
    said = subprocess.run(
        [BIN / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", "action.yml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("name", [step["name"] for step in STEPS if "run" in step])
def test_its_scripts_are_correct(name: str) -> None:
    said = subprocess.run(
        [BIN / "shellcheck", "--shell=bash", "-"], input=script(name), capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout


def test_text_of_others_reaches_no_shell_line() -> None:
    assert [step for step in STEPS if "${{" in step.get("run", "")] == []


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_only_what_is_new_blocks(tmp_path: Path) -> None:
    """A page with an old fault passes against its report; with one more it does not."""
    (tmp_path / "site").mkdir()
    page = tmp_path / "site" / "index.html"
    source = {"address": "/", "file": "index.html", "source": {"path": "src/home.md", "line": 1}}
    manifest = json.dumps({"schema": "stepfree-manifest/2", "pages": [source]})
    (tmp_path / "sources.json").write_text(manifest, encoding="utf-8")
    old, new = '<p><img src="data:,"></p>', "<p><button></button></p>"
    (tmp_path / "stepfree" / "bin").mkdir(parents=True)
    for name in ("stepfree", "python"):
        # Not a link: a Python finds its packages by where its own file is.
        (tmp_path / "stepfree/bin" / name).write_text(f'#!/bin/sh\nexec "{BIN / name}" "$@"\n', encoding="utf-8")
        (tmp_path / "stepfree/bin" / name).chmod(0o755)

    def audited(body: str) -> int:
        page.write_text(PAGE.format(body), encoding="utf-8")
        given = {
            "RUNNER_TEMP": str(tmp_path), "TARGET": "site", "PROFILE": "", "MANIFEST": "sources.json", "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        }  # fmt: skip
        ended = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script("Audit")],
            cwd=tmp_path, env={**os.environ, **given}, check=False,
        )  # fmt: skip
        assert (tmp_path / "output").read_text().splitlines()[-1] == f"exit-code={ended.returncode}"
        return ended.returncode

    assert audited(old) == 1
    (tmp_path / "accessibility-report").rename(tmp_path / "base")
    assert audited(old) == 0
    assert audited(old + new) == 1
    said = (tmp_path / "summary").read_text(encoding="utf-8")
    assert "#" in said
    assert "src/home.md" in said
