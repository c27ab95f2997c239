"""Chapters of books are opened in the browser, and judged like pages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from audit.documents.epub import read_epub
from audit.documents.model import Kind
from audit.examination.examination import RuleOutcome, examine_document
from audit.model.finding import Fixer, Outcome, PageState, Requirements
from audit.rules import load
from audit.run.book_chapters import _gathered
from audit.run.order import Order
from audit.run.run import audit

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile'
    ' full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Walks around the lake</dc:title><dc:language>en</dc:language>'
    '<meta property="schema:accessMode">textual</meta><meta property="schema:accessibilityFeature">none</meta>'
    '<meta property="schema:accessibilityHazard">none</meta></metadata><manifest>{items}</manifest>'
    "<spine>{refs}</spine></package>"
)
_CHAPTER = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head>'
    '<title>{title}</title><link rel="stylesheet" href="looks.css"/></head><body><h1>{title}</h1>{body}</body></html>'
)
_CONTENTS = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>'
    "{links}</ol></nav></body></html>"
)
_LONG = "<p>The path goes round the lake in an hour and a half, and ends at the landing where the boats are.</p>"


def book(file: Path, chapters: Mapping[str, str], contents: Sequence[str] = (), **others: str) -> Path:
    """A book with these chapters, by title. ``contents``: what its table of contents leads to, if it has one."""
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="{each}" href="{each}" media-type="application/xhtml+xml"/>' for each in names)
    items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' if contents else ""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/container.xml", _CONTAINER)
        links = "".join(f'<li><a href="{each}">A chapter</a></li>' for each in contents)
        archive.writestr("OPS/nav.xhtml", _CONTENTS.format(links=links))
        archive.writestr(
            "OPS/book.opf", _BOOK.format(items=items, refs="".join(f'<itemref idref="{each}"/>' for each in names))
        )
        archive.writestr("OPS/looks.css", ".pale { color: #bbb } body { background: #fff }")
        for name, (title, body) in zip(names, chapters.items(), strict=True):
            archive.writestr(f"OPS/{name}", _CHAPTER.format(title=title, body=body))
        for name, text in others.items():
            archive.writestr(f"../{name}.xhtml", text)
    return file


@pytest.mark.browser
def test_chapters_are_judged_in_the_browser(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    faulty = f'<p class="pale">Words that nobody with low vision can read.</p>{_LONG}<p><input type="text"/></p>'
    book(site / "faulty.epub", {"North": faulty}, outside="<p>Never written</p>")
    # What a chapter wants from elsewhere is not fetched.
    remote = f'{_LONG}<p><img src="https://example.org/x.png" alt="A map of the lake"/></p>'
    book(site / "clean.epub", {"North": remote})
    report = audit(Order(str(site), profile="wcag22-aa", use_cache=False))
    assert {page.address: page.state for page in report.pages} == {
        "/clean.epub": PageState.AUDITED,
        "/faulty.epub": PageState.AUDITED,
    }
    told = {(each.page, each.rule, each.target.selector.split(":")[0]) for each in report.findings if each.target}
    assert ("/faulty.epub", "low-contrast", "chapter 1 (OPS/c0.xhtml)") in told
    assert ("/faulty.epub", "label", "chapter 1 (OPS/c0.xhtml)") in told
    assert [each.rule for each in report.findings if each.page == "/clean.epub"] == []
    assert not list(tmp_path.glob("**/outside.xhtml"))


def test_names_of_characters_are_read_and_terms_are_no_headings(tmp_path: Path) -> None:
    body = f"<dl><dt><strong>Caf&eacute;</strong></dt><dd>{_LONG}</dd></dl><p>Tea&nbsp;&amp; cake</p>"
    document = read_epub(book(tmp_path / "terms.epub", {"Words": body}))
    assert [(each.kind, each.text) for each in document.passages if len(each.text.split()) < 4] == [
        (Kind.HEADING, "Words"),
        (Kind.ITEM, "Café"),
        (Kind.PARAGRAPH, "Tea & cake"),
    ]


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ('epub:type="rearnote"', Kind.ITEM),
        ('role="doc-endnote"', Kind.ITEM),
        ('role="doc-biblioentry"', Kind.ITEM),
        ('epub:type="notice"', Kind.PARAGRAPH),
        ("", Kind.PARAGRAPH),
    ],
)
def test_a_note_is_no_typed_list(attribute: str, kind: Kind, tmp_path: Path) -> None:
    notes = "".join(
        f'<div {attribute}><p><a href="#l{n}">{n}.</a> The boats of {n + 1800} had a deck.</p></div>' for n in (98, 99)
    )
    wrapped = f'<section xmlns:epub="http://www.idpf.org/2007/ops">{notes}</section>'
    file = book(tmp_path / "notes.epub", {"Notes": wrapped})
    read = read_epub(file)
    assert {each.kind for each in read.passages if "deck" in each.text} == {kind}
    assert bool(_told(file, "document-fake-list")) == (kind is Kind.PARAGRAPH)


def test_a_video_in_a_chapter_is_known_with_its_captions(tmp_path: Path) -> None:
    film = '<video src="{name}.mp4">{track}</video>'
    captions, subtitles = ('<track src="a.vtt" kind="captions"/>', '<track src="a.vtt"/>')
    body = "".join(
        film.format(name=name, track=track) for name, track in (("a", captions), ("b", subtitles), ("c", ""))
    )
    read = read_epub(book(tmp_path / "book.epub", {"Films": body}))
    assert [(each.file, each.kind, each.captions_track) for each in read.pictures] == [
        ("a.mp4", "film", True), ("b.mp4", "film", False), ("c.mp4", "film", False),
    ]  # fmt: skip


def test_images_on_the_web_are_not_in_the_book(tmp_path: Path) -> None:
    body = '<img alt="A boat" src="https://example.org/boat.png"/><img alt="A boat" src="boat.png"/>'
    assert read_epub(book(tmp_path / "book.epub", {"Boats": body})).facts["elsewhere"] == [
        "https://example.org/boat.png"
    ]


def _told(file: Path, rule: str) -> list[tuple[Outcome, str]]:
    examined = examine_document(read_epub(file), [load()[rule]])
    assert not examined.crashes
    return [(each.outcome, each.message) for each in examined.outcomes]


@pytest.mark.parametrize(
    ("contents", "lost"),
    [
        (("c0.xhtml", "c1.xhtml#part"), ""),
        (("c0.xhtml", "c7.xhtml"), "“c7.xhtml”, which is not in the book"),
        (("c0.xhtml", "a.xhtml#one", "a.xhtml#two", "b.xhtml"), "“a.xhtml”, “b.xhtml”, which are not in the book"),
    ],
)
def test_contents_that_lead_to_no_file_of_the_book_are_told(
    contents: tuple[str, ...], lost: str, tmp_path: Path
) -> None:
    file = book(tmp_path / "walks.epub", {"North": _LONG, "South": _LONG}, contents)
    told = _told(file, "book-without-contents")
    assert [outcome for outcome, _ in told] == ([Outcome.FAILED] if lost else [])
    assert all(lost in message for _, message in told)


def test_damaged_contents_of_the_old_kind_do_not_keep_a_book_from_being_read(tmp_path: Path) -> None:
    file = book(tmp_path / "walks.epub", {"North": _LONG, "South": _LONG}, ("c0.xhtml", "c1.xhtml"))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            old = b'<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
            archive.writestr(name, data.replace(b"</manifest>", old) if name.endswith(".opf") else data)
        archive.writestr("OPS/toc.ncx", "<ncx><navMap>")
    assert _told(file, "book-without-contents") == []


_PAGE = '<p><img src="p.png" alt="Page of the book"/></p>'


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ((_PAGE, _LONG, _LONG), ""),
        ((_LONG, _PAGE, _LONG), ""),
        ((_PAGE, _PAGE, _PAGE), "Chapters 1 to 3 are pictures without any text."),
        ((_PAGE,), "This chapter is a picture without any text."),
    ],
)
def test_chapters_that_are_pictures_are_asked_about_once(chapters: tuple[str, ...], said: str, tmp_path: Path) -> None:
    file = book(tmp_path / "scans.epub", {f"Part {number}": body for number, body in enumerate(chapters)})
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            # A page of a scan has no heading.
            archive.writestr(name, re.sub(rb"<h1>.*?</h1>", b"", data) if b"Page of" in data else data)
    told = _told(file, "scanned-page")
    assert [outcome for outcome, _ in told] == ([Outcome.CANT_TELL] if said else [])
    assert all(said in message for _, message in told)


def test_a_style_of_a_book_is_told_once() -> None:
    links = [(1, "c1", "“Map” is 4:1 (#f00)"), (1, "c1", "“Bus” is 4:1 (#f00)"), (3, "c3", "“Tide” is 4:1 (#f00)")]
    told = [(number, name, _outcome("low-contrast", words)) for number, name, words in links]
    told += [(number, "c", _outcome("label", f"“{number}” has no name")) for number in (1, 2)]
    found = [each.message for each in _gathered(told, "/a.epub")]
    assert found == [
        "Chapter 1 (c1), pointer on it: “Map” is 4:1 (#f00) The same goes for 1 more place there and chapter 3.",
        "Chapter 1 (c), pointer on it: “1” has no name",
        "Chapter 2 (c), pointer on it: “2” has no name",
    ]


def _outcome(rule: str, message: str) -> RuleOutcome:
    fault = (rule, Outcome.FAILED, "A title", message, "why", "fix", Requirements(wcag=("1.4.3",)), Fixer.THEME)
    return RuleOutcome(*fault, conditions=("pointer on it",))
