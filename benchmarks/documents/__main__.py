"""Measures the rules about documents: ``make benchmark-documents``.

    python -m benchmarks.documents [corpus|planted|mutations|size] [--corpus FOLDER]

``corpus``: the veraPDF files for PDF/UA-1, and a second reading of ours beside the validator. ``planted``: every
example of every rule, in each format, with all rules. ``mutations``: files with bytes changed by chance, with a fixed
seed. ``size``: 500 pages, and 200 small files. What is asked for and not there is said, and ends with 2.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf

from audit.documents.model import Document, Format
from audit.documents.pdf_conditions import conditions
from audit.documents.process import Limits, Reading, read_apart
from audit.examination.examination import examine_document
from audit.model.finding import Family
from audit.rules import load
from benchmarks.documents import second_reading
from benchmarks.documents.description import USUAL, Description, read, record_of
from benchmarks.documents.making import make

#: Rules that the maker of documents breaks everywhere: it puts no typeface into a PDF.
MADE = frozenset({"pdf-typeface-faulty"})
SEED = 20261122
#: Conditions that are about the file as a whole, and have no page.
WHOLE = frozenset(
    name
    for name, condition in conditions().items()
    if condition.rule
    in {
        "document-without-tags", "document-without-title", "pdf-title-not-shown", "pdf-not-labelled-as-accessible",
        "pdf-tags-of-no-standard-kind", "document-shuts-out-assistive-technology", "pdf-not-well-made",
    }
    or name in {"OUTLINE-LANGUAGE", "LANGUAGE-TAG"}
)  # fmt: skip


def readings(files: dict[str, Path], limits: Limits | None = None) -> dict[str, Reading]:
    """All files read, two at a time."""
    return {each.name: each for each in read_apart(files.items(), 2, limits)}


def corpus(folder: Path) -> int:
    """Verdicts, clauses and pages against the names of the files; the second reading beside the first."""
    files = {str(file.relative_to(folder)): file for file in sorted(folder.rglob("*.pdf"))}
    if not files:
        print(f"{folder}: there is no PDF here. Name the folder of the corpus with --corpus.")
        return 2
    right = named = placed = failing = 0
    apart: list[str] = []
    for name, reading in readings(files).items():
        document = reading.document
        expected = "-fail-" in name
        broken = document is not None and bool(document.clauses)
        right += document is not None and broken == expected
        if document is not None and expected:
            failing += 1
            clause = Path(name).name.split("-t")[0]
            named += any(conditions()[each.id].clause == clause for each in document.clauses if each.id in conditions())
            placed += all(each.place.page is not None or each.id in WHOLE for each in document.clauses)
        if document is not None:
            apart += [f"{name}: {each}" for each in _disagreements(files[name], document)]
    print(f"veraPDF corpus: {len(files)} files; verdict right for {right} ({right / len(files):.1%})")
    print(
        f"  clause of the file named: {named} of {failing} ({named / failing:.1%}); a page, or the file as a whole where the condition is about that: {placed}"
    )
    print(f"  second reading: {len(apart)} disagreements on {len(second_reading.CONDITIONS)} conditions")
    print("".join(f"    {each}\n" for each in apart[:20]), end="")
    return 0


def _disagreements(file: Path, document: Document) -> list[str]:
    told = {each.id for each in document.clauses}
    with pikepdf.open(file) as pdf:
        if document.tagged is False:
            return []
        return [name for name, holds in second_reading.CONDITIONS.items() if holds(pdf) != (name in told)]


def planted() -> int:
    """Every example of every rule: its fault is found in each format, and a clean one has none of any rule."""
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    found = missed = invented = clean = 0
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for rule in rules:
            for file in sorted((rule.folder / "examples").glob("*.yaml")):
                description = read(file)
                for kind in description["formats"]:
                    made = make(description, kind, Path(scratch) / f"example.{kind}")
                    reading = readings({"one": made})["one"]
                    assert reading.document is not None, (file, kind, reading.reason)
                    told = _told(reading.document, description)
                    if file.name.startswith(("fail-", "ask-")):
                        found += rule.id in told
                        missed += rule.id not in told
                        kinds[rule.id] += rule.id in told
                        if rule.id not in told:
                            print(f"  missed: {rule.id} in {file.name} as {kind}")
                    elif file.name.startswith("pass-"):
                        clean += 1
                        invented += rule.id in told
    print(
        f"planted: {found} faults of {len(kinds)} kinds found, {missed} missed; {clean} clean twins, {invented} invented"
    )
    return 1 if missed or invented else 0


def _told(document: Document, description: Description) -> set[str]:
    record = record_of(description)
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    examined = examine_document(replace(document, name="example", address="/example", record=record), rules)
    assert not examined.crashes, examined.crashes
    return {outcome.rule for outcome in examined.outcomes}


def mutations(count: int) -> int:
    """Files with bytes changed by chance: nothing hangs, nothing takes the run down, no rule crashes."""
    chance = random.Random(SEED)
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    ends: Counter[str] = Counter()
    crashes: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        seeds = _seeds(Path(scratch))
        files = {}
        for number in range(count):
            whole = seeds[number % len(seeds)]
            data = bytearray(whole.read_bytes())
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            if chance.random() < 0.2:
                data = data[: chance.randrange(len(data))]
            files[str(number)] = Path(scratch) / f"mutated-{number}{whole.suffix}"
            files[str(number)].write_bytes(bytes(data))
        for reading in readings(files, Limits(seconds=60)).values():
            ends["read" if reading.document is not None else reading.reason.split(":")[0].split(".")[0]] += 1
            if reading.document is not None:
                examined = examine_document(replace(reading.document, address="/x", name="x"), rules)
                crashes |= {crash.sentence for crash in examined.crashes}
    print(f"mutations: {sum(ends.values())} of {count} came back, seed {SEED}; {len(crashes)} crashes of rules")
    for end, number in ends.most_common():
        print(f"  {number:5} {end}")
    print("".join(f"  {each}\n" for each in sorted(crashes)), end="")
    return 1 if crashes or sum(ends.values()) != count else 0


def _seeds(folder: Path) -> list[Path]:
    """Fifty files, ten of each format."""
    examples = sorted(
        file
        for rule in load().values()
        if rule.rule.family is Family.DOCUMENTS
        for file in (rule.folder / "examples").glob("*.yaml")
    )
    made: list[Path] = []
    for kind in Format:
        able = [file for file in examples if kind.value in read(file)["formats"]]
        made += [make(read(file), kind.value, folder / f"{n}.{kind.value}") for n, file in enumerate(able[::3][:10])]
    return made


def size() -> int:
    """500 pages, and 200 small files: seconds, and the most memory that a process had."""
    with tempfile.TemporaryDirectory() as scratch:
        words = "The board spoke about the hours of the reading room, and asked the staff for a plan."
        body = [{"heading": "Plan"}, *({"paragraph": words} for _ in range(30 * 500))]
        long = make({**USUAL, "body": body, "bookmarks": True}, "pdf", Path(scratch) / "long.pdf")
        begun = time.monotonic()
        reading = readings({"long": long})["long"]
        assert reading.document is not None, reading.reason
        took = time.monotonic() - begun
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"size: {reading.document.pages} pages in {took:.1f} s; most memory of a process {most} MB")
        small = {**USUAL, "body": [{"heading": "Hours"}, {"paragraph": words}, {"picture": {"alternative": "A door"}}]}
        files = {
            str(n): make(small, kind.value, Path(scratch) / f"{n}.{kind.value}")
            for n, kind in enumerate(list(Format) * 40)
        }
        begun = time.monotonic()
        readings(files)
        print(f"      {len(files)} small files in {time.monotonic() - begun:.1f} s")
    return 0


def main() -> int:
    """Run the measures that are named; all of them when none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measures", nargs="*", help="corpus, planted, mutations, size")
    parser.add_argument("--corpus", type=Path, default=Path("build/corpora/pdfua"))
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    wanted = arguments.measures or ["planted", "size", "mutations", "corpus"]
    code = 0
    for name in wanted:
        match name:
            case "corpus":
                code = max(code, corpus(arguments.corpus))
            case "planted":
                code = max(code, planted())
            case "mutations":
                code = max(code, mutations(arguments.count))
            case "size":
                code = max(code, size())
            case _:
                parser.error(f"there is no measure “{name}”")
    return code


if __name__ == "__main__":
    sys.exit(main())
