"""The list of pages comes from what is there, and what lists disagree on is told."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from audit.errors import NothingToAudit, UsageError
from audit.model.redirects import immediate_redirect
from audit.settings.config import Exclusion
from audit.survey import manifest
from audit.survey.folder import PageKind, survey_file, survey_folder
from audit.survey.sitemap import read_sitemap

PAGE = "<!doctype html><title>A page</title>"


def site(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sitemap(*addresses: str) -> str:
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def built(folder: Path, files: dict[str, str]) -> manifest.Manifest:
    """A manifest that knows these pages, as the build would write it."""
    pages = [
        {
            "address": address,
            "file": file,
            "sha256": sha256((folder / file).read_bytes()).hexdigest() if (folder / file).is_file() else "0" * 64,
            "source": {"path": f"content{address}x.md", "line": 1},
            "template": "page.html",
            "lang": "en",
            "status": 200,
            "kind": "page",
            "elements": {"count": 1, "sources": ["content/x.md"], "runs": [[0, 0, 1]]},
        }
        for address, file in files.items()
    ]
    path = folder.parent / "manifest.json"
    path.write_text(
        json.dumps({"schema": "stepfree-manifest/2", "base_path": "/", "owners": {}, "pages": pages, "files": []})
    )
    return manifest.read(path)


def test_each_html_file_is_a_page(tmp_path: Path) -> None:
    site(
        tmp_path,
        {"index.html": PAGE, "a/index.html": PAGE, "b.html": PAGE, "c.htm": PAGE, "d é.html": PAGE, "x.txt": ""},
    )
    found = survey_folder(tmp_path, None, ())
    assert [page.address for page in found.pages] == ["/", "/a/", "/b.html", "/c.htm", "/d%20%C3%A9.html"]
    assert found.files["x.txt"] == 0


def test_the_error_page_is_expected_to_answer_404(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE, "404.html": PAGE})
    assert {page.address: page.status for page in survey_folder(tmp_path, None, ()).pages} == {
        "/": 200,
        "/404.html": 404,
    }


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToAudit, match="no HTML file"):
        survey_folder(tmp_path, None, ())


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        survey_folder(tmp_path / "nowhere", None, ())


def test_a_page_that_sends_on_at_once_is_no_page_of_its_own(tmp_path: Path) -> None:
    redirect = '<meta charset=utf-8><meta http-equiv="refresh" content="0; url=/a/">'
    site(tmp_path, {"old.html": redirect, "a/index.html": PAGE})
    found = survey_folder(tmp_path, None, ())
    assert [page.address for page in found.pages] == ["/a/"]
    (page, reason) = found.excluded[0]
    assert (page.kind, page.target, reason) == (PageKind.REDIRECT, "/a/", "It only sends visitors on to /a/.")


@pytest.mark.parametrize(
    ("head", "target"),
    [
        (b"<meta http-equiv=refresh content='0;URL=/x/'>", "/x/"),
        (b'<META CONTENT="0; /x/" HTTP-EQUIV="Refresh">', "/x/"),
        (b'<meta http-equiv="refresh" content="0; url=/x/?a=1&amp;b=2">', "/x/?a=1&b=2"),
        # Waiting first is a fault of the page (F41): the page must be opened.
        (b'<meta http-equiv="refresh" content="5; url=/x/">', None),
        # Reloading itself is no way to elsewhere.
        (b'<meta http-equiv="refresh" content="0">', None),
        (b'<!-- <meta http-equiv="refresh" content="0; url=/x/"> -->', None),
        # As the HTML standard reads the value: no quotation marks, digits after the point, only a blank between.
        (b"<meta http-equiv=refresh content=0;url=/x/>", "/x/"),
        (b'<meta http-equiv="refresh" content="0.9; url=/x/">', "/x/"),
        (b'<meta http-equiv="refresh" content="0 url=/x/">', "/x/"),
        (b'<meta http-equiv="refresh" content="0; url=/a%20b/?c=1&#38;d=2">', "/a%20b/?c=1&d=2"),
        (b'<meta name="refresh" content="0; url=/x/">', None),
        (b"<title>Refresh</title>", None),
        (b"<meta http-equiv='refresh' content=\"0; url='/x/' \">", "/x/"),
        (b'<meta http-equiv="refresh" content=".9 /x/">', "/x/"),
        (b'<meta http-equiv="refresh" content=";url=/x/">', None),
        # What no visitor with scripts obeys.
        (b'<noscript><meta http-equiv="refresh" content="0; url=/x/"></noscript>', None),
        (b'<script>s = \'<meta http-equiv="refresh" content="0; url=/x/">\'</script>', None),
        (b'<textarea><meta http-equiv="refresh" content="0; url=/x/"></textarea>', None),
        (b'<template><template></template><meta http-equiv="refresh" content="0; url=/x/"></template>', None),
        (b'<xmp><meta http-equiv="refresh" content="0; url=/x/"></xmp>', None),
        (b'<plaintext></plaintext><meta http-equiv="refresh" content="0; url=/x/">', None),
        (b'<meta name=x content="0;url=/x/" data-a="http-equiv=refresh">', None),
        (b'<meta http-equiv=x http-equiv=refresh content="0;url=/x/">', None),
        # Browsers do not go there, so the page stays.
        (b'<meta http-equiv="refresh" content="0; url=javascript:go()">', None),
        (b'<meta http-equiv="refresh" content="0; url=data:text/html,x">', None),
        (b'<meta http-equiv="refresh" content="0; url=java&#10;script:go()">', None),
        (b'<meta http-equiv="refresh" content="0; url=http://[library">', None),
        # Another place on the same page, or something that no browser reads as a refresh.
        (b'<meta http-equiv="refresh" content="0; url=#top">', None),
        (b'<meta http-equiv=" refresh" content="0; url=/x/">', None),
        ('<meta http-equiv="refresh" content="0\u2003;url=/x/">'.encode(), None),
        (b'<meta http-equiv="refresh" content="0; url=/x/"', None),
        # What may be read in two ways is opened, and the browser decides.
        (b'<!-- -- > <meta http-equiv="refresh" content="0; url=/x/"> -->', None),
        (b'<script><!-- <script> </script> <meta http-equiv="refresh" content="0; url=/x/"> --></script>', None),
        (b'<svg><![CDATA[ > <meta http-equiv="refresh" content="0; url=/x/"> ]]></svg>', None),
        (b'<p title="\'<meta http-equiv="refresh" content="0; url=/x/">\'">', None),
        # After what is opaque, the page goes on.
        (b'<noscript></noscript><meta http-equiv="refresh" content="0; url=/x/">', "/x/"),
    ],
)
def test_which_pages_send_on_at_once(head: bytes, target: str | None) -> None:
    assert immediate_redirect(head) == target


def test_a_page_that_a_script_may_keep_and_one_that_leads_to_itself_are_opened(tmp_path: Path) -> None:
    redirect = '<title>Old</title><meta http-equiv="refresh" content="0; url={}">'
    files = {
        "kept.html": redirect.format("/a/") + "<script>stop()</script>",
        "held.html": redirect.format("/a/") + "<body onload=stop()>",
        "query.html": redirect.format("?a=1"),
        "a b.html": redirect.format("/lib/a%20b.html?c#d"),
        "old.html": redirect.format("/lib/a/"),
    }
    site(tmp_path, {**files, "a/index.html": PAGE})
    found = survey_folder(tmp_path, None, (), "/lib/")
    assert [page.file for page, _ in found.excluded] == ["old.html"]
    assert (len(found.pages), found.mismatches) == (5, ())


@pytest.mark.parametrize("name", ["old.html", "plan.pdf"])
def test_what_is_called_as_a_page_and_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = site(tmp_path / "site", {"index.html": PAGE})
    (folder / name).symlink_to("gone.html")
    with pytest.raises(UsageError, match="a link to something that does not exist"):
        survey_folder(folder, None, ())


def test_excluded_pages_have_their_reason(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE, "old/a.html": PAGE, "old/b.html": PAGE})
    patterns = (
        Exclusion("/old/*", "kept for history", "stepfree.toml", 3),
        Exclusion("/gone/*", "was removed", "stepfree.toml", 4),
    )
    found = survey_folder(tmp_path, None, patterns)
    assert [page.address for page in found.pages] == ["/"]
    assert [(page.address, reason) for page, reason in found.excluded] == [
        ("/old/a.html", "kept for history"),
        ("/old/b.html", "kept for history"),
    ]
    assert [each.pattern for each in found.unused] == ["/gone/*"]


def test_a_site_of_which_every_page_is_excluded_is_nothing_to_audit(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE})
    with pytest.raises(NothingToAudit, match="every page is excluded"):
        survey_folder(tmp_path, None, (Exclusion("/*", "not ready yet", "stepfree.toml", 1),))


def test_a_sitemap_entry_without_a_page_is_told(tmp_path: Path) -> None:
    site(
        tmp_path, {"index.html": PAGE, "sitemap.xml": sitemap("https://x.example.org/", "https://x.example.org/gone/")}
    )
    assert [(each.rule, each.address) for each in survey_folder(tmp_path, None, ()).mismatches] == [
        ("sitemap-entry-without-page", "/gone/")
    ]


def test_a_sitemap_below_a_base_path_is_understood(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE, "a/index.html": PAGE, "sitemap.xml": sitemap("https://x.example.org/lib/a/")})
    assert survey_folder(tmp_path, None, (), "/lib/").mismatches == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (sitemap(), "lists no page"),
        ("", "cannot be read as a sitemap"),
        ("<urlset><url>", "cannot be read as a sitemap"),
        ("<html></html>", "its root element is “html”"),
    ],
)
def test_a_sitemap_that_lists_nothing_is_told(tmp_path: Path, text: str, said: str) -> None:
    site(tmp_path, {"index.html": PAGE, "sitemap.xml": text})
    (mismatch,) = survey_folder(tmp_path, None, ()).mismatches
    assert mismatch.rule == "broken-sitemap"
    assert said in mismatch.sentence


def test_a_sitemap_may_not_read_other_files() -> None:
    data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><urlset><url><loc>&e;</loc></url></urlset>'
    assert read_sitemap(data).pages == ()


def test_a_page_that_the_build_promised_and_the_folder_lacks_is_not_audited(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"index.html": PAGE})
    found = survey_folder(folder, built(folder, {"/": "index.html", "/gone/": "gone/index.html"}), ())
    assert [(page.address, reason) for page, reason in found.missing] == [
        ("/gone/", "The build's manifest names gone/index.html, which is not in the folder.")
    ]


def test_a_page_that_the_build_does_not_know_is_audited_and_told(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"index.html": PAGE, "left-over.html": PAGE})
    found = survey_folder(folder, built(folder, {"/": "index.html"}), ())
    assert [page.address for page in found.pages] == ["/", "/left-over.html"]
    assert [each.rule for each in found.mismatches] == ["page-unknown-to-build"]


def test_a_manifest_of_another_build_is_refused(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"index.html": PAGE})
    entry = built(folder, {"/": "index.html"})
    (folder / "index.html").write_text(PAGE + "<p>changed")
    with pytest.raises(UsageError, match=r"is of another build: index\.html has changed"):
        entry.check(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"schema": "stepfree-manifest/2"}',
        '{"schema": "stepfree-manifest/2", "base_path": "/", "owners": {}, "pages": [{}], "files": []}',
        '{"schema": "stepfree-manifest/2", "base_path": "/", "owners": {"a": "nobody"}, "pages": [], "files": []}',
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UsageError, match="manifest"):
        manifest.read(tmp_path / "manifest.json")


def test_a_single_file_is_the_only_page(tmp_path: Path) -> None:
    site(tmp_path, {"a.html": PAGE, "b.html": PAGE})
    assert [page.address for page in survey_file(tmp_path / "a.html").pages] == ["/a.html"]


def test_a_single_file_must_be_a_page(tmp_path: Path) -> None:
    site(tmp_path, {"a.txt": "text"})
    with pytest.raises(UsageError, match="neither an HTML file nor a document"):
        survey_file(tmp_path / "a.txt")


REFRESH = '<!doctype html><meta http-equiv="refresh" content="0; url={}">'


def test_redirects_in_circles_are_told(tmp_path: Path) -> None:
    site(
        tmp_path,
        {
            "index.html": PAGE,
            "a/index.html": REFRESH.format("../b/"),
            "b/index.html": REFRESH.format("/x/a/"),
            "to-circle.html": REFRESH.format("a/"),
            "good.html": REFRESH.format("./"),
            "away.html": REFRESH.format("https://library.example.org/a/"),
        },
    )
    found = survey_folder(tmp_path, None, (), "/x/")
    assert [each.address for each in found.mismatches] == ["/a/", "/b/", "/to-circle.html"]
    assert {each.rule for each in found.mismatches} == {"redirect-in-circles"}


def test_markup_does_not_turn_a_page_of_the_build_into_a_redirect(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"index.html": PAGE, "a.html": REFRESH.format("/")})
    found = survey_folder(folder, built(folder, {"/": "index.html", "/a.html": "a.html"}), ())
    assert [page.address for page in found.pages] == ["/", "/a.html"]


def test_a_page_is_one_by_its_content_too(tmp_path: Path) -> None:
    names = ("about", "a.xht", "b.shtml", "c.php", "d.unknown")
    site(tmp_path, dict.fromkeys(names, PAGE) | {"index.html": PAGE, "part.tmpl": "<p>A part", "x.txt": PAGE, "y": "y"})
    found = survey_folder(tmp_path, None, ())
    assert [page.address for page in found.pages] == ["/", "/a.xht", "/about", "/b.shtml", "/c.php", "/d.unknown"]
    assert [note.split()[0] for note in found.notes] == ["about", "c.php", "d.unknown"]


def test_two_indexes_are_two_pages(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE, "index.htm": PAGE, "a/index.htm": PAGE})
    found = survey_folder(tmp_path, None, ())
    assert [(page.address, page.file) for page in found.pages] == [
        ("/", "index.html"),
        ("/a/", "a/index.htm"),
        ("/index.htm", "index.htm"),
    ]


@pytest.mark.parametrize("folder", [False, True])
def test_a_link_out_of_the_folder_is_refused(folder: bool, tmp_path: Path) -> None:
    secret = site(tmp_path / "secret", {"host.txt": "name"})
    root = site(tmp_path / "site", {"index.html": PAGE})
    (root / "out").symlink_to(secret if folder else secret / "host.txt")
    with pytest.raises(UsageError, match="out: this is a link to something outside of the folder"):
        survey_folder(root, None, ())


def test_links_within_the_folder_are_followed_and_end(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE, "en/a.html": PAGE})
    (tmp_path / "current").symlink_to("en")
    (tmp_path / "en" / "around").symlink_to("..")
    assert [page.address for page in survey_folder(tmp_path, None, ()).pages] == ["/", "/current/a.html", "/en/a.html"]


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    site(tmp_path, {"index.html": PAGE})
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text(PAGE)
    ((missing, reason),) = survey_folder(tmp_path, None, ()).missing
    assert (missing.address, missing.file) == ("/caf%E9.html", "caf\ufffd.html")
    assert "not UTF-8" in reason
