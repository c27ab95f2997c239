"""A WordPress site moves in: everything arrives or is listed, old addresses lead on, and twice adds nothing twice."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from stepfree.__main__ import run

EXPORT = Path(__file__).parent / "wordpress.xml"


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    (folder / "2019" / "05").mkdir(parents=True)
    Image.new("RGB", (900, 600), (120, 30, 30)).save(folder / "2019" / "05" / "front.jpg")
    (folder / "2019" / "05" / "Form A.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    return folder


def moved(uploads: Path) -> None:
    assert run(["import", "wordpress", str(EXPORT), "--uploads", str(uploads)]) == 0


def test_everything_arrives_or_is_listed(library: Path, uploads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved(uploads)
    said = capsys.readouterr().out
    assert "4 drafts were written, and 2 files came along." in said
    for sentence in (
        "The shortcode [contact-form-7] was left out",
        "page 8, “Bin”: Its state was “trash”.",
        "room 20, “Room”: There is no type here for “room”.",
        "comments: 1 of them",
        "News (1)",
    ):
        assert sentence in said
    assert (library / "build/import.txt").read_text(encoding="utf-8").startswith("4 drafts")


def test_the_text_is_markdown_with_links_between_the_new_pages(library: Path, uploads: Path) -> None:
    moved(uploads)
    about = (library / "content/pages/about-us.md").read_text(encoding="utf-8")
    assert about.endswith(
        "Welcome to the \\*library\\*.\n\n"
        "See [our history]({filename}/pages/about-us/history.md) and [the sale]({filename}/news/book-sale.md).\n\n"
        "![The red door of the library]({static}/images/imported/front.jpg)\n\nThe front door\n\n"
        "- One\n- Two **bold** words\n\n"
        "Fill in [the form]({static}/documents/form-a.pdf) \\[sic\\].\n"
    )
    assert "alt: The red door of the library" in about
    history = (library / "content/pages/about-us/history.md").read_text(encoding="utf-8")
    assert "| Year | Books |\n| --- | --- |\n| 1910 | 40 |" in history


def test_lines_of_what_to_look_at_are_those_of_the_draft(
    library: Path, uploads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved(uploads)
    note = next(line for line in capsys.readouterr().out.splitlines() if "is a link now" in line)
    path, line = note.strip().split(": ", 1)[0].rsplit(":", 1)
    assert "video.example.org" in (library / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]


def test_a_second_import_adds_nothing_and_keeps_what_was_edited(
    library: Path, uploads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved(uploads)
    (library / "content/pages/about-us.md").write_text("---\ntitle: Mine\n---\n\nMine.\n", encoding="utf-8")
    (library / "content/news/book-sale.md").unlink()
    before = sorted(path for path in library.rglob("*") if path.is_file())
    capsys.readouterr()
    moved(uploads)
    assert "0 drafts were written, and 0 files came along." in capsys.readouterr().out
    assert sorted(path for path in library.rglob("*") if path.is_file()) == before
    assert "Mine." in (library / "content/pages/about-us.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_old_addresses_lead_on_once_the_drafts_are_published(library: Path, uploads: Path) -> None:
    moved(uploads)
    for name in ("pages/about-us.md", "pages/about-us/history.md", "news/book-sale.md"):
        path = library / "content" / name
        path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    assert run(["build", "--publish"]) == 0
    rules = (library / "build/site/_redirects").read_text(encoding="utf-8").splitlines()
    assert {
        "/library/ p=7 /library/news/book-sale/ 301",
        "/library/ page_id=2 /library/about-us/ 301",
        "/library/About-Us/ /library/about-us/ 301",
        "/library/2020/06/book-sale/ /library/news/book-sale/ 301",
        "/library/wp-content/uploads/2019/05/Form%20A.pdf /library/documents/form-a.pdf 301",
    } <= set(rules)
    apache = (library / "build/site/redirects/apache.conf").read_text(encoding="utf-8")
    assert "RewriteCond %{REQUEST_URI} =/library/\nRewriteCond %{QUERY_STRING} =p=7\n" in apache
    nginx = (library / "build/site/redirects/nginx.conf").read_text(encoding="utf-8")
    assert 'if ($request_uri = "/library/?p=7") { return 301 "/library/news/book-sale/"; }' in nginx


def test_without_a_copy_of_the_files_each_one_is_named(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "wordpress", str(EXPORT)]) == 0
    said = capsys.readouterr().out
    assert said.count("Its file was not fetched: https://old.example.org/") == 2
    assert not (library / "content/images/imported").exists()


@pytest.mark.parametrize("text", ["", "<html></html>", "no xml", "<rss><channel><title>x</title></channel></rss>"])
def test_another_file_is_told(library: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.xml").write_text(text, encoding="utf-8")
    assert run(["import", "wordpress", str(tmp_path / "other.xml")]) == 2
    assert "this is not a WordPress export file" in capsys.readouterr().err


SITE = "https://www.old.example.org/site"


def export_of(*items: str) -> str:
    return (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
        f"<channel><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{SITE}</wp:base_blog_url>"
        f"<atom:link href='x'/>{''.join(items)}</channel></rss>"
    )


def item(number: int, kind: str, title: str, address: str, text: str, date: str = "2020-02-01 10:00:00") -> str:
    return (
        f"<item><title>{title}</title><link>{SITE}{address}</link><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:status>publish</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


def test_links_and_breaks_of_an_old_site_in_a_folder(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links without a host, in other capitals and through another host of WordPress; and breaks that mean something."""
    file = tmp_path / "export.xml"
    file.write_text(
        export_of(
            item(
                1, "page", "Hours", "/Hours/",
                'Monday 9 to 5<br />Tuesday 9 to 8\n\n[vc_row][vc_col w="1"]<p><a href="/site/hours/">a</a> <a href="?page_id=2">b</a> '
                '<img alt="Door" src="https://i0.wp.com/www.old.example.org/site/up/d-300x200.png?w=3"></p>[/vc_col][/vc_row]\n'
                "https://video.example.org/w?v=1",
            ),
            item(2, "page", "Two", "/two/", "<ul><li>a<br>b</li></ul>"),
            item(3, "post", "News", "/?p=3", "Word", "0000-00-00 00:00:00"),
            "<item><title>d</title><wp:post_id>4</wp:post_id><wp:post_type>attachment</wp:post_type>"
            f"<wp:attachment_url>{SITE}/up/d.png</wp:attachment_url></item>",
        ),
        encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "uploads/site/up").mkdir(parents=True)
    Image.new("RGB", (9, 9)).save(tmp_path / "uploads/site/up/d.png")
    assert run(["import", "wordpress", str(file), "--uploads", str(tmp_path / "uploads")]) == 0
    said = capsys.readouterr().out
    assert "3 drafts were written, and 1 file came along." in said
    assert "The post has no day there: today's was written." in said
    assert "shortcode" not in said
    hours = (library / "content/pages/hours.md").read_text(encoding="utf-8")
    assert hours.endswith(
        "\nMonday 9 to 5  \nTuesday 9 to 8\n\n[a]({filename}/pages/hours.md) [b]({filename}/pages/two.md) "
        "![Door]({static}/images/imported/d.png)\n\n"
        "[https://video.example.org/w?v=1](https://video.example.org/w?v=1)\n"
    ), hours
    assert "summary: Monday 9 to 5 Tuesday 9 to 8\n" in hours
    assert "- /site/Hours/\n- /site/?page_id=1\n" in hours
    assert (library / "content/pages/two.md").read_text(encoding="utf-8").endswith("\n- a b\n")
    assert "date: 2026-11-28\n" in (library / "content/news/news.md").read_text(encoding="utf-8")


def attachment(number: int, name: str, parent: int = 0) -> str:
    return (
        f"<item><title>{name}</title><link>{SITE}/{number}/</link><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent>"
        f"<wp:attachment_url>{SITE}/up/{name}</wp:attachment_url></item>"
    )


def test_files_are_links_and_pictures_are_pictures(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Galleries with a PDF in them or without numbers, files shown inside the page, and the pages of files."""
    file = tmp_path / "export.xml"
    block = (
        f'<!-- wp:file {{"id":4}} --><div><object class="wp-block-file__embed" data="{SITE}/up/plan.pdf"></object>'
        f'<a href="{SITE}/up/plan.pdf">Our plan</a><a href="{SITE}/up/plan.pdf" class="wp-block-file__button">Download</a></div>'
    )
    links = "".join(f'<p><a href="{SITE}/{where}">{where}</a></p>' for where in ("4/", "?attachment_id=4", "?cat=7"))
    file.write_text(
        export_of(
            item(1, "page", "Gallery", "/gallery/", '[gallery ids="3,4"]\n\nand\n\n[gallery columns="2"]'),
            item(2, "page", "Plan", "/plan/", block + links),
            attachment(3, "a.png", 1),
            attachment(4, "plan.pdf"),
            attachment(5, "b.png", 1),
            item(6, "page", "Far", "/far/", '<p><img src="https://else.example.org/x.png" alt="A far door"></p>'),
        ),
        encoding="utf-8",
    )
    (tmp_path / "uploads/site/up").mkdir(parents=True)
    for name in ("a.png", "b.png"):
        Image.new("RGB", (9, 9)).save(tmp_path / "uploads/site/up" / name)
    (tmp_path / "uploads/site/up/plan.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert run(["import", "wordpress", str(file), "--uploads", str(tmp_path / "uploads")]) == 0
    pages = library / "content/pages"
    assert (pages / "gallery.md").read_text(encoding="utf-8").endswith(
        "\n\n![]({static}/images/imported/a.png)\n\n[plan.pdf]({static}/documents/plan.pdf)\n\nand\n\n"
        "![]({static}/images/imported/a.png)\n\n![]({static}/images/imported/b.png)\n"
    )  # fmt: skip
    assert (pages / "plan.md").read_text(encoding="utf-8").endswith(
        "\n\n[Our plan]({static}/documents/plan.pdf)\n\n[4/]({static}/documents/plan.pdf)\n\n"
        f"[?attachment\\_id=4]({{static}}/documents/plan.pdf)\n\n[?cat=7]({SITE}/?cat=7)\n"
    )  # fmt: skip
    # No page shows a picture from another site: the draft has a link, and says what to do.
    far = (pages / "far.md").read_text(encoding="utf-8")
    assert far.endswith("\n[A far door](https://else.example.org/x.png)\n")
    assert "The picture https://else.example.org/x.png did not come along" in capsys.readouterr().out


def test_what_a_page_was_there_is_told(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "export.xml"
    private = item(3, "page", "Rota", "/rota/", "Words").replace("publish", "private")
    file.write_text(
        export_of(item(1, "page", "Home", "/", "Words"), item(2, "page", "About", "/about/", "Words"), private),
        encoding="utf-8",
    )
    assert run(["import", "wordpress", str(file)]) == 0
    said = capsys.readouterr().out
    assert "content/pages/home.md:2: It was the front page there: move its words to content/pages/index.md." in said
    assert "content/pages/about-2.md:2: content/pages/about.md is here already" in said
    assert "content/pages/rota.md:3: It was not public: its state was “private”." in said


def test_a_zip_of_several_parts_is_one_site(library: Path, tmp_path: Path) -> None:
    """As WordPress.com exports a large site: a page of one part links to one of another."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        link = f'<p><a href="{SITE}/two/">Two</a> words</p>'
        archive.writestr("site.2026-11-28.000.xml", export_of(item(1, "page", "One", "/one/", link)))
        archive.writestr("site.2026-11-28.001.xml", export_of(item(2, "page", "Two", "/two/", "Words")))
    assert run(["import", "wordpress", str(tmp_path / "export.zip")]) == 0
    assert "[Two]({filename}/pages/two.md) words" in (library / "content/pages/one.md").read_text(encoding="utf-8")
