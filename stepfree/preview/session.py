"""One preview from its beginning to its end: follows the files and tells the open pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watchfiles import watch

from audit.settings.config import Config
from stepfree.preview.examiner import Examiner
from stepfree.preview.feed import Feed
from stepfree.preview.server import PreviewServer, renewed, serve
from stepfree.preview.site import FollowedSite

FOLDERS = ("content", "theme", "plugins")
#: Files of the project's own folder. That folder is not watched whole: a build writes below it.
DECISIONS = ("excuses.toml", "baseline.toml")
SETTINGS = ("pelicanconf.py", "stepfree.toml", "words.toml")
#: Milliseconds between two looks at them.
LOOK = 500
#: Milliseconds: how long a save may go on, and how long it must be quiet after it.
DEBOUNCE, STEP = 400, 30
#: Files that editors and Python leave beside the real ones.
PASSING = (".swp", ".swx", ".tmp", "~", ".pyc", ".pyo", ".part")


@dataclass(frozen=True)
class Wishes:
    """What a person asked for on the command line."""

    port: int | None = None
    drafts: bool = True
    findings: bool = True


class Session:
    """A running preview."""

    def __init__(
        self,
        site: FollowedSite,
        feed: Feed,
        server: PreviewServer,
        say: Callable[[str], None],
        known: dict[Path, int],
    ) -> None:
        self.site, self.feed, self.server, self._say = site, feed, server, say
        #: The files as they were before the site was first read.
        self._known = known
        #: Set when the program itself has changed, so that only a new process can go on.
        self.outdated = False

    @property
    def address(self) -> str:
        return self.server.origin + self.site.base_path

    def changed(self, files: Iterable[Path]) -> None:
        """Take in changed files; pages whose bytes or looks are others ask for themselves again."""
        site = self.site
        before = {address: self._bytes(address) for address in self.feed.addresses}
        looks, wrong = site.looks, site.troubles
        site.follow(files)
        if site.troubles and site.troubles != wrong:
            for each in site.troubles:
                self._say(" ".join(part for part in (f"{each.where}:", each.message, each.hint) if part.strip(":")))
        elif wrong and not site.troubles:
            self._say("Fixed. The pages are back.")
        for address, old in before.items():
            if site.looks != looks or self._bytes(address) != old:
                self.feed.tell(address, renewed(site.generation))
        for address in before:
            self.server.look(address)

    def _bytes(self, address: str) -> bytes | None:
        page = self.site.show(address)
        return page.html if page else None

    def follow(self, stop: threading.Event) -> None:
        """Watch the files until ``stop`` is set or the program itself has changed."""
        root = self.site.root
        places = [root / name for name in FOLDERS if (root / name).is_dir()]
        before = {file: self._known.get(file, 0) for file in _moments(root)}
        changes = watch(
            *places,
            watch_filter=lambda _, path: wanted(Path(path)),
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=stop,
            rust_timeout=LOOK,
            yield_on_timeout=True,
        )
        for batch in changes:
            now = _moments(root)
            files = {Path(path) for _, path in batch} | {file for file in now if now[file] != before[file]}
            before = now
            if self._known:
                # What was saved while the site was first read, before anybody watched.
                files |= _differing(self._known, _all_moments(root))
                self._known = {}
            if not files:
                continue
            self.changed(sorted(files))
            if any(file.suffix == ".py" or file.name in SETTINGS for file in files) and not self.site.troubles:
                self.outdated = True
                return


def _moments(root: Path) -> dict[Path, int]:
    """When each file of decisions and settings was last saved, in ns; 0: it is not there."""
    files = (root / name for name in (*DECISIONS, *SETTINGS))
    return {file: file.stat().st_mtime_ns if file.is_file() else 0 for file in files}


def _all_moments(root: Path) -> dict[Path, int]:
    """The same for every file that is followed."""
    found = (file for name in FOLDERS for file in (root / name).rglob("*") if wanted(file) and file.is_file())
    return {file: file.stat().st_mtime_ns for file in found} | _moments(root)


def _differing(before: dict[Path, int], now: dict[Path, int]) -> set[Path]:
    return {file for file in before.keys() | now.keys() if before.get(file) != now.get(file)}


def wanted(file: Path) -> bool:
    """Whether a file can matter: no hidden one, no copy that an editor makes while saving."""
    return not (file.name.startswith((".", "#", "4913")) or file.name.endswith(PASSING) or "__pycache__" in file.parts)


@contextmanager
def previewing(
    settings: Path,
    config: Config,
    wishes: Wishes,
    say: Callable[[str], None],
    overrides: dict[str, Any] | None = None,
) -> Iterator[Session]:
    """A preview that is being served.

    Raises:
        SiteError: the settings cannot be read at all.
        UsageError: the port is taken.
    """
    site = FollowedSite(settings, drafts=wishes.drafts, overrides=overrides)
    known = _all_moments(site.root)
    site.follow()
    feed = Feed()
    search = site.root / "build" / "site"
    with ExitStack() as stack:
        server = stack.enter_context(serve(site, feed, wishes.port, search=search, findings=wishes.findings))
        stack.callback(feed.close)
        if wishes.findings:
            plain = stack.enter_context(PreviewServer(site, feed, 0, panel=False, search=search))
            server.look = stack.enter_context(Examiner(site, feed, config, plain.origin)).look
        session = Session(site, feed, server, say, known)
        for each in site.troubles:
            say(" ".join(part for part in (f"{each.where}:", each.message, each.hint) if part.strip(":")))
        yield session
