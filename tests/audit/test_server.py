"""The local server answers as a static host does, and shows nothing but its folder."""

from __future__ import annotations

import http.client
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.model.addresses import normal_base
from audit.survey.server import Server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "programs").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_text("<title>Home</title>")
    (site / "programs" / "index.html").write_text("<title>Programs</title>")
    (site / "404.html").write_text("<title>Not found</title>")
    (site / "style.css").write_text("p{}")
    (site / "feed.atom").write_text("<feed/>")
    (site / "straße.html").write_text("<title>Umlaut</title>")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "way-out").symlink_to(tmp_path)
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with Server(folder, "/x/") as running:
        yield running


def ask(server: Server, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", int(server.origin.rsplit(":", 1)[1]), timeout=10)
    try:
        connection.request(method, path)
        reply = connection.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    finally:
        connection.close()


def test_a_folder_answers_with_its_index(server: Server) -> None:
    status, headers, body = ask(server, "/x/programs/")
    assert (status, body) == (200, b"<title>Programs</title>")
    assert headers["content-type"] == "text/html; charset=utf-8"


def test_nothing_may_be_cached(server: Server) -> None:
    assert ask(server, "/x/style.css")[1]["cache-control"] == "no-store"


def test_what_pages_share_may_be_kept_and_no_page_may(folder: Path) -> None:
    with Server(folder, "/x/", kept=True) as running:
        assert "max-age" in ask(running, "/x/style.css")[1]["cache-control"]
        for never in ("/x/programs/", "/x/feed.atom", "/x/no-such.css"):
            assert ask(running, never)[1]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/x/style.css", "text/css; charset=utf-8"), ("/x/feed.atom", "application/atom+xml")],
)
def test_files_carry_their_media_type(server: Server, path: str, kind: str) -> None:
    assert ask(server, path)[1]["content-type"] == kind


def test_a_folder_without_slash_is_a_redirect(server: Server) -> None:
    status, headers, _ = ask(server, "/x/programs")
    assert (status, headers["location"]) == (301, "/x/programs/")


def test_the_base_path_without_slash_is_a_redirect(server: Server) -> None:
    assert ask(server, "/x")[1]["location"] == "/x/"


def test_a_missing_page_is_the_error_page_with_404(server: Server) -> None:
    status, _, body = ask(server, "/x/nowhere/")
    assert (status, body) == (404, b"<title>Not found</title>")


def test_the_error_page_itself_answers_404(server: Server) -> None:
    assert ask(server, "/x/404.html")[0] == 404


def test_outside_the_base_path_there_is_nothing(server: Server) -> None:
    assert ask(server, "/index.html")[0] == 404


def test_no_folder_is_listed(server: Server) -> None:
    status, _, body = ask(server, "/x/empty/")
    assert status == 404
    assert b"way-out" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/x/../secret.txt",
        "/x/%2e%2e/secret.txt",
        "/x/..%2fsecret.txt",
        "/x/way-out/secret.txt",
        "/x/%00",
        "/x/..\\secret.txt",
    ],
)
def test_nothing_outside_the_folder_is_shown(server: Server, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


def test_names_beyond_ascii_are_found(server: Server) -> None:
    assert ask(server, "/x/stra%C3%9Fe.html")[0] == 200


def test_head_gives_no_body(server: Server) -> None:
    status, headers, body = ask(server, "/x/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_without_an_error_page_there_is_a_plain_404(tmp_path: Path) -> None:
    with Server(tmp_path) as running:
        assert ask(running, "/")[0] == 404


def test_it_listens_on_loopback_only(server: Server) -> None:
    assert server.root.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(("written", "normal"), [("", "/"), ("/", "/"), ("x", "/x/"), ("/a/b", "/a/b/")])
def test_base_paths_are_brought_to_one_form(written: str, normal: str) -> None:
    assert normal_base(written) == normal


@pytest.mark.parametrize("written", ["https://example.org/x/", "/../", "/x/?y", "#"])
def test_what_is_no_base_path_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is not a base path"):
        normal_base(written)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("<title>Café</title>".encode(), "text/html; charset=utf-8"),
        ('<meta charset="iso-8859-1"><title>Café</title>'.encode("latin-1"), "text/html"),
        ('<meta http-equiv=content-type content="text/html; charset=shift_jis"><p>湖'.encode("shift_jis"), "text/html"),
        # What is declared counts, also where it is wrong: patrons see the same garbled text.
        ('<meta charset="iso-8859-1"><title>Café</title>'.encode(), "text/html"),
        ("<title>Café</title>".encode("latin-1"), "text/html"),
        ("<title>Café</title>".encode("utf-16"), "text/html"),
    ],
)
def test_the_page_says_in_which_encoding_it_is(folder: Path, server: Server, data: bytes, kind: str) -> None:
    (folder / "page.html").write_bytes(data)
    assert ask(server, "/x/page.html")[1]["content-type"] == kind


@pytest.mark.parametrize(("written", "address"), [("/a b/", "/a%20b/"), ("é", "/%C3%A9/"), ("/a%20b", "/a%20b/")])
def test_a_base_path_may_hold_blanks_and_letters(folder: Path, written: str, address: str) -> None:
    assert normal_base(written) == address
    with Server(folder, written) as running:
        assert running.root.endswith(address)
        assert ask(running, f"{address}style.css")[0] == 200
        assert ask(running, f"{address}programs")[1]["location"] == f"{address}programs/"


def test_a_large_file_is_read_in_pieces(folder: Path, server: Server) -> None:
    film = folder / "film.mp4"
    with film.open("wb") as stream:
        stream.truncate(40_000_000)
    tracemalloc.start()
    try:
        server.folder.digest(film)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    status, headers, body = ask(server, "/x/film.mp4")
    assert (status, headers["content-length"], len(body)) == (200, "40000000", 40_000_000)
    assert server.ledger.used(()) == {"/x/film.mp4": server.folder.told("/x/film.mp4")}
