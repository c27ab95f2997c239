"""Other generators tell the auditor which file each page was made of, as far as they know it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from audit.survey.folder import survey_folder
from audit.survey.manifest import read

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "stepfree" / "adapters" / "eleventy.mjs"
TEMPLATE = ROOT / "stepfree" / "adapters" / "hugo" / "index.stepfree.json"
GUIDE = (ROOT / "docs" / "audit-any-site.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "manifest.schema.json").read_text(encoding="utf-8"))
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
    jsonschema.validate(json.loads((tmp_path / "stepfree-manifest.json").read_text(encoding="utf-8")), SCHEMA)
    manifest = read(tmp_path / "stepfree-manifest.json")
    manifest.check(tmp_path / "_site")
    assert {address: (page.source, page.lang) for address, page in manifest.pages.items()} == {
        "/": ("src/index.md", "fr"),
        "/b/": ("src/b.md", "fr"),
    }


def page(folder: Path, name: str, title: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<!DOCTYPE html><html lang=en><title>{title}</title><h1>{title}</h1>", encoding="utf-8")


def test_the_smallest_manifest_is_enough_and_claims_no_more_than_it_says(tmp_path: Path) -> None:
    """The example of the guide; a page that it does not name is there all the same."""
    (example,) = (block for block in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL) if "stepfree-manifest" in block)
    jsonschema.validate(json.loads(example), SCHEMA)
    (tmp_path / "manifest.json").write_text(example, encoding="utf-8")
    for name in ("about/index.html", "tags/index.html"):
        page(tmp_path / "site", name, name)
    manifest = read(tmp_path / "manifest.json")
    manifest.check(tmp_path / "site")
    found = survey_folder(tmp_path / "site", manifest, ())
    assert {each.address: each.source for each in found.pages} == {"/about/": "src/about.md", "/tags/": None}
    assert found.mismatches == ()
    # One that says what else there is knows every page.
    (tmp_path / "manifest.json").write_text(example.replace('"pages"', '"files": [], "pages"'), encoding="utf-8")
    found = survey_folder(tmp_path / "site", read(tmp_path / "manifest.json"), ())
    assert [each.address for each in found.mismatches] == ["/tags/"]


FILES = {
    "content/_index.md": "---\ntitle: Home\n---\n\nHello.\n",
    "content/_index.fr.md": "---\ntitle: Accueil\n---\nBonjour.\n",
    "content/about/index.md": "---\ntitle: About\ntags: [a]\naliases: [/old/]\n---\n\n\nWords.\n",
    "content/bücher.md": '+++\ntitle = "Books"\n+++\nWords.\n',
    "content/hidden.md": "---\ntitle: Hidden\ndraft: true\n---\nWords.\n",
    "layouts/_default/single.html": "<!DOCTYPE html><html lang=en><title>{{ .Title }}</title>{{ .Content }}",
    "layouts/_default/list.html": "<!DOCTYPE html><html lang=en><title>{{ .Title }}</title>{{ .Content }}",
}
SITE = """
baseURL = "https://library.example.org/town/"
defaultContentLanguage = "en"
[languages.en]
weight = 1
languageCode = "en-CA"
[languages.fr]
weight = 2
languageCode = "fr-CA"
"""


@pytest.mark.skipif(shutil.which("hugo") is None, reason="Hugo is not installed")
def test_hugo_names_the_file_of_each_page_and_the_line_of_its_text(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (configuration,) = (
        block for block in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL) if "outputFormats" in block
    )
    (tmp_path / "config.toml").write_text(SITE + configuration, encoding="utf-8")
    shutil.copyfile(TEMPLATE, tmp_path / "layouts" / TEMPLATE.name)
    subprocess.run(["hugo", "--quiet"], cwd=tmp_path, check=True)
    jsonschema.validate(json.loads((tmp_path / "public/stepfree.json").read_text(encoding="utf-8")), SCHEMA)
    manifest = read(tmp_path / "public/stepfree.json")
    assert manifest.base_path == "/town/"
    assert {address: (each.source, each.line, each.lang) for address, each in manifest.pages.items()} == {
        "/": ("content/_index.md", 4, "en-CA"),
        "/about/": ("content/about/index.md", 6, "en-CA"),
        "/b%C3%BCcher/": ("content/bücher.md", 4, "en-CA"),
        "/fr/": ("content/_index.fr.md", 4, "fr-CA"),
    }
    found = survey_folder(tmp_path / "public", manifest, (), manifest.base_path)
    sources = {each.address: each.source for each in found.pages}
    assert sources["/b%C3%BCcher/"] == "content/bücher.md"
    assert sources["/tags/"] is None
    assert found.mismatches == ()
