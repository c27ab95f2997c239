"""The whole way: two versions, two trials, what differs, and the files to write."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.errors import ExitCode, UsageError
from stepfree.today import today
from stepfree.upgrading import editions, own_files, trials
from stepfree.upgrading.__main__ import Task, main
from stepfree.upgrading.editions import Edition


@dataclass(frozen=True, slots=True)
class Told:
    """What is said on the terminal, the exit code, the new version, and how to install it on this computer."""

    text: str
    exit_code: ExitCode
    new: Edition
    install: str


class Upgrade:
    """Of the website in ``root``; ``output`` is for what is told. A context manager: environments and copies are
    made in a folder that goes with it.
    """

    def __init__(self, root: Path, output: Path, *, browser: bool, workflows: bool, say: Callable[[str], None]) -> None:
        self._root, self._output, self._browser, self._workflows, self._say = root, output, browser, workflows, say
        self._scratch = tempfile.TemporaryDirectory(prefix="stepfree-upgrade-", ignore_cleanup_errors=True)
        self._changes: tuple[own_files.Change, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()

    @property
    def _place(self) -> Path:
        return Path(self._scratch.name)

    def run(self, wanted: str | None, environment: Path | None) -> Told | None:
        """Try both versions; ``None`` when there is no newer one.

        Raises:
            UsageError: a version cannot be had, or the present one does not build the website.
        """
        if (self._root / "stepfree" / "upgrading").is_dir():
            raise UsageError("This folder is the program itself.", "A new version of it comes through git.")
        old = self._old()
        new = self._new(old, wanted, environment)
        if new is None:
            self._say(f"You have the newest version, {old.version}.")
            return None
        day = today().isoformat()
        for edition, name in ((old, "old"), (new, "new")):
            self._say(f"Building and checking with {edition.version} …")
            refused = trials.tried(edition, self._root, self._place / name, day=day, browser=self._browser)
            if refused is not None and edition is old:
                raise UsageError(
                    f"The website does not build with the version that you have, {old.version}:\n{refused}",
                    "Fix this first; then an upgrade can be compared.",
                )
            if refused is not None:
                return self._refused(old, new, refused)
        return self._compared(old, new)

    def take(self) -> None:
        """Write the files."""
        own_files.take(self._root, self._output, self._changes)

    def _old(self) -> Edition:
        """The version that ``requirements.txt`` names: what the website is published with."""
        here = editions.running()
        pin = editions.pinned(self._root)
        if pin is None or pin == here.pin:
            return here
        self._say(
            f"Your website is published with “{pin}”, and this computer has {here.version}. Installing the former …"
        )
        made = editions.made(self._place / "environment-old", pin, self._root)
        assert made is not None
        # What stands in the file is what is replaced, however an index would write it.
        return replace(made, pin=pin)

    def _new(self, old: Edition, wanted: str | None, environment: Path | None) -> Edition | None:
        if environment is not None:
            if wanted is not None:
                raise UsageError("--to and --environment cannot be used together.", "Choose one of them.")
            found = editions.edition(editions.python_of(environment))
            return None if found.pin == old.pin and found.version == old.version else found
        requirement = editions.wanted(wanted, old.pin)
        self._say(f"Looking for {'the newest version' if wanted is None else wanted} …")
        unless = old.version if " @ " not in old.pin else old.pin.rpartition("@")[2]
        return editions.made(
            self._place / "environment-new", requirement, self._root, unless=None if wanted else unless
        )

    def _own(self, old: Edition, new: Edition) -> list[str]:
        """Find out which files would be written; sentences about them."""
        before, after = (own_files.workflows(edition, self._root) for edition in (old, new))
        changes = own_files.changes(self._root, old, new, before, after)
        self._changes = tuple(each for each in changes if self._workflows or not each.name.startswith(".github/"))
        later = "; not written here: run stepfree upgrade on a computer for it"
        return [
            *(f"{each.name}: {each.said}{'' if each in self._changes else later}" for each in changes),
            *own_files.hints(self._root, before, after),
        ]

    def _compared(self, old: Edition, new: Edition) -> Told:
        task: Task = {
            "old": (old.version, str(self._place / "old")),
            "new": (new.version, str(self._place / "new")),
            "own": self._own(old, new),
            "browser": self._browser,
            "output": str(self._output),
        }
        file = self._place / "task.json"
        file.write_text(json.dumps(task), encoding="utf-8")
        told = self._output / "upgrade.txt"
        told.unlink(missing_ok=True)
        self._say("Comparing …")
        code = new.run("stepfree.upgrading", str(file), folder=self._place).returncode
        if not told.is_file():
            # The other version is older than this one, and cannot read what this one has written.
            code = main(str(file))
        if not told.is_file():
            raise UsageError(f"The reports of {old.version} and {new.version} cannot be compared.")
        return Told(told.read_text(encoding="utf-8"), ExitCode(code), new, _install(new))

    def _refused(self, old: Edition, new: Edition, refused: str) -> Told:
        """The new version does not build the website: that is what is told, and what has to be written first."""
        own = self._own(old, new)
        text = f"{new.version} does not build this website as it is. It says:\n\n{refused}\n"
        self._output.mkdir(parents=True, exist_ok=True)
        body = "".join(f"    {line}\n" for line in refused.splitlines())
        (self._output / "upgrade.txt").write_text(text, encoding="utf-8")
        (self._output / "upgrade.md").write_text(
            f"# Stepfree {new.version} instead of {old.version}\n\n{new.version} does not build this website as it is. "
            f"It says:\n\n{body}\nYour own files:\n\n" + "".join(f"- {line}\n" for line in own),
            encoding="utf-8",
        )
        return Told(text, ExitCode.USAGE, new, _install(new))


def _install(new: Edition) -> str:
    """How the new version comes onto this computer."""
    # Whoever writes also brings things along: of the program all that there is, not only what the build needs.
    what = new.pin.removeprefix("./").replace("[site]", "[all]")
    return f'pipx install --force "{what}"'
