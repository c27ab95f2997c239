"""Previews of a copy of the small library, and a small reader of their events."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.settings.config import Config
from stepfree.preview.session import Session, Wishes, previewing
from tests.site.projects import REPOSITORY
from tests.site.whole_site import LIBRARY


def copy_of_the_site(folder: Path) -> Path:
    """The content of the small library, and the theme, in a folder of their own."""
    shutil.copytree(LIBRARY / "content", folder / "content")
    shutil.copytree(REPOSITORY / "theme", folder / "theme")
    shutil.copy(REPOSITORY / "pelicanconf.py", folder)
    (folder / "stepfree.toml").write_text('[site]\nrules_page = "/accessibility/rules/"\n', encoding="utf-8")
    return folder


@dataclass
class Running:
    """A preview that follows its files."""

    session: Session
    folder: Path
    said: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of an address below the base path; redirects are not followed."""
        status, _, data = self.answer(path, **headers)
        return status, data.decode("utf-8", "replace")

    def answer(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(self.session.address + path, headers=headers)
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=60) as reply:
                return reply.status, dict(reply.headers), reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    def until(self, holds: Callable[[], bool]) -> bool:
        """Whether something comes true within a bound of attempts."""
        for _ in range(300):
            if holds():
                return True
            time.sleep(0.1)
        return False

    def generation(self, path: str) -> int:
        found = re.search(r"generation&quot;: (\d+)", self.get(path)[1])
        assert found is not None
        return int(found.group(1))

    @contextmanager
    def events(self, page: str, seen: int) -> Iterator[Iterator[tuple[str, Any]]]:
        """What an open page is told: names and data."""
        address = f"{self.session.address}_preview/events?page={page}&seen={seen}"
        with urllib.request.urlopen(address, timeout=60) as reply:
            assert reply.headers["Content-Type"].startswith("text/event-stream")
            yield _events(reply)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _events(reply: Any) -> Iterator[tuple[str, Any]]:
    name = ""
    for raw in reply:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


@contextmanager
def running(
    folder: Path, *, findings: bool = False, drafts: bool = True, settings: Path | None = None, **overrides: Any
) -> Iterator[Running]:
    """Preview the project in a folder until the end of the block."""
    said: list[str] = []
    wishes = Wishes(drafts=drafts, findings=findings)
    stop = threading.Event()
    config = Config(profile="everything", site={"rules_page": "/accessibility/rules/"})
    with previewing(settings or folder / "pelicanconf.py", config, wishes, said.append, overrides) as session:
        thread = threading.Thread(target=session.follow, args=(stop,), daemon=True)
        thread.start()
        try:
            yield Running(session, folder, said)
        finally:
            stop.set()
            thread.join(30)
