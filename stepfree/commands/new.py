"""``stepfree new TYPE``: asks for the fields of a page in plain words and writes the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import yaml

from stepfree.safe_output import say


@click.command(short_help="Write a new content file by answering questions.")
@click.argument("kind", metavar="TYPE", required=False)
@click.option("--title", help="The title, so that it is not asked.")
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the library's content, when it is not that of this website.",
)
def new(kind: str | None, title: str | None, content: Path | None) -> int:
    """Write a new content file of TYPE (program, notice, branch …) by answering questions.

    Nothing is written before all answers are right. Ctrl+C leaves without a file; the answers are kept
    for the next time.
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
    names = [schema.type_name for schema in CONTENT_TYPES.values()]
    if kind is None:
        raise UsageError("Say what to write.", f"The types are {known_words(names)}.")
    folder = words.get(kind.lower()) or words.get(_ALSO.get(kind.lower(), ""))
    if folder is None:
        raise UsageError(
            f"There is no type “{kind}”.", did_you_mean(kind, names) or f"The types are {known_words(names)}."
        )
    content = content or content_folder()
    if not content.is_dir():
        raise UsageError(
            f"{content} is not a folder.", "Run this in the folder of the site, or name it with --content."
        )

    branches = tuple(sorted(file.stem for file in (content / "branches").glob("*.md")))

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix="\n> "))

    beside = Beside.of(content)
    answers = Answers(folder, branches, ask, say, lambda given: problems_of(folder, given, "", beside))
    kept = content.parent / ".cache" / "new" / f"{folder}.yml"
    already: dict[str, object] = {"title": title} if title else {}
    try:
        already = {**_kept(kept, ask), **already}
        given = answers.take_all(already)
        body = ask("The text of the page; Enter to write it later in the file")
    except (click.Abort, KeyboardInterrupt):
        if answers.given:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(yaml.safe_dump(answers.given, allow_unicode=True, sort_keys=False), encoding="utf-8")
            say("\nYour answers are saved. Run the same command again to continue.")
        raise
    kept.unlink(missing_ok=True)
    path = path_for(content, folder, given)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(given, body), encoding="utf-8")
    say(f"Written: {path}. Look at it with: stepfree preview")
    return 0


def _kept(path: Path, ask: Callable[[str], str]) -> dict[str, object]:
    """The answers of a time before that was broken off, if they are wanted."""
    if not path.is_file():
        return {}
    try:
        answers = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        answers = None
    if isinstance(answers, dict) and answers:
        begun = answers.get("title", "what you began")
        if ask(f"Go on with “{begun}”? yes or no").strip().lower() in _YES:
            return {str(name): value for name, value in answers.items()}
    path.unlink()
    return {}


#: What else people call a type.
_ALSO = {
    **dict.fromkeys(["event", "events", "workshop", "class", "course", "activity", "storytime"], "program"),
    **dict.fromkeys(["post", "blog", "article", "news"], "news item"),
    **dict.fromkeys(["closure", "alert", "disruption", "closing"], "notice"),
    **dict.fromkeys(["database", "resource", "eresource"], "e-resource"),
    **dict.fromkeys(["faq", "answer"], "question"),
    **dict.fromkeys(["location", "library"], "branch"),
    **dict.fromkeys(["person", "employee", "staff member", "staff"], "staff role"),
    **dict.fromkeys(["list", "reading list", "books"], "booklist"),
}
_YES = frozenset({"y", "yes", "o", "oui", ""})
COMMAND = new
