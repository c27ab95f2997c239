"""`setup/python.sh` proves each Python by running it, because names on the PATH lie."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FINDER = ROOT / "setup" / "python.sh"

#: The sentence that a person gets; it must say what to do.
NONE_FOUND = "Python 3.12 or newer is needed and none was found: install it"


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    file.chmod(0o755)
    return file


def python(file: Path, version: tuple[int, int], *, environments: bool = True) -> Path:
    """A Python that is this one, except that it believes to be another version.

    The finder's own question is put to it, under that version.
    """
    pretence = (
        "import sys, importlib.util as u; "
        f"sys.version_info = {(*version, 0)!r}; sys.executable = {str(file)!r}; "
        + ("" if environments else "u.find_spec = lambda name: None; ")
        + "exec(sys.argv[1])"
    )
    return program(file, f"""exec '{sys.executable}' -c "{pretence}" "$2"\n""")


def shim(file: Path) -> Path:
    """What pyenv leaves for a version that it does not have."""
    return program(file, 'echo "pyenv: $0: command not found" >&2\nexit 127\n')


def find(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path.mkdir(exist_ok=True)
    return subprocess.run(
        ["/bin/sh", FINDER],
        env={"PATH": str(path), "HOME": str(path.parent / "home"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The only folder on the PATH, empty at first."""
    return tmp_path / "bin"


def test_nothing_at_all_is_one_sentence(path: Path) -> None:
    result = find(path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(NONE_FOUND)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 11)])
def test_an_old_python_is_refused(version: tuple[int, int], path: Path) -> None:
    python(path / "python3", version)
    result = find(path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(NONE_FOUND)


@pytest.mark.parametrize("version", [(3, 12), (3, 13), (3, 14)])
def test_a_python_that_fits_is_found_under_the_plain_name(version: tuple[int, int], path: Path) -> None:
    found = python(path / "python3", version)
    result = find(path)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{found}\n", "")


def test_a_broken_shim_is_passed_over(path: Path) -> None:
    shim(path / "python3.13")
    shim(path / "python3.12")
    found = python(path / "python3", (3, 12))
    assert find(path).stdout == f"{found}\n"


def test_broken_shims_alone_are_no_python(path: Path) -> None:
    for name in ("python3.13", "python3.12", "python3"):
        shim(path / name)
    result = find(path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(NONE_FOUND)


def test_a_liar_that_calls_itself_newer_is_refused(path: Path) -> None:
    python(path / "python3.13", (3, 8))
    assert find(path).returncode == 2


def test_the_tested_version_is_preferred(path: Path) -> None:
    python(path / "python3", (3, 14))
    python(path / "python3.12", (3, 12))
    found = python(path / "python3.13", (3, 13))
    assert find(path).stdout == f"{found}\n"


def test_what_pyenv_keeps_is_found_behind_its_broken_shims(path: Path, tmp_path: Path) -> None:
    shim(path / "python3.13")
    shim(path / "python3")
    python(tmp_path / "home/.pyenv/versions/3.11.7/bin/python3", (3, 11))
    found = python(tmp_path / "home/.pyenv/versions/3.12.1/bin/python3", (3, 12))
    assert find(path).stdout == f"{found}\n"


def test_the_python_that_the_person_names_comes_first(path: Path, tmp_path: Path) -> None:
    python(path / "python3.13", (3, 13))
    found = python(tmp_path / "mine" / "python", (3, 12))
    assert find(path, PYTHON=str(found)).stdout == f"{found}\n"


def test_a_python_that_can_make_environments_is_preferred(path: Path) -> None:
    python(path / "python3.13", (3, 13), environments=False)
    found = python(path / "python3", (3, 12))
    assert find(path).stdout == f"{found}\n"


def test_a_python_that_cannot_is_better_than_none(path: Path) -> None:
    found = python(path / "python3", (3, 12), environments=False)
    assert find(path).stdout == f"{found}\n"
