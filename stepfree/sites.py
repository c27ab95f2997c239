"""``stepfree audit --sites FILE``: several sites, one after the other, and a summary of all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.errors import AuditError, ExitCode, UsageError
from audit.model.report import Report
from audit.reports.several import Site, exit_code, html, markdown, told
from stepfree.safe_output import say


@dataclass(frozen=True, slots=True)
class Listed:
    """A site of the list; ``folder`` is made of its name."""

    address: str
    name: str
    folder: str


def listed(file: Path) -> tuple[Listed, ...]:
    """The sites of a file: on each line an address or a folder, and behind it a name; ``#`` begins a remark.

    Raises:
        UsageError: it holds none, or two whose reports would lie in one folder.
    """
    found: dict[str, tuple[int, Listed]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8-sig", errors="replace").splitlines(), start=1):
        address, _, name = line.strip().partition(" ")
        if not address or address.startswith("#"):
            continue
        name = name.strip() or re.sub(r"^https?://|/+$", "", address)
        folder = _folder(name)
        if folder in found:
            first, other = found[folder]
            raise UsageError(
                f"{file}:{number}: “{name}” would write its report over that of “{other.name}” (line {first}).",
                "Give one of them another name, after its address.",
            )
        found[folder] = number, Listed(address, name, folder)
    if not found:
        raise UsageError(f"{file}: there is no site in it.", "Write an address on each line, followed by a name.")
    return tuple(each for _, each in found.values())


def _folder(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "site"


def audit_sites(file: Path, output: Path, audit: Callable[[Listed, Path], Report]) -> ExitCode:
    """Audit each site into a folder of its own, and put a summary beside them; the exit code of all together.

    A site that cannot be audited does not keep the others from it.
    """
    sites = listed(file)
    done: list[Site] = []
    for site in sites:
        say(f"{site.name} ({site.address})", err=True)
        try:
            report = audit(site, output / site.folder)
        except AuditError as error:
            say(str(error))
            done.append(Site(site.name, site.address, site.folder, error.exit_code, reason=str(error)))
        except KeyboardInterrupt:
            break
        else:
            done.append(Site(site.name, site.address, site.folder, report.exit_code, report))
            if any(each.where == "the run" for each in report.errors):
                # Broken off: whoever asked for that did not mean one site of many.
                break
    done += [
        Site(site.name, site.address, site.folder, ExitCode.INCOMPLETE, reason="The run was interrupted before it.")
        for site in sites[len(done) :]
    ]
    _tell(done, output)
    return exit_code(done)


def _tell(sites: Sequence[Site], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for name, data in (("sites.html", html(sites)), ("sites.md", markdown(sites))):
        (output / name).write_bytes(data)
    say("")
    for site in sites:
        say(f"{site.name}: {site.verdict}")
    say(told(sites))
    say(f"Summary: {output / 'sites.html'}, {output / 'sites.md'}")
