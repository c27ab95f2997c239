"""What a phone keeps, and what puts the website on its home screen."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from tests.site.whole_site import WholeSite


def _kept(script: str) -> dict[str, object]:
    found = re.match(r"const KEPT = (\{.*\});\n", script)
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
