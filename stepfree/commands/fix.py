"""``stepfree fix``: repairs typing slips in Markdown; shows what it would change first."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Fix simple slips; shows the changes first.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Make the changes.")
def fix(paths: tuple[Path, ...], write: bool) -> int:
    """Repair typing slips in PATHS (files or folders; content/ without any).

    Mended are: list marks and the empty line before a list, inner lists, headings of the first
    level, spaces at the ends of lines, and http:// for sites that are known to answer to
    https; and whatever rules of your own know to mend. The meaning is never changed; what needs a decision is asked.
    """
    from audit.errors import UsageError
    from audit.settings.config import find
    from audit.writing.source import read
    from stepfree.project import content_folder
    from stepfree.repair import mend, questions

    packs = find(None, Path()).rules
    files: list[Path] = []
    for path in paths or (content_folder(),):
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
        files += sorted(path.rglob("*.md")) if path.is_dir() else [path]
    changed = 0
    for file in files:
        try:
            before = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(
                f"{file}: this file is not saved as UTF-8.", "Save it again with the encoding UTF-8."
            ) from None
        source = read(file, file.as_posix(), "fr" if "fr" in file.parts else "en")
        mended = mend(source, packs)
        if mended.text != source.text:
            changed += 1
            rows = difflib.unified_diff(
                source.text.splitlines(), mended.text.splitlines(), f"{file} (now)", f"{file} (mended)", lineterm=""
            )
            say("\n".join(rows))
            if write:
                file.write_bytes(_as_before(mended.text, before).encode("utf-8"))
        for line, question in questions(mended, packs):
            say(f"{file}:{line}: {question}")
    if changed and not write:
        say(f"{_files(changed)} would change. Nothing is written yet: add --write to make the changes.")
    else:
        say(f"{_files(changed)} changed." if changed else "Nothing to repair.")
    return 0


def _as_before(text: str, before: str) -> str:
    """The text with the line ends and the byte order mark that the file had: they are not what is mended."""
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if before.count("\r\n") > before.count("\n") / 2 else text)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


COMMAND = fix
