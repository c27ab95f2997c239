"""Which pages there ought to be, before anything is opened.

The list is never kept by hand: it comes from the files of the folder, from ``sitemap.xml``
and from the build's manifest, each held against the others. What one of them promises and
the others lack is a fault of its own. Each page that is expected ends in exactly one state.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

import lxml.etree

from audit.errors import NothingToAudit, UsageError
from audit.model.addresses import INDEXES
from audit.settings.config import Exclusion
from audit.survey.manifest import Manifest
from audit.survey.server import ERROR_PAGE

HTML = (".html", ".htm", ".xhtml")
#: Bytes read of a page to see what it is: a redirect says so in its head.
HEAD = 16_384

_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_NOW = re.compile(r"^\s*0*(?:\.0*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*(.+?)\s*[\"']?\s*$", re.IGNORECASE)


class PageKind(StrEnum):
    """What a file is to visitors."""

    PAGE = "page"
    ERROR = "error page"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """A page that must end in one state.

    ``address`` is its path below the base path (``/programs/``), ``file`` its path in the
    folder, ``status`` what the server must answer, ``target`` where a redirect leads.
    """

    address: str
    file: str | None
    status: int = 200
    kind: PageKind = PageKind.PAGE
    source: str | None = None
    template: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that the lists of pages disagree on. ``rule`` is the id it is reported under.

    ``file`` is the list that says so, ``line`` the place in it when it is known.
    """

    rule: str
    file: str
    address: str
    sentence: str
    fix: str


@dataclass(frozen=True)
class Survey:
    """The pages to open, those left out with the reason, those that cannot be opened, and other files.

    ``answers``: for a site on the web, the status of each address that was asked; else ``None``.
    """

    pages: tuple[ExpectedPage, ...]
    excluded: tuple[tuple[ExpectedPage, str], ...] = ()
    missing: tuple[tuple[ExpectedPage, str], ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    unused: tuple[Exclusion, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    answers: Mapping[str, int] | None = None


def address_of(file: PurePosixPath) -> str:
    """``/programs/`` for ``programs/index.html``, ``/about.html`` for ``about.html``."""
    path = "/" + quote(str(file))
    return path[: -len(file.name)] if file.name in INDEXES else path


def survey_folder(
    folder: Path, manifest: Manifest | None, exclude: Iterable[Exclusion], base_path: str = "/"
) -> Survey:
    """The pages of a built site.

    Raises:
        UsageError: the target is not a folder, or the manifest belongs to another build.
        NothingToAudit: there is no page in it.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder.", "Name the folder that holds the built site.")
    files = files_of(folder)
    pages = {page.address: page for page in (_page(folder, file) for file in files) if page is not None}
    missing: list[tuple[ExpectedPage, str]] = []
    mismatches: list[Mismatch] = []
    if manifest is not None:
        pages, missing, found = _with_manifest(pages, manifest)
        mismatches += found
    if not pages and not missing:
        raise NothingToAudit(
            f"{folder}: there is no HTML file in this folder.", "Build the site first, or name its folder."
        )
    mismatches += _sitemap(folder, pages, base_path)
    chosen, excluded, unused = _exclude(pages.values(), exclude)
    if not chosen and not missing:
        raise NothingToAudit(f"{folder}: every page is excluded or a redirect, so there is nothing to audit.")
    return Survey(
        pages=tuple(sorted(chosen, key=lambda page: page.address)),
        excluded=tuple(sorted(excluded, key=lambda pair: pair[0].address)),
        missing=tuple(sorted(missing, key=lambda pair: pair[0].address)),
        mismatches=tuple(sorted(mismatches, key=lambda each: (each.file, each.rule, each.address))),
        unused=unused,
        files=files,
    )


def survey_file(file: Path) -> Survey:
    """A single file as the only page of its folder.

    Raises:
        UsageError: it is not an HTML file.
    """
    if file.suffix.lower() not in HTML:
        raise UsageError(f"{file}: this is not an HTML file.", "Name an .html file, a folder or a web address.")
    files = files_of(file.parent)
    page = _page(file.parent, file.name)
    assert page is not None
    if page.kind is PageKind.REDIRECT:
        raise NothingToAudit(f"{file}: this page only sends visitors on to {page.target}.", "Name that page.")
    return Survey(pages=(page,), files=files)


def files_of(folder: Path) -> dict[str, int]:
    """Every file by its path from the folder, with its size in bytes."""
    found = {}
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            # The server does not follow links out of the folder, and neither do hosts.
            inside = root in path.resolve().parents
            if inside:
                found[path.relative_to(folder).as_posix()] = path.stat().st_size
    return found


def _page(folder: Path, file: str) -> ExpectedPage | None:
    path = PurePosixPath(file)
    if path.suffix.lower() not in HTML:
        return None
    if file == ERROR_PAGE:
        return ExpectedPage(address_of(path), file, 404, PageKind.ERROR)
    with (folder / file).open("rb") as stream:
        target = immediate_redirect(stream.read(HEAD))
    if target is not None:
        return ExpectedPage(address_of(path), file, 200, PageKind.REDIRECT, target=target)
    return ExpectedPage(address_of(path), file)


def immediate_redirect(head: bytes) -> str | None:
    """Where a page sends its visitors at once (technique H76); ``None`` when it does not.

    A page that waits first is a page like any other: waiting is a failure that rules look for.
    """
    for tag in _META.findall(_COMMENT.sub(b"", head)):
        if _REFRESH.search(tag) and (content := _CONTENT.search(tag)):
            value = next(group for group in content.groups() if group is not None).decode("utf-8", "replace")
            if now := _NOW.match(value):
                return now.group(1).replace("&amp;", "&")
    return None


def _with_manifest(
    pages: Mapping[str, ExpectedPage], manifest: Manifest
) -> tuple[dict[str, ExpectedPage], list[tuple[ExpectedPage, str]], list[Mismatch]]:
    """The pages with what the build says of them, those that it promised in vain, and those it does not know."""
    known: dict[str, ExpectedPage] = {}
    missing = []
    for entry in manifest.pages.values():
        found = pages.get(entry.address)
        if found is None:
            page = ExpectedPage(entry.address, entry.file, entry.status, PageKind.PAGE, entry.source, entry.template)
            missing.append((page, f"The build's manifest names {entry.file}, which is not in the folder."))
        else:
            known[entry.address] = ExpectedPage(
                entry.address, found.file, entry.status, found.kind, entry.source, entry.template, found.target
            )
    mismatches = [
        Mismatch(
            "page-unknown-to-build",
            "manifest.json",
            page.address,
            f"The file {page.file} is in the folder, but the build does not know it.",
            "Remove the file, or build again: it may be left over from an earlier build.",
        )
        for address, page in pages.items()
        if address not in known and page.file not in manifest.files
    ]
    return {**dict(pages), **known}, missing, mismatches


def _exclude(
    pages: Iterable[ExpectedPage], exclude: Iterable[Exclusion]
) -> tuple[list[ExpectedPage], list[tuple[ExpectedPage, str]], tuple[Exclusion, ...]]:
    chosen, excluded, used = [], [], set()
    patterns = tuple(exclude)
    for page in pages:
        reason = None
        for pattern in patterns:
            if fnmatch.fnmatchcase(page.address, pattern.pattern):
                used.add(pattern)
                reason = reason or pattern.reason
        if reason is None and page.kind is PageKind.REDIRECT:
            reason = f"It only sends visitors on to {page.target}."
        if reason is None:
            chosen.append(page)
        else:
            excluded.append((page, reason))
    return chosen, excluded, tuple(pattern for pattern in patterns if pattern not in used)


def _sitemap(folder: Path, pages: Mapping[str, ExpectedPage], base_path: str) -> Iterable[Mismatch]:
    """What ``sitemap.xml`` and the folder disagree on; nothing when there is no sitemap."""
    for file in sorted(folder.glob("sitemap*.xml")):
        try:
            locations = sitemap_locations(file.read_bytes())
        except ValueError as error:
            yield Mismatch(
                "broken-sitemap",
                file.name,
                "/",
                f"{file.name} cannot be read as a sitemap: {error}.",
                "Let the build write it anew; no search engine can use it as it is.",
            )
            continue
        if not locations:
            yield Mismatch(
                "broken-sitemap",
                file.name,
                "/",
                f"{file.name} lists no page.",
                "List every page that visitors may find.",
            )
        for location in locations:
            address = _below(location, base_path)
            name = unquote(address).lstrip("/")
            if address in pages or (folder / name).is_file():
                if address in pages and pages[address].kind is not PageKind.PAGE:
                    yield Mismatch(
                        "sitemap-entry-without-page",
                        file.name,
                        address,
                        f"{file.name} lists {address}, which is a {pages[address].kind}.",
                        "List only pages that visitors should find.",
                    )
                continue
            yield Mismatch(
                "sitemap-entry-without-page",
                file.name,
                address,
                f"{file.name} lists {address}, but no file answers there.",
                "Remove the entry, or build the page.",
            )


def sitemap_locations(data: bytes) -> tuple[str, ...]:
    """Every ``loc`` of a sitemap or sitemap index.

    Raises:
        ValueError: it is no XML, or no sitemap; the text says what is wrong.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise ValueError(str(error).removesuffix(" (<string>, line 1)")) from error
    name = lxml.etree.QName(root).localname
    if name not in {"urlset", "sitemapindex"}:
        raise ValueError(f"its root element is “{name}”, not “urlset”")
    if name == "sitemapindex":
        return tuple(location for location in _locations(root) if not location.endswith(".xml")) or ("/",)
    return tuple(_locations(root))


def _locations(root: lxml.etree._Element) -> Iterable[str]:
    # Any namespace: sitemaps of other makers are read too.
    for location in root.iterfind("{*}*/{*}loc"):
        text = (location.text or "").strip()
        if text:
            yield text


def _below(location: str, base_path: str) -> str:
    """The address below the base path of an absolute address in a sitemap."""
    path = urlsplit(location).path or "/"
    return "/" + path[len(base_path) :] if path.startswith(base_path) else path
