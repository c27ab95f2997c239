"""``stepfree init``: begins a library's website in an empty folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Self

import click

from stepfree.safe_output import say


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

    Nothing is written before all answers are right. Ctrl+C leaves without one; the answers are kept for the next
    time.
    """
    from stepfree.project import site_plugins

    site_plugins()
    from library_words.voice import language_name
    from stepfree.founding.answers import checked, read_answers
    from stepfree.founding.asking import take
    from stepfree.founding.folder import KEPT, found, must_be_empty, spoken

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix="\n> "))

    must_be_empty(folder)
    if answers is not None:
        given = read_answers(answers)
    else:
        with Resumed(folder / KEPT, ask) as resumed:
            given = checked(take(resumed.ask, say))
    drafts = found(folder, given)
    (folder / KEPT).unlink(missing_ok=True)
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


class Resumed:
    """Asks, and keeps what was answered in a file when it is broken off; the next time these answers are offered."""

    def __init__(self, kept: Path, ask: Callable[[str], str]) -> None:
        self._kept = kept
        self._ask = ask
        self._given: list[list[str]] = []
        self._before: list[list[str]] = []

    def ask(self, question: str) -> str:
        """The answer of the time before, as long as the questions are the same; then what is typed now."""
        if self._before and self._before[0][0] == question:
            answer = self._before.pop(0)[1]
        else:
            self._before = []
            answer = self._ask(question)
        self._given.append([question, answer])
        return answer

    def __enter__(self) -> Self:
        try:
            before = json.loads(self._kept.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return self
        if before and self._ask("Pick up where you left off? yes or no").strip().lower() in {"", "y", "yes"}:
            self._before = before
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and issubclass(kind, (click.Abort, KeyboardInterrupt)) and self._given:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            self._kept.write_text(json.dumps(self._given, ensure_ascii=False), encoding="utf-8")
            say("\nYour answers are saved. Run the same command again to continue.")


COMMAND = init
