"""`setup/environment.sh` works once, notices what changed, and takes up what was cut off."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    file.chmod(0o755)
    return file


class Checkout:
    """A checkout whose Python writes down what it is asked to do, and can be made to fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder.parent / "python.log"
        folder.mkdir()
        shutil.copytree(ROOT / "setup", folder / "setup")
        for name in ("pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, folder / name)
        # Stands for the system's Python: it makes the environment, whose Python is its like.
        self.python = program(
            folder.parent / "bin" / "python3.13",
            f"""echo "$@" >> '{self.log}'
case $1 in
    --version) echo 'Python 3.13.0' ;;
    -c) echo "whole $0" ;;
esac
if [ "$2" = venv ]; then
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
fi
[ "$2" != pip ] || [ ! -e '{folder.parent}/offline' ] || exit 1
""",
        )

    def set_up(self) -> subprocess.CompletedProcess[str]:
        """Run it, and keep only the words of this run in the log."""
        self.log.unlink(missing_ok=True)
        return subprocess.run(
            ["/bin/sh", self.folder / "setup" / "environment.sh"],
            env={"PATH": f"{self.python.parent}:/usr/bin:/bin", "HOME": str(self.folder), "PYTHON": str(self.python)},
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> list[str]:
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in lines if line.startswith("-m pip") and " install " in line]

    def made(self) -> bool:
        return any(line.startswith("-m venv") for line in self.log.read_text(encoding="utf-8").splitlines())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def test_the_first_run_installs_the_lock_by_its_hashes_and_then_the_command(checkout: Checkout) -> None:
    result = checkout.set_up()
    assert result.returncode == 0, result.stderr
    assert checkout.made()
    packages, command = checkout.installed()
    assert "--require-hashes --requirement requirements.lock" in packages
    assert "--no-deps --no-build-isolation --no-index --editable ." in command


def test_the_second_run_does_nothing_and_says_nothing(checkout: Checkout) -> None:
    checkout.set_up()
    result = checkout.set_up()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert checkout.installed() == []
    assert not checkout.made()


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_change_is_installed_into_the_same_environment(name: str, checkout: Checkout) -> None:
    checkout.set_up()
    with (checkout.folder / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert checkout.set_up().returncode == 0
    assert checkout.installed() != []
    assert not checkout.made()


def test_a_moved_checkout_gets_a_new_environment(checkout: Checkout) -> None:
    """Its commands hold the old path."""
    checkout.set_up()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    assert checkout.set_up().returncode == 0
    assert checkout.made()


def test_an_environment_whose_python_has_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.set_up()
    (checkout.folder / ".venv" / "bin" / "python").unlink()
    assert checkout.set_up().returncode == 0
    assert checkout.made()


def test_a_failed_installation_is_said_and_tried_again(checkout: Checkout) -> None:
    offline = checkout.folder.parent / "offline"
    offline.touch()
    result = checkout.set_up()
    assert result.returncode == 2
    assert "The packages could not be installed" in result.stderr
    offline.unlink()
    assert checkout.set_up().returncode == 0
    assert checkout.installed() != []
    assert checkout.set_up().stderr == ""
