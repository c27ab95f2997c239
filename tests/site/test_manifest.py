"""The manifest against its schema, against the published bytes, and against a real browser's count."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import jsonschema
import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from audit.browser.browser import Browser
from library_base.stamps import stamp
from library_manifest import unstamp
from tests.site.projects import PROGRAM, REPOSITORY, Built, Project

_BODY = """\
First paragraph with *emphasis*
and on its second line [a link]({filename}/pages/index.md).

## A heading

- one
    - nested **bold**
- two

| Day | Open |
|-----|------|
| **Monday** | closed |
Table: Hours

??? "More"
    Folded `code`.

!!! note
    Mind the step.

<section><table><tr><td>raw</td></tr></table></section>

<svg width="10" height="10"><title>A drawing</title><g><path d="M0 0"/></g></svg>

Term
:   Meaning
"""


def source_of(page: dict[str, Any], ordinal: int) -> tuple[str, int]:
    """Look an element up, as the auditor does."""
    first = [run for run in page["elements"]["runs"] if run[0] <= ordinal][-1]
    return page["elements"]["sources"][first[1]], first[2]


@pytest.fixture
def built(site: Project) -> Built:
    site.page("pages/about.md", _BODY)
    site.write("content/programs/repair-cafe.md", PROGRAM)
    site.write("content/redirects/kids.md", "---\ntitle: Kids\nfrom: /kids/\nto: '{filename}/pages/about.md'\n---\n")
    return site.build()


@pytest.fixture(scope="module")
def driver(browser: Browser) -> WebDriver:
    browser.fresh()
    return browser.driver


def test_it_keeps_to_its_schema(built: Built) -> None:
    schema = json.loads((REPOSITORY / "docs/schemas/manifest.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(built.manifest, schema)
    assert (built.manifest["language"], built.manifest["time_zone"]) == ("en-CA", "America/Toronto")


def test_it_names_every_published_byte(built: Built) -> None:
    named = {page["file"]: page["sha256"] for page in built.manifest["pages"]}
    named |= {file["path"]: file["sha256"] for file in built.manifest["files"]}
    published = {name: hashlib.sha256(data).hexdigest() for name, data in built.files().items()}
    assert named == published


def test_no_page_carries_a_trace(built: Built) -> None:
    for name, data in built.files().items():
        if name.endswith((".html", ".xml", ".json", ".ics", ".atom")):
            text = data.decode("utf-8")
            assert not any("\ufdd0" <= character <= "\ufdef" for character in text), name
            assert "content/" not in text, name


def test_ordinals_are_those_of_a_browser(built: Built, driver: Any) -> None:
    script = """
        const page = new DOMParser().parseFromString(arguments[0], "text/html");
        return [...page.querySelectorAll("*")]
            .filter(e => !e.parentElement || !e.parentElement.closest("noscript")).map(e => e.localName);"""
    about = built.page("/about/")
    for page in built.manifest["pages"]:
        names = driver.execute_script(script, built.text(page["file"]))
        assert len(names) == page["elements"]["count"], page["address"]
    names = driver.execute_script(script, built.text(about["file"]))
    rows = (built.folder / "content/pages/about.md").read_text(encoding="utf-8").split("\n")

    def line(name: str, number: int = 0) -> str:
        ordinals = [ordinal for ordinal, each in enumerate(names) if each == name]
        path, found = source_of(about, ordinals[number])
        assert path == "content/pages/about.md"
        return rows[found - 1]

    assert line("h1") == "title: about"
    assert line("em").startswith("First")
    assert line("a").startswith("and on its second line")
    assert line("h2") == "## A heading"
    assert line("li", 1) == "    - nested **bold**"
    assert line("li", 2) == "- two"
    assert line("caption") == "Table: Hours"
    assert line("th", 0) == "| Day | Open |"
    assert line("th", 2) == "| **Monday** | closed |"
    assert line("summary") == '??? "More"'
    assert line("td", 1) == "<section><table><tr><td>raw</td></tr></table></section>"
    assert line("path").startswith("<svg")
    assert line("dd") == ":   Meaning"
    main = source_of(about, names.index("main"))
    assert main[0] == "theme/templates/base.html"
    base = (built.folder / "theme/templates/base.html").read_text(encoding="utf-8").split("\n")
    assert base[main[1] - 1].startswith("<main")


def test_front_matter_of_gathered_files_is_named(built: Built) -> None:
    program = built.page("/programs/repair-cafe/")
    assert "content/programs/repair-cafe.md" in program["elements"]["sources"]
    listing = built.page("/branches/")
    sources = listing["elements"]["sources"]
    assert ["content/branches/minden.md", 2] in [[sources[s], line] for _, s, line in listing["elements"]["runs"]]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<html><head><title>a < b <i></title></head><body></body></html>", 4),
        ("<html><head><script>'<p>'</script><style>a>b{}</style></head><body></body></html>", 5),
        ("<html><head></head><body><noscript><p>x</p></noscript><p>y</p></body></html>", 5),
        ("<html><head></head><body><template><p>x</p></template><p>y</p></body></html>", 5),
        ("<html><head></head><body><!-- <p> --><textarea><p></textarea></body></html>", 4),
        ('<html><head></head><body><p title="a>b" data-x=\'<i>\'>x</p></body></html>', 4),
        ("<html><head></head><body><table><tr><td>x</td></tr><tr><td>y</td></tr></table></body></html>", 9),
        ("<html><head></head><body><table><td>x</td></table></body></html>", 7),
        ("<html><head></head><body><table><col><tbody><tr><th>x</th></tr></tbody></table></body></html>", 9),
        ("<html><head></head><body><table><thead><tr><th>x</th></tr></thead><tr><td>y</td></tr></table></body></html>", 10),
        ("<html><head></head><body><svg><title>x</title><style>a{}</style><g/></svg><title>x</title></body></html>", 8),
    ],
)  # fmt: skip
def test_counting(html: str, count: int, driver: Any) -> None:
    script = """
        const page = new DOMParser().parseFromString(arguments[0], "text/html");
        return [...page.querySelectorAll("*")].filter(e => !e.parentElement || !e.parentElement.closest("noscript")).length"""
    assert driver.execute_script(script, html) == count
    assert unstamp(html).count == count


def test_the_last_stamp_of_a_tag_wins() -> None:
    found = unstamp(
        f"<html{stamp(0, 1)}><head></head><body><h1{stamp(0, 9)} {stamp(1, 3)} class='x'>x</h1>{stamp(4, 4)}</body></html>"
    )
    assert found.html == "<html><head></head><body><h1 class='x'>x</h1></body></html>"
    assert found.runs == ((0, 0, 1), (3, 1, 3))


def test_a_mark_that_was_left_is_an_error() -> None:
    with pytest.raises(AssertionError, match="an inner mark was left"):
        unstamp("<p>x\ufdd05\ufdd1</p>")


def test_unstamping_is_linear() -> None:
    import time

    page = "<div class='a'>" * 2000 + "x < y & z " * 2000 + "</div>" * 2000
    begin = time.process_time()
    unstamp(page)
    once = time.process_time() - begin
    begin = time.process_time()
    unstamp(page * 8)
    assert time.process_time() - begin < max(40 * once, 0.5)
