"""The plan of the house: one list of rooms, and every import goes down it.

The list is the one that ``docs/architecture.md`` draws. An import inside a function, or one that
only types need, is an import.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from audit.run.cache import CAPTURING

ROOT = Path(__file__).parent.parent

#: The rooms from the ground up. A module belongs to the longest one that its path begins with.
LAYERS = (
    "audit/errors.py",
    "audit/standards",
    "audit/model",
    "audit/settings",
    "audit/semantics",
    "audit/writing",
    "audit/browser",
    "audit/survey",
    "audit/capture",
    "audit/documents",
    "audit/rules",
    "audit/examination",
    "audit/judgement",
    "audit/reports",
    "audit/explanation",
    "audit/github",
    "audit/run",
    "audit/__init__.py",
    "plugins/library_base",
    "plugins/library_fonts",
    "plugins/library_places",
    "plugins/library_brand",
    "plugins/library_images",
    "plugins/library_schemas",
    "plugins/library_frontmatter",
    "plugins/library_manifest",
    "plugins/library_markdown",
    "plugins/library_words",
    "plugins/library_links",
    "plugins/library_model",
    "plugins/library_catalogue",
    "plugins/library_hours",
    "plugins/library_statistics",
    "plugins/library_upcoming",
    "plugins/library_views",
    "plugins/library_programs",
    "plugins/library_structured",
    "plugins/library_redirects",
    "plugins/library_search",
    "plugins/library_offline",
    "plugins/library_feeds",
    "plugins/library_site",
    "plugins/library_forms",
    "stepfree",
    "benchmarks",
    "tests",
)

#: Imports that still go up, as “file imports file”. This list only ever shrinks.
UPWARD: frozenset[str] = frozenset()
#: Files, and folders, that still import each other in a circle. These too only shrink.
CIRCLES: frozenset[frozenset[str]] = frozenset()

#: Folder → what must not be imported in it, although it lies lower or is not ours.
APART: Mapping[str, tuple[str, ...]] = {
    "audit": ("pelican",),
    "audit/model": ("selenium",),
    "audit/reports": ("selenium",),
    "audit/rules": ("selenium",),
    "audit/semantics": ("selenium",),
    "plugins": ("audit", "selenium"),
}


@cache
def _files() -> tuple[str, ...]:
    tops = sorted({layer.split("/", 1)[0] for layer in LAYERS})
    found = [file.relative_to(ROOT).as_posix() for top in tops for file in sorted((ROOT / top).rglob("*.py"))]
    assert len(found) > 500, "hardly any module was found, so hardly anything was looked at"
    return tuple(found)


def _file_of(module: str) -> str | None:
    """The file of a module of ours; plugins are imported by bare name."""
    path = module.replace(".", "/")
    for start in (path, f"plugins/{path}"):
        for file in (f"{start}.py", f"{start}/__init__.py"):
            if file in _known():
                return file
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(_files())


@cache
def _statements(file: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """The imports of a file, also those in functions. Expressions, which hold none, are not entered."""
    found: list[ast.Import | ast.ImportFrom] = []
    waiting: list[ast.AST] = [ast.parse((ROOT / file).read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, ())
            # The body of a lambda is an expression.
            waiting += inner if isinstance(inner, list) else ()
    return tuple(found)


def _imported(file: str) -> Iterator[str]:
    """The files that a file imports: the module of a ``from`` import, and its names that are modules."""
    package = file.rsplit("/", 1)[0].removeprefix("plugins/").replace("/", ".")
    for node in _statements(file):
        if isinstance(node, ast.Import):
            yield from (found for alias in node.names if (found := _file_of(alias.name)))
        else:
            base = ".".join(filter(None, (package if node.level else "", node.module)))
            modules = [_file_of(f"{base}.{alias.name}") for alias in node.names]
            yield from (found for found in modules if found)
            if None in modules and (found := _file_of(base)):
                yield found


@cache
def _graph() -> Mapping[str, frozenset[str]]:
    return {file: frozenset(_imported(file)) - {file} for file in _files()}


def _layer(file: str) -> int:
    held = [number for number, layer in enumerate(LAYERS) if file == layer or file.startswith(f"{layer}/")]
    assert held, f"{file} stands in no room of LAYERS"
    return max(held, key=lambda number: len(LAYERS[number]))


def _circles(graph: Mapping[str, Iterable[str]]) -> set[frozenset[str]]:
    """The strongly connected parts of more than one member (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: set[frozenset[str]] = set()

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            part = frozenset(stack[stack.index(node) :])
            del stack[stack.index(node) :]
            if len(part) > 1:
                found.add(part)

    for node in graph:
        if node not in index:
            visit(node)
    return found


def test_every_import_goes_down() -> None:
    upward = {
        f"{file} imports {other}"
        for file, others in _graph().items()
        for other in others
        if _layer(other) > _layer(file)
    }
    assert sorted(upward - UPWARD) == []
    assert sorted(UPWARD - upward) == [], "these no longer go up: take them out of the list"


def test_what_must_stay_apart_does() -> None:
    wrong = [
        f"{file} imports {name}"
        for folder, forbidden in APART.items()
        for file in _files()
        if file.startswith(f"{folder}/")
        for node in _statements(file)
        for name in _written(node)
        if name.split(".", 1)[0] in forbidden
    ]
    assert wrong == []


def _written(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif node.module and not node.level:
        yield node.module


def test_no_files_import_each_other_in_a_circle() -> None:
    _compare(_circles(_graph()), {each for each in CIRCLES if any(name.endswith(".py") for name in each)})


def test_no_folders_import_each_other_in_a_circle() -> None:
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for file, others in _graph().items():
        for other in others:
            folders[file.rsplit("/", 1)[0]].add(other.rsplit("/", 1)[0])
    circles = _circles({folder: others - {folder} for folder, others in folders.items()})
    _compare(circles, {each for each in CIRCLES if not any(name.endswith(".py") for name in each)})


def _compare(found: set[frozenset[str]], allowed: set[frozenset[str]]) -> None:
    grown = [sorted(each) for each in found if not any(each <= old for old in allowed)]
    assert grown == []
    gone = [sorted(each) for each in allowed if not any(new & each for new in found)]
    assert gone == [], "these circles are gone: take them out of the list"


def test_a_kept_capture_is_held_against_all_code_that_made_it() -> None:
    """A module that a visit imports, and that the digest leaves out, would let old captures pass for new ones."""
    needed: set[str] = set()
    pending = ["audit/capture/visit.py"]
    while pending:
        file = pending.pop()
        if file not in needed:
            needed.add(file)
            pending.extend(_graph()[file])
    parts = tuple(f"audit/{part}" if part.endswith(".py") else f"audit/{part}/" for part in CAPTURING)
    assert sorted(file for file in needed if not file.startswith(parts)) == []


def test_the_page_on_architecture_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {Path(file).parts[1] for file in _files() if file.split("/")[0] in {"audit", "plugins"} and "/" in file}
    packages = {name for file in _files() if file.startswith("stepfree/") and "." not in (name := Path(file).parts[1])}
    assert [room for room in sorted(rooms) if "." not in room and f"`{room}" not in page] == []
    assert [name for name in sorted(packages) if f"`stepfree/{name}/`" not in page] == []


def test_hardly_anything_stands_at_the_root_of_the_auditor() -> None:
    assert len([file for file in _files() if file.startswith("audit/") and file.count("/") == 1]) <= 3
