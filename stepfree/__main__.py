"""Entry of the ``stepfree`` command.

A command is a module in ``stepfree/commands/`` with the name ``COMMAND``; it is found by being
there. Whatever goes wrong is told in a sentence, and the exit code says of which kind it was.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import override

import click

from stepfree.failures import told

FOLDER = Path(__file__).parent / "commands"


class Commands(click.Group):
    """The commands, each imported only when it is needed, so that ``--help`` is quick."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(file.stem.replace("_", "-") for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"stepfree.commands.{cmd_name.replace('-', '_')}").COMMAND
        assert isinstance(command, click.Command)
        return command

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from audit.settings.nearest import did_you_mean, known_words

            names = self.list_commands(ctx)
            hint = did_you_mean(name, names) or f"The commands are {known_words(names)}."
            raise click.UsageError(f"There is no command “{name}”. {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stepfree", message="%(version)s")
def stepfree() -> None:
    """Build the library's website and audit it.

    \b
    Exit codes: 0 nothing blocks, 1 blocking findings, 2 wrong usage or content,
    3 nothing to audit, 4 audit incomplete, 5 a fault in this program.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command; the exit code. Nothing that a user can cause leaves as a traceback."""
    if arguments and arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    try:
        result = stepfree.main(list(arguments), prog_name="stepfree", standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the last door: every error becomes a sentence and a code
        return told(error)
    return result if isinstance(result, int) else 0


#: Ways of asking for an end; Ctrl-C has its own already.
_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def _leave(number: int, _frame: object) -> None:
    """Asked to end: by way of every ``with``, so that browsers and servers end too; once is enough."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> None:
    """What the installed program calls."""
    for number in _ENDINGS:
        # ``nohup`` has one of them ignored, and it stays so.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)
    for stream in (sys.stdout, sys.stderr):
        # A terminal or file of Windows may lack some of our letters; a sentence with a gap is better than none.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    for number in (signal.SIGINT, *_ENDINGS):
        # How it ends is decided: asking again must not make it something else.
        signal.signal(number, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    main()
