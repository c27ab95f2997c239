"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from audit.errors import UsageError
from audit.settings.nearest import did_you_mean, known_words
from audit.standards import PROFILES

type Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FORMATS = "html,json,markdown"


def profile(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """One of the profiles, with “did you mean”."""
    if value is not None and value not in PROFILES:
        hint = did_you_mean(value, PROFILES) or f"The profiles are {known_words(PROFILES)}."
        raise UsageError(f"There is no profile “{value}”.", hint)
    return value


def profile_names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """A list of profiles, written with commas."""
    names = split(ctx, param, value)
    for name in names:
        profile(ctx, param, name)
    return names


def split(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """A list written with commas."""
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


format_option: Decorator = click.option(
    "--format",
    "formats",
    default=FORMATS,
    callback=split,
    metavar="NAMES",
    show_default=True,
    help="Also sarif, junit, earl and csv.",
)


def audit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that audits."""
    for option in reversed(
        (
            click.option(
                "--profile", callback=profile, metavar="NAME", help=f"What to hold the pages to: {', '.join(PROFILES)}."
            ),
            click.option(
                "--block",
                callback=profile_names,
                metavar="NAMES",
                help="Profiles whose faults block, with commas. Without it the configuration decides, else the profile.",
            ),
            click.option(
                "--rule", "rules", multiple=True, metavar="ID", help="Only this rule. May be given several times."
            ),
            format_option,
            click.option(
                "--output",
                type=click.Path(path_type=Path, file_okay=False),
                default=Path("build/report"),
                show_default=True,
                help="The folder of the report.",
            ),
            click.option(
                "--config",
                "config",
                type=click.Path(path_type=Path, dir_okay=False),
                help="Another file than stepfree.toml.",
            ),
            click.option(
                "--workers",
                type=click.IntRange(1, 64),
                metavar="N",
                help="How many browsers work at once; three for every two cores.",
            ),
            click.option("--grid", metavar="URL", help="A Selenium Grid instead of a browser on this machine."),
            click.option(
                "--no-cache", is_flag=True, help="Open every page, also where nothing has changed since the last run."
            ),
            click.option(
                "--resume",
                is_flag=True,
                help="Continue a run that was interrupted: pages that it had finished are not opened again.",
            ),
            click.option(
                "--no-browser",
                is_flag=True,
                help="Only what needs no browser. The pages count as not audited, so the exit code is 4.",
            ),
        )
    ):
        command = option(command)
    return command


def checked_formats(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, known to be formats: said before an audit begins, not after it.

    Raises:
        UsageError: a name is not known, or none is given.
    """
    from audit.reports import formats

    if not names:
        raise UsageError("--format names no format.", f"For instance: --format {FORMATS}.")
    return tuple(entry.name for entry in formats(names))
