"""The preview follows its files, says what is wrong, and tells the pages that are open."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import library_site
from audit.errors import UsageError
from audit.settings.config import Config
from stepfree.preview.feed import Feed
from stepfree.preview.server import serve
from stepfree.preview.session import Wishes, previewing, wanted
from stepfree.preview.site import FollowedSite
from tests.preview.previews import Running, copy_of_the_site, running
from tests.site.projects import REPOSITORY, project

CONTACT = "content/pages/contact.md"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = copy_of_the_site(tmp_path_factory.mktemp("site"))
    # No test of this module opens a browser; the panel must say so and go on with the text.
    with running(folder, findings=True) as found:
        yield found


@pytest.fixture
def contact(preview: Running) -> Iterator[Path]:
    """A page that a test may change; it is put back, and the preview has seen that."""
    file = preview.folder / CONTACT
    before = file.read_text(encoding="utf-8")
    yield file
    file.write_text(before, encoding="utf-8")
    assert preview.until(lambda: preview.get("contact/")[0] == 200 and "A new line" not in preview.get("contact/")[1])


def test_a_saved_file_is_what_the_next_request_shows(preview: Running, contact: Path) -> None:
    assert "A new line" not in preview.get("contact/")[1]
    contact.write_text(contact.read_text(encoding="utf-8") + "\nA new line of text.\n", encoding="utf-8")
    assert preview.until(lambda: "A new line of text." in preview.get("contact/")[1])


def test_an_open_page_is_told_to_renew_itself(preview: Running, contact: Path) -> None:
    seen = preview.generation("contact/")
    with preview.events("/contact/", seen) as told:
        name, data = next(told)
        assert (name, data["generation"]) == ("findings", seen)
        contact.write_text(contact.read_text(encoding="utf-8") + "\nA new line of text.\n", encoding="utf-8")
        name, data = next((name, data) for name, data in told if name == "renewed")
        assert data["generation"] > seen
    # A page that was asleep while the file changed hears of it when it wakes up.
    with preview.events("/contact/", seen) as told:
        assert next(told)[0] == "renewed"


def test_other_pages_keep_still(preview: Running, contact: Path) -> None:
    seen = preview.generation("privacy/") if preview.get("privacy/")[0] == 200 else preview.generation("")
    page = "/privacy/" if preview.get("privacy/")[0] == 200 else "/"
    with preview.events(page, seen) as told:
        next(told)
        contact.write_text(contact.read_text(encoding="utf-8") + "\nA new line of text.\n", encoding="utf-8")
        name = next(name for name, data in told if data["generation"] > seen)
        assert name == "findings"


def test_what_is_wrong_is_a_page_with_file_line_and_hint(preview: Running, contact: Path) -> None:
    good = contact.read_text(encoding="utf-8")
    contact.write_text(good + "\n[Nothing]({filename}/pages/contcat.md)\n\nA new line.\n", encoding="utf-8")
    assert preview.until(lambda: preview.get("contact/")[0] == 500)
    line = len(good.splitlines()) + 2
    for address in ("contact/", ""):
        status, html = preview.get(address)
        assert status == 500
        assert f"{CONTACT}:{line}" in html
        assert "Did you mean" in html
        assert "Traceback" not in html
        assert "_preview/panel.js" in html, "the page must come back by itself"
    assert any(f"{CONTACT}:{line}" in each for each in preview.said)
    contact.write_text(good, encoding="utf-8")
    assert preview.until(lambda: preview.get("contact/")[0] == 200)


def test_a_template_that_fails_is_said_with_its_line(preview: Running) -> None:
    file = preview.folder / "theme/templates/page.html"
    good = file.read_text(encoding="utf-8")
    try:
        file.write_text("{% if %}\n" + good, encoding="utf-8")
        assert preview.until(lambda: preview.get("contact/")[0] == 500)
        assert "theme/templates/page.html:1" in preview.get("contact/")[1]
    finally:
        file.write_text(good, encoding="utf-8")
    assert preview.until(lambda: preview.get("contact/")[0] == 200)


def test_the_style_sheet_is_followed(preview: Running) -> None:
    file = preview.folder / "theme/static/tokens.css"
    good = file.read_text(encoding="utf-8")
    before = preview.get("contact/")[1]
    try:
        file.write_text(good + "\n.of-a-test { color: red }\n", encoding="utf-8")
        assert preview.until(lambda: ".of-a-test" in preview.get("theme/theme.css")[1])
        assert preview.get("contact/")[1].partition("theme.css?v=")[2][:10] != before.partition("theme.css?v=")[2][:10]
    finally:
        file.write_text(good, encoding="utf-8")
    assert preview.until(lambda: ".of-a-test" not in preview.get("theme/theme.css")[1])


def test_findings_in_the_text_come_without_a_browser(preview: Running, contact: Path) -> None:
    good = contact.read_text(encoding="utf-8")
    contact.write_text(good + "\n#### A new line\n", encoding="utf-8")
    assert preview.until(lambda: "A new line" in preview.get("contact/")[1])
    with preview.events("/contact/", preview.generation("contact/")) as told:
        data = next(data for name, data in told if name == "findings" and data["stage"] == "text only")
    assert data["note"].startswith("Only the text was checked. STEPFREE_BROWSER names ")
    (found,) = (each for each in data["findings"] if each["where"] == f"{CONTACT}:{len(good.splitlines()) + 2}")
    assert found["fix"]
    # The page of its rule is served here too.
    base = preview.session.site.base_path
    assert found["more"] == f"{base}accessibility/rules/{found['rule']}/"
    assert "About this rule" in preview.get(found["more"].removeprefix(base))[1]
    shown = preview.session.site.show("/contact/")
    assert shown is not None
    assert shown.built is not None
    # The place on the page is that of the line.
    assert shown.built.elements.at(found["ordinal"]) == (CONTACT, len(good.splitlines()) + 2)


def test_files_folders_and_what_is_not_there(preview: Running) -> None:
    status, headers, css = preview.answer("theme/theme.css")
    assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert preview.answer("theme/theme.css", **{"If-None-Match": headers["ETag"]})[0] == 304
    status, headers, _ = preview.answer("contact")
    assert (status, headers["Location"]) == (302, "/contact/")
    status, html = preview.get("no-such-page/")
    assert status == 404
    assert "<h1" in html
    assert preview.get("../pelicanconf.py")[0] == 404
    assert preview.get("search-index/../../../pelicanconf.py")[0] == 404
    assert preview.get("_preview/secret")[0] == 404
    assert css


def test_a_name_that_leads_here_from_elsewhere_is_refused(preview: Running) -> None:
    assert preview.get("contact/", Host="evil.example.org:8000")[0] == 403


@pytest.mark.slow
def test_the_script_is_in_no_published_byte(preview: Running, tmp_path: Path) -> None:
    assert b"_preview/panel.js" in preview.answer("contact/")[2]
    shown = preview.session.site.show("/contact/")
    assert shown is not None
    assert b"_preview" not in shown.html
    library_site.build(preview.folder / "pelicanconf.py", tmp_path / "site", tmp_path / "manifest.json", False)
    files = [file for file in tmp_path.rglob("*") if file.is_file() and "search-index" not in file.parts]
    assert len(files) > 100
    traces = (b"_preview", b"stepfree-preview", b"panel.js")
    assert [file for file in files if any(trace in file.read_bytes() for trace in traces)] == []
    assert (tmp_path / "site/contact/index.html").read_bytes() == shown.html


def small(folder: Path) -> dict[str, Any]:
    return {
        "settings": REPOSITORY / "pelicanconf.py",
        "PATH": str(folder / "content"),
        "THEME": str(folder / "theme"),
        "THEME_TEMPLATES_OVERRIDES": [],
        "STEPFREE_ROOT": str(folder),
    }


def test_drafts_and_what_is_yet_to_come_are_marked(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.page("news/soon.md", "Words.\n", date="2099-01-01", summary="Words.")
    site.page("pages/idea.md", "Words.\n", status="draft")
    with running(tmp_path, **small(tmp_path)) as preview:
        assert "&quot;because&quot;: &quot;it is a draft&quot;" in preview.get("idea/")[1]
        listing = preview.get("news/")[1]
        assert "it is published on 2099-01-01" in listing
        assert "&quot;source&quot;: &quot;content/news/soon.md&quot;" in listing
    with running(tmp_path, drafts=False, **small(tmp_path)) as preview:
        assert preview.get("idea/")[0] == 404
        assert "soon" not in preview.get("news/")[1]


def test_the_base_path_is_kept(tmp_path: Path) -> None:
    project(tmp_path)
    with running(tmp_path, **small(tmp_path), SITEURL="https://library.example.org/branch") as preview:
        assert preview.session.address.endswith("/branch/")
        status, html = preview.get("")
        assert status == 200
        assert 'src="/branch/_preview/panel.js"' in html
        assert preview.get("_preview/panel.js")[0] == 200
        with urllib.request.urlopen(f"{preview.session.server.origin}/", timeout=60) as reply:
            assert reply.url == preview.session.address


def test_it_begins_with_content_that_cannot_be_made(tmp_path: Path) -> None:
    site = project(tmp_path).page("pages/about.md", "[x]({filename}none.md)\n")
    with running(tmp_path, **small(tmp_path)) as preview:
        assert preview.get("about/")[0] == 500
        assert preview.get("theme/theme.css")[0] in {404, 500}
        site.page("pages/about.md", "Good words.\n")
        assert preview.until(lambda: "Good words." in preview.get("about/")[1])


def test_a_plugin_that_is_no_python_does_not_end_it(tmp_path: Path) -> None:
    project(tmp_path).write("plugins/mine.py", "x = (\n")
    overrides = small(tmp_path)
    site = FollowedSite(overrides.pop("settings"), drafts=True, overrides=overrides)
    site.follow([tmp_path / "plugins/mine.py"])
    assert [each.where for each in site.troubles] == ["plugins/mine.py:1"]


def test_a_changed_plugin_asks_for_a_new_process(tmp_path: Path) -> None:
    site = project(tmp_path).write("plugins/mine.py", "x = 1\n")
    with running(tmp_path, **small(tmp_path)) as preview:
        site.page("pages/about.md", "Words.\n")
        assert preview.until(lambda: "Words." in preview.get("about/")[1])
        assert not preview.session.outdated
        site.write("plugins/mine.py", "x = 2\n")
        assert preview.until(lambda: preview.session.outdated)


@pytest.mark.parametrize("name", ["excuses.toml", "stepfree.toml"])
def test_decisions_beside_the_content_are_followed(tmp_path: Path, name: str) -> None:
    site = project(tmp_path)
    with running(tmp_path, **small(tmp_path)) as preview:
        before = preview.session.site.generation
        site.write(name, "")
        assert preview.until(lambda: preview.session.site.generation > before)
        assert preview.until(lambda: preview.session.outdated == (name == "stepfree.toml"))


@pytest.mark.parametrize(
    ("name", "text"), [("excuses.toml", ""), ("content/pages/new.md", "---\ntitle: New\n---\n\nWords.\n")]
)
def test_what_is_saved_while_the_preview_starts_is_followed(tmp_path: Path, name: str, text: str) -> None:
    site = project(tmp_path)
    stop = threading.Event()
    overrides = small(tmp_path)
    settings = overrides.pop("settings")
    with previewing(settings, Config(), Wishes(findings=False), print, overrides) as session:
        before = session.site.generation
        site.write(name, text)
        thread = threading.Thread(target=session.follow, args=(stop,), daemon=True)
        thread.start()
        try:
            assert Running(session, tmp_path).until(lambda: session.site.generation > before)
        finally:
            stop.set()
            thread.join(30)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_the_address_and_ends_quietly(tmp_path: Path, ending: signal.Signals) -> None:
    folder = copy_of_the_site(tmp_path)
    # Without the pages about the rules, of which there are more than of anything else.
    (folder / "stepfree.toml").write_text("", encoding="utf-8")
    (folder / "plugins").symlink_to(REPOSITORY / "plugins")
    # Tests that run in the background ignore SIGINT, and so would what they start.
    start = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('stepfree', run_name='__main__')"
    command = [sys.executable, "-c", start, "preview", "--no-findings"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = process.stderr.readline().removeprefix("The site is at ").strip()
            with urllib.request.urlopen(f"{address}contact/", timeout=60) as reply:
                assert b"_preview/panel.js" in reply.read()
            assert process.stderr.readline().startswith("It follows every file you save.")
            process.send_signal(ending)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert said == "The preview has ended.\n"
    assert not (folder / "build").exists()


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    project(tmp_path)
    overrides = small(tmp_path)
    site = FollowedSite(overrides.pop("settings"), drafts=True, overrides=overrides)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Port {port} is in use\. Leave --port out"):
            serve(site, Feed(), port, search=tmp_path, findings=False)
        with serve(site, Feed(), None, search=tmp_path, findings=False, first=port) as server:
            assert server.server_port > port


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("x.md", True),
        ("picture.png", True),
        (".x.md.swp", False),
        ("x.md~", False),
        ("#x.md#", False),
        ("4913", False),
        ("x.pyc", False),
    ],
)
def test_copies_that_editors_leave_do_not_matter(name: str, matters: bool) -> None:
    assert wanted(Path("content") / name) is matters
