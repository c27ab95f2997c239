"""Measures the rules about documents: ``make benchmark-documents``.

    python -m benchmarks.documents [corpus|planted|again|mutations|size|real|beside] [--corpus FOLDER] [--real FOLDER]

``corpus``: the veraPDF files for PDF/UA-1, and a second reading of ours beside the validator. ``planted``: every
example of every rule, in each format, with all rules. ``again``: the same, saved anew by LibreOffice where it is there.
``mutations``: files changed by chance, inside and outside, with a fixed seed. ``size``: 500 pages, and 200 small files. ``real``: public documents of ``real.toml``, found by their hash.
``beside``: the PDF files of these, beside outloud.
What is asked for and not there is said, and ends with 2.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf

from audit.documents.model import Document, Format
from audit.documents.pdf_conditions import conditions
from audit.documents.process import Limits, Reading, read_apart
from audit.examination.examination import RuleOutcome, examine_document
from audit.model.finding import Family, Outcome
from audit.rules import load
from benchmarks import results
from benchmarks.documents import saving_again, second_reading
from benchmarks.documents.description import USUAL, Description, read, record_of
from benchmarks.documents.making import make
from benchmarks.documents.mutating import mutated
from benchmarks.documents.weighing import cost

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
_ON_PAGE = re.compile(r"page (\d+)")


def readings(files: dict[str, Path], limits: Limits | None = None) -> dict[str, Reading]:
    """All files read, two at a time."""
    return {each.name: each for each in read_apart(files.items(), 2, limits)}


@dataclass
class Pages:
    """Whether findings name the page: of the file as it is, and of a copy with an empty page before the first."""

    #: What is about the file as a whole: it has no page.
    whole: AbstractSet[str]
    right: int = 0
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    def hear(self, name: str, pages: int, told: AbstractSet[Told], behind: AbstractSet[Told]) -> None:
        """What is told of a file with so many pages, and of its copy. What is about the whole file has no page."""
        for what, page in sorted(told, key=str):
            if page is None and what in self.whole:
                continue
            self.asked += 1
            if page is not None and (pages > 1 or page == 1) and (what, page + 1) in behind:
                self.right += 1
            else:
                self.wrong.append(f"{name}: {what} on page {page}; behind an empty page on {_on(what, behind)}")

    def line(self) -> str:
        """The measure in a line."""
        return (
            f"page right for {self.right} of {self.asked} findings with a page ({self.right / max(self.asked, 1):.1%})"
        )


type Told = tuple[str, int | None]


def _on(what: str, told: AbstractSet[Told]) -> str:
    return ", ".join(sorted(str(page) for each, page in told if each == what)) or "none"


def behind_an_empty_page(file: Path, copy: Path) -> Path:
    """A copy of a PDF with an empty page before its first: every fault is then one page further on."""
    with pikepdf.open(file) as document:
        first = document.pages[0]
        empty = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=first.mediabox, Resources=pikepdf.Dictionary())
        document.pages.insert(0, pikepdf.Page(document.make_indirect(empty)))
        document.save(copy)
    return copy


def corpus(folder: Path) -> int:
    """Verdicts, clauses and pages against the names of the files; the second reading beside the first."""
    files = {str(file.relative_to(folder)): file for file in sorted(folder.rglob("*.pdf"))}
    if not files:
        print(f"{folder}: there is no PDF here. Name the folder of the corpus with --corpus.")
        return 2
    right = named = failing = 0
    apart: list[str] = []
    read = readings(files)
    pages = _pages_of_corpus({name: file for name, file in files.items() if "-fail-" in name}, read)
    for name, reading in read.items():
        document = reading.document
        expected = "-fail-" in name
        broken = document is not None and bool(document.clauses)
        right += document is not None and broken == expected
        if document is not None and expected:
            failing += 1
            clause = Path(name).name.split("-t")[0]
            named += any(conditions()[each.id].clause == clause for each in document.clauses if each.id in conditions())
        if document is not None:
            apart += [f"{name}: {each}" for each in _disagreements(files[name], document)]
    lines = [
        f"veraPDF corpus: {len(files)} files; verdict right for {right} ({right / len(files):.1%})",
        f"clause of the file named: {named} of {failing} ({named / max(failing, 1):.1%})",
        pages.line(),
        f"second reading: {len(apart)} disagreements on {len(second_reading.CONDITIONS)} conditions",
    ]
    _say("Documents: the veraPDF corpus", lines, [*pages.wrong, *apart])
    return 0


def _pages_of_corpus(files: Mapping[str, Path], read: Mapping[str, Reading]) -> Pages:
    pages = Pages(WHOLE)
    with tempfile.TemporaryDirectory() as scratch:
        copies = {
            name: behind_an_empty_page(file, Path(scratch) / f"{number}.pdf")
            for number, (name, file) in enumerate(files.items())
            if read[name].document is not None and not _is_encrypted(file)
        }
        for name, reading in readings(copies).items():
            document, before = reading.document, read[name].document
            if document is not None and before is not None:
                pages.hear(name, before.pages, _clauses(before), _clauses(document))
    return pages


def _is_encrypted(file: Path) -> bool:
    with pikepdf.open(file) as document:
        return bool(document.is_encrypted)


def _clauses(document: Document) -> set[Told]:
    return {(each.id, each.place.page) for each in document.clauses}


def _say(heading: str, lines: Sequence[str], details: Sequence[str] = ()) -> None:
    """Print a measure, and put it onto the page of results."""
    print("\n  ".join(lines))
    print("".join(f"    {each}\n" for each in details[:20]), end="")
    results.write(heading, [f"- {each}" for each in lines], dt.datetime.now(dt.UTC).date())


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
    pages = Pages({rule.id for rule in rules})
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
                        if kind == "pdf":
                            copy = behind_an_empty_page(made, Path(scratch) / "behind.pdf")
                            later = readings({"one": copy})["one"].document
                            assert later is not None, (file, "behind an empty page")
                            own = _placed(reading.document, description, rule.id)
                            pages.hear(file.stem, reading.document.pages, own, _placed(later, description, rule.id))
                    elif file.name.startswith("pass-"):
                        clean += 1
                        invented += rule.id in told
    lines = [
        f"planted: {found} faults of {len(kinds)} kinds found, {missed} missed; {clean} clean twins, {invented} invented",
        f"in PDF, {pages.line()}",
    ]
    _say("Documents: planted faults", lines, pages.wrong)
    return 1 if missed or invented else 0


def again() -> int:
    """Every example in a format of Office once more, saved anew by LibreOffice; where that is not there, it is said."""
    if saving_again.program() is None:
        _say(
            "Documents: saved anew by LibreOffice",
            ["LibreOffice (soffice) is not here: no document was saved anew by it."],
        )
        return 0
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    counts: Counter[str] = Counter()
    details = []
    with tempfile.TemporaryDirectory() as scratch:
        wanted = {
            f"{rule.id}-{file.stem}.{kind}": (rule.id, file)
            for rule in rules
            for file in sorted((rule.folder / "examples").glob("*.yaml"))
            for kind in read(file)["formats"]
            if kind in {"docx", "pptx", "xlsx"} and not file.name.startswith("inapplicable-")
        }
        made = [make(read(file), Path(name).suffix[1:], Path(scratch) / name) for name, (_, file) in wanted.items()]
        for name, reading in readings(dict(saving_again.saved_again(made, Path(scratch)))).items():
            rule, file = wanted[name]
            told = reading.document is not None and rule in _told(reading.document, read(file))
            planted_fault = not file.name.startswith("pass-")
            counts[("found" if told else "missed") if planted_fault else ("invented" if told else "clean")] += 1
            if told != planted_fault:
                details.append(f"{name}: {'missed' if planted_fault else 'invented'}")
    lines = [
        f"saved anew by LibreOffice: {counts.total()} of {len(wanted)} documents",
        f"{counts['found']} faults found, {counts['missed']} missed (LibreOffice mends some as it saves)",
        f"{counts['clean'] + counts['invented']} clean twins, {counts['invented']} invented",
    ]
    _say("Documents: saved anew by LibreOffice", lines, details)
    return 1 if counts["invented"] else 0


def _placed(document: Document, description: Description, rule: str) -> set[Told]:
    """The places that a rule names, by the words that find them, with their page."""
    return {
        (rule, int(found[1]) if (found := _ON_PAGE.match(target.selector)) else None)
        for outcome in _outcomes(document, description)
        if outcome.rule == rule and (target := outcome.target) is not None
    }


def _told(document: Document, description: Description) -> set[str]:
    return {outcome.rule for outcome in _outcomes(document, description)}


def _outcomes(document: Document, description: Description) -> Sequence[RuleOutcome]:
    record = record_of(description)
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    examined = examine_document(replace(document, name="example", address="/example", record=record), rules)
    assert not examined.crashes, examined.crashes
    return examined.outcomes


def mutations(count: int, part: int = 1, parts: int = 1) -> int:
    """Files changed by chance, mostly inside: nothing hangs, nothing takes the run down, no rule crashes.

    What a reader raised that it did not expect is told: such a file is not audited, and should have a reason.
    ``part`` of ``parts``: only these of all files, for a machine that others use as well; each part has its own result.
    """
    first, end = count * (part - 1) // parts, count * part // parts
    chance = random.Random(SEED)
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    ends: Counter[str] = Counter()
    crashes: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        seeds = _seeds(Path(scratch))
        for number in range(first):
            # The same files come out, however many parts there are.
            mutated(seeds[number % len(seeds)], chance)
        for begin in range(first, end, PIECE):
            # In pieces: two thousand files, some of them swollen, need not lie on the disk at once.
            files = {}
            for number in range(begin, min(begin + PIECE, end)):
                whole = seeds[number % len(seeds)]
                files[str(number)] = Path(scratch) / f"mutated-{number}{whole.suffix}"
                files[str(number)].write_bytes(mutated(whole, chance))
            for reading in readings(files, Limits(seconds=60)).values():
                ends["read" if reading.document is not None else _end_of(reading.reason)] += 1
                if any(word in reading.reason for word in _UNFORESEEN):
                    crashes.add(f"{files[reading.name].name}: {reading.reason}")
                if reading.document is not None:
                    examined = examine_document(replace(reading.document, address="/x", name="x"), rules)
                    crashes |= {crash.sentence for crash in examined.crashes}
            for file in files.values():
                file.unlink()
    said = f"mutations: {sum(ends.values())} of {end - first} came back, seed {SEED}; {len(crashes)} unforeseen"
    lines = [said, *(f"{number} times: {how}" for how, number in ends.most_common())]
    which = f", part {part} of {parts}" if parts > 1 else ""
    _say(f"Documents: files changed by chance{which}", lines, sorted(crashes))
    return 1 if crashes or sum(ends.values()) != end - first else 0


#: Mutated files that lie on the disk at once.
PIECE = 100
#: What the reason says where nothing foresaw what happened.
_UNFORESEEN = ("does not understand", "longer than", "makes no sense")


def _end_of(reason: str) -> str:
    """The reason without what names a part."""
    return re.sub(r"part \S+", "part …", reason).split(".")[0]


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
        with pikepdf.open(long) as document:
            pages = len(document.pages)
        seconds, memory = cost(long)
        lines = [f"{pages} pages in {seconds:.1f} s of a processor, with {memory} MB at most"]
        small = {**USUAL, "body": [{"heading": "Hours"}, {"paragraph": words}, {"picture": {"alternative": "A door"}}]}
        files = {
            str(n): make(small, kind.value, Path(scratch) / f"{n}.{kind.value}")
            for n, kind in enumerate(list(Format) * 40)
        }
        begun = time.monotonic()
        readings(files)
        lines.append(f"{len(files)} small files in {time.monotonic() - begun:.1f} s")
    _say("Documents: size", lines)
    return 0


def real(folder: Path) -> int:
    """Public documents, found below a folder by their hash: what is stated of each; and how much of it was right."""
    listed, files = _real_ones(folder)
    if not files:
        print(f"{folder}: none of the listed documents is here. Name the folder with --real.")
        return 2
    stated = unread = 0
    details = []
    for name, reading in sorted(readings(files).items()):
        if reading.document is None:
            unread += 1
            details.append(f"{name}: not read. {reading.reason}")
            continue
        rules = Counter(each.rule for each in _outcomes(reading.document, USUAL) if each.outcome is Outcome.FAILED)
        stated += rules.total()
        details.append(f"{name}: {', '.join(f'{rule} {count}' for rule, count in sorted(rules.items())) or 'nothing'}")
    issued = sum("issuer" in each for each in listed)
    lines = [
        f"{len(files)} of {len(listed)} public documents are here, {issued} of the list from public bodies; {unread} could not be read; {stated} findings state something",
        _by_hand("public bodies", [each for each in listed if "issuer" in each]),
        _by_hand("others", [each for each in listed if "issuer" not in each]),
    ]
    _say("Documents: real ones", lines, details)
    return 0


def _real_ones(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Path]]:
    """The list, and those of it that are below a folder, by name."""
    listed = tomllib.loads((Path(__file__).parent / "real.toml").read_text(encoding="utf-8"))["document"]
    endings = {f".{kind.value}" for kind in Format}
    there = {
        hashlib.sha256(file.read_bytes()).hexdigest(): file
        for file in sorted(folder.rglob("*"))
        if file.suffix in endings and file.is_file()
    }
    return listed, {each["name"]: there[each["sha256"]] for each in listed if each["sha256"] in there}


def _by_hand(whose: str, documents: Sequence[Mapping[str, Any]]) -> str:
    read_ones = [each for each in documents if "stated" in each]
    looked, wrong = sum(each["stated"] for each in read_ones), sum(each["wrong"] for each in read_ones)
    share = (looked - wrong) / max(looked, 1)
    return f"read by hand on {len(read_ones)} of {whose}: {looked - wrong} of {looked} right ({share:.1%})"


def beside(folder: Path) -> int:
    """What we state and ask of the PDF files of ``real.toml``, and what outloud does, where that is installed."""
    other, (_, files) = shutil.which("outloud"), _real_ones(folder)
    files = {name: file for name, file in files.items() if file.suffix == ".pdf"}
    if other is None or not files:
        print("outloud is not installed." if other is None else f"{folder}: none of the listed documents is here.")
        return 2
    rows = []
    for name, reading in sorted(readings(files).items()):
        told = Counter(each.outcome for each in _outcomes(reading.document, USUAL)) if reading.document else Counter()
        command = [other, "--json", "-", "--quiet", "--fail-on", "never", str(files[name])]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        found = re.search(r'"counts":\s*\{\s*"error":\s*(\d+),\s*"warning":\s*(\d+)', done.stdout)
        theirs = found.groups() if found else ("not read", "")
        rows.append((name, told[Outcome.FAILED], told[Outcome.CANT_TELL], *theirs))
    lines = ["document: ours stated, ours asked; outloud errors, warnings"]
    lines += [f"{name}: {stated}, {asked}; {errors}, {warnings}" for name, stated, asked, errors, warnings in rows]
    _say("Documents: public bodies, beside outloud", lines)
    return 0


def main() -> int:
    """Run the measures that are named; all of them when none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measures", nargs="*", help="corpus, planted, again, mutations, size, real, beside")
    parser.add_argument("--corpus", type=Path, default=Path("build/corpora/pdfua"))
    parser.add_argument("--real", type=Path, default=Path("build/corpora/real"), help="where real documents lie")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--part", default="1/1", help="of the mutations only a part, such as 2/4")
    arguments = parser.parse_args()
    wanted = arguments.measures or ["planted", "again", "size", "mutations", "corpus"]
    code = 0
    for name in wanted:
        match name:
            case "corpus":
                code = max(code, corpus(arguments.corpus))
            case "planted":
                code = max(code, planted())
            case "again":
                code = max(code, again())
            case "mutations":
                part, _, parts = arguments.part.partition("/")
                code = max(code, mutations(arguments.count, int(part), int(parts or 1)))
            case "real":
                code = max(code, real(arguments.real))
            case "beside":
                code = max(code, beside(arguments.real))
            case "size":
                code = max(code, size())
            case _:
                parser.error(f"there is no measure “{name}”")
    return code


if __name__ == "__main__":
    sys.exit(main())
