"""``stepfree init``: begins a library's website in an empty folder."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.saying import say


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
    from library_words.voice import language_name
    from stepfree.founding.answers import checked, read_answers
    from stepfree.founding.asking import take
    from stepfree.founding.folder import found, spoken

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix="\n> "))

    given = read_answers(answers) if answers is not None else checked(take(ask, say))
    drafts = found(folder, given)
    say(f"The website of {given.name} is in the folder {folder.resolve().name}.")
    if waiting := [branch.name for branch in given.branches if not branch.hours]:
        say(f"Not on the website until their opening times are filled in: {', '.join(waiting)}.")
    if missing := [language for language in given.languages if not spoken(language)]:
        names = " and ".join(language_name(language, "en") for language in missing)
        say(f"Nothing is prepared in {names}: those pages are in English and wait for your translation.")
    say("These pages are drafts. Each one tells you what it still needs before you publish it:")
    for name in drafts:
        say(f"  {name}")
    where = "" if folder == Path() else f"Go there (cd {folder}), then look at it: "
    say(f"{where or 'Look at it: '}stepfree preview")
    return 0


COMMAND = init
