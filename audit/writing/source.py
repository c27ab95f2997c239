"""A Markdown source as rules see it: lines with their numbers, front matter apart from the body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from audit.writing.fences import fenced

#: Reads plain data only. The one in C takes a tenth of the time; not every installation of PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule found something: a line from 1, a column from 1, and the words that it is about."""

    line: int
    quote: str
    column: int = 1


@dataclass(frozen=True)
class SourceText:
    """One source file. ``path`` counts from the project's folder; ``address`` is the page it makes.

    ``today`` is the day of the audit; without it, nothing is said about days that may have passed.
    ``root`` is the project's folder; without it, nothing is said about what other files say.
    """

    path: str
    text: str
    lang: str = "en"
    address: str | None = None
    today: dt.date | None = None
    root: Path | None = None

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.text.splitlines())

    @cached_property
    def body_start(self) -> int:
        """The number of the first line after the front matter; 1 without any."""
        if not self.lines or self.lines[0].strip() != "---":
            return 1
        end = next((number for number, line in enumerate(self.lines[1:], start=2) if line.strip() == "---"), 0)
        return end + 1

    @cached_property
    def front_matter(self) -> Mapping[str, Any]:
        """The fields; empty where there are none, or where they are no valid YAML (the build says so)."""
        block = "\n".join(self.lines[1 : self.body_start - 2])
        try:
            data = yaml.load(block, Loader=_LOADER) if self.body_start > 1 else None  # noqa: S506 - both are safe
        except yaml.YAMLError:
            return {}
        return data if isinstance(data, dict) else {}

    def field_line(self, name: str) -> int:
        """The line on which a field of the front matter begins; 1 when it is not there."""
        pattern = re.compile(rf"^{re.escape(name)}\s*:")
        for number, line in enumerate(self.lines[: self.body_start - 1], start=1):
            if pattern.match(line):
                return number
        return 1

    def with_lines(self, lines: Iterable[str]) -> SourceText:
        """The same source with other lines; a line end at the end of the file stays."""
        return replace(self, text="\n".join(lines) + ("\n" if self.text.endswith("\n") else ""))

    def prose(self) -> Iterator[tuple[int, str]]:
        """The lines of the body with their numbers, fenced code left out."""
        body = self.lines[self.body_start - 1 :]
        for number, (line, code) in enumerate(zip(body, fenced(body), strict=True), start=self.body_start):
            if not code:
                yield number, line


def read(
    file: Path, path: str, lang: str = "en", address: str | None = None, today: dt.date | None = None
) -> SourceText:
    """The source in a file. Bytes that are no UTF-8 become a mark that shows them; a byte order mark is no text."""
    text = file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
    whole = file.as_posix()
    root = Path(whole.removesuffix(path) or ".") if whole.endswith(path) else None
    return SourceText(path, text, lang or "en", address, today, root)
