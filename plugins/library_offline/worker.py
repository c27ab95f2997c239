"""The service worker: which pages it keeps, with the files that they need, under a name made of their content."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from library_model.model import Output, Site

#: What a page loads by itself: its style sheet, script, fonts and the library's mark.
_LOADED = re.compile(
    r'<(?:link rel="(?:stylesheet|preload|icon)"[^>]* href|script src|img class="brand-mark" src)="([^"]+)"'
)

#: What stands in the script for what it keeps.
_NOTHING_YET = '{ name: "", files: [], pages: {} }'


def worker(site: Site, output: Path) -> Iterator[Output]:
    """Yield ``sw.js`` for the pages that are written in ``output``."""
    here = Path(__file__).parent
    kept = [page for page in site.all if page.template == "offline"]
    if not kept:
        yield Output("sw.js", (here / "retired.js").read_bytes())
        return
    base = site.settings.base_path
    pages = {page.url.removesuffix("offline/"): page.url for page in kept}
    files = dict.fromkeys(pages.values())
    name = hashlib.sha256()
    for page in kept:
        text = (output / page.file).read_text(encoding="utf-8")
        name.update(text.encode())
        files.update(dict.fromkeys(html.unescape(each) for each in _LOADED.findall(text)))
    own = [each for each in files if each.startswith(f"{base}/") and not each.startswith("//")]
    for address in own:
        name.update(address.encode())
    settings = {"name": name.hexdigest()[:16], "files": own, "pages": pages}
    script = (here / "worker.js").read_text(encoding="utf-8")
    before, found, after = script.partition(_NOTHING_YET)
    assert found
    yield Output("sw.js", f"{before}{json.dumps(settings, ensure_ascii=False, sort_keys=True)}{after}".encode())
