"""The few files of a library that belong to a version: its pin, the wheel beside it, the workflows that ``init`` wrote.

A workflow that the library has changed is its own: it is never written, and the library hears that there is a newer one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.errors import UsageError
from stepfree.upgrading.editions import Edition, with_pin

#: Below ``build/upgrade``: the files as they were, and what was done.
_KEPT, _RECORD = "before", "taken.json"

type Workflows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the library that the new version brings along: ``None`` is a file that is not there."""

    name: str
    before: bytes | None
    after: bytes | None
    said: str


def workflows(edition: Edition, root: Path) -> Workflows:
    """What a version's ``init`` would write for this library: host → file → text."""
    said = edition.run("stepfree.founding.workflows", folder=root)
    if said.returncode:
        # A version from before this was asked: nothing is known of its workflows, so none of them is touched.
        return {}
    found: Workflows = json.loads(said.stdout)
    return found


def changes(root: Path, old: Edition, new: Edition, before: Workflows, after: Workflows) -> tuple[Change, ...]:
    """Files that would be written."""
    return (*_pin(root, old, new), *_workflows(root, before, after))


def hints(root: Path, before: Workflows, after: Workflows) -> Iterator[str]:
    """Sentences about workflows that the library has changed and that are left alone."""
    host = _host(root, before)
    for name, text in after.get(host, {}).items():
        was, mine = before.get(host, {}).get(name), _read(root / name)
        if mine is not None and was != text and mine not in {_bytes(was), _bytes(text)}:
            yield f"{name}: you have changed this file, so it is left alone; init writes another one now"


def _pin(root: Path, old: Edition, new: Edition) -> Iterator[Change]:
    file = root / "requirements.txt"
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    yield Change("requirements.txt", _read(file), _bytes(with_pin(text, new.pin)), f"{old.pin} becomes {new.pin}")
    if new.wheel is not None:
        name = f"tools/{new.wheel.name}"
        yield Change(name, _read(root / name), new.wheel.read_bytes(), "the program of the new version")
    kept = old.pin.removeprefix("./").partition("[")[0]
    if old.pin.startswith("./tools/") and old.pin != new.pin and (root / kept).is_file():
        yield Change(kept, _read(root / kept), None, "deleted: the program of the old version")


def _workflows(root: Path, before: Workflows, after: Workflows) -> Iterator[Change]:
    host = _host(root, before)
    for name, text in after.get(host, {}).items():
        was, mine = before.get(host, {}).get(name), _read(root / name)
        if mine is None and was is None:
            yield Change(name, None, _bytes(text), "is new: init writes it now")
        elif mine is not None and mine == _bytes(was) and was != text:
            yield Change(name, mine, _bytes(text), "as init writes it now; you have not changed it")


def _host(root: Path, known: Workflows) -> str:
    """Where the library is published, by the workflow that it has."""
    for host, texts in known.items():
        if any(_read(root / name) == _bytes(text) for name, text in texts.items() if name.endswith("website.yml")):
            return host
    mine = _read(root / ".github" / "workflows" / "website.yml") or b""
    return "github-pages" if b"deploy-pages" in mine else "later"


def _bytes(text: str | None) -> bytes | None:
    return text.encode() if text is not None else None


def _read(file: Path) -> bytes | None:
    """Its bytes; line ends as git keeps them, whatever an editor on Windows has made of them."""
    if not file.is_file():
        return None
    data = file.read_bytes()
    return data if file.suffix == ".whl" else data.replace(b"\r\n", b"\n")


def take(root: Path, output: Path, wanted: Sequence[Change]) -> None:
    """Write the files, and keep what they were so that :func:`undo` can bring them back."""
    shutil.rmtree(output / _KEPT, ignore_errors=True)
    record: list[dict[str, str | None]] = []
    for number, change in enumerate(wanted):
        path = root / change.name
        kept = output / _KEPT / f"{number}-{path.name}" if path.is_file() else None
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, kept)
        record.append({"name": change.name, "kept": kept.name if kept else None, "after": _digest(change.after)})
    output.mkdir(parents=True, exist_ok=True)
    (output / _RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    for change in wanted:
        path = root / change.name
        if change.after is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change.after)


def undo(root: Path, output: Path) -> tuple[str, ...]:
    """Bring back the files as they were before :func:`take`; their names.

    Raises:
        UsageError: there is nothing to undo, or a file has been changed since.
    """
    record_file = output / _RECORD
    if not record_file.is_file():
        raise UsageError(
            "There is no upgrade to undo on this computer.", "The history of your repository has it: revert the change."
        )
    record: list[dict[str, str | None]] = json.loads(record_file.read_text(encoding="utf-8"))
    for entry in record:
        if _digest(_read(root / str(entry["name"]))) != entry["after"]:
            raise UsageError(
                f"{entry['name']} has been changed since the upgrade, so nothing was undone.",
                f"What it was before is in {(output / _KEPT).relative_to(root).as_posix()}.",
            )
    for entry in record:
        path = root / str(entry["name"])
        if entry["kept"] is None:
            path.unlink(missing_ok=True)
        else:
            shutil.copyfile(output / _KEPT / entry["kept"], path)
    record_file.unlink()
    return tuple(str(entry["name"]) for entry in record)


def _digest(data: bytes | None) -> str | None:
    return hashlib.sha256(data).hexdigest() if data is not None else None
