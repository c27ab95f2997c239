"""``stepfree demo``: a complete library's website to look at and to try things on."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Put a complete sample website into a folder.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("maple-lake"))
def demo(folder: Path) -> int:
    """Put the website of Maple Lake, an invented library, into FOLDER (maple-lake without a name).

    It has every type of page, in English and French. Nothing that is in the folder is changed: it
    must be empty or not there yet.
    """
    from audit.errors import UsageError
    from stepfree.installation import demo_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", "Name a folder that is not there yet.")
    for name, source in demo_files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    say(f"The website of Maple Lake is in {folder}.")
    say(f"Go there (cd {folder}) and look at it: stepfree preview")
    return 0


COMMAND = demo
