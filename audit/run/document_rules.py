"""The rules about documents, run in processes apart like the readers: one that never ends holds up its document alone.

A rule of a pack may loop on what it did not expect, and what a file says of itself may be made to
slow a rule down. Time and memory have the same bounds as those for reading a document; past them the document
is not audited, and the reason names the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pydantic import TypeAdapter

from audit.documents.model import Document, Unreadable
from audit.documents.process import Limits, adapter, apart
from audit.examination.examination import Examined, examine_document
from audit.model.finding import Family
from audit.rules import LoadedRule, load_some
from audit.writing.house_words import use_own_list

#: Of one document, for all rules together.
LIMITS = Limits()
#: Documents for one process: to load the rules takes as long as to examine a few.
_EACH = 25
#: What names the rule that runs, beside the facts of the document.
_RUNNING = ".rule"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say of one document, or the reason why they say nothing."""

    name: str
    examined: Examined | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is the same for all documents. ``folders`` of rules and ``packs`` as in :func:`audit.rules.load_some`.

    ``words``: the library's own list of words; ``None``: it has none.
    """

    folders: tuple[Path, ...]
    packs: tuple[str, ...] = ()
    words: Path | None = None


@cache
def _adapter() -> TypeAdapter[Examined]:
    return TypeAdapter(Examined)


@cache
def _rules(bench: Bench) -> tuple[LoadedRule, ...]:
    use_own_list(bench.words)
    return load_some(bench.folders, bench.packs)


def rule_apart(
    documents: Mapping[str, Document],
    rules: Sequence[LoadedRule],
    scratch: Path,
    size: int,
    packs: tuple[str, ...] = (),
    words: Path | None = None,
    stop: Callable[[], bool] = bool,
) -> Iterator[Ruling]:
    """Run the rules about documents on each, by name, ``size`` at a time, in the order in which they come back.

    ``scratch``: a folder of the run, for the facts of documents on their way.
    """
    chosen = tuple(rule.folder for rule in rules if rule.rule.family is Family.DOCUMENTS)
    place = scratch / "documents"
    place.mkdir(exist_ok=True)
    tasks = {}
    for at, (name, document) in enumerate(documents.items()):
        tasks[name] = place / str(at)
        tasks[name].write_bytes(adapter().dump_json(document))
    work = partial(_examined, bench=Bench(chosen, packs, words))
    size = min(size, -(-len(tasks) // _EACH))
    for name, data, reason in apart(work, tasks.items(), size, LIMITS, stop, _EACH, "examine"):
        if data is None:
            yield Ruling(name, None, _told(reason, tasks[name]))
        else:
            yield Ruling(name, _adapter().validate_json(data))


def _examined(path: Path, bench: Bench) -> bytes:
    """Run the rules on the document whose facts are in a file.

    Raises:
        Unreadable: the rules cannot be run.
    """
    note = path.with_suffix(_RUNNING)
    note.unlink(missing_ok=True)
    try:
        rules = _rules(bench)
        document = adapter().validate_json(path.read_bytes())
        return _adapter().dump_json(examine_document(document, rules, partial(note.write_text, encoding="utf-8")))
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(f"The rules about documents cannot be run ({type(error).__name__}: {error}).") from error


def _told(reason: str, path: Path) -> str:
    """The reason, with the rule that was running."""
    note = path.with_suffix(_RUNNING)
    rule = note.read_text(encoding="utf-8") if note.exists() else ""
    return f"{reason[:-1]}; the rule {rule} was running." if rule else reason
