"""``stepfree import``: what another system exports becomes drafts of this website."""  # noqa: N999 - a command has its name

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, override

import click

from stepfree.safe_output import say

if TYPE_CHECKING:
    from stepfree.imports.arrivals import Delivery

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


#: What an export is brought with, by the ending of its name.
_BY_ENDING = {
    ".ics": ("calendar",),
    ".csv": ("sheet", "libguides"),
    ".xlsx": ("sheet", "libguides"),
    ".xml": ("wordpress", "libguides"),
    ".zip": ("wordpress", "calendar"),
}


class _Imports(click.Group):
    """Says what to write where somebody named the file alone."""

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from audit.settings.nearest import did_you_mean, known_words

            names = self.list_commands(ctx)
            ways = _BY_ENDING.get(Path(name).suffix.lower(), ())
            hint = f"Write {' or '.join(f'stepfree import {way} {name}' for way in ways)}." if ways else ""
            known = did_you_mean(name, names) or f"They are {known_words(names)}."
            raise click.UsageError(f"What “{name}” comes from is named first. {hint or known}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Imports, short_help="Bring content from WordPress, a calendar, LibGuides or a spreadsheet.")
def import_() -> None:
    """Bring content of another system into this website. Everything arrives as a draft.

    What a person has to look at is listed, by file and line or by row and column, and so is what was left out. A second
    import adds only what is new.
    """


@import_.command()
@click.argument("file", type=_FILE)
@click.option(
    "--uploads",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A copy of the folder wp-content/uploads of the old site.",
)
@click.option("--fetch", is_flag=True, help="Fetch pictures and files from the old site.")
def wordpress(file: Path, uploads: Path | None, fetch: bool) -> int:
    """Pages, posts, pictures, files and menu of a WordPress export (Tools, Export, All content), as XML or ZIP."""

    def bring(delivery: Delivery) -> None:
        from stepfree.imports.fetching import Fetcher
        from stepfree.imports.wordpress import bring as bring_all
        from stepfree.imports.wordpress_export import read_export

        bring_all(read_export(file), delivery, Fetcher(uploads, fetch))

    return _import(bring)


@import_.command()
@click.argument("source", metavar="FILE_OR_ADDRESS")
@click.option("--past", is_flag=True, help="Include programs that are over.")
def calendar(source: str, past: bool) -> int:
    """Programs from a calendar: a file (.ics, or the ZIP of Google Takeout), or its address (Google, LibCal, Outlook …)."""

    def bring(delivery: Delivery) -> None:
        from audit.errors import UsageError
        from library_forms.draft import Beside
        from stepfree.imports.arrivals import deliver
        from stepfree.imports.calendar import arrivals
        from stepfree.imports.fetching import Fetcher
        from stepfree.imports.parts import parts_of
        from stepfree.today import today

        address = source.replace("webcal://", "https://", 1)
        path = Path(source)
        if address.startswith(("https://", "http://")):
            data = Fetcher(online=True).get(address)
        elif path.is_file():
            data = path.read_bytes()
        else:
            data = f"There is no file {source}."
        if isinstance(data, str):
            raise UsageError(data)
        beside = Beside.of(delivery.content)
        parts = parts_of(data, source, ".ics")
        for name, part in parts:
            try:
                deliver(arrivals(part, name, beside, delivery, today(), past=past), delivery)
            except UsageError as error:
                # One calendar of several that cannot be read does not keep the others out.
                if len(parts) == 1:
                    raise
                delivery.leave(name, str(error).removeprefix(f"{name}: ").capitalize())

    return _import(bring)


@import_.command()
@click.argument("file", type=_FILE)
def libguides(file: Path) -> int:
    """The A–Z list of LibGuides, as e-resources: its export as CSV, XLSX or XML."""
    return _import(lambda delivery: _rows(file, "e-resource", delivery))


@import_.command()
@click.argument("file", type=_FILE)
@click.option(
    "--type",
    "kind",
    type=click.Choice(["staff", "e-resource", "equipment", "program"]),
    required=True,
    help="What a row is.",
)
def sheet(file: Path, kind: str) -> int:
    """A spreadsheet (CSV or XLSX) of staff, e-resources, equipment or programs, one in each row."""
    return _import(lambda delivery: _rows(file, kind, delivery))


def _rows(file: Path, kind: str, delivery: Delivery) -> None:
    from library_forms.draft import Beside
    from library_schemas.library import Lists
    from stepfree.imports.arrivals import deliver
    from stepfree.imports.rows import rows_of
    from stepfree.imports.sheets import arrivals

    library = Beside.of(delivery.content).library
    lists, country = (library.lists, library.place) if library is not None else (Lists(), "")
    deliver(arrivals(rows_of(file), kind, file, delivery, lists, country), delivery)


def _import(bring: Callable[[Delivery], None]) -> int:
    from stepfree.project import content_folder, site_plugins

    site_plugins()
    from audit.errors import UsageError
    from stepfree.imports.arrivals import Delivery

    content = content_folder()
    if not (content / "library.yml").is_file():
        raise UsageError("There is no library.yml in content/.", "Begin the website first: stepfree init.")
    delivery = Delivery(content)
    try:
        bring(delivery)
    finally:
        # What is written is remembered, whatever ends an import: a second one must not bring it again.
        if delivery.written or delivery.files:
            delivery.close()
    delivery.close()
    lines = list(delivery.report())
    report = content.parent / "build" / "import.txt"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    for line in delivery.report(brief=True):
        say(line)
    say(f"\nThe whole list is in {report.as_posix()}. Look at the drafts with: stepfree preview")
    return 0


COMMAND = import_
