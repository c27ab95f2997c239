"""What arrives from elsewhere: written as drafts, once, with a list of what a person has to look at.

What has arrived is remembered in ``imported.toml`` beside ``content/`` by the name that the other system has for it, so
that a second import adds only what is new and never touches what has been edited, renamed or deleted here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audit.errors import UsageError
from library_base.errors import slug_of
from library_forms.draft import Beside, path_for, problems_of, text_of
from library_schemas import CONTENT_TYPES

LEDGER = "imported.toml"
#: The number of places from which on a sentence is said once on the screen.
_MANY = 6
_HEAD = """\
# What has been imported: its name there, and the file that was made of it. Keep this file: without it a second
# import would bring everything again.

[arrived]
"""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at. ``where``: file and line of a draft, or row and cell, or the item's name there."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(slots=True)
class Arrival:
    """One item on its way. ``key`` is its name there, ``where`` how a person finds it there.

    ``guesses``: field → why its value needs a look. ``missing``: line of the body (from 1) → what to add there.
    ``cells``: field → the cell that it came from, when it is not ``where``. ``days``: where several items become one,
    the name of each there → its day.
    """

    key: str
    where: str
    folder: str
    fields: dict[str, object]
    body: str = ""
    slug: str = ""
    guesses: dict[str, str] = field(default_factory=dict)
    missing: Sequence[tuple[int, str]] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """One import into a library's folder; ``notes`` and ``left_out`` are its report."""

    content: Path
    written: list[Path] = field(default_factory=list)
    known: int = 0
    files: int = 0
    notes: list[Note] = field(default_factory=list)
    left_out: list[Note] = field(default_factory=list)
    _arrived: dict[str, str] = field(default_factory=dict)
    #: The items whose file is decided, but not written yet.
    _planned: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._arrived = _read(self.ledger)

    @property
    def ledger(self) -> Path:
        """Where it is remembered what has arrived."""
        return self.content.parent / LEDGER

    def has(self, key: str) -> bool:
        """Whether an item has arrived before."""
        return key in self._arrived

    def place(self, key: str) -> str:
        """The file that an item became, below ``content/``; empty when it has not arrived."""
        return self._arrived.get(key, "")

    def addresses(self) -> set[str]:
        """The addresses that are taken: of every page here, and old ones that lead somewhere already."""
        taken = {"/"}
        for path in self.content.rglob("*.md"):
            taken.add(address_of(path.relative_to(self.content).as_posix()))
            taken.update(_old_addresses(path))
        return taken

    def plan(self, arrival: Arrival) -> Path:
        """The file that an item will be, before it is written, so that others can link to it."""
        fields = {**arrival.fields, "title": arrival.slug or arrival.fields.get("title") or "untitled"}
        path = path_for(self.content, arrival.folder, fields)
        taken = set(self._arrived.values())
        number = 2
        base = path
        while self._name(path) in taken or path.exists():
            path, number = base.with_name(f"{base.stem}-{number}.md"), number + 1
        self._arrived[arrival.key] = self._name(path)
        self._planned.add(arrival.key)
        return path

    def write(self, arrival: Arrival, path: Path, beside: Beside) -> bool:
        """Write a draft, without what does not fit its type; whether it could be written."""
        fields = {key: value for key, value in arrival.fields.items() if value not in ("", None, [], {}, ())}
        fields = {"title": fields.pop("title", "Untitled"), "status": "draft", **fields}
        self._planned.discard(arrival.key)
        if not self._fitting(arrival, fields, beside):
            self._arrived.pop(arrival.key, None)
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text_of(fields, arrival.body)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.written.append(path)
        self._arrived |= dict.fromkeys(arrival.days, self._name(path))
        lines = text.split("\n")
        shown = path.as_posix()
        for name, sentence in arrival.guesses.items():
            if name in fields:
                line = next((at for at, each in enumerate(lines, 1) if each.startswith(f"{name}:")), 1)
                self.notes.append(Note(f"{shown}:{line}", sentence))
        start = lines.index("---", 1) + 2
        self.notes += [Note(f"{shown}:{start + line}", sentence) for line, sentence in arrival.missing]
        return True

    def _fitting(self, arrival: Arrival, fields: dict[str, object], beside: Beside) -> bool:
        """Take out of ``fields`` what does not fit; whether the rest is enough."""
        schema = CONTENT_TYPES[arrival.folder]
        for _ in range(len(fields) + 1):
            problems = problems_of(arrival.folder, fields, "new.md", beside)
            if not problems:
                return True
            for problem in problems:
                name = problem.field.split(" › ")[0].split(".")[0]
                said = f"{problem.message} {problem.hint}".strip()
                where = arrival.cells.get(name, arrival.where)
                if name not in fields or name not in schema.model_fields or schema.model_fields[name].is_required():
                    self.left_out.append(Note(where, said))
                    return False
                self.notes.append(Note(where, f"{said} “{name}” was left out of the draft."))
                fields.pop(name)
        return False

    def leave(self, where: str, sentence: str) -> None:
        """Say that something did not come along."""
        self.left_out.append(Note(where, sentence))

    def remember(self, key: str, name: str) -> None:
        """Remember a file that is no content file."""
        self._arrived[key] = name

    def close(self) -> None:
        """Write down what has arrived."""
        arrived = {key: name for key, name in self._arrived.items() if key not in self._planned}
        rows = (f"{json.dumps(key)} = {json.dumps(name)}\n" for key, name in sorted(arrived.items()))
        self.ledger.write_text(_HEAD + "".join(rows), encoding="utf-8", newline="\n")

    def report(self, *, brief: bool = False) -> Iterable[str]:
        """What happened, line by line; ``brief`` says once what is to be looked at in many places."""
        yield f"{_number(len(self.written), 'draft was', 'drafts were')} written, and {_number(self.files, 'file', 'files')} came along."
        if self.known:
            yield f"{_number(self.known, 'item was', 'items were')} here already and left alone."
        if self.notes:
            yield ""
            yield "To look at:"
            yield from (f"  {note}" for note in (_gathered(self.notes) if brief else self.notes))
        if self.left_out:
            yield ""
            yield "Left out:"
            yield from (f"  {note}" for note in (_gathered(self.left_out) if brief else self.left_out))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.content).as_posix()


def deliver(arrivals: Iterable[Arrival], delivery: Delivery) -> None:
    """Write items that need nothing of each other; those that are here already are left alone."""
    beside = Beside.of(delivery.content)
    for arrival in arrivals:
        known = [key for key in arrival.days if delivery.has(key)]
        if known or delivery.has(arrival.key):
            delivery.known += 1
            new = [day for key, day in arrival.days.items() if known and not delivery.has(key)]
            if new:
                days = f"{', '.join(new[:10])}{' …' if len(new) > 10 else ''}"
                delivery.leave(f"content/{delivery.place(known[0])}", f"It has new days: {days}. Add them here.")
        else:
            delivery.write(arrival, delivery.plan(arrival), beside)


def address_of(name: str) -> str:
    """The address of a content file without a ``slug``: ``pages/about/index.md`` is ``/about/``."""
    place = re.sub(r"(^|/)index$", "", name.removesuffix(".md").removeprefix("pages/"))
    return f"/{place}/" if place else "/"


def sentence_of(text: str, limit: int = 220) -> str:
    """The first sentence or two of a text, as a summary: at most ``limit`` characters, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= limit:
        return plain
    cut = plain[:limit]
    ends = [cut.rfind(sign) for sign in (". ", "! ", "? ")]
    if max(ends) > 40:
        return cut[: max(ends) + 1]
    return f"{cut[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def day_of(text: str) -> dt.date | None:
    """A day that begins with YYYY-MM-DD; ``None`` for anything else."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def short(words: str) -> str:
    """Words as a file's name."""
    return slug_of(words) or "untitled"


def _gathered(notes: Sequence[Note]) -> Iterable[Note]:
    """Notes as a person reads them: a sentence that is said of many places, once, where it is said first."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.sentence, []).append(note.where)
    for sentence, where in places.items():
        if len(where) < _MANY:
            yield from (Note(each, sentence) for each in where)
        else:
            yield Note(f"{where[0]} and {len(where) - 1} others", sentence)


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _old_addresses(path: Path) -> Iterable[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n---", 1)[0].splitlines()
    return (
        line.lstrip("- ").removeprefix("from:").strip(" '\"")
        for line in lines
        if line.lstrip("- from:").startswith("/")
    )


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("arrived", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this is not valid TOML: {error}.") from None
    return {str(key): str(value) for key, value in table.items()}
