"""``stepfree init``: begins a library's website in an empty folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Begin the website of your library in an empty folder.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Recorded answers (TOML) instead of questions.",
)
def init(folder: Path, answers: Path | None) -> int:
    """Ask about your library, and write a website into FOLDER (this one without a name).

    Nothing is written before all answers are right. Ctrl+C leaves without a file.
    """
    from stepfree.project import site_plugins

    site_plugins()
    from stepfree.founding.answers import checked, read_answers
    from stepfree.founding.asking import take
    from stepfree.founding.folder import found

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix="\n> "))

    given = read_answers(answers) if answers is not None else checked(take(ask, click.echo))
    drafts = found(folder, given)
    click.echo(f"The website of {given.name} stands in {folder.resolve().name}.")
    click.echo("These pages are drafts. Each says what it must say before it is published:")
    for name in drafts:
        click.echo(f"  {name}")
    where = "" if folder == Path() else f"Go there (cd {folder}), then look at it: "
    click.echo(f"{where or 'Look at it: '}stepfree preview")
    return 0


COMMAND = init
