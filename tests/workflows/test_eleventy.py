"""The plugin for Eleventy writes a manifest that the auditor takes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.survey.manifest import read

PLUGIN = Path(__file__).parents[2] / "stepfree" / "adapters" / "eleventy.mjs"
#: What Eleventy does with a plugin, and what it tells it after a build.
BUILD = """
import stepfree from PLUGIN;
let told;
stepfree({ on: (event, handler) => { if (event === "eleventy.after") told = handler; } }, { language: "fr" });
told({
  directories: { output: "./_site/" },
  results: [
    { inputPath: "./src/b.md", outputPath: "./_site/b/index.html", url: "/b/" },
    { inputPath: "./src/index.md", outputPath: "./_site/index.html", url: "/" },
    { inputPath: "./src/feed.njk", outputPath: "./_site/feed.xml", url: "/feed.xml" },
    { inputPath: "./src/data.md", outputPath: false, url: false },
  ],
});
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_each_page_names_its_file(tmp_path: Path) -> None:
    for name in ("index.html", "b/index.html"):
        page = tmp_path / "_site" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<!DOCTYPE html><title>{name}</title>", encoding="utf-8")
    script = tmp_path / "build.mjs"
    script.write_text(BUILD.replace("PLUGIN", json.dumps(PLUGIN.as_uri())), encoding="utf-8")
    subprocess.run(["node", str(script)], cwd=tmp_path, check=True)
    manifest = read(tmp_path / "stepfree-manifest.json")
    manifest.check(tmp_path / "_site")
    assert {address: (page.source, page.lang) for address, page in manifest.pages.items()} == {
        "/": ("src/index.md", "fr"),
        "/b/": ("src/b.md", "fr"),
    }
