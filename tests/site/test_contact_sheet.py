"""Every kind of page is photographed, and the sheet shows each picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from audit.errors import UsageError
from stepfree.contact_sheet import SCHEMES, WIDTHS, kinds_of_pages, take
from tests.site.projects import Built


def test_every_template_that_makes_pages_has_its_page(small_site: Built) -> None:
    kinds = kinds_of_pages(small_site.manifest)
    templates = {Path(page["template"]).stem for page in small_site.manifest["pages"] if page["kind"] != "redirect"}
    assert {kind.partition(" (")[0] for kind, _, _ in kinds} == templates
    addresses = {page["address"]: page["lang"] for page in small_site.manifest["pages"]}
    assert {addresses[address] for _, address, _ in kinds} == {"en"}


@pytest.mark.browser
def test_a_page_is_photographed_in_every_width_and_scheme(tmp_path: Path) -> None:
    site, manifest, out = tmp_path / "site", tmp_path / "manifest.json", tmp_path / "pictures"
    site.mkdir()
    (site / "index.html").write_text("<!DOCTYPE html><html lang=en><title>A</title><p>A", encoding="utf-8")
    page = {"address": "/", "template": "theme/templates/home.html", "lang": "en", "status": 200, "kind": "page", "elements": {"count": 5}}  # fmt: skip
    manifest.write_text(json.dumps({"base_path": "/", "pages": [page]}), encoding="utf-8")
    with pytest.raises(UsageError, match="No page is of the kind branch"):
        take(site, manifest, out, ["branch"])
    taken = take(site, manifest, out, ["home"])
    assert [(each.scheme, each.width) for each in taken] == [(scheme, width) for scheme in SCHEMES for width in WIDTHS]
    shown = [image.get("src", "") for image in html.fromstring((out / "index.html").read_text("utf-8")).iter("img")]
    assert sorted(shown) == sorted(path.name for path in out.glob("*.webp"))
    assert len({path.read_bytes() for path in out.glob("*-light.webp")}) == len(WIDTHS)
