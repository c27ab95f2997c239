"""``stepfree convert FILE.docx``: the page instead of the file."""

from __future__ import annotations

import re
from pathlib import Path

import click

from audit.documents.wording import counted
from stepfree.safe_output import say

#: What means something else in an address, or breaks it.
_NOT_IN_ADDRESS = re.compile(r"[^\w.-]+")


@click.command(short_help="Make a page from a Word file.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content"),
    show_default=True,
    help="The folder of the library's content.",
)
@click.option("--folder", default="pages", show_default=True, help="The folder below it for the page.")
@click.option("--no-download", is_flag=True, help="Do not keep the Word file as a download.")
def convert(file: Path, content: Path, folder: str, no_download: bool) -> int:
    """Write a Markdown page from FILE, a Word file (.docx).

    Its pictures are taken out with their alternatives, its tables get a header row, and what is missing is listed
    with file and line. The file itself stays on the site as a download.
    """
    import shutil

    from audit.documents.model import Unreadable
    from audit.errors import UsageError
    from stepfree.conversion import convert as converted

    if file.suffix.lower() != ".docx":
        raise UsageError(f"{file}: this is not a Word file.", "Name a .docx file; Word saves older ones as one.")
    if not content.is_dir():
        raise UsageError(
            f"{content} is not a folder.", "Run this in the folder of the site, or name it with --content."
        )
    download = None if no_download else f"documents/{_NOT_IN_ADDRESS.sub('-', file.stem).strip('-') or 'file'}.docx"
    try:
        made = converted(file, download)
    except Unreadable as error:
        raise UsageError(f"{file}: {error}") from error
    page = content / folder / f"{made.slug}.md"
    if page.exists():
        raise UsageError(f"{page} already exists.", "Rename one of the two, or remove the page first.")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(made.text, encoding="utf-8")
    for name, data in made.pictures:
        picture = content / "images" / "pages" / name
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(data)
    if download:
        kept = content / download
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not kept.exists() or not kept.samefile(file):
            shutil.copyfile(file, kept)
    say(f"Written: {page}, with {counted(len(made.pictures), 'picture', 'pictures')}.")
    for each in made.missing:
        say(f"{page}:{each.line}: {each.sentence}")
    return 0


COMMAND = convert
