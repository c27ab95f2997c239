"""Where the parts of the program are: in the repository, or as they were installed from a wheel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).resolve().parent
#: The rules about the content of our websites (see :mod:`audit.rules`, packs).
CONTENT_RULES = "stepfree.content_rules"
#: What the sample website consists of, as named in a library's folder.
DEMO = ("content", "stepfree.toml", "words.toml")


def plugins() -> Path | None:
    """The folder of the plugins in a repository; ``None`` once they are installed and need no folder."""
    folder = _HERE.parent / "plugins"
    return folder if (folder / "library_site").is_dir() else None


def demo_files() -> Iterator[tuple[str, Path]]:
    """The parts of the sample website: name in a library's folder, and where it is taken from."""
    inside = _HERE / "demo"
    start = inside if inside.is_dir() else _HERE.parent
    yield from ((name, start / name) for name in DEMO)
