"""The documents of a run: each read and examined in processes apart, and booked like a page."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag

from audit.documents.laws import exempting
from audit.documents.model import Document, Record
from audit.documents.process import Reading, adapter, read_apart, written_down
from audit.documents.register import page_with_the_text, records
from audit.examination.examination import Examined
from audit.model.finding import DocumentResult, PageState, Requirements
from audit.model.site import Site
from audit.rules import LoadedRule
from audit.run.book_chapters import Book, Opened, Opener
from audit.run.cache import documents_key
from audit.run.document_rules import rule_apart
from audit.run.page_results import PageResults
from audit.run.store import Store, Uses
from audit.run.worker import BROKEN_OFF, Job, PageRecord
from audit.survey.folder import ExpectedPage, Survey
from audit.survey.manifest import Manifest
from audit.survey.server import Folder


def book_documents(
    survey: Survey,
    folder: Path | None,
    base: Path,
    rules: Iterable[LoadedRule],
    site: Site,
    built: Manifest | None,
    run: PageResults,
    workers: int,
    job: Job,
    opener: Opener | None = None,
    stop: Callable[[], bool] = bool,
) -> None:
    """Read and examine the documents of a folder, or those that were fetched; each ends in the table of states.

    ``base`` is the folder from which sources count; ``site`` knows which pages link to what. ``job`` says where
    is kept what was read, under the bytes of the file, and which packs the rules come from. ``opener`` shows the chapters of a book in the
    browser; ``None``: they are only read. Once ``stop`` says so, no more are looked at.
    """
    pages = {page.address: page for page in survey.documents}
    files = {page.address: folder / page.file for page in survey.documents if folder and page.file}
    files.update(survey.fetched)
    known = records(base, _sources(built)) if built is not None else {}
    linking = _linking(site)
    rules = tuple(rules)
    came: dict[str, Reading] = {reading.name: reading for reading in _readings(files.items(), job.cache, workers, stop)}
    opened = opener(_books(came, files)) if opener is not None else {}
    about = {
        address: _record(page, known, linking, site) for address, page in sorted(pages.items()) if address in files
    }
    documents = {
        address: _identified(document, pages[address], record, site)
        for address, record in about.items()
        if address in came and (document := came[address].document) is not None
    }
    apart = rule_apart(documents, rules, job.scratch, workers, job.packs, job.words, stop=stop)
    rulings = {ruling.name: ruling for ruling in apart}
    # In the order of addresses, whichever process was quickest.
    for address, record in about.items():
        page, kind = pages[address], _kind(files[address])
        ruling = rulings.get(address)
        if ruling is not None and ruling.examined is not None:
            judged = _judged(address, kind, documents[address], ruling.examined)
            run.take(pages, _with_chapters(judged, page, opened.get(address)))
            continue
        # What has been read, and no rule has spoken of, was left when the run was broken off.
        told = ruling or (came.get(address) if address not in documents else None)
        result = DocumentResult(kind, 0, record.linked_from, record.owner)
        run.take(
            pages, PageRecord(address, PageState.NOT_AUDITED, told.reason if told else BROKEN_OFF, document=result)
        )


def _kind(file: Path) -> str:
    return file.suffix.lstrip(".").lower()


def _readings(
    tasks: Iterable[tuple[str, Path]], cache: Path | None, workers: int, stop: Callable[[], bool]
) -> Iterator[Reading]:
    """What each file says: kept from an earlier run, or read now and kept if it could be read."""
    if cache is None:
        yield from read_apart(tasks, workers, stop=stop)
        return
    # What is known of a file depends on no other.
    site = Folder(cache)
    store, keys, unread = Store(cache, site), dict[str, str](), []
    for address, path in tasks:
        keys[address] = documents_key(path.suffix.lower(), site.digest(path))
        found = store.read("documents", keys[address])
        document = written_down(zlib.decompress(found[1])) if found is not None else None
        if document is not None:
            yield Reading(address, document)
        else:
            unread.append((address, path))
    files = dict(unread)
    for reading in read_apart(unread, workers, stop=stop):
        key = keys[reading.name]
        # A file that has changed meanwhile is not what its name says.
        if reading.document is not None and key == documents_key(
            files[reading.name].suffix.lower(), site.digest(files[reading.name])
        ):
            store.write("documents", key, Uses({}), zlib.compress(adapter().dump_json(reading.document), 1))
        yield reading


def _identified(document: Document, page: ExpectedPage, record: Record, site: Site) -> Document:
    """The document with its address and all that is known of it beside its own facts."""
    record = replace(record, changed=str(document.facts.get("modified") or ""))
    name = page.file or unquote(page.address).lstrip("/")
    document = replace(document, address=page.address, name=name, record=record)
    if record.page:
        return document
    return replace(document, record=replace(record, page=page_with_the_text(document, site)))


def _judged(address: str, kind: str, document: Document, examined: Examined) -> PageRecord:
    ground = exempting(document)
    duty = ground.duty if ground is not None else ""
    told = DocumentResult(kind, document.pages, document.record.linked_from, document.record.owner, duty)
    reason = _cut(document)
    title = " ".join((document.title or "").split()) or None
    return PageRecord(
        address, PageState.AUDITED, None, title, examined, problems=(reason,) if reason else (), document=told
    )


def _books(came: Mapping[str, Reading], files: Mapping[str, Path]) -> Mapping[str, Book]:
    """The books among what was read, with their chapters."""
    found = {}
    for address in sorted(came):
        document = came[address].document
        chapters = document.facts.get("chapters") if document is not None else None
        if isinstance(chapters, list | tuple):
            found[address] = Book(files[address], tuple(str(each) for each in chapters))
    return found


def _with_chapters(judged: PageRecord, page: ExpectedPage, found: Opened | None) -> PageRecord:
    """The record of a book with what the browser showed of its chapters."""
    if found is None or judged.state is not PageState.AUDITED:
        return judged
    if found.reason:
        return PageRecord(page.address, PageState.NOT_AUDITED, found.reason, judged.title, document=judged.document)
    exempt = judged.document is not None and bool(judged.document.duty)
    outcomes = tuple(
        replace(each, path=page.source or page.file, requirements=Requirements() if exempt else each.requirements)
        for each in found.outcomes
    )
    examined = replace(
        judged.examined,
        outcomes=(*judged.examined.outcomes, *outcomes),
        crashes=(*judged.examined.crashes, *found.crashes),
    )
    return replace(judged, examined=examined, problems=(*judged.problems, *found.notes))


def _cut(document: Document) -> str:
    """What of a very long document was not looked at."""
    if not document.facts.get("cut"):
        return ""
    return "It is very long, and was not read to its end."


def _record(page: ExpectedPage, known: Mapping[str, Record], linking: Mapping[str, set[str]], site: Site) -> Record:
    """The register's record of a document, with the pages that link to it and the law that the site is under."""
    return replace(
        known.get(page.source or "", Record()),
        linked_from=tuple(sorted(linking[unquote(site.root + page.address.lstrip("/"))])),
        source=page.source or "",
        jurisdiction=str(site.settings.get("jurisdiction", "")),
        compliance_date=str(site.settings.get("compliance_date", "")),
    )


def _linking(site: Site) -> Mapping[str, set[str]]:
    """The addresses of the pages that link to something, by its whole address, with its query and without."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for page in site.pages.values():
        for link in page.links:
            whole = unquote(urldefrag(link.url).url)
            for each in {whole, whole.partition("?")[0]}:
                found[each].add(page.address)
    return found


def _sources(built: Manifest) -> set[str]:
    return {page.source for page in built.pages.values()} | {
        path for page in built.pages.values() for path, _ in page.elements.places
    }
