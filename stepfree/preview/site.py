"""The site as its files are now: pages rendered when asked for, or what keeps them from being made."""

from __future__ import annotations

import ast
import hashlib
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.survey.manifest import BuiltPage, Elements
from stepfree.preview.troubles import Trouble, trouble_page, troubles_of

if TYPE_CHECKING:
    from library_site.live import LivePage, LiveSite

NOT_FOUND = "/404.html"
#: What may change without a picture or style sheet being another one.
TEXTS = frozenset({".md", ".yml", ".csv", ".toml", ".html"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that only the preview shows: where on the page, from which file, and why."""

    ordinals: tuple[int, ...]
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands at an address: the bytes that would be published, or a page that says what is wrong.

    ``built`` tells where its elements come from, ``sources`` which content files are told of
    here and nowhere else; ``because`` why the page would not be published today, if so.
    """

    address: str
    status: int
    html: bytes
    lang: str = "en"
    source: str = ""
    built: BuiltPage | None = None
    sources: tuple[str, ...] = ()
    because: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.html).hexdigest()


class FollowedSite:
    """The site in memory; safe to ask from any thread.

    ``generation`` grows with every change; ``looks`` with every change of something that is no text, so
    that a page with the same bytes can still look different.
    """

    def __init__(self, settings: Path, *, drafts: bool, overrides: dict[str, Any] | None = None) -> None:
        from library_site.live import LiveSite

        chosen = {"STEPFREE_DRAFTS": drafts, **(overrides or {})}
        self.root = Path(chosen.get("STEPFREE_ROOT") or settings.resolve().parent)
        self._live: LiveSite = LiveSite(settings, overrides=chosen)
        self._lock = threading.RLock()
        self._shown: dict[str, Shown | None] = {}
        self._troubles: tuple[Trouble, ...] = ()
        # Not from 0: a page of an earlier preview must notice that this is another one.
        self.generation = time.time_ns() // 1_000_000
        self.looks = 0

    @property
    def base_path(self) -> str:
        """``/`` or ``/library/``."""
        return f"{self._live.base_path}/"

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What keeps the site from being made now; empty when nothing does."""
        return self._troubles

    def follow(self, changed: Iterable[Path] = ()) -> None:
        """Read what changed. What is wrong becomes ``troubles``; never raises for mistakes of a person."""
        files = tuple(changed)
        with self._lock:
            self._troubles = tuple(each for file in files for each in _python_trouble(file, self.root))
            if not self._troubles:
                try:
                    self._live.refresh()
                except Exception as error:  # noqa: BLE001 - whatever a file under work causes is shown, the preview goes on
                    self._troubles = troubles_of(error, self.root)
            self._shown.clear()
            self.generation += 1
            self.looks += any(file.suffix not in TEXTS for file in files)

    def show(self, address: str) -> Shown | None:
        """The page at an address below the base path; ``None`` where there is none."""
        with self._lock:
            if self._troubles:
                return self._wrong(address, self._troubles)
            if address not in self._shown:
                try:
                    page = self._live.page(address)
                    self._shown[address] = self._from(page) if page else None
                except Exception as error:  # noqa: BLE001 - as above: a template under work may do anything
                    self._shown[address] = self._wrong(address, troubles_of(error, self.root))
            return self._shown[address]

    def file(self, path: str) -> bytes | None:
        """A file that is no page, by its path below the base path."""
        with self._lock:
            if not self._live.ready:
                return None
            try:
                return self._live.file(path)
            except Exception:
                if not self._troubles:
                    raise
                return None

    def exists(self, address: str) -> bool:
        with self._lock:
            return address in self._live.addresses

    def _wrong(self, address: str, troubles: tuple[Trouble, ...]) -> Shown:
        return Shown(address, 500, trouble_page(troubles))

    def _from(self, live: LivePage) -> Shown:
        page = live.page
        places = self._live.places(live.elements)
        unpublished = self._live.unpublished()
        built = BuiltPage(
            address=page.path,
            file=page.file,
            sha256="",
            source=page.source or f"theme/templates/{page.template}.html",
            line=1,
            template=page.template,
            lang=page.lang,
            status=page.status,
            kind=page.kind.value,
            elements=Elements(
                live.elements.count,
                tuple(start for start, _, _ in places),
                tuple((path, line) for _, path, line in places),
            ),
        )
        marked: dict[str, list[int]] = {}
        for start, path, _ in places:
            if path in unpublished and path != page.source:
                marked.setdefault(path, []).append(start)
        homes = {path for _, path, _ in places if path.startswith("content/") and path.endswith(".md")}
        here = tuple(sorted(path for path in homes | {page.source} if path and self._home(path) in {None, page.path}))
        return Shown(
            page.path,
            page.status,
            live.html,
            page.lang,
            page.source,
            built,
            here,
            unpublished.get(page.source, ""),
            tuple(Mark(tuple(starts), path, unpublished[path]) for path, starts in marked.items()),
        )

    def _home(self, path: str) -> str | None:
        return self._live.page_of(path)


def _python_trouble(file: Path, root: Path) -> Iterable[Trouble]:
    """A plugin that is no valid Python: said before the preview starts anew with it."""
    if file.suffix != ".py" or not file.is_file():
        return
    try:
        ast.parse(file.read_bytes())
    except SyntaxError as error:
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
        yield Trouble(f"{shown}:{error.lineno or 1}", f"This is not valid Python: {error.msg}.")
