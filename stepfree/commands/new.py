"""``stepfree new TYPE``: asks for the fields of a page in plain words and writes the file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Write a new content file by answering questions.")
@click.argument("kind", metavar="TYPE")
@click.option("--title", help="The title, so that it is not asked.")
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the library's content, when it is not that of this website.",
)
def new(kind: str, title: str | None, content: Path | None) -> int:
    """Write a new content file of TYPE (program, notice, branch …) by answering questions.

    Nothing is written before all answers are right. Ctrl+C leaves without a file.
    """
    from stepfree.project import content_folder, site_plugins

    site_plugins()
    from audit.errors import UsageError
    from audit.settings.nearest import did_you_mean, known_words
    from library_forms.draft import Beside, path_for, problems_of, text_of
    from library_forms.questions import Answers
    from library_schemas import CONTENT_TYPES

    words = {schema.type_name: folder for folder, schema in CONTENT_TYPES.items()} | {
        name: name for name in CONTENT_TYPES
    }
    folder = words.get(kind.lower())
    if folder is None:
        names = [schema.type_name for schema in CONTENT_TYPES.values()]
        raise UsageError(f"There is no type “{kind}”.", did_you_mean(kind, names) or f"There are {known_words(names)}.")
    content = content or content_folder()
    if not content.is_dir():
        raise UsageError(
            f"{content} is not a folder.", "Run this in the folder of the site, or name it with --content."
        )

    branches = tuple(sorted(file.stem for file in (content / "branches").glob("*.md")))

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix="\n> "))

    beside = Beside.of(content)
    answers = Answers(folder, branches, ask, click.echo, lambda given: problems_of(folder, given, "", beside))
    given = answers.take_all({"title": title} if title else {})
    body = ask("The text of the page; Enter to write it later in the file")
    path = path_for(content, folder, given)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(given, body), encoding="utf-8")
    click.echo(f"Written: {path}. Look at it with: stepfree preview")
    return 0


COMMAND = new
