"""What is broken in an export does not take the rest with it, and a second import brings nothing again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from stepfree.__main__ import run

_EVENT = "BEGIN:VEVENT\n{uid}DTSTART:202703{day}T190000Z\nDTEND:202703{day}T200000Z\nSUMMARY:{title}\nEND:VEVENT\n"
_ZONE = "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+5328\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n"
_TASK = "BEGIN:VTODO\nUID:t\nDTSTAMP:{stamp}\nSUMMARY:Order chairs\nEND:VTODO\n"


def event(title: str, day: int = 10, uid: str = "") -> str:
    return _EVENT.format(title=title, day=day, uid=f"UID:{uid}\n" if uid else "")


def calendar(*parts: str) -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(parts)}END:VCALENDAR\n"


def brought(path: Path, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert run(["import", "calendar", str(path)]) == code
    said = capsys.readouterr()
    return " ".join((said.out + said.err).split())


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (_ZONE, "Its time zone “Here” cannot be read: look at the times of its events."),
        (_TASK.format(stamp="19970901T1300Z"), "Order chairs: It cannot be read, and was left out."),
        (_TASK.format(stamp="19970901T130000Z"), "1 task: only events become programs."),
    ],
)
def test_a_broken_part_of_a_calendar_is_told(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str, sentence: str
) -> None:
    (tmp_path / "x.ics").write_text(calendar(part, event("Chess", uid="a")), encoding="utf-8")
    assert sentence in brought(tmp_path / "x.ics", capsys)
    assert (library / "content/programs/chess.md").is_file()


def test_a_calendar_that_cannot_be_read_does_not_keep_the_others_out(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("a.ics", calendar(event("Chess", uid="a")))
        archive.writestr("b.ics", "not a calendar")
        archive.writestr("c.ics", calendar(event("Lego", uid="c")))
    assert "both.zip: b.ics: This is not a calendar" in brought(tmp_path / "both.zip", capsys)
    before = sorted((library / "content/programs").glob("*.md"))
    assert [path.stem for path in before] == ["chess", "lego"]
    assert "0 drafts were written" in brought(tmp_path / "both.zip", capsys)
    assert sorted((library / "content/programs").glob("*.md")) == before


def test_events_without_a_name_of_their_own_are_known_again(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.ics").write_text(calendar(event("Chess"), event("Lego")), encoding="utf-8")
    brought(tmp_path / "x.ics", capsys)
    (tmp_path / "x.ics").write_text(calendar(event("Knitting"), event("Chess"), event("Lego")), encoding="utf-8")
    assert "1 draft was written" in brought(tmp_path / "x.ics", capsys)
    assert (library / "content/programs/knitting.md").is_file()


def test_an_import_that_ends_early_remembers_what_it_wrote(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from stepfree.imports import arrivals

    (tmp_path / "x.ics").write_text(calendar(event("Chess", uid="a"), event("Lego", 11, "b")), encoding="utf-8")
    written = arrivals.Delivery.write

    def once(self: arrivals.Delivery, *given: object) -> bool:
        if self.written:
            raise KeyboardInterrupt
        return written(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(arrivals.Delivery, "write", once)
        run(["import", "calendar", str(tmp_path / "x.ics")])
    capsys.readouterr()
    assert [path.stem for path in (library / "content/programs").glob("*.md")] == ["chess"]
    assert "1 draft was written" in brought(tmp_path / "x.ics", capsys)
    assert sorted(path.stem for path in (library / "content/programs").glob("*.md")) == ["chess", "lego"]


def test_what_is_said_of_many_drafts_is_said_once_on_the_screen(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = (event(f"Talk {number}", 10 + number, f"u{number}") for number in range(9))
    (tmp_path / "x.ics").write_text(calendar(*events), encoding="utf-8")
    said = brought(tmp_path / "x.ics", capsys)
    assert said.count("has no description") == 1
    assert "content/programs/talk-0.md:4 and 8 others: The calendar has no description" in said
    assert (library / "build/import.txt").read_text(encoding="utf-8").count("has no description") == 9


def test_a_blog_in_a_folder_of_its_site_keeps_its_addresses(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
        "<wp:base_blog_url>https://town.example.org/library</wp:base_blog_url>"
        "<item><title>Sale</title><link>https://town.example.org/library/sale/</link><wp:post_id>4</wp:post_id>"
        "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><content:encoded>Books.</content:encoded>"
        "</item></channel></rss>",
        encoding="utf-8",
    )
    assert run(["import", "wordpress", str(tmp_path / "x.xml")]) == 0
    capsys.readouterr()
    text = (library / "content/news/sale.md").read_text(encoding="utf-8")
    assert "redirect_from:\n- /library/sale/\n- /library/?p=4\n" in text


def test_what_libguides_hides_stays_hidden(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "az.csv").write_text(
        "vendor,name,url,enable_proxy,description,types,subjects,enable_hidden,internal_note\n"
        "Acme,Open Atlas,https://atlas.example.org,0,Maps.,Maps,Geography;History,0,Costs too much\n"
        "Acme,Old Atlas,https://old.example.org,0,Maps.,Maps,Geography,1,\n",
        encoding="utf-8",
    )
    assert run(["import", "libguides", str(tmp_path / "az.csv")]) == 0
    said = capsys.readouterr().out
    assert "az.csv, row 3: It is hidden there." in said
    assert "az.csv, column internal_note: There is no field for it." in said
    folder = library / "content/e-resources"
    assert [path.stem for path in folder.glob("*.md")] == ["open-atlas"]
    assert "Costs" not in (folder / "open-atlas.md").read_text(encoding="utf-8")
