"""What a person sees while an audit runs: a bar on a terminal, a line now and then elsewhere.

It goes to stderr, so that stdout holds the result and nothing else.
"""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from audit.model.finding import PageState
from audit.reports.markup import spoken
from stepfree.safe_output import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from audit.run.worker import PageRecord


class Teller:
    """Tells on stderr how a run is coming along (``audit.run.run.Listener``)."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._total = 0
        self._done = 0
        self._failed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def stage(self, words: str) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        say(f"{words} …", err=True)

    def pages(self, total: int) -> None:
        self._total = total
        if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            # An address may hold what rich takes for markup.
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("pages", total=total)
        self._bar.start()

    def page(self, record: PageRecord) -> None:
        self._done += 1
        if record.state is PageState.NOT_AUDITED:
            self._failed += 1
        if self._bar is not None and self._task is not None:
            address = spoken(record.address)
            words = address if len(address) <= 40 else f"…{address[-39:]}"
            self._bar.update(self._task, advance=1, description=words)
        elif self._done == self._total or self._done % max(10, self._total // 10) == 0:
            failed = f", {self._failed} of them failed" if self._failed else ""
            say(f"{self._done} of {self._total} pages{failed}", err=True)
