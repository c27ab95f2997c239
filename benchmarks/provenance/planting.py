"""Plants faults into a copy of the project: content, theme and settings."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.provenance.kinds import AUTHORS, MARK, PICTURE, THEMES, Kind, Where, fill, names
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
FAULTS_PER_FILE = 12
#: English texts of many types; French ones would make the French passage no fault.
FOLDERS = (
    "services",
    "policies",
    "news",
    "equipment",
    "e-resources",
    "booklists",
    "pages/about",
    "pages/accessibility",
    "programs",
)


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


def copy_project(folder: Path) -> None:
    """Content, theme and settings of the site; plugins as they are."""
    for each in ("content", "theme"):
        shutil.copytree(REPOSITORY / each, folder / each)
    for each in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / each, folder / each)
    (folder / "plugins").symlink_to(REPOSITORY / "plugins")
    place = folder / "content" / PICTURE.lstrip("/")
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(png(16, 16))


def plant(folder: Path, count: int, seed: int, kinds: tuple[Kind, ...] = AUTHORS) -> tuple[Fault, ...]:
    """Plant ``count`` faults of authors, each kind about equally often."""
    chance = Random(seed)
    known = names(chance)
    files = sorted(file for each in FOLDERS for file in (folder / "content" / each).glob("*.md"))
    chance.shuffle(files)
    faults: list[Fault] = []
    queue = [kinds[number % len(kinds)] for number in range(count)]
    alone = [kind for kind in queue if kind.where is Where.END]
    single = [kind for kind in queue if kind.where in {Where.FRONT_MATTER, Where.ONCE}]
    between = [kind for kind in queue if kind.where is Where.BODY]
    chance.shuffle(between)
    # A heading changes what the next may be, a file has one summary, and a word is asked about once:
    # at most one of each in a file.
    files_needed = max(len(alone), len(single), -(-len(between) // FAULTS_PER_FILE))
    for number, file in enumerate(files[:files_needed]):
        share = between[number::files_needed]
        share += alone[number : number + 1] + single[number : number + 1]
        faults += _into_file(folder, file, share, known, chance)
    return tuple(faults)


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


def _into_file(folder: Path, file: Path, kinds: list[Kind], known: list[str], chance: Random) -> list[Fault]:
    text = file.read_text(encoding="utf-8")
    head, body = _parted(text)
    blocks = _blocks(body)
    planted: dict[int, tuple[Kind, str]] = {}
    ending: list[str] = []
    for kind in kinds:
        name = known.pop()
        piece = fill(kind.text, name, "/contact/", chance)
        planted[len(planted)] = (kind, name)
        marked = piece.replace(MARK, f"{MARK}{len(planted) - 1}{MARK}")
        if kind.where is Where.FRONT_MATTER:
            head = _with_field(head, marked)
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


def _with_field(head: str, line: str) -> str:
    field = line.split(":", 1)[0]
    lines = head.rstrip("\n").splitlines()
    for number, each in enumerate(lines):
        if each.startswith(f"{field}:"):
            lines[number] = line
            return "\n".join(lines) + "\n"
    lines.insert(len(lines) - 1, line)
    return "\n".join(lines) + "\n"
