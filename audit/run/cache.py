"""When a result of an earlier run may be used again: only when nothing that made it has changed.

The key of a page holds its own bytes, every style sheet, script and picture of the site, the
pages that it links to or frames (rules compare what links lead to), the conditions, and
everything of ours that takes part: the program's own code and data, axe-core, the browser.
Anything unsure makes another key, never the same one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from audit.browser.browser import BROWSERS, find
from audit.errors import AuditError
from audit.examination.provenance import DOCUMENTS
from audit.run.worker import Job
from audit.survey.folder import HTML, ExpectedPage, immediate_redirect

PACKAGE = Path(__file__).parents[1]
#: The folders whose code decides what a capture holds; a rule is not among them.
CAPTURING = ("browser", "capture", "model", "semantics", "survey")
#: Largest size of the cache in bytes; the entries used longest ago go first.
SIZE_LIMIT = 1_500_000_000
_ADDRESS = re.compile(rb"""(?:href|src|data|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
#: Published files that no page shows or reads.
APART = (*DOCUMENTS, ".ics", ".atom", ".rss", ".zip", ".csv", ".xml")


def browser_identity(job: Job) -> str | None:
    """Which browser would be started; ``None`` when that cannot be known (a Grid, Selenium's manager)."""
    if job.browser.grid is not None:
        return None
    import os

    try:
        binary = job.browser.binary or find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        if binary is None:
            return None
        run = subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (AuditError, OSError, subprocess.SubprocessError):
        return None
    return f"{binary} {run.stdout.strip()}"


@dataclass(frozen=True)
class Keys:
    """The keys of one run. ``capture`` leaves out the rules, ``result`` has them too."""

    folder: Path
    files: Mapping[str, int]
    surroundings: str
    rules: str

    def capture(self, page: ExpectedPage) -> str:
        """The key of a page's capture."""
        assert page.file is not None
        data = (self.folder / page.file).read_bytes()
        linked = "".join(f"{name}={_hash(self.folder / name)}" for name in sorted(self._linked(page.file, data)))
        return _digest(self.surroundings, json.dumps(asdict(page), sort_keys=True, default=str), _of(data), linked)

    def result(self, page: ExpectedPage) -> str:
        """The key of what the rules said of a page."""
        return _digest(self.capture(page), self.rules)

    def _linked(self, file: str, data: bytes) -> set[str]:
        """The pages that a page links to, followed through redirects."""
        found: set[str] = set()
        pending = [(file, data)]
        while pending:
            name, content = pending.pop()
            for target in self._targets(name, content):
                if target in found or target == file:
                    continue
                found.add(target)
                inner = (self.folder / target).read_bytes()
                if immediate_redirect(inner) is not None:
                    pending.append((target, inner))
        return found

    def _targets(self, file: str, data: bytes) -> Iterable[str]:
        base = "/" + file
        for match in _ADDRESS.finditer(data):
            written = next(group for group in match.groups() if group is not None).decode("utf-8", "replace")
            try:
                path = unquote(urlsplit(urljoin(base, written)).path).lstrip("/")
            except ValueError:
                continue
            # The address may carry the base path, which the folder does not have.
            parts = PurePosixPath(path).parts
            for skip in range(min(len(parts), 2) + 1):
                rest = "/".join(parts[skip:])
                for name in (rest, f"{rest}/index.html".lstrip("/")):
                    if name in self.files and name.lower().endswith(HTML):
                        yield name


def keys_for(job: Job, folder: Path, files: Mapping[str, int]) -> Keys | None:
    """The keys of a run; ``None`` when results may not be kept."""
    browser = browser_identity(job)
    if browser is None:
        return None
    assets = "".join(
        f"{name}={_hash(folder / name)}\n" for name in sorted(files) if not name.lower().endswith((*HTML, *APART))
    )
    settings = {
        "needs": sorted(job.needs),
        "base_path": job.base_path,
        "capture": {**asdict(job.capture), "axe_script": None},
        "browser": asdict(job.browser),
        "axe": _hash(job.capture.axe_script)
        if job.capture.axe_script
        else importlib.metadata.version("axe-selenium-python"),
        "selenium": importlib.metadata.version("selenium"),
    }
    code = capture_digest() + _hash(PACKAGE / "run" / "worker.py")
    return Keys(
        folder,
        files,
        _digest(json.dumps(settings, sort_keys=True, default=str), browser, assets, code),
        _digest(*job.rules, "".join(f"{path}={digest}" for path, digest in _code(PACKAGE))),
    )


def capture_digest() -> str:
    """Of all code that decides what a capture holds."""
    return _digest(*(f"{path}={digest}" for path, digest in _code(*(PACKAGE / room for room in CAPTURING))))


def _code(*folders: Path) -> Iterable[tuple[str, str]]:
    """Every file of the program that can change a result, with its digest."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".py", ".js", ".toml", ".csv", ".txt", ".yml"}:
                yield path.relative_to(PACKAGE).as_posix(), _hash(path)


def _hash(path: Path) -> str:
    return _of(path.read_bytes())


def _of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def shrink(cache: Path, limit: int = SIZE_LIMIT) -> None:
    """Remove the entries used longest ago until the cache is below its limit."""
    if not cache.is_dir():
        return
    entries = sorted(
        ((entry.stat().st_mtime, entry.stat().st_size, entry) for entry in cache.rglob("*") if entry.is_file()),
        key=lambda each: (each[0], str(each[2])),
    )
    size = sum(each[1] for each in entries)
    for _, bytes_, entry in entries:
        if size <= limit:
            return
        entry.unlink(missing_ok=True)
        size -= bytes_
