"""What links lead to is read as a browser would ask for it, and nothing in an address ends the capture."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.capture.linked_pages import LinkReader, has_content
from audit.model.addresses import escaped
from audit.survey.server import Server

PAGE = '<!DOCTYPE html><html lang="en"><title>Story time</title><body><h1>Story time</h1></body></html>'


@pytest.mark.parametrize("name", ["story time.html", "été.html", "a [b] ’c’.html"])
def test_addresses_with_blanks_and_accents_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    with Server(tmp_path, "/") as server:
        found = LinkReader(server.root).read(server.root + name)
    assert found is not None
    assert (found.status, found.title) == (200, "Story time")


@pytest.mark.parametrize("rest", ["[url - à modifier]", "a\tb", "a%zz", "\x7f", "{{ page.url }}"])
def test_addresses_that_lead_nowhere_are_no_crash(tmp_path: Path, rest: str) -> None:
    with Server(tmp_path, "/") as server:
        found = LinkReader(server.root).read(server.root + rest)
    assert found is not None
    assert found.status in {0, 400, 404}


def test_where_a_page_sends_its_visitors_is_read_as_the_survey_reads_it(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text("<meta http-equiv=refresh content=0;url=/new.html>", encoding="utf-8")
    (tmp_path / "kept.html").write_text(
        '<!-- <meta http-equiv="refresh" content="0; url=/new.html"> --><title>Kept</title>', encoding="utf-8"
    )
    (tmp_path / "new.html").write_text("<title>New</title>", encoding="utf-8")
    with Server(tmp_path) as server:
        reader = LinkReader(server.root)
        ends = [reader.read(f"{server.root}{name}.html") for name in ("old", "kept")]
    assert [end.title for end in ends if end] == ["New", "Kept"]


@pytest.mark.parametrize(
    ("markup", "content"),
    [
        ("<script>location = '/en/'</script><p>This page has moved.", False),
        (f"<nav>{'Menu ' * 90}</nav><main>This page has moved.</main>", False),
        (f"<script>{'0;' * 300}</script><main>This page has moved.</main>", False),
        (f"<main>{'Words of this page. ' * 20}</main>", True),
        (f"<p>{'Words of this page. ' * 20}", True),
        (f"<meta http-equiv=Refresh content='0;url=/en/'><main>{'Words of this page. ' * 20}</main>", False),
        ("", False),
    ],
)
def test_what_is_more_than_a_word_that_a_page_has_moved(markup: str, content: bool) -> None:
    assert has_content(markup) is content


def test_an_escaped_address_stays_as_it_is() -> None:
    address = "http://127.0.0.1:8000/a%20b/%C3%A9?q=1&r=[2]"
    assert escaped(address) == address
