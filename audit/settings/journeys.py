"""``[[journeys]]``: ways through the site that are walked with real keys, each state on the way audited.

::

    [[journeys]]
    name = "Place a hold"
    start = "/catalogue/"                # or a whole address, of a site on the web
    hosts = ["https://login.example.org"]  # where else it may lead
    steps = [
        { type = "heron", into = "Search the catalogue" },
        { press = "Search" },
        { expect = "3 results" },
        { choose = "Main Branch", from = "Pickup branch" },
        { secret = "CATALOGUE_CARD", into = "Card number" },
        { go = "/my/holds/" },
        { wait = 2 },
    ]

A step names a control by what a person sees or hears of it. A ``secret`` is the name of a variable of the
environment; what it holds stands in no report.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from audit.errors import UsageError
from audit.settings.nearest import did_you_mean, known_words

#: What a step may do → the other keys that it may have.
KINDS: Mapping[str, tuple[str, ...]] = {
    "go": ("width",),
    "press": ("role", "number", "width"),
    "type": ("into", "number", "width"),
    "secret": ("into", "number", "width"),
    "choose": ("from", "number", "width"),
    "expect": ("width",),
    "wait": ("width",),
}
#: What leads to another state; the others only wait for one.
ACTS = frozenset({"go", "press", "type", "secret", "choose"})
KEYS = ("name", "start", "hosts", "steps")
#: The widths at which a journey is walked, in CSS px.
WIDTHS = (1280, 320)
LONGEST_WAIT = 30
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_EXAMPLE = '{ press = "Place a hold" }'

type Wrong = Callable[[int, str], UsageError]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``does``: a key of :data:`KINDS`; ``what``: its value as text; ``line``: in the file of settings.

    ``at``: the field of ``into`` or ``from``; ``role``: of the control; ``number``: which of several of one name,
    from 1; ``width``: the only width at which it is taken, in CSS px, ``None`` for both.
    """

    does: str
    what: str
    line: int
    at: str | None = None
    role: str | None = None
    number: int = 1
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A way through a site. ``start``: a path of the site that is audited, or a whole address; ``hosts``: origins
    (``https://login.example.org``) to which it may lead beside its own; ``path``: the file of settings.
    """

    name: str
    start: str
    steps: tuple[Step, ...]
    hosts: tuple[str, ...]
    path: str
    line: int

    @property
    def origin(self) -> str | None:
        """The site that it is for: scheme, host and port; ``None``: that of a folder."""
        parts = urlsplit(self.start)
        return f"{parts.scheme}://{parts.netloc.lower()}" if parts.scheme else None

    @property
    def ways(self) -> frozenset[str]:
        """The origins beside that of a folder to which it may lead."""
        addresses = (self.start, *self.hosts, *(step.what for step in self.steps if step.does == "go"))
        parts = [urlsplit(each) for each in addresses]
        return frozenset(f"{each.scheme}://{each.netloc.lower()}" for each in parts if each.scheme)

    def states(self) -> tuple[State, ...]:
        """Each state that it leads to: one for each step that acts, once what is expected or waited for after it is there."""
        ends: list[int] = []
        for number, step in enumerate(self.steps, start=1):
            if step.does in ACTS or not ends:
                ends.append(number)
            else:
                ends[-1] = number
        return tuple(State(self, end) for end in ends)


@dataclass(frozen=True, slots=True)
class State:
    """What is there after the first ``steps`` steps of a journey."""

    journey: Journey
    steps: int

    @property
    def address(self) -> str:
        """What a report calls it: ``/catalogue/ after step 3 of “Place a hold”``."""
        parts = urlsplit(self.journey.start)
        start = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return f"{start} after step {self.steps} of “{self.journey.name}”"


def read_journeys(data: object, text: str, path: str, wrong: Wrong) -> tuple[Journey, ...]:
    """The journeys of a file of settings. ``text``: the file; ``path``: how reports name it; ``wrong`` makes an error
    of a line and a sentence.

    Raises:
        UsageError: a key is unknown, or a value is not what it takes.
    """
    lines = _lines(text)
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise wrong(1, "journeys are written as [[journeys]], with two brackets.")
    if len(lines) != len(data):
        # They are written in another of the ways that TOML knows.
        lines = [(1, [])] * len(data)
    found: list[Journey] = []
    for entry, (line, steps) in zip(data, lines, strict=True):
        journey = _journey(entry, line, steps, path, wrong)
        if any(journey.name == other.name for other in found):
            raise wrong(line, f"there are two journeys “{journey.name}”. Give each a name of its own.")
        found.append(journey)
    return tuple(found)


def _journey(data: Mapping[str, object], line: int, lines: Sequence[int], path: str, wrong: Wrong) -> Journey:
    for key in data:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS) or f"Known: {known_words(KEYS)}."
            raise wrong(line, f"unknown key “{key}” in [[journeys]]. {hint}")
    name, start, steps, hosts = (data.get(key) for key in ("name", "start", "steps", "hosts"))
    if not isinstance(name, str) or not name.strip():
        raise wrong(line, 'a journey needs a name: name = "Place a hold".')
    called = f"the journey “{name}”"
    if not isinstance(start, str) or not (start.startswith("/") or _is_whole(start)):
        raise wrong(line, f'{called} needs the address at which it starts: start = "/catalogue/", or a whole address.')
    if hosts is not None and not (
        isinstance(hosts, list) and all(isinstance(each, str) and _is_whole(each) for each in hosts)
    ):
        raise wrong(line, f'{called}: “hosts” takes a list of addresses, for instance ["https://login.example.org"].')
    if not isinstance(steps, list) or not steps:
        raise wrong(line, f"{called} needs steps: steps = [{_EXAMPLE}].")
    places = lines if len(lines) == len(steps) else [line] * len(steps)
    read = tuple(_step(step, place, wrong) for step, place in zip(steps, places, strict=True))
    journey = Journey(" ".join(name.split()), start, read, tuple(hosts or ()), path, line)
    if journey.origin is None and journey.ways:
        raise wrong(
            line, f"{called} starts in a folder, and leads to {min(journey.ways)}. Let it start at a whole address."
        )
    return journey


def _is_whole(address: str) -> bool:
    return address.startswith(("https://", "http://")) and bool(urlsplit(address).hostname)


def _step(data: object, line: int, wrong: Wrong) -> Step:
    acts = known_words(KINDS)
    if not isinstance(data, dict):
        raise wrong(line, f"a step is written as {_EXAMPLE}.")
    kinds = [key for key in data if key in KINDS]
    if len(kinds) != 1:
        known = {*KINDS, *(key for others in KINDS.values() for key in others)}
        unknown = next((key for key in data if key not in known), None)
        hint = f" {did_you_mean(unknown, KINDS)}".rstrip() if unknown else ""
        raise wrong(line, f"a step has one of {acts}: {_EXAMPLE}.{hint}")
    kind = kinds[0]
    for key in data:
        if key != kind and key not in KINDS[kind]:
            hint = did_you_mean(key, KINDS[kind]) or f"Known: {known_words(KINDS[kind])}."
            raise wrong(line, f"unknown key “{key}” beside “{kind}”. {hint}")
    what, at, role = data[kind], data.get("into", data.get("from")), data.get("role")
    number, width = data.get("number", 1), data.get("width")
    _check(kind, what, line, wrong)
    if kind in {"type", "secret"} and at is None:
        raise wrong(line, f'“{kind}” needs the name of the field: {{ {kind} = "…", into = "Card number" }}.')
    for key, value in (("into" if "into" in data else "from", at), ("role", role)):
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise wrong(line, f"“{key}” takes a text in quotation marks.")
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise wrong(line, "“number” says which of several controls of one name is meant: 1, 2, 3 …")
    if width is not None and width not in WIDTHS:
        raise wrong(line, f"“width” is the only width at which the step is taken: {' or '.join(map(str, WIDTHS))}.")
    return Step(kind, str(what), line, at, role, number, width)


def _check(kind: str, what: object, line: int, wrong: Wrong) -> None:
    """That a step's own value is one that it takes."""
    if kind == "wait":
        if isinstance(what, bool) or not isinstance(what, int | float) or not 0 < what <= LONGEST_WAIT:
            raise wrong(line, f"“wait” takes seconds, at most {LONGEST_WAIT}: {{ wait = 2 }}.")
    elif not isinstance(what, str) or not what.strip():
        raise wrong(line, f'“{kind}” takes a text in quotation marks: {{ {kind} = "…" }}.')
    elif kind == "go" and not (what.startswith("/") or _is_whole(what)):
        raise wrong(line, '“go” takes an address that begins with /, or a whole one: { go = "/my/holds/" }.')
    elif kind == "secret" and not _VARIABLE.fullmatch(what):
        raise wrong(
            line,
            "“secret” takes the name of an environment variable, and never the password itself:"
            ' { secret = "CATALOGUE_PIN", into = "PIN" }.',
        )


def secrets(journeys: Iterable[Journey]) -> Mapping[str, str]:
    """What the variables of the environment hold that journeys name, by name.

    Raises:
        UsageError: one of them is not set.
    """
    found: dict[str, str] = {}
    for journey in journeys:
        for step in journey.steps:
            if step.does == "secret":
                value = os.environ.get(step.what)
                if not value:
                    raise UsageError(
                        f"{journey.path}:{step.line}: the environment variable {step.what} is not set; the journey"
                        f" “{journey.name}” types it.",
                        f"Set it before the check: export {step.what}=…; in a workflow, pass it as a secret.",
                    )
                found[step.what] = value
    return found


_ARRAY = re.compile(r"\s*steps\s*=\s*\[")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_MARKS = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[{}\[\]\n]", re.DOTALL)


def _lines(text: str) -> list[tuple[int, list[int]]]:
    """For each ``[[journeys]]`` its line, and those of its steps."""
    found: list[tuple[int, list[int]]] = []
    lines = text.splitlines(keepends=True)
    inside = False
    at = 0
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line.rstrip("\n"))
        if header is not None:
            inside = header[1] in {"journeys", "journeys.steps"}
            if header[1] == "journeys":
                found.append((number, []))
            elif inside and found:
                found[-1][1].append(number)
        elif inside and found and (array := _ARRAY.match(line)):
            found[-1][1].extend(_entries(text[at + array.end() :], number))
        at += len(line)
    return found


def _entries(text: str, line: int) -> Iterator[int]:
    """The lines of the tables of an array, whose text begins after its bracket on ``line``."""
    depth = 0
    for mark in _MARKS.findall(text):
        if mark == "\n":
            line += 1
        elif mark in "{[":
            if not depth and mark == "{":
                yield line
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth < 0:
                return
        elif mark[0] != "#":
            line += mark.count("\n")


__all__ = ["Journey", "State", "Step", "read_journeys", "secrets"]
