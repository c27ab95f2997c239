"""Documents are audited like pages: in the same run, with the same states and exit codes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from audit.documents.model import Unreadable
from audit.documents.process import Reading, read_apart
from audit.documents.reading import read
from audit.errors import ExitCode, NothingToAudit, UsageError
from audit.model.finding import PageState
from audit.model.report import Report
from audit.reports.html import render
from audit.reports.reading import from_json
from audit.reports.terminal import show
from audit.reports.writing import to_json
from audit.run.order import Order
from audit.run.run import audit
from audit.settings.config import Config
from benchmarks.documents.description import USUAL, Description
from benchmarks.documents.making import make

PAGE = '<!doctype html><html lang="en-CA"><title>Papers</title><h1>Papers</h1><p><a href="{name}">Agenda</a></p></html>'
CLEAN: Description = {**USUAL, "body": [{"heading": "Hours"}, {"paragraph": "Doors open at ten in the morning."}]}
FAULTY: Description = {**USUAL, "body": [{"heading": "Hours"}, {"picture": {"alternative": None}}]}


def run(folder: Path, *, files: tuple[Path, ...] = ()) -> Report:
    """Audit documents without a browser."""
    return audit(Order(str(folder), files=files, use_browser=False, profile="wcag22-aa"))


def test_a_folder_of_documents_is_audited(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    make(CLEAN, "docx", site / "clean.docx")
    make(FAULTY, "pdf", site / "faulty.pdf")
    report = run(site)
    assert {page.address: page.state for page in report.pages} == {
        "/clean.docx": PageState.AUDITED,
        "/faulty.pdf": PageState.AUDITED,
    }
    assert {(each.page, each.rule) for each in report.findings} == {
        ("/faulty.pdf", "document-image-without-alternative")
    }
    (finding,) = report.findings
    assert finding.source is not None
    assert finding.source.path == "faulty.pdf"
    assert finding.message.startswith("Page 1: ")
    assert finding.target is not None
    assert finding.target.box is not None
    assert report.exit_code is ExitCode.BLOCKING_FINDINGS


def test_a_terminal_is_told_what_each_document_comes_to(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    make(CLEAN, "docx", site / "clean.docx")
    make(FAULTY, "pdf", site / "faulty one.pdf")
    told = io.StringIO()
    show(run(site), Console(file=told, width=200))
    lines = told.getvalue().splitlines()
    assert "clean.docx: Usable as it is, as far as rules can tell." in lines
    assert "faulty one.pdf: Fix one problem, which blocks publishing." in lines
    (fault,) = (line for line in lines if line.startswith("✗"))
    assert " on /" not in fault


def test_clean_documents_end_with_nothing_that_blocks(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for kind in ("pdf", "docx", "pptx", "xlsx", "epub"):
        make(CLEAN, kind, site / f"clean.{kind}")
    report = run(site)
    assert report.findings == ()
    assert report.exit_code is ExitCode.NOTHING_BLOCKS


def test_the_report_says_which_page_links_to_a_document(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(PAGE.format(name="board%20agenda.pdf"), encoding="utf-8")
    make(CLEAN, "pdf", site / "board agenda.pdf")
    report = run(site)
    (document,) = report.documents
    assert document.document is not None
    assert document.document.linked_from == ("/",)
    # The page could not be opened without a browser; the document was read all the same.
    assert report.exit_code is ExitCode.INCOMPLETE


AGENDA = (
    "The board meets in the community room on the second Wednesday of each month. Members of the public may attend and"
    " may speak for five minutes each. Tell the office by noon on the day before whether you need an interpreter,"
    " captions or a seat near the door, and we will arrange it at no cost to you."
)


@pytest.mark.parametrize(("text", "asked"), [(AGENDA, False), ("The agenda of the next meeting of the board.", True)])
def test_nobody_is_asked_for_a_page_that_is_there(tmp_path: Path, text: str, *, asked: bool) -> None:
    site = tmp_path / "site"
    site.mkdir()
    page = PAGE.format(name="agenda.docx").replace("</html>", f"<p>{text}</p></html>")
    (site / "index.html").write_text(page, encoding="utf-8")
    make({**USUAL, "body": [{"heading": "Agenda"}, {"paragraph": AGENDA}]}, "docx", site / "agenda.docx")
    report = audit(Order(str(site), use_browser=False, profile="everything"))
    assert ("document-better-as-page" in {each.rule for each in report.findings}) is asked


def test_the_report_is_read_back_and_shows_its_documents(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    make(FAULTY, "docx", site / "faulty.docx")
    report = run(site)
    assert from_json(to_json(report)) == report
    shown = render(report, {}).decode()
    assert "Documents and what to do with them" in shown
    assert "Fix one problem" in shown
    assert "One document was read and checked" in shown
    assert "<dt>Documents not checked</dt>" in shown
    assert "<dt>Pages" not in shown


def test_some_files_of_a_folder_and_no_others(tmp_path: Path) -> None:
    one, other = make(CLEAN, "docx", tmp_path / "one.docx"), make(FAULTY, "docx", tmp_path / "other.docx")
    report = run(tmp_path, files=(one,))
    assert [page.address for page in report.pages] == ["/one.docx"]
    with pytest.raises(UsageError, match="neither an HTML file nor a document"):
        run(tmp_path, files=(other, _text(tmp_path)))


def test_a_document_is_no_page_that_it_was_seen_on(tmp_path: Path) -> None:
    make(FAULTY, "pdf", tmp_path / "faulty.pdf")
    html = render(run(tmp_path), {}).decode()
    assert "<code>faulty.pdf</code>" in html
    assert "seen on" not in html
    assert "Fix one problem, which blocks publishing." in html


def test_a_single_document_is_a_target(tmp_path: Path) -> None:
    file = make(CLEAN, "pptx", tmp_path / "talk.pptx")
    assert run(file).exit_code is ExitCode.NOTHING_BLOCKS


def test_a_folder_with_nothing_of_either_is_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    _text(site)
    with pytest.raises(NothingToAudit):
        run(site)


def _text(folder: Path) -> Path:
    file = folder / "notes.txt"
    file.write_text("notes", encoding="utf-8")
    return file


def _bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        for number in range(11):
            archive.writestr(f"word/{number}.xml", b"\x00" * 100_000_000)


def _entities(file: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><container><rootfile full-path="&a11;"/></container>',
        )


_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


class TestHostile:
    """Each ends as not audited, with a reason that a person understands, and the run goes on."""

    def reason(self, file: Path) -> str:
        report = run(file.parent)
        assert report.exit_code is ExitCode.INCOMPLETE
        (page,) = (each for each in report.pages if each.file == file.name)
        assert page.state is PageState.NOT_AUDITED
        assert page.reason is not None
        return page.reason

    def test_cut_off(self, tmp_path: Path) -> None:
        whole = make(CLEAN, "pdf", tmp_path / "site.pdf").read_bytes()
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "torn.pdf"
        file.write_bytes(whole[: len(whole) // 3])
        assert "damaged" in self.reason(file)

    def test_needs_a_password(self, tmp_path: Path) -> None:
        import pikepdf

        made = make(CLEAN, "pdf", tmp_path / "open.pdf")
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "secret.pdf"
        with pikepdf.open(made) as document:
            document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
        assert "password" in self.reason(file)

    def test_tags_lead_back_into_themselves(self, tmp_path: Path) -> None:
        import pikepdf

        made = make(CLEAN, "pdf", tmp_path / "whole.pdf")
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "circle.pdf"
        with pikepdf.open(made) as document:
            top = document.Root.StructTreeRoot.K[0]
            top.K.append(top)
            document.save(file)
        assert "back into themselves" in self.reason(file)

    @pytest.mark.slow
    def test_swells(self, tmp_path: Path) -> None:
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "bomb.docx"
        _bomb(file)
        assert "gigabyte" in self.reason(file)

    def test_entities_in_entities(self, tmp_path: Path) -> None:
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "laughs.epub"
        _entities(file)
        assert "damaged" in self.reason(file)

    def test_old_format_of_office(self, tmp_path: Path) -> None:
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "old.doc"
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500)
        assert ".doc" in self.reason(file)

    def test_protected_word_file(self, tmp_path: Path) -> None:
        (tmp_path / "site").mkdir()
        file = tmp_path / "site" / "secret.docx"
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500)
        assert "password" in self.reason(file)

    @pytest.mark.parametrize(
        ("name", "data", "what"),
        [
            ("page.pdf", b"<!doctype html><title>Log in</title>", "a web page"),
            ("letter.docx", b"{\\rtf1 Hello}", "an RTF file"),
            ("plan.docx", b"%PDF-1.7\n", "a PDF"),
            ("old.docx", _OLD + "WordDocument\0".encode("utf-16-le") + bytes(500), "in the old format of Word (.doc)"),
            ("secret.xlsx", _OLD + "EncryptedPackage\0".encode("utf-16-le") + bytes(500), "needs a password"),
            ("plan.pages", b"PK", "It is a file of Pages, which no check reads"),
            ("UPPER.PDF", b"", "It is empty"),
        ],
    )
    def test_a_file_is_told_as_what_it_is(self, name: str, data: bytes, what: str, tmp_path: Path) -> None:
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(Unreadable) as refused:
            read(file)
        assert what in str(refused.value)

    def test_a_workbook_by_the_name_of_a_word_file(self, tmp_path: Path) -> None:
        file = make(CLEAN, "xlsx", tmp_path / "hours.xlsx").rename(tmp_path / "hours.docx")
        with pytest.raises(Unreadable, match="but it is a workbook"):
            read(file)

    def test_the_others_are_read(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        site.mkdir()
        (site / "torn.pdf").write_bytes(b"%PDF-1.7\n")
        make(CLEAN, "docx", site / "clean.docx")
        report = run(site)
        assert {page.file: page.state for page in report.pages} == {
            "torn.pdf": PageState.NOT_AUDITED,
            "clean.docx": PageState.AUDITED,
        }


def test_a_document_is_read_again_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    make(CLEAN, "docx", site / "clean.docx")
    make(FAULTY, "pdf", site / "faulty.pdf")
    (site / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    seen: list[str] = []

    def watched(tasks: Iterable[tuple[str, Path]], size: int, stop: Callable[[], bool]) -> Iterator[Reading]:
        given = list(tasks)
        seen[:] = [name for name, _ in given]
        yield from read_apart(given, size, stop=stop)

    monkeypatch.setattr("audit.run.documents.read_apart", watched)

    def again() -> Report:
        return audit(Order(str(site), use_browser=False, profile="wcag22-aa", config=Config(cache=cache)))

    first = again()
    assert seen == ["/broken.pdf", "/clean.docx", "/faulty.pdf"]
    assert to_json(again()) == to_json(first)
    # What could not be read is tried again: it may have been for want of time or memory.
    assert seen == ["/broken.pdf"]
    make(FAULTY, "docx", site / "clean.docx")
    changed = again()
    assert seen == ["/broken.pdf", "/clean.docx"]
    assert {each.page for each in changed.findings} == {"/clean.docx", "/faulty.pdf"}
    for file in [each for each in cache.rglob("*") if each.is_file()]:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert to_json(again()) == to_json(changed)
    assert seen == ["/broken.pdf", "/clean.docx", "/faulty.pdf"]
