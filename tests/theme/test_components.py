"""Components are whole: every part is there, every example is sound HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import meta

from library_site.theme import compact, compact_script, spoken_globals
from library_words.translate import french
from tests.theme.markup import faults
from tests.theme.rendering import COMPONENTS, THEME, Example, bundle, environment, examples, order, page_of, render

NAMES = sorted(path.name for path in COMPONENTS.iterdir() if path.is_dir())
#: Interface words, as templates write them.
_T_CALL = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')


def test_every_component_is_in_the_order_once() -> None:
    assert sorted(order()["components"]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_component_has_all_its_parts(name: str) -> None:
    parts = {path.name for path in (COMPONENTS / name).iterdir()}
    assert {"template.html", "style.css", "examples.toml", "README.md"} <= parts
    assert parts <= {"template.html", "style.css", "examples.toml", "README.md", "script.js"}


@pytest.mark.parametrize("name", NAMES)
def test_every_macro_of_a_component_has_an_example(name: str) -> None:
    macros = re.findall(r"{% macro (\w+)\(", (COMPONENTS / name / "template.html").read_text(encoding="utf-8"))
    used = "".join(each.source for each in examples())
    inside = "".join(path.read_text(encoding="utf-8") for path in COMPONENTS.glob("*/template.html"))
    for macro in macros:
        assert f"{macro}(" in used or inside.count(f"{macro}(") > 1, f"{macro} is shown by no example"


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.id)
def test_an_example_is_sound_html(example: Example) -> None:
    html = render(example)
    assert bool(html.strip()) is not example.empty
    assert faults(page_of(example)) == []


@pytest.mark.parametrize("path", sorted(THEME.rglob("*.html")), ids=lambda path: path.relative_to(THEME).as_posix())
def test_a_template_compiles_and_asks_only_for_what_it_is_given(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    asked = meta.find_undeclared_variables(environment().parse(text))
    given = {
        "library", "site", "page", "today", "t", "ours", "languages", "alike", "asset", "scripts_for", "sheets_for", "fonts", "url", "absolute", "source",
        "format_date", "format_time", "format_span", "money", "caller", "face", *spoken_globals(),
    }  # fmt: skip
    # Jinja counts what stands above a block as foreign inside of it.
    own = {name.strip() for line in re.findall(r"import ([\w, ]+) with context", text) for name in line.split(",")}
    own |= set(re.findall(r"{% (?:macro|set) (\w+)", text))
    # grouped.html is included by two listings, which set these.
    assert asked - given - set(environment().globals) - own - {"items", "words"} == set()


def test_no_request_leaves_the_site() -> None:
    for part in ("style.css", "script.js"):
        assert re.findall(r"https?:|url\(|@import", bundle(part)) == []
    for example in examples():
        soup = BeautifulSoup(page_of(example), "html.parser")
        sources = [str(each.get("src") or each.get("href")) for each in soup.select("[src], link[href]")]
        assert [each for each in sources if not each.startswith("/")] == []


def test_script_and_style_stay_small() -> None:
    assert len(compact_script(bundle("script.js")).encode()) < 15_000
    # As visitors load it; with the calendar, the lists that take the place of tables, search, covers of books, pictures
    # in lists and the map of a branch.
    assert len(compact(bundle("style.css")).encode()) < 46_000


def test_a_sheet_on_demand_has_components_of_the_order() -> None:
    parts = [each for names in order()["sheets_on_demand"].values() for each in names]
    assert parts
    # As in the order of all: what overrides something stands after it.
    assert parts == [each for each in order()["components"] if each in parts]


def test_a_script_on_demand_works_on_what_asks_for_it() -> None:
    for name, mark in order()["scripts_on_demand"].items():
        script = (COMPONENTS / name / "script.js").read_text(encoding="utf-8")
        assert f"[{mark.removesuffix('=')}]" in script, name


def test_colours_are_written_in_tokens_only() -> None:
    allowed = {"book-list", "footer", "header"}  # drawings and the dark ground that is the same in both schemes
    for name in NAMES:
        text = (COMPONENTS / name / "style.css").read_text(encoding="utf-8").split("@media print")[0]
        if name not in allowed:
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgb", text) == [], name


def test_every_word_of_the_theme_is_there_in_french() -> None:
    words = {match[1] for path in THEME.rglob("*.html") for match in _T_CALL.finditer(path.read_text(encoding="utf-8"))}
    assert len(words) > 200
    assert sorted(words - set(french())) == []
