"""What a user reads when something cannot be done: a sentence, and an exit code.

A traceback helps nobody at a desk; it goes to ``build/stepfree.log``.
"""

from __future__ import annotations

import errno
import re
import sys
import traceback
from pathlib import Path

import click

from audit.errors import AuditError, ExitCode
from audit.settings.extras import missing_part
from audit.settings.nearest import did_you_mean, known_words
from stepfree.safe_output import say

#: Faults of the place that files are written to, not of this program.
PLACES = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE}
)
LOG = Path("build/stepfree.log")


def told(error: BaseException) -> int:
    """Tell the user about an error on stderr; the exit code that belongs to it.

    Raises what is no error (an exit that the program asked for itself).
    """
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.exceptions.NoArgsIsHelpError():
            say(error.format_message(), err=True)
            return ExitCode.USAGE
        case click.ClickException():
            say(usage_sentence(error), err=True)
            return ExitCode.USAGE
        case AuditError():
            say(str(error), err=True)
            if error.exit_code is ExitCode.INTERNAL:
                _write_log(error)
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            say("Stopped.", err=True)
            return ExitCode.INCOMPLETE
        case BrokenPipeError():
            # Whoever read our output has stopped reading: there is nobody to tell.
            sys.stderr.close()
            return ExitCode.INCOMPLETE
        case ImportError() if sentence := missing_part(error):
            say(sentence, err=True)
            return ExitCode.USAGE
        case SystemExit():
            raise error
        case OSError() if error.errno in PLACES:
            place = f" ({error.filename})" if error.filename else ""
            say(f"This computer would not allow it: {error.strerror}{place}.", err=True)
            return ExitCode.INCOMPLETE
        case _:
            return _of_site(error) or _unexpected(error)


def usage_sentence(error: click.ClickException) -> str:
    """A wrong command line in a sentence, with the nearest right one."""
    if isinstance(error, click.NoSuchOption):
        known = [name for each in (error.ctx.command.params if error.ctx else ()) for name in each.opts]
        hint = did_you_mean(error.option_name, known)
        return f"There is no option {error.option_name}. {hint or _help(error)}".strip()
    if isinstance(error, click.MissingParameter):
        name = _name(error)
        return f"Something is missing: {name}. {_help(error)}".strip()
    if isinstance(error, click.BadParameter) and error.param is not None and (asked := _asked(error.param)):
        name = (
            max(error.param.opts, key=len) if isinstance(error.param, click.Option) else str(error.param.name).upper()
        )
        return f"{name} cannot be {_typed(error.message)}: write {asked}."
    message = error.format_message().strip()
    if found := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"“{found[1]}” is not needed here. {_help(error)}".strip()
    if found := re.match(r"Option '([^']*)' requires an argument", message):
        return f"{found[1]} needs a value. {_help(error)}".strip()
    if isinstance(error, click.BadParameter) and error.param is not None and isinstance(error.param.type, click.Path):
        message = re.sub(r"'([^']*)'", r"“\1”", error.message)
    return f"{message}{'' if message.endswith(('.', '?', '!')) else '.'}"


def _asked(param: click.Parameter) -> str:
    """What an option or argument takes, in words; empty where what click says is a sentence of ours."""
    match param.type:
        case click.IntRange(min=int(least), max=int(most)):
            return f"a whole number from {least} to {most}"
        case click.IntRange(min=int(least)):
            return f"a whole number, {least} or more"
        case click.IntRange() | click.types.IntParamType():
            return "a whole number"
        case click.FloatRange() | click.types.FloatParamType():
            return "a number"
        case click.Choice(choices=choices):
            return known_words(map(str, choices)).replace(" and ", " or ")
        case _:
            return ""


def _typed(message: str) -> str:
    """The value that click quotes or begins with."""
    quoted = re.search(r"'([^']*)'", message)
    return f"“{quoted[1] if quoted else message.partition(' ')[0]}”"


def _name(error: click.MissingParameter) -> str:
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return (error.param.make_metavar(error.ctx) if error.param and error.ctx else "") or "a value"


def _help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"See {context.command_path} --help." if context else ""


def _of_site(error: BaseException) -> int | None:
    """The build's own errors; ``None`` for others. They are known only where the site was built."""
    errors = sys.modules.get("library_base.errors")
    if errors is None or not isinstance(error, errors.SiteError):
        return None
    for line in str(error).splitlines():
        say(line, err=True)
    if isinstance(error, errors.ContentErrors):
        count = len(error.problems)
        things = "1 thing" if count == 1 else f"{count} things"
        say(f"The site was not built: fix {things} first.", err=True)
    return int(error.exitcode)


def _unexpected(error: BaseException) -> int:
    place = _write_log(error)
    say(
        f"This is a fault in Stepfree, not in your pages: {type(error).__name__}. {place} tells more; please report it.",
        err=True,
    )
    return ExitCode.INTERNAL


def _write_log(error: BaseException) -> str:
    text = "".join(traceback.format_exception(error))
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(text, encoding="utf-8")
    except OSError:
        say(text, err=True)
        return "The text above"
    return str(LOG)
