"""What ``docs/hosting.md`` tells a web team, under the real servers: pages, old addresses, errors, types and headers."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path

import pytest

from stepfree.__main__ import run

pytestmark = pytest.mark.slow

GUIDE = (Path(__file__).parents[2] / "docs" / "hosting.md").read_text(encoding="utf-8")
ANSWERS = Path(__file__).parent / "answers" / "leeds.toml"
#: Addresses of a site before, and what they have become.
OLD = {
    "hours": ("/Opening%20Hours/", "{filename}/pages/branches.md"),
    "php": ("/events.php", "{filename}/pages/contact.md"),
    "accent": ("/caf%C3%A9/", "{filename}/pages/contact.md"),
    "post": ("/?p=12", "{filename}/pages/contact.md"),
    "joomla": ("/index.php?option=com_content&id=3", "{filename}/pages/branches.md"),
    "dot": ("/a+b.(c)/", "{filename}/pages/branches.md"),
}
PROGRAM = """---
title: Chess
summary: Play.
starts: 2026-12-07 10:30
ends: 2026-12-07 11:30
branch: beckside
audience: [adults]
kind: games
registration: {needed: drop-in}
---

Play.
"""
SERVERS = ("nginx", "apache2")
#: What a server needs around the lines of the guide.
NGINX = """
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3; uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
    {server}
}}
"""
MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "rewrite", "headers", "unixd")
APACHE = """
ServerRoot {work}
ServerName localhost
PidFile {work}/apache.pid
ErrorLog {work}/error.log
TypesConfig {types}
DirectoryIndex index.html
Listen 127.0.0.1:{port}
{modules}
{server}
"""


@pytest.fixture(scope="module", params=["", "/library"], ids=["root", "folder"])
def website(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A web root with a published website, and the folder of it that the website is in."""
    folder, base = tmp_path_factory.mktemp("hosting") / "site", str(request.param)
    assert run(["init", str(folder), "--answers", str(ANSWERS)]) == 0
    (folder / "content/redirects").mkdir()
    for name, (old, new) in OLD.items():
        text = f'---\ntitle: {name}\nfrom: "{old}"\nto: "{new}"\n---\n'
        (folder / "content/redirects" / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "content/programs").mkdir()
    (folder / "content/programs/chess.md").write_text(PROGRAM, encoding="utf-8")
    with chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEPFREE_TODAY", "2026-12-01")
        patch.setenv("SITEURL", f"https://library.example.org{base}")
        assert run(["build", "--publish"]) == 0
    # Servers give up the rights of whoever starts them, and read what everybody may read.
    with tempfile.TemporaryDirectory() as open_to_all:
        root = Path(open_to_all) / "www"
        shutil.copytree(folder / "build/site", root / base.lstrip("/"))
        for path in (root.parent, *root.parent.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield root, base


def lines_of_the_guide(server: str, root: Path, base: str, port: int) -> str:
    """The lines that the guide gives, on a port of this test, without the certificate that nobody has here."""
    kind = "nginx" if server == "nginx" else "apache"
    whole, within = re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)
    lines: str = within.replace("/var/www/county", str(root)) if base else whole.replace("/var/www/library", str(root))
    lines = lines.replace("443 ssl", f"127.0.0.1:{port}").replace("*:443", f"127.0.0.1:{port}")
    lines = lines.replace("include mime.types;", "include /etc/nginx/mime.types;")
    if not base:
        return lines
    if server == "nginx":
        return f"server {{\nlisten 127.0.0.1:{port};\nroot {root};\n{lines}}}\n"
    return f"<VirtualHost 127.0.0.1:{port}>\nDocumentRoot {root}\n{lines}</VirtualHost>\n"


def modules() -> Path:
    return next(
        (path for path in (Path("/usr/lib/apache2/modules"), Path("/usr/lib64/httpd/modules")) if path.is_dir()), Path()
    )


@pytest.fixture(params=SERVERS)
def served(request: pytest.FixtureRequest, website: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[int, str]]:
    """The website behind a server: its port, and the folder of the website."""
    server, (root, base) = str(request.param), website
    program = shutil.which(server, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        pytest.skip(f"{server} is not installed here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = lines_of_the_guide(server, root, base, port)
    file = tmp_path / "server.conf"
    if server == "nginx":
        file.write_text(NGINX.format(work=tmp_path, server=lines), encoding="utf-8")
        command = [program, "-c", str(file), "-p", str(tmp_path), "-e", str(tmp_path / "error.log")]
    else:
        (tmp_path / "types").write_text("text/html html\n", encoding="utf-8")
        loaded = "\n".join(
            f"LoadModule {name}_module {path}" for name in MODULES if (path := modules() / f"mod_{name}.so").is_file()
        )
        file.write_text(
            APACHE.format(work=tmp_path, types=tmp_path / "types", port=port, modules=loaded, server=lines),
            encoding="utf-8",
        )
        command = [program, "-f", str(file), "-DFOREGROUND"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for _ in range(200):
            assert started.poll() is None, started.stdout.read() if started.stdout else ""
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, base
    finally:
        started.terminate()
        started.communicate(timeout=20)


def ask(port: int, address: str) -> tuple[int, dict[str, str], str]:
    """Status, headers by their names in small letters, and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", address, headers={"Host": "library.example.org", "Connection": "close"})
        answer = line.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode("utf-8")


def test_pages_errors_types_and_headers(served: tuple[int, str]) -> None:
    port, base = served
    status, headers, text = ask(port, f"{base}/")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/html")
    assert "<h1" in text
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert ("strict-transport-security" in headers) is (base == "")
    status, headers, text = ask(port, f"{base}/no/such/page/")
    assert status == 404
    assert "Page not found" in text
    assert headers["x-content-type-options"] == "nosniff"
    status, headers, text = ask(port, f"{base}/calendar/programs.ics")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/calendar")
    assert text.startswith("BEGIN:VCALENDAR")
    assert ask(port, f"{base}/images/")[0] in {403, 404}


@pytest.mark.parametrize("name", OLD)
def test_old_addresses_lead_on(served: tuple[int, str], name: str) -> None:
    port, base = served
    old, new = OLD[name]
    wanted = f"{base}/{new.rpartition('/')[2].removesuffix('.md')}/"
    status, headers, _ = ask(port, f"{base}{old}")
    assert (status, re.sub(r"^https?://[^/]+", "", headers.get("location", ""))) == (301, wanted)
    # The new address is the page itself.
    assert ask(port, wanted)[0] == 200
    if "?" in old:
        assert ask(port, f"{base}/?p=1299")[0] == 200


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_starts_where_nothing_is_redirected(server: str, tmp_path: Path) -> None:
    """The names of the files of rules have an asterisk, which may stand for no file."""
    lines = lines_of_the_guide(server, tmp_path, "", 1)
    assert re.search(r"(?i)include(?:Optional)? \S+/redirects/\w+\*\.conf", lines)
