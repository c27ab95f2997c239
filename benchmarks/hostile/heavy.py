"""Pages and folders that need more than a test may: many elements, much memory, large files, odd names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile.running import problems, stepfree

HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><main><h1>A page</h1>'
)
PICTURE = '<img src="dot.svg">'
#: A film of so many bytes, of which the disk holds none.
FILM = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Heavy:
    """A folder, the exit codes it may end with, and words that the terminal must say."""

    make: Callable[[Path], None]
    codes: frozenset[int]
    says: str = ""


def _page(text: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "index.html").write_text(f"{HEAD}{text}</main></body></html>", encoding="utf-8")

    return make


def _film(folder: Path) -> None:
    _page(f'{PICTURE}<p><a href="film.mp4">A film</a></p>')(folder)
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(FILM)


def _names(folder: Path) -> None:
    _page(PICTURE)(folder)
    for name in (b"\xff\xfe.html", b"new\nline.html", "\u202egnp.html".encode(), b"%41.html", b"a?b#c.html"):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text(f"{HEAD}{PICTURE}", encoding="utf-8")


CASES = {
    "50,000 elements": Heavy(_page(PICTURE + "<p>Word <b>word</b></p>" * 25_000), frozenset({1, 4}), "/"),
    "10 MB": Heavy(_page(PICTURE + f"<p>{'word ' * 200}</p>" * 10_000), frozenset({1, 4})),
    "6,000 deep": Heavy(_page(PICTURE + "<div>" * 6_000), frozenset({1, 4})),
    "much memory": Heavy(
        _page(f"{PICTURE}<script>const a = []; for (;;) a.push(new Array(1e6).fill(Math.random()))</script>"),
        frozenset({4}),
        "/",
    ),
    "busy for ever": Heavy(_page(f"{PICTURE}<script>for (;;) {{}}</script>"), frozenset({4}), "loading"),
    "grows for ever": Heavy(
        _page(
            f"{PICTURE}<script>setInterval(() => document.body.append(document.createElement('p'), 'more'), 20)</script>"
        ),
        frozenset({1, 4}),
    ),
    "a film of 3 GB": Heavy(_film, frozenset({1})),
    "names": Heavy(_names, frozenset({1, 2, 4})),
}


def heavy(only: str) -> Iterator[tuple[str, list[str]]]:
    """Each case with what was wrong; ``only``: those with this word in their name."""
    for name, case in CASES.items():
        if only not in name:
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "site"
            folder.mkdir()
            (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
            case.make(folder)
            arguments = ["audit", str(folder), "--no-cache", "--profile", "wcag22-aa", "--format", "json"]
            run = stepfree(arguments, Path(place) / "work")
            found = problems(run, set(case.codes))
            if case.says not in run.said:
                found.append(f"the terminal does not say “{case.says}”")
            yield f"{name} (exit {run.exit_code}, {run.seconds:.0f} s)", found
