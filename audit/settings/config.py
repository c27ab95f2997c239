"""``stepfree.toml``: what a site's owners have decided about its audit.

Every key is known; an unknown one, a wrong type or an impossible value is an error that
names file and line, because a misspelt setting that is silently ignored is one of the ways
in which a gate passes without looking.

::

    [audit]     profile, block, block_rules, base_path, workers, timeout, axe_script, grid, max_pages
    [site]      what rules may know of the site: see SITE_KEYS
    [exclude]   "/old/*" = { reason = "…", owner = "Systems coordinator", until = 2027-01-31 }
    [paths]     baseline, excuses, words, cache
    [access]    how to log in, and what to wait for: see :mod:`audit.settings.access`
    [[journeys]]  ways through the site, walked with keys: see :mod:`audit.settings.journeys`
    [[regions]]  parts of pages that belong to somebody else: see :mod:`audit.settings.regions`
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from audit.errors import UsageError
from audit.model.addresses import normal_base
from audit.model.finding import Json
from audit.settings.access import Access, read_access
from audit.settings.journeys import Journey, read_journeys
from audit.settings.nearest import did_you_mean, known_words
from audit.settings.regions import Region, read_regions
from audit.settings.responsibility import NEEDED, answer_of, place_flaw
from audit.settings.toml_slips import toml_meant
from audit.standards import PROFILES
from audit.standards.laws import laws

FILE = "stepfree.toml"
#: What is shown and what blocks when nobody has said otherwise.
DEFAULT_PROFILE = "wcag22-aa"
#: Bytes that the name of a file or folder may have.
LONGEST_NAME = 255
#: What ``[site.duties]`` may name the address of (``audit/semantics/duties.toml`` says what each is).
DUTIES = ("policy", "customer_service", "plan", "status_report", "feedback", "formats", "emergency", "materials")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Pages that are not to be audited: a pattern of addresses with ``*``, the reason, who answers for it until when.

    ``owner`` and ``until`` are ``None`` where the program itself leaves something out.
    """

    pattern: str
    reason: str
    path: str
    line: int
    owner: str | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Config:
    """The settings of one site. Paths are absolute or relative to the working folder.

    ``profile`` decides what is shown, ``block`` (profiles) and ``block_rules`` (rule ids) what
    blocks; ``None``: not decided. ``timeout`` is the time limit for one page in seconds, ``workers`` how
    many browsers work at once (``None``: three for every two cores).
    """

    path: Path | None = None
    profile: str | None = None
    block: tuple[str, ...] | None = None
    block_rules: tuple[str, ...] = ()
    base_path: str | None = None
    workers: int | None = None
    timeout: float = 60.0
    axe_script: Path | None = None
    grid: str | None = None
    max_pages: int = 500
    site: Mapping[str, Json] = field(default_factory=dict)
    exclude: tuple[Exclusion, ...] = ()
    baseline: Path | None = None
    excuses: Path | None = None
    words: Path | None = None
    cache: Path = Path(".cache/audit")
    #: Packs of further rules (:func:`audit.rules.load`): folders, and packages that can be imported.
    rules: tuple[str, ...] = ()
    access: Access = field(default_factory=Access)
    journeys: tuple[Journey, ...] = ()
    regions: tuple[Region, ...] = ()

    def rules_address(self, published: str | None = None) -> str | None:
        """The full address of the pages about rules; ``None`` when the site has none, or its address is not known.

        ``published``: where the site will be published, when the configuration does not say.
        """
        page, site = self.site.get("rules_page"), self.site.get("address") or published
        return f"{str(site).rstrip('/')}{page}" if page and site else None


class _WrongError(Exception):
    """A value is not what the key takes; the text says what it takes."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError("a text in quotation marks")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _WrongError('a list of texts, for instance ["one", "two"]')
    return tuple(value)


def _path(value: object) -> str:
    path = _text(value)
    if "\0" in path or any(len(part.encode()) > LONGEST_NAME for part in path.split("/")):
        raise _WrongError("the name of a file or folder")
    return path


def _paths(value: object) -> tuple[str, ...]:
    return tuple(_path(each) for each in _texts(value))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _WrongError("a whole number from 1")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 3600:
        raise _WrongError("a number of seconds from 1 to 3600")
    return float(value)


def _profile(value: object) -> str:
    name = _text(value)
    if name not in PROFILES:
        raise _WrongError(f"one of {known_words(PROFILES)}. {did_you_mean(name, PROFILES)}".strip())
    return name


def _profiles(value: object) -> tuple[str, ...]:
    return tuple(_profile(name) for name in _texts(value))


def _base(value: object) -> str:
    try:
        return normal_base(_text(value))
    except UsageError as error:
        raise _WrongError("a path below the host, for instance /library/") from error


def _grid(value: object) -> str:
    address = _text(value)
    if not address.startswith(("http://", "https://")):
        raise _WrongError("the address of a Selenium Grid, for instance http://grid.example.org:4444")
    return address


def _address(value: object) -> str:
    address = _text(value)
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~/-]*)?", address):
        raise _WrongError("the address of a website, for instance https://library.example.org/")
    return address


def _place(value: object) -> str:
    place = _text(value)
    if not place.startswith("/"):
        raise _WrongError(f"an address on the site that begins with /, for instance /{place.strip('/') or 'contact'}/")
    return place


def _page(value: object) -> str:
    page = _text(value)
    if not re.fullmatch(r"/(?:[A-Za-z0-9._~-]+/)*", page):
        raise _WrongError("an address on the site that begins and ends with /, for instance /accessibility/rules/")
    return page


def _size(value: object) -> str:
    size = _text(value)
    sizes = ("public-sector", "large", "small")
    if size not in sizes:
        raise _WrongError(f"one of {known_words(sizes)}")
    return size


def _zone(value: object) -> str:
    name = _text(value)
    if name not in available_timezones():
        raise _WrongError(
            f"a time zone such as America/Vancouver. {did_you_mean(name, available_timezones())}".rstrip()
        )
    return name


def _jurisdiction(value: object) -> str:
    name = _text(value)
    if name not in laws():
        raise _WrongError(f"{known_words(tuple(laws()))}. {did_you_mean(name, tuple(laws()))}".rstrip())
    return name


def _day(value: object) -> str:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise _WrongError("a day without quotation marks, such as 2028-04-26")
    return value.isoformat()


def _duties(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _WrongError("a table of addresses: [site.duties]")
    for key, address in value.items():
        if key not in DUTIES:
            hint = did_you_mean(key, DUTIES)
            raise _WrongError(f"{known_words(DUTIES)}, and not “{key}”. {hint}".rstrip())
        if not isinstance(address, str) or not address.startswith("/"):
            raise _WrongError(f"addresses that begin with /, and not {key} = {address!r}")
    return dict(value)


type _Reader = Callable[[object], Any]

AUDIT_KEYS: Mapping[str, _Reader] = {
    "profile": _profile,
    "block": _profiles,
    "block_rules": _texts,
    "base_path": _base,
    "workers": _count,
    "timeout": _seconds,
    "axe_script": _path,
    "grid": _grid,
    "max_pages": _count,
}
#: What rules may ask of the site. A rule that needs one more setting adds it here.
SITE_KEYS: Mapping[str, _Reader] = {
    "address": _address,  # where the site is published, for instance https://library.example.org/
    "organization": _size,  # O. Reg. 191/11 lays different duties on each
    "third_parties": _texts,  # hosts that pages may load from
    "feedback_page": _place,
    "rules_page": _page,  # where the site explains the rules, when it does; reports lead there
    "language": _text,  # of the visitors, as BCP 47 writes it; otherwise that of the build, else "en"
    "time_zone": _zone,  # of the visitors; otherwise that of the build, else UTC
    "jurisdiction": _jurisdiction,  # whose law applies (standards/laws.toml); without it WCAG 2.2 AA blocks
    "compliance_date": _day,  # from which day that law counts for this body, where it differs from body to body
    "duties": _duties,  # [site.duties]: the address at which each duty is served
}
PATH_KEYS: Mapping[str, _Reader] = {
    "baseline": _path,
    "excuses": _path,
    "words": _path,
    "cache": _path,
    "rules": _paths,
}
TABLES = ("audit", "site", "exclude", "paths", "access")
#: Arrays of tables, each entry under two brackets.
ARRAYS = ("journeys", "regions")

_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_\-.\"' ]+?)\s*\]\s*(#.*)?$")
_KEY = re.compile(r"""^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:=|\.)""")


def toml_lines(text: str) -> Mapping[tuple[str, str], int]:
    """The line of each table and key: ``(table, key)``, ``(table, "")`` for the header itself.

    ``tomllib`` gives values without their places.
    """
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header.group(1).strip("\"' ")
            found.setdefault((table, ""), number)
        elif key := _KEY.match(line):
            name = next(group for group in key.groups() if group is not None)
            found.setdefault((table, name), number)
            if not table:
                found.setdefault((name, ""), number)
    return found


def entry_lines(text: str) -> Mapping[tuple[str, int], int]:
    """The line of each entry of an array of tables, ``[[known]]``: ``(array, number from 0)``."""
    lines: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
            table = header.group(1)
            lines[table, counts.get(table, 0)] = number
            counts[table] = counts.get(table, 0) + 1
    return lines


def read_toml(path: Path, what: str) -> tuple[dict[str, Any], str]:
    """The parsed file and its text.

    Raises:
        UsageError: it cannot be read or is no TOML; the sentence has file and line.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: {what} cannot be read: it is not a file.")
    try:
        # Editors on Windows begin a file with an invisible mark.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: {what} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: {what} cannot be read: it is not UTF-8 text.", "Save it again with the encoding UTF-8."
        ) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = place.group(1) if place and place.group(1) else str(len(text.splitlines()) or 1)
        said = str(error)[: place.start()] if place else str(error)
        meant = toml_meant(text, int(line), said)
        raise UsageError(f"{path}:{line}: {what} is not valid TOML{f'. {meant}' if meant else f': {said}.'}") from error
    except (RecursionError, ValueError) as error:
        # Lists within lists without end; a number of thousands of digits.
        raise UsageError(f"{path}: {what} cannot be read: a value in it is longer than any setting.") from error


def toml_text(text: str) -> str:
    """A text as TOML writes it. A JSON string is one, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(path: Path) -> Config:
    """The settings in a file.

    Raises:
        UsageError: with file and line.
    """
    data, text = read_toml(path, "the configuration")
    reader = _File(path, toml_lines(text))
    reader.known(data, (*TABLES, *ARRAYS), "", "table")
    for table in TABLES:
        if not isinstance(data.get(table, {}), dict):
            raise reader.error(table, "", f"[{table}] must be a table.")
    audit = reader.read(data.get("audit", {}), AUDIT_KEYS, "audit")
    paths = reader.read(data.get("paths", {}), PATH_KEYS, "paths")
    folder = path.parent
    packs = tuple(_pack(folder, pack, reader) for pack in paths.pop("rules", ()))
    files = {key: folder / value for key, value in paths.items()}
    if (own := folder / "words.toml").is_file():
        files.setdefault("words", own)
    if "axe_script" in audit:
        audit["axe_script"] = folder / audit["axe_script"]
        if not audit["axe_script"].is_file():
            raise reader.error("audit", "axe_script", f"there is no file {audit['axe_script']}.")
    if "words" in files and not files["words"].exists():
        raise reader.error("paths", "words", f"there is no {files['words']}.")
    for key in sorted({"excuses", "baseline"} & files.keys()):
        # Either may be missing until something is excused; a name that is nearly that of a file is a slip.
        others = {each.stem for each in folder.glob("*.toml")} - {path.stem}
        near = "" if files[key].exists() else did_you_mean(files[key].stem, others)
        if near:
            raise reader.error("paths", key, f"there is no file {paths[key]}.", near)
    site = reader.read(data.get("site", {}), SITE_KEYS, "site")

    def wrong(line: int, said: str) -> UsageError:
        return UsageError(f"{path}:{line}: {said}")

    return Config(
        path=path,
        site=site,
        exclude=tuple(reader.exclusions(data.get("exclude", {}))),
        rules=packs,
        access=read_access(data.get("access", {}), folder, lambda key, sentence: reader.error("access", key, sentence)),
        journeys=read_journeys(data.get("journeys", []), text, path.name, wrong),
        regions=read_regions(
            data.get("regions", []), entry_lines(text), path.name, site.get("duties", {}).values(), wrong
        ),
        **audit,
        **files,
    )


def _pack(folder: Path, pack: str, reader: _File) -> str:
    """A pack as :func:`audit.rules.load` takes it: the path of a folder, else the name of a package."""
    if (folder / pack).is_dir():
        return str(folder / pack)
    if re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", pack):
        return pack
    raise reader.error("paths", "rules", f"there is no folder {folder / pack}.")


def find(named: Path | None, folder: Path) -> Config:
    """The configuration that was named, else ``stepfree.toml`` of the folder, else none.

    Raises:
        UsageError: a named file is missing, or the file is wrong.
    """
    if named is not None:
        return load(named)
    path = folder / FILE
    return load(path) if path.is_file() else Config()


@dataclass(frozen=True)
class _File:
    path: Path
    lines: Mapping[tuple[str, str], int]

    def error(self, table: str, key: str, sentence: str, hint: str = "") -> UsageError:
        lines = (self.lines.get(place) for place in ((table, key), (f"{table}.{key}", ""), (table, "")))
        line = next((line for line in lines if line), 1)
        return UsageError(f"{self.path}:{line}: {sentence}", hint or None)

    def known(self, data: Mapping[str, object], keys: Iterable[str], table: str, noun: str) -> None:
        for key in data:
            if key not in keys:
                where = f" in [{table}]" if table else ""
                hint = did_you_mean(key, keys) or f"Known: {known_words(keys)}."
                raise self.error(table or key, key if table else "", f"unknown {noun} “{key}”{where}.", hint)

    def read(self, data: Mapping[str, object], keys: Mapping[str, _Reader], table: str) -> dict[str, Any]:
        self.known(data, keys, table, "key")
        values: dict[str, Any] = {}
        for key, value in data.items():
            try:
                values[key] = keys[key](value)
            except _WrongError as wrong:
                said = str(wrong).rstrip(".")
                raise self.error(table, key, f"“{key}” takes {said}{'' if said.endswith('?') else '.'}") from wrong
        return values

    def exclusions(self, data: Mapping[str, object]) -> Iterable[Exclusion]:
        for pattern, value in data.items():
            try:
                yield self._exclusion(pattern, value)
            except _WrongError as wrong:
                raise self.error("exclude", pattern, f"excluding “{pattern}”: {wrong}") from wrong

    def _exclusion(self, pattern: str, value: object) -> Exclusion:
        if not pattern.startswith("/"):
            raise _WrongError("it is not an address. Begin it with /.")
        if flaw := place_flaw(pattern):
            raise _WrongError(flaw)
        if not isinstance(value, dict):
            raise _WrongError(
                'it takes a table: { reason = "A sentence.", owner = "Systems coordinator", until = 2027-01-31 }.'
            )
        for key in value:
            if key not in NEEDED:
                raise _WrongError(
                    f"unknown key “{key}”. {did_you_mean(key, NEEDED) or f'Known: {known_words(NEEDED)}.'}"
                )
        try:
            answer = answer_of(value)
        except ValueError as error:
            raise _WrongError(str(error)) from error
        line = self.lines.get(("exclude", pattern), 1)
        return Exclusion(pattern, answer.reason, self.path.name, line, answer.owner, answer.until)
