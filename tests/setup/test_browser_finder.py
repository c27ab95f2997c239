"""`setup/browser.sh` takes what is there, else apt's, else Selenium's, else says what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NONE_FOUND = "A browser is needed to audit pages and none could be found or installed: install Google Chrome"

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="it would find this machine's own Chrome")


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    file.chmod(0o755)
    return file


class Machine:
    """A checkout, and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.bin = folder / "bin"
        self.log = folder / "apt.log"
        shutil.copytree(ROOT / "setup", self.checkout / "setup")
        (self.checkout / ".venv").mkdir()
        self.bin.mkdir()
        for tool in ("cat", "chmod", "dirname", "env", "sed"):
            real = shutil.which(tool)
            assert real is not None
            (self.bin / tool).symlink_to(real)
        program(self.bin / "id", "echo 1000\n")

    @property
    def note(self) -> Path:
        return self.checkout / ".venv" / "browser"

    def browser(self, name: str) -> Path:
        return program(self.bin / name, 'echo "Browser 140"\n')

    def root(self) -> None:
        program(self.bin / "id", "echo 0\n")

    def apt(self, candidate: str, *, installs: bool = True) -> None:
        """An apt that offers this version of chromium, and brings it when asked to."""
        program(self.bin / "apt-cache", f'echo "chromium:"\necho "  Candidate: {candidate}"\n')
        brings = "".join(
            f"printf '#!/bin/sh\\necho 140\\n' > '{self.bin}/{name}'; chmod +x '{self.bin}/{name}'\n"
            for name in ("chromium", "chromedriver")
        )
        program(
            self.bin / "apt-get",
            f'echo "$@" >> {self.log}\n[ "$1" = install ] || exit 0\n' + (brings if installs else "exit 100\n"),
        )

    def find(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", self.checkout / "setup" / "browser.sh"],
            env={"PATH": str(self.bin), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def asked_of_apt(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def refused(result: subprocess.CompletedProcess[str]) -> bool:
    """It ended with the one sentence, as the last line."""
    return result.returncode == 2 and result.stderr.splitlines()[-1].startswith(NONE_FOUND)


def test_no_browser_and_no_way_to_one_is_one_sentence(machine: Machine) -> None:
    result = machine.find()
    assert refused(result)
    assert result.stderr.count("\n") == 1
    assert not machine.note.exists()


@pytest.mark.parametrize("name", ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"])
def test_an_installed_browser_is_taken(name: str, machine: Machine) -> None:
    path = machine.browser(name)
    result = machine.find()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert machine.note.read_text(encoding="utf-8") == str(path)


def test_the_browser_that_the_person_names_is_enough(machine: Machine, tmp_path: Path) -> None:
    mine = program(tmp_path / "mine" / "chrome", "echo 140\n")
    assert machine.find(STEPFREE_BROWSER=str(mine)).returncode == 0


def test_a_named_browser_that_is_not_there_is_said(machine: Machine) -> None:
    machine.browser("chromium")
    result = machine.find(STEPFREE_BROWSER="/nowhere/chrome")
    assert result.returncode == 2
    assert "/nowhere/chrome" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_installed_browser_is_not_installed_again(machine: Machine) -> None:
    machine.root()
    machine.apt("140.0.1-1")
    machine.browser("google-chrome")
    assert machine.find().returncode == 0
    assert machine.asked_of_apt() == []


def test_a_second_run_only_looks_whether_it_is_still_there(machine: Machine) -> None:
    path = machine.browser("chromium")
    machine.find()
    # It would no longer start; but it is not started.
    program(path, "exit 1\n")
    assert machine.find().returncode == 0


def test_a_browser_that_has_gone_is_noticed(machine: Machine) -> None:
    path = machine.browser("chromium")
    machine.find()
    path.unlink()
    assert refused(machine.find())


def test_a_script_that_only_advises_a_snap_is_no_browser(machine: Machine) -> None:
    program(machine.bin / "chromium-browser", "echo 'requires the chromium snap to be installed' >&2\nexit 10\n")
    assert refused(machine.find())


def test_chromium_comes_from_apt_with_its_driver_and_fonts(machine: Machine) -> None:
    machine.root()
    machine.apt("140.0.1-1~deb13u1")
    result = machine.find()
    assert (result.returncode, result.stdout) == (0, "")
    install = machine.asked_of_apt()[-1].split()
    assert install[0] == "install"
    assert {"chromium", "chromium-driver", "fonts-liberation"} <= set(install)
    assert machine.note.read_text(encoding="utf-8") == str(machine.bin / "chromium")


@pytest.mark.parametrize("candidate", ["(none)", "2:1snap1-0ubuntu2", ""])
def test_a_package_that_is_no_browser_is_not_installed(candidate: str, machine: Machine) -> None:
    machine.root()
    machine.apt(candidate)
    assert refused(machine.find())
    assert not any(line.startswith("install") for line in machine.asked_of_apt())


def test_apt_is_left_alone_without_the_right_to_use_it(machine: Machine) -> None:
    machine.apt("140.0.1-1")
    assert refused(machine.find())
    assert machine.asked_of_apt() == []


def test_sudo_that_asks_for_no_password_is_used(machine: Machine) -> None:
    machine.apt("140.0.1-1")
    program(machine.bin / "sudo", '[ "$1" = -n ] && shift\n[ "$1" = true ] && exit 0\nexec "$@"\n')
    assert machine.find().returncode == 0


def test_sudo_that_would_ask_is_not(machine: Machine) -> None:
    machine.apt("140.0.1-1")
    program(machine.bin / "sudo", "echo 'sudo: a password is required' >&2\nexit 1\n")
    assert refused(machine.find())


def test_an_apt_that_fails_ends_in_the_sentence(machine: Machine) -> None:
    machine.root()
    machine.apt("140.0.1-1", installs=False)
    assert refused(machine.find())


def test_the_driver_that_chromium_lacks_comes_from_apt(machine: Machine) -> None:
    machine.root()
    machine.apt("140.0.1-1")
    machine.browser("chromium")
    assert machine.find().returncode == 0
    assert machine.asked_of_apt()[-1].split()[-1] == "chromium-driver"


def test_selenium_is_asked_last(machine: Machine, tmp_path: Path) -> None:
    kept = program(tmp_path / "cache" / "chrome", "echo 140\n")
    program(machine.checkout / ".venv" / "bin" / "python", f"echo '{kept}'\n")
    assert machine.find().returncode == 0
    assert machine.note.read_text(encoding="utf-8") == str(kept)


@pytest.mark.parametrize("script", ["exit 1\n", "echo 'a traceback' >&2\nexit 1\n", "echo /nowhere/chrome\n"])
def test_a_selenium_that_gets_none_ends_in_the_sentence(script: str, machine: Machine) -> None:
    program(machine.checkout / ".venv" / "bin" / "python", script)
    result = machine.find()
    assert refused(result)
    assert "traceback" not in result.stderr
