"""What a phone keeps, and what puts the website on its home screen."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.site import whole_site
from tests.site.whole_site import LIBRARY, WholeSite


def _kept(script: str) -> dict[str, object]:
    found = re.search(r"(?m)^const KEPT = (\{.*\});$", script)
    assert found
    return dict(json.loads(found[1]))


def test_the_worker_keeps_files_that_exist_and_nothing_of_another_host(small_site: WholeSite) -> None:
    kept = _kept(small_site.text("sw.js"))
    files = kept["files"]
    assert isinstance(files, list)
    assert "/offline/" in files
    assert any("theme.css" in each for each in files)
    for address in files:
        path = urlsplit(address).path
        assert address.startswith("/")
        assert (small_site.output / (path.strip("/") + ("/index.html" if path.endswith("/") else ""))).is_file(), (
            address
        )


def test_the_page_that_is_kept_has_every_number(small_site: WholeSite) -> None:
    page = small_site.pages["/offline/"]
    numbers = set(re.findall(r'href="(tel:[^"]+)"', small_site.pages["/branches/"]))
    assert numbers
    assert numbers <= set(re.findall(r'href="(tel:[^"]+)"', page))


def test_the_manifest_names_icons_that_exist(small_site: WholeSite) -> None:
    manifest = json.loads(small_site.text("site.webmanifest"))
    assert manifest["start_url"] in small_site.pages
    assert {each["sizes"] for each in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert (small_site.output / icon["src"].lstrip("/")).read_bytes().startswith(b"\x89PNG")
    assert 'rel="manifest" href="/site.webmanifest"' in small_site.pages["/"]


@pytest.mark.slow
def test_switched_off_it_is_gone_and_phones_forget_it(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "content", tmp_path / "library/content")
    settings = tmp_path / "library/content/library.yml"
    text, changed = re.subn(r"(?m)^offline: true$", "offline: false", settings.read_text(encoding="utf-8"))
    assert changed == 1
    settings.write_text(text, encoding="utf-8")
    site = whole_site.build(tmp_path / "library", tmp_path / "out", SITEURL="https://library.example.org/sub")
    assert not (site.output / "offline").exists()
    assert 'rel="manifest"' not in site.pages["/"]
    assert "registration.unregister()" in site.text("sw.js")
    assert 'data-worker=""' in site.pages["/"]
