"""From saving a file to seeing it, and to its findings, on a generated site of 500 pages.

    python -m benchmarks.preview [--rounds 5] [--programs 400] [--pages 100] [--no-browser]

A page is open; a faulty line is saved into its file in each round. "Shown": the page as it is asked for anew
has the line. "Text": the page has heard what rules about writing say of it. "All": it has heard
what the browser says too. Beside the seconds stand those that the build of the whole site takes
on the same machine at the same time, and the ratio to it, which depends less on how busy it is.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.build_speed import REPOSITORY, our_build, write_both

#: Issue by issue: one second to the page, two to its findings, on a machine that does nothing else.
BOUNDS = {"shown": 1.0, "text": 2.0, "all": 2.0}


@dataclass
class Watched:
    """What an open page has heard: name, data, moment."""

    heard: list[tuple[str, Mapping[str, Any], float]] = field(default_factory=list)

    def first(self, after: int, stages: frozenset[str]) -> float | None:
        """When findings of a later generation than ``after`` came that have got so far."""
        return next(
            (
                moment
                for name, data, moment in list(self.heard)
                if name == "findings" and data["generation"] > after and data["stage"] in stages
            ),
            None,
        )


def main() -> int:
    """Run the benchmark and print its table; return 1 when a median is above its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", type=int, default=400)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(REPOSITORY / "plugins"))
    with tempfile.TemporaryDirectory(prefix="preview-speed-") as name:
        folder = Path(name)
        write_both(folder, options.programs, options.pages)
        ours = folder / "ours"
        build = our_build(ours).wall
        times = measure(ours, options.rounds, browser=not options.no_browser)
        shutil.rmtree(ours / "output", ignore_errors=True)
    print(f"{options.programs + options.pages} pages, {options.rounds} rounds; whole build: {build:.2f} s")
    print(f"{'':8}{'median s':>10}{'worst s':>10}{'build ratio':>13}{'bound s':>9}")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:8}{median:>10.2f}{max(values):>10.2f}{median / build:>13.2f}{BOUNDS[name]:>9.1f}")
    return int(any(statistics.median(values) > BOUNDS[name] for name, values in times.items()))


def measure(folder: Path, rounds: int, *, browser: bool) -> dict[str, list[float]]:
    """Seconds from saving, by what has been reached."""
    from audit.settings.config import Config
    from stepfree.preview.session import Wishes, previewing

    overrides = {"PATH": str(folder / "content"), "STEPFREE_ROOT": str(folder)}
    times: dict[str, list[float]] = {"shown": [], "text": [], **({"all": []} if browser else {})}
    stop = threading.Event()
    file, address = folder / "content/pages/s00001.md", "s00001/"
    with previewing(REPOSITORY / "pelicanconf.py", Config(), Wishes(), print, overrides) as session:
        thread = threading.Thread(target=session.follow, args=(stop,), daemon=True)
        thread.start()
        url = session.address + address
        watched = Watched()
        threading.Thread(target=_listen, args=(session.address, address, watched), daemon=True).start()
        seen = _generation(_text(url))
        # Before the first save the browser has started and looked once, as for a person who reads first.
        _wait(lambda: watched.first(seen - 1, frozenset({"whole"} if browser else {"looking", "text only"})))
        good = file.read_text(encoding="utf-8")
        for number in range(rounds):
            seen = session.site.generation
            saved = time.perf_counter()
            file.write_text(f"{good}\n#### Round {number}\n", encoding="utf-8")
            _wait(lambda number=number: f"Round {number}" in _text(url) or None)
            times["shown"].append(time.perf_counter() - saved)
            text = _wait(lambda seen=seen: watched.first(seen, frozenset({"looking", "whole", "text only"})))
            times["text"].append(text - saved)
            if browser:
                times["all"].append(_wait(lambda seen=seen: watched.first(seen, frozenset({"whole"}))) - saved)
        stop.set()
        thread.join(30)
    return times


def _listen(root: str, address: str, watched: Watched) -> None:
    stream = f"{root}_preview/events?page=/{address}&seen=0"
    with urllib.request.urlopen(stream, timeout=300) as reply:  # noqa: S310 - loopback
        for name, data in _events(reply):
            watched.heard.append((name, data, time.perf_counter()))


def _events(reply: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    name = ""
    for raw in reply:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def _text(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as reply:  # noqa: S310 - loopback
        return str(reply.read().decode())


def _generation(html: str) -> int:
    found = re.search(r"generation&quot;: (\d+)", html)
    assert found is not None
    return int(found.group(1))


def _wait(what: Any) -> Any:
    """What a call gives as soon as it is not ``None``; gives up after two minutes."""
    for _ in range(12_000):
        found = what()
        if found is not None:
            return found
        time.sleep(0.01)
    raise SystemExit("The preview did not answer within two minutes.")


if __name__ == "__main__":
    raise SystemExit(main())
