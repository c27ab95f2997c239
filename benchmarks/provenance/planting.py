"""Plants faults into a copy of the project: content, theme and settings."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.provenance.kinds import MARK, PICTURE, PLANTED, THEMES, Kind, Where
from benchmarks.provenance.naming import fill, names, records
from benchmarks.provenance.picture import png

REPOSITORY = Path(__file__).resolve().parents[2]
#: Components that stand on many pages, with the line after which a fault is planted.
COMPONENTS = {
    "footer": '<div class="wrap footer-grid">',
    "header": "<header",
    "breadcrumb": '<nav class="breadcrumb wrap"',
    "hero": '<div class="hero no-print">',
    "card": '<div class="card">',
    "feedback": "<aside",
}
#: Where on a page a component is, so that the page is looked at.
PAGES_OF_COMPONENTS = ("pages/index.md", "pages/services.md", "pages/booklists.md")
#: Pages that gather what stands in many files: summaries of programs and notices, questions, staff.
LISTINGS = (
    "pages/programs.md",
    "pages/notices.md",
    "pages/questions.md",
    "pages/staff.md",
    "pages/equipment.md",
    "pages/news.md",
    "pages/fr/programs.md",
)
FAULTS_PER_FILE = 12
#: Texts of many types, by their language: a French passage is a fault in an English one only.
FOLDERS = {
    "en": (
        "services",
        "policies",
        "news",
        "equipment",
        "e-resources",
        "booklists",
        "pages/about",
        "pages/accessibility",
        "programs",
        "meetings",
    ),
    "fr": (
        "services/fr",
        "policies/fr",
        "programs/fr",
        "equipment/fr",
        "e-resources/fr",
        "branches/fr",
        "pages/fr/about",
        "pages/fr/accessibility",
    ),
}
#: The day on which the planted site is built.
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: the kind, the file and the line that holds it, the name that it is known by."""

    kind: Kind
    path: str
    line: int
    name: str

    @property
    def signs(self) -> tuple[str, ...]:
        """By what a finding of it is recognized."""
        return (self.name, self.name.replace(" ", "-"))


def copy_project(folder: Path, library: Path = REPOSITORY) -> None:
    """A library's content with the theme and settings of the site; plugins as they are."""
    shutil.copytree(library / "content", folder / "content")
    shutil.copytree(REPOSITORY / "theme", folder / "theme")
    for each in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / each, folder / each)
    (folder / "plugins").symlink_to(REPOSITORY / "plugins")
    place = folder / "content" / PICTURE.lstrip("/")
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(png(16, 16))


def plant(folder: Path, count: int, seed: int, kinds: tuple[Kind, ...] = PLANTED) -> tuple[Fault, ...]:
    """Plant ``count`` faults of authors, each kind about equally often."""
    chance = Random(seed)
    known = names(chance)
    content = folder / "content"
    files = {lang: _files(content, FOLDERS[lang], chance) for lang in FOLDERS}
    shares: dict[Path, list[Kind]] = {}
    queue = [kinds[number % len(kinds)] for number in range(count)]
    chance.shuffle(queue)
    for kind in queue:
        suited = _files(content, kind.folders, chance) if kind.folders else files[kind.lang]
        # Few files, so that few pages have to be looked at: a new one only where none has room.
        opened = [file for file in suited if file in shares and _has_room(file, shares[file], kind)]
        fresh = (file for file in suited if file not in shares and _has_room(file, [], kind))
        place = chance.choice(opened) if opened else next(fresh, None)
        if place is None:
            raise SystemExit(f"No file has room for “{kind.name}”.")
        shares.setdefault(place, []).append(kind)
    said = records(content, TODAY)
    return tuple(
        fault for file, share in shares.items() for fault in _into_file(folder, file, share, known, chance, said)
    )


def _files(content: Path, folders: tuple[str, ...], chance: Random) -> list[Path]:
    files = sorted(file for each in folders for file in (content / each).glob("*.md") if _published(file))
    chance.shuffle(files)
    return files


def _published(file: Path) -> bool:
    """Whether the file makes a page today: no draft, nothing that has ended or is dated ahead."""
    head, _ = _parted(file.read_text(encoding="utf-8"))
    ended = re.search(r"^(?:expires|trial_until|expected_end): *(\d{4}-\d\d-\d\d)", head, re.MULTILINE)
    ahead = re.search(r"^(?:publish_on|date): *(\d{4}-\d\d-\d\d)", head, re.MULTILINE)
    draft = re.search(r"^status: *draft", head, re.MULTILINE)
    day = TODAY.isoformat()
    return not (draft or (ended and ended[1] < day) or (ahead and ahead[1] > day))


def _has_room(file: Path, share: list[Kind], kind: Kind) -> bool:
    """Whether a fault of the kind can be told from the others of the file.

    A heading changes what the next may be, a file has each field once, and a word is asked about once.
    """
    if len(share) >= FAULTS_PER_FILE:
        return False
    if kind.where is Where.END:
        return all(each.where is not Where.END for each in share)
    if kind.where is Where.ONCE:
        return kind not in share
    if kind.where is Where.FRONT_MATTER:
        head, _ = _parted(file.read_text(encoding="utf-8"))
        there = re.search(f"^{kind.line}", head, re.MULTILINE)
        return there is not None and all(each.line != kind.line for each in share)
    return True


def plant_theme(folder: Path, seed: int) -> tuple[Fault, ...]:
    """One fault of each of the theme's kinds in each of :data:`COMPONENTS`."""
    chance = Random(seed + 1)
    known = names(chance)
    faults = []
    for component, after in COMPONENTS.items():
        file = folder / "theme/components" / component / "template.html"
        lines = file.read_text(encoding="utf-8").splitlines()
        at = next((number for number, line in enumerate(lines) if after in line), None)
        if at is None:
            raise SystemExit(f"{file}: no line begins with {after}.")
        for kind in THEMES:
            name = known.pop().replace(" ", " theme ")
            text = fill(kind.text, name, "/", chance).removesuffix(MARK)
            lines.insert(at + 1, text)
            if kind.style:
                sheet = file.with_name("style.css")
                before = sheet.read_text(encoding="utf-8") if sheet.exists() else ""
                sheet.write_text(before + fill(kind.style, name, "/", chance), encoding="utf-8")
            faults.append((kind, text, name, file))
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tuple(
        Fault(kind, file.relative_to(folder).as_posix(), _line_of(file, text), name)
        for kind, text, name, file in faults
    )


def _line_of(file: Path, text: str) -> int:
    return file.read_text(encoding="utf-8").splitlines().index(text) + 1


def _into_file(
    folder: Path, file: Path, kinds: list[Kind], known: list[str], chance: Random, said: dict[str, str]
) -> list[Fault]:
    text = file.read_text(encoding="utf-8")
    head, body = _parted(text)
    blocks = _blocks(body)
    planted: dict[int, tuple[Kind, str]] = {}
    ending: list[str] = []
    for kind in kinds:
        name = known.pop()
        piece = fill(kind.text, name, "/contact/", chance, said)
        planted[len(planted)] = (kind, name)
        marked = piece.replace(MARK, f"{MARK}{len(planted) - 1}{MARK}")
        if kind.where is Where.FRONT_MATTER:
            head = _with_field(head, marked, kind.line, chance)
        elif kind.where is Where.END:
            ending.append(marked)
        else:
            blocks.insert(chance.randrange(len(blocks) + 1), marked)
    whole = head + "\n\n".join([*blocks, *ending]) + "\n"
    path = file.relative_to(folder).as_posix()
    faults = []
    lines = whole.splitlines()
    for at, line in enumerate(lines):
        found = re.search(f"{MARK}(\\d+){MARK}", line)
        if found:
            kind, name = planted[int(found.group(1))]
            lines[at] = line.replace(found.group(0), "").rstrip()
            faults.append(Fault(kind, path, at + 1, name))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return faults


def _parted(text: str) -> tuple[str, str]:
    """Front matter with its marks, and the body."""
    end = text.index("\n---", 3) + len("\n---")
    return text[:end] + "\n", text[end:].strip("\n")


def _blocks(body: str) -> list[str]:
    """Pieces between which a paragraph may be put without breaking a list, a note or a definition."""
    blocks: list[str] = []
    for piece in re.split(r"\n\s*\n", body):
        inside = re.match(r"\s|[-*+:>|]|\d+[.)]|<", piece)
        if blocks and (inside or blocks[-1].startswith(("!!!", "<"))):
            blocks[-1] += "\n\n" + piece
        elif piece.strip():
            blocks.append(piece)
    return blocks


def _with_field(head: str, line: str, pattern: str, chance: Random) -> str:
    """The front matter with one of the lines that match replaced."""
    lines = head.rstrip("\n").splitlines()
    suited = [number for number, each in enumerate(lines) if re.match(pattern, each)]
    lines[chance.choice(suited)] = line
    return "\n".join(lines) + "\n"
