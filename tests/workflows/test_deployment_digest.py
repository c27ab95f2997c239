"""The deployment's own shell lines are run here, on archives as GitHub's action makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from stepfree.folder_digest import tree_digest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lines are for the runner's GNU tools")


def comparison() -> str:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"))
    found = [step["run"] for step in workflow["jobs"]["deploy"]["steps"] if "AUDITED" in step.get("env", {})]
    assert len(found) == 1
    assert isinstance(found[0], str)
    return found[0]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose names would come in another order by letters, by case or by folder."""
    folder = tmp_path / "build" / "site"
    for path in (
        "index.html",
        "Zebra.html",
        "a/index.html",
        "a-b/index.html",
        "a.html",
        "programs/café et thé/index.html",
        ".well-known/security.txt",
        "empty.txt",
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"" if path == "empty.txt" else f"This is {path}\n".encode())
    return folder


def deploy(site: Path, audited: str, work: Path) -> subprocess.CompletedProcess[str]:
    """Archive ``site`` as it is now, then run the deployment's comparison with ``audited``."""
    (work / "handed-over").mkdir(parents=True)
    archive = work / "handed-over" / "artifact.tar"
    subprocess.run(["tar", "--dereference", "--hard-dereference", "-C", site, "-cf", archive, "."], check=True)
    return subprocess.run(
        ["bash", "-e", "-c", comparison()],
        cwd=work,
        env={**os.environ, "AUDITED": audited},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_bytes_are_deployed(site: Path, tmp_path: Path) -> None:
    result = deploy(site, tree_digest(site), tmp_path / "runner")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: page.write_text("This is a/index.html.", encoding="utf-8"), id="edited"),
        pytest.param(lambda page: page.with_name("new.html").touch(), id="added"),
        pytest.param(lambda page: page.unlink(), id="removed"),
        pytest.param(lambda page: page.rename(page.with_name("other.html")), id="renamed"),
    ],
)
def test_other_bytes_are_not_deployed(change: Callable[[Path], object], site: Path, tmp_path: Path) -> None:
    audited = tree_digest(site)
    change(site / "a" / "index.html")
    result = deploy(site, audited, tmp_path / "runner")
    assert result.returncode == 1
    assert "Not deployed" in result.stdout


def test_a_missing_digest_deploys_nothing(site: Path, tmp_path: Path) -> None:
    assert deploy(site, "", tmp_path / "runner").returncode == 1


def test_times_do_not_count(site: Path) -> None:
    before = tree_digest(site)
    os.utime(site / "index.html", (0, 0))
    assert tree_digest(site) == before


def test_a_missing_folder_has_no_digest(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        tree_digest(tmp_path / "site")


def test_a_file_name_that_the_tools_write_differently_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a\\b.html").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="backslash"):
        tree_digest(tmp_path)
