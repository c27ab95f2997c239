"""Where the parts of the program are: in the repository, or as they were installed from a wheel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

_HERE = Path(__file__).resolve().parent
#: The rules about the content of our websites (see :mod:`audit.rules`, packs).
CONTENT_RULES = "stepfree.content_rules"
#: What builds and checks a website (see :mod:`audit.settings.extras`).
_SITE = "stepfree[site]"
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


def requirement() -> tuple[str, Path | None]:
    """What a library's ``requirements.txt`` says so that its workflow installs this very program.

    The program itself knows where it came from (``direct_url.json``, PEP 610): a repository at a commit, an
    archive at an address, or a wheel in a file. Of the last, the path is given too: the wheel has to be kept with
    the website, in ``tools/``. Otherwise it came from the package index, by its version.
    """
    installed = distribution("stepfree")
    said = installed.read_text("direct_url.json")
    origin = json.loads(said) if said else {}
    url = str(origin.get("url", ""))
    if "vcs_info" in origin:
        return f"{_SITE} @ {origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}", None
    if url.startswith(("https://", "http://")):
        return f"{_SITE} @ {url}", None
    file = Path(url2pathname(unquote(urlsplit(url).path))) if url.startswith("file:") else None
    if file is not None and file.suffix == ".whl" and file.is_file():
        return f"./tools/{file.name}[site]", file
    return f"{_SITE}=={installed.version}", None
