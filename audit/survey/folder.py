"""Which pages there ought to be, before anything is opened.

The list is never kept by hand: it comes from the files of the folder, from ``sitemap.xml``
and from the build's manifest, each held against the others. What one of them promises and
the others lack is a fault of its own. Each page that is expected ends in exactly one state.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TypedDict
from urllib.parse import quote, unquote, urljoin, urlsplit

from audit.errors import NothingToAudit, UsageError
from audit.model.addresses import DOCUMENTS, INDEXES
from audit.model.redirects import immediate_redirect, in_circles
from audit.settings.config import Exclusion
from audit.settings.journeys import State
from audit.survey.manifest import BuiltPage, Manifest
from audit.survey.server import ERROR_PAGE, HTML, is_page
from audit.survey.sitemap import below, read_sitemap

#: Most bytes read of a page to see what it is.
HEAD = 5_000_000


class PageKind(StrEnum):
    """What a file is to visitors."""

    PAGE = "page"
    ERROR = "error page"
    REDIRECT = "redirect"
    DOCUMENT = "document"
    #: Says that what it was about is over; the build knows which pages do. Listed nowhere, on purpose.
    ENDED = "page of something that is over"


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """A page that must end in one state.

    ``address`` is its path below the base path (``/programs/``), ``file`` its path in the
    folder, ``status`` what the server must answer, ``target`` where a redirect leads. ``state``: it is
    where a journey leads, and ``address`` its name.
    """

    address: str
    file: str | None
    status: int = 200
    kind: PageKind = PageKind.PAGE
    source: str | None = None
    template: str | None = None
    target: str | None = None
    state: State | None = None


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

    ``documents``: the files among them that are read in a way of their own; ``fetched``: where those of a site on the
    web were put, by address.

    ``answers``: for a site on the web, the status of each address that was asked; else ``None``.
    """

    pages: tuple[ExpectedPage, ...]
    documents: tuple[ExpectedPage, ...] = ()
    fetched: Mapping[str, Path] = field(default_factory=dict)
    excluded: tuple[tuple[ExpectedPage, str], ...] = ()
    missing: tuple[tuple[ExpectedPage, str], ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    unused: tuple[Exclusion, ...] = ()
    expired: tuple[Exclusion, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    answers: Mapping[str, int] | None = None
    #: Sentences about what was left out because it was asked for, such as a limit of pages.
    narrowed: tuple[str, ...] = ()


def address_of(file: PurePosixPath) -> str:
    """``/programs/`` for ``programs/index.html``, ``/about.html`` for ``about.html``."""
    path = "/" + quote(str(file))
    return path[: -len(file.name)] if file.name in INDEXES else path


def survey_folder(
    folder: Path,
    manifest: Manifest | None,
    exclude: Iterable[Exclusion],
    base_path: str = "/",
    today: dt.date = dt.date.min,
) -> Survey:
    """The pages of a built site. ``today``: exclusions that ended before it exclude nothing.

    Raises:
        UsageError: the target is not a folder, or the manifest belongs to another build.
        NothingToAudit: there is no page in it.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder.", "Name the folder that holds the built site.")
    files, missing = named_files(files_of(folder))
    pages = {
        page.address: page for page in (_page(folder, file, files, base_path) for file in files) if page is not None
    }
    mismatches: list[Mismatch] = []
    if manifest is not None:
        pages, promised, found = _with_manifest(pages, manifest)
        missing += promised
        mismatches += found
    documents = _documents(files, manifest)
    if not pages and not missing and not documents:
        raise NothingToAudit(
            f"{folder}: there is no HTML file and no document in this folder.",
            "Build the site first, or name its folder.",
        )
    mismatches += _sitemap(folder, pages, base_path)
    mismatches += _circles(pages.values(), base_path)
    patterns = tuple(exclude)
    expired = tuple(each for each in patterns if each.until is not None and each.until < today)
    chosen, excluded, unused = leave_out(
        (*pages.values(), *documents), [each for each in patterns if each not in expired]
    )
    if not chosen and not missing:
        raise NothingToAudit(f"{folder}: every page is excluded or a redirect, so there is nothing to audit.")
    return Survey(
        **_sorted_apart(chosen),
        excluded=tuple(sorted(excluded, key=lambda pair: pair[0].address)),
        missing=tuple(sorted(missing, key=lambda pair: pair[0].address)),
        mismatches=tuple(sorted(mismatches, key=lambda each: (each.file, each.rule, each.address))),
        unused=unused,
        expired=expired,
        files=files,
        notes=tuple(
            _without_ending(page)
            for page in chosen
            if page.file and page.kind is not PageKind.DOCUMENT and not page.file.lower().endswith((*HTML, ".xml"))
        ),
    )


def survey_file(file: Path) -> Survey:
    """A single file, a page or a document, in its folder.

    Raises:
        UsageError: it is neither.
        NothingToAudit: it only sends its visitors on.
    """
    return survey_files(file.parent, (file,))


def survey_files(folder: Path, chosen: Iterable[Path]) -> Survey:
    """Some pages and documents of a folder, and nothing else of it.

    Raises:
        UsageError: one of them is neither, or has a name that is no text.
        NothingToAudit: one of them only sends its visitors on.
    """
    files, _ = named_files(files_of(folder))
    found = []
    for file in chosen:
        name = file.relative_to(folder).as_posix()
        if not _is_text(name):
            raise UsageError(_NAMELESS.format(_shown(name)))
        page = _document(name, None) if is_document(name) else _page(folder, name, files)
        if page is None:
            raise UsageError(
                f"{file}: this is neither an HTML file nor a document.",
                "Name an .html file, a document (.pdf, .docx, .pptx, .xlsx, .epub), a folder or a web address.",
            )
        if page.kind is PageKind.REDIRECT:
            raise NothingToAudit(f"{file}: this page only sends visitors on to {page.target}.", "Name that page.")
        found.append(page)
    return Survey(**_sorted_apart(found), files=files)


class _Apart(TypedDict):
    pages: tuple[ExpectedPage, ...]
    documents: tuple[ExpectedPage, ...]


def _sorted_apart(found: Iterable[ExpectedPage]) -> _Apart:
    """Pages and documents, each by address."""
    each = sorted(found, key=lambda page: page.address)
    return {
        "pages": tuple(page for page in each if page.kind is not PageKind.DOCUMENT),
        "documents": tuple(page for page in each if page.kind is PageKind.DOCUMENT),
    }


def is_document(name: str) -> bool:
    """Whether a file of this name is opened in a program of its own, such as a PDF."""
    return name.lower().endswith(DOCUMENTS)


def _documents(files: Iterable[str], manifest: Manifest | None) -> tuple[ExpectedPage, ...]:
    return tuple(_document(file, manifest) for file in files if is_document(file))


def _document(file: str, manifest: Manifest | None) -> ExpectedPage:
    built = manifest.files.get(file) if manifest is not None else None
    source = built.source if built is not None else None
    return ExpectedPage("/" + quote(file), file, 200, PageKind.DOCUMENT, source or None)


def files_of(folder: Path) -> dict[str, int]:
    """Every file by its path from the folder, with its size in bytes.

    Raises:
        UsageError: a part of it cannot be read, or is a link that leads out of it, or what is called as a page is no
            file: no host would publish that.
    """
    found = {}
    root = folder.resolve()

    def unreadable(error: OSError) -> None:
        raise UsageError(f"{error.filename}: this folder cannot be read: {error.strerror}.") from error

    for place, folders, names in os.walk(folder, followlinks=True, onerror=unreadable):
        # A link to a folder around it would go on for ever.
        folders[:] = sorted(name for name in folders if not _around(Path(place, name), root))
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file():
                _inside(path, root)
                found[path.relative_to(folder).as_posix()] = path.stat().st_size
            elif name.lower().endswith((*HTML, *DOCUMENTS)):
                what = "a link to something that does not exist" if path.is_symlink() else "no file"
                raise UsageError(f"{path}: this is {what}.", "Put the page itself there, or remove the link.")
    return found


def _around(path: Path, root: Path) -> bool:
    """Whether a folder holds itself, by way of a link."""
    if path.is_symlink():
        _inside(path, root)
        return path.resolve() in path.parent.resolve().joinpath("x").parents
    return False


def _inside(path: Path, root: Path) -> None:
    if path.is_symlink() and root not in (path.resolve(), *path.resolve().parents):
        raise UsageError(
            f"{path}: this is a link to something outside of the folder.",
            "Put the file itself there; what a link leads to is not published.",
        )


def _page(folder: Path, file: str, files: Collection[str], base_path: str = "/") -> ExpectedPage | None:
    path = PurePosixPath(file)
    if not is_page(folder / file):
        return None
    if file == ERROR_PAGE:
        return ExpectedPage(address_of(path), file, 404, PageKind.ERROR)
    address = address_of(path)
    if path.name in INDEXES[1:] and path.with_name(INDEXES[0]).as_posix() in files:
        # Only the first of two indexes answers for the folder; the other has its own address.
        address = "/" + quote(file)
    with (folder / file).open("rb") as stream:
        data = stream.read(HEAD)
    target = immediate_redirect(data)
    if target is None or _is_itself(base_path + address[1:], target):
        return ExpectedPage(address, file)
    # A script may keep its visitors there: the browser says whether it does, unless the build knows.
    kind = PageKind.PAGE if _SCRIPTED.search(data) else PageKind.REDIRECT
    return ExpectedPage(address, file, 200, kind, target=target)


#: What may be a script.
_SCRIPTED = re.compile(rb"<script|[\s/\"']on[a-z]+\s*=|<iframe|<frame|<object|<embed", re.IGNORECASE)


def _is_itself(path: str, target: str) -> bool:
    """Whether a page at a path leads to itself: to another place on it, or anew with another query."""
    found = urlsplit(urljoin(f"http://site.invalid{path}", target))
    return found.hostname == "site.invalid" and unquote(found.path) == unquote(path)


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
            kind = _kind(entry, found)
            target = found.target if kind is PageKind.REDIRECT else None
            known[entry.address] = ExpectedPage(
                entry.address, found.file, entry.status, kind, entry.source, entry.template, target
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
        if manifest.whole and address not in known and page.file not in manifest.files
    ]
    return {**dict(pages), **known}, missing, mismatches


def _kind(entry: BuiltPage, found: ExpectedPage) -> PageKind:
    """What the build made of it; an author's markup does not turn a page into something that is not looked at."""
    if found.target is not None:
        return PageKind.REDIRECT if entry.kind == PageKind.REDIRECT else PageKind.PAGE
    return PageKind.ENDED if found.kind is PageKind.PAGE and entry.kind == "ended" else found.kind


def named_files(files: Mapping[str, int]) -> tuple[dict[str, int], list[tuple[ExpectedPage, str]]]:
    """Files without those whose name is no text, and those: an address cannot be written for them."""
    good, bad = {}, []
    for file, size in files.items():
        if _is_text(file):
            good[file] = size
        else:
            page = ExpectedPage("/" + quote(file, errors="surrogateescape"), _shown(file))
            bad.append((page, _NAMELESS.format(_shown(file))))
    return good, bad


_NAMELESS = "The name of the file {} is not UTF-8 text. Give it another name."


def _is_text(name: str) -> bool:
    """Whether a name can be written at all: an address, a report."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    """A name that is no text, as far as it can be read."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _without_ending(page: ExpectedPage) -> str:
    return (
        f"{page.file} is a page by its content, and was looked at as one; its name should end with .html,"
        " or hosts may offer it as a download."
    )


def _circles(pages: Iterable[ExpectedPage], base_path: str) -> Iterator[Mismatch]:
    """Redirects that lead in circles."""
    redirects = {page.address: page for page in pages if page.kind is PageKind.REDIRECT}
    targets = {address: page.target or "" for address, page in redirects.items()}
    for address, back in in_circles(targets, base_path):
        yield Mismatch(
            "redirect-in-circles",
            redirects[address].file or address,
            address,
            f"{address} sends visitors on to {targets[address] or address}, which leads back to {back}, so nobody ever arrives.",
            "Let it lead to a page.",
        )


def leave_out(
    pages: Iterable[ExpectedPage], exclude: Iterable[Exclusion]
) -> tuple[list[ExpectedPage], list[tuple[ExpectedPage, str]], tuple[Exclusion, ...]]:
    """Pages to open, pages left out with the reason, and patterns that match no page."""
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
    """What the sitemaps and the folder disagree on; nothing when there is no sitemap."""
    for file in sorted([*folder.glob("sitemap*.xml"), *folder.glob("sitemap*.xml.gz")]):
        try:
            found = read_sitemap(file.read_bytes())
        except ValueError as error:
            yield Mismatch(
                "broken-sitemap",
                file.name,
                "/",
                f"{file.name} cannot be read as a sitemap: {error}.",
                "Let the build write it again; no search engine can use it as it is.",
            )
            continue
        if not found.pages and not found.sitemaps:
            yield Mismatch(
                "broken-sitemap",
                file.name,
                "/",
                f"{file.name} lists no page.",
                "List every page that visitors may find.",
            )
        for location in (*found.pages, *found.sitemaps):
            try:
                address = below(location, base_path)
            except ValueError:
                yield Mismatch(
                    "broken-sitemap",
                    file.name,
                    "/",
                    f"{file.name} lists “{location}”, which is not an address.",
                    "Write the address of a page, or remove the entry.",
                )
                continue
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
