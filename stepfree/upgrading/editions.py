"""A version of the program in an environment of its own (PEP 405): the one that runs, one that is given, one made here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.errors import UsageError

#: Each version is asked what it is in its own words, so that no version needs to know how another is installed.
_QUESTION = """
import json
from importlib.metadata import version
from stepfree.installation import requirement
pin, wheel = requirement()
print(json.dumps({"version": version("stepfree"), "pin": pin, "wheel": str(wheel) if wheel else None}))
"""
_LINE = re.compile(r"^\s*(?:\./tools/)?stepfree\b[^\n]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edition:
    """``pin``: the line of ``requirements.txt`` that installs it; ``wheel``: the file that this line needs."""

    python: Path
    version: str
    pin: str
    wheel: Path | None = None

    def run(self, module: str, *arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a module of it in a folder; ``more``: variables of the environment. Nothing is typed into it."""
        given = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}
        return subprocess.run(
            [self.python, "-m", module, *arguments],
            cwd=folder,
            env={**given, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )


def running() -> Edition:
    """The version that runs this.

    Raises:
        UsageError: it is not installed, so nobody can say which it is.
    """
    return edition(Path(sys.executable))


def edition(python: Path) -> Edition:
    """The version in an environment, by its Python.

    Raises:
        UsageError: there is none.
    """
    asked = subprocess.run(
        [python, "-c", _QUESTION], capture_output=True, encoding="utf-8", check=False, cwd=python.parent
    )
    if asked.returncode:
        raise UsageError(
            f"There is no Stepfree in the environment of {python}.",
            "Install it there first: pip install stepfree.",
        )
    said = json.loads(asked.stdout)
    return Edition(python, said["version"], said["pin"], Path(said["wheel"]) if said["wheel"] else None)


def python_of(environment: Path) -> Path:
    """The Python of an environment's folder, on Windows and elsewhere.

    Raises:
        UsageError: the folder is no environment.
    """
    for inside in (("Scripts", "python.exe"), ("bin", "python")):
        if (found := environment.joinpath(*inside)).is_file():
            return found.absolute()
    raise UsageError(f"{environment} is not a Python environment.", "Make one: python -m venv FOLDER.")


def pinned(root: Path) -> str | None:
    """The line of the library's ``requirements.txt`` about the program, without comments."""
    file = root / "requirements.txt"
    found = _LINE.search(file.read_text(encoding="utf-8-sig")) if file.is_file() else None
    return found[0].split(" #", 1)[0].strip() if found else None


def with_pin(text: str, pin: str) -> str:
    """The text of ``requirements.txt`` with another line about the program."""
    return _LINE.sub(lambda _: pin, text, count=1) if _LINE.search(text) else f"{text.rstrip()}\n{pin}\n".lstrip()


def wanted(said: str | None, pin: str) -> str:
    """What to install, as pip understands it: as said, else the newest of where the present one came from.

    Raises:
        UsageError: the present one came as a file, of which nobody knows a newer one.
    """
    parts = match[0] if (match := re.search(r"\[[\w, -]+\]", pin)) else ""
    if said is not None:
        if re.fullmatch(r"\d+(\.\w+)*", said):
            return f"stepfree{parts}=={said}"
        return f"{Path(said).absolute()}{parts}" if Path(said).exists() else said
    if match := re.fullmatch(r"(stepfree\S* @ \w+\+[^@]+(?:@[^@/]+/[^@]+)?)@[0-9a-f]{40}", pin):
        return match[1]
    if match := re.match(r"stepfree(?:\[[^]]*\])? *===? *([\w.!+-]+)", pin):
        # Not an older one, where the present one is newer than the index.
        return f"stepfree{parts}>={match[1]}"
    if re.match(r"stepfree\b(?!.*@)", pin):
        return f"stepfree{parts}"
    raise UsageError(
        f"This website uses a program that came as a file ({pin}), so its newer version cannot be looked up.",
        "Name the newer file: stepfree upgrade --to stepfree-….whl",
    )


def made(folder: Path, requirement: str, root: Path, *, unless: str | None = None) -> Edition | None:
    """Make an environment in ``folder`` and install into it; ``None`` when that would install the version ``unless``.

    Raises:
        UsageError: no environment can be made here, or the program cannot be had.
    """
    try:
        venv.create(folder, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise UsageError(
            f"Python could not make an environment for the other version: {error}.",
            "On Debian and Ubuntu it needs the package python3-venv. Or make one, and name it with --environment.",
        ) from None
    python = python_of(folder)
    if unless is not None and _would_be(python, requirement, root) == unless:
        return None
    _pip(python, ("install", "--quiet", requirement), requirement, root)
    return edition(python)


def _would_be(python: Path, requirement: str, root: Path) -> str:
    looking = ("install", "--quiet", "--dry-run", "--no-deps", "--ignore-installed", "--report", "-", requirement)
    (found,) = json.loads(_pip(python, looking, requirement, root))["install"]
    commit = found.get("download_info", {}).get("vcs_info", {}).get("commit_id")
    return str(commit or found["metadata"]["version"])


def _pip(python: Path, arguments: Sequence[str], requirement: str, root: Path) -> str:
    command: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        lines = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
        raise UsageError(
            f"“{requirement}” could not be installed: {lines[-1] if lines else 'pip gave no reason'}",
            "Is this computer online? Is the version written right?",
        )
    return str(done.stdout)
