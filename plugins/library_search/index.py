"""Runs Pagefind over the pages that people should find.

Pagefind indexes whole folders, so the chosen pages are linked into a folder of their own. What
it makes depends on the pages alone. Without its program the site is built without an index;
the search page then leads to the list of all pages, as it does without a script.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from library_model.model import Output, Page, PageKind, Site

_LOG = logging.getLogger(__name__)
#: Parts of Pagefind's own interfaces, which we do not publish.
_INTERFACES = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
_TIMEOUT = 120


def program() -> str | None:
    """Return the path of the Pagefind program, or ``None`` when it is not installed."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return str(get_executable())
    except (ImportError, FileNotFoundError):
        return shutil.which("pagefind")


class Indexing:
    """Pagefind at work on the pages of a site, while other files are written.

    Iterating waits for it and gives the files of the index, which are then in their place.
    """

    def __init__(self, program: str, pages: Sequence[Page], output: Path) -> None:
        self._target = output / "pagefind"
        self._folder = tempfile.TemporaryDirectory(prefix="pages-")
        folder = Path(self._folder.name)
        for page in pages:
            target = folder / "site" / page.file
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(output / page.file, target)
            except OSError:  # another file system
                shutil.copyfile(output / page.file, target)
        self._index = folder / "index"
        self._process = subprocess.Popen(
            [program, "--site", str(folder / "site"), "--output-path", str(self._index)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __iter__(self) -> Iterator[Output]:
        said, complaints = self._process.communicate(timeout=_TIMEOUT)
        if self._process.returncode != 0:
            _LOG.warning("The search index could not be made: %s", (complaints or said).strip().splitlines()[-1:])
            return
        yield from _published(self._index, self._target)

    def close(self) -> None:
        """End the program if it still runs, and remove its folder."""
        with self._process:
            self._process.kill()
        self._folder.cleanup()


def make_index(site: Site, output: Path) -> Indexing | None:
    """Begin to write the index to ``output/pagefind/``; ``None`` without Pagefind or anything to find."""
    wanted = [page for page in site.all if searchable(page)]
    found = program()
    if found is None or not wanted or not any(page.template == "search" for page in site.all):
        return None
    return Indexing(found, wanted, output)


def searchable(page: Page) -> bool:
    """Whether a page belongs into the search: one for people, about what is there."""
    return (
        page.kind is PageKind.PAGE
        and bool(page.template)
        and page.listed
        and page.template not in {"search", "site-map"}
    )


def _published(index: Path, target: Path) -> list[Output]:
    files: list[Output] = []
    for path in sorted(index.rglob("*")):
        if path.is_dir() or path.name.startswith(_INTERFACES):
            continue
        name = path.relative_to(index).as_posix()
        destination = target / name
        destination.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        if name == "pagefind-entry.json":
            # Pagefind writes the languages in a different order each time.
            data = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":")).encode()
        destination.write_bytes(data)
        files.append(Output(f"pagefind/{name}", data))
    return files
