"""Every element that Markdown makes knows its line, in every construct."""

from __future__ import annotations

import re

import pytest

from library_base.errors import Problem
from library_markdown import Rendered, Renderer
from library_markdown.finish import PictureFacts
from library_words import note_titles
from tests.plugins.marking import changed_by_marks
from tests.site.whole_site import LIBRARY

_TAG = re.compile("<([a-z0-9]+)\ufdd40:(\\d+)\ufdd1([^>]*)>")
FIRST = 20


class Targets:
    """Writes down what it is asked for."""

    def __init__(self) -> None:
        self.links: list[tuple[str, int]] = []

    def link(self, target: str, line: int) -> str:
        self.links.append((target, line))
        return target

    def file_note(self, target: str, words: str) -> str:
        return " (PDF, 3\u00a0KB)" if target.endswith(".pdf") and "KB" not in words else ""

    def picture(self, target: str, line: int) -> PictureFacts:
        self.links.append((target, line))
        return PictureFacts(target, 40, 30)


def render(text: str, lang: str = "en") -> tuple[Rendered, list[tuple[str, int]], str, Targets]:
    """Return the result, its tags with lines, its HTML without stamps, and what was asked."""
    targets = Targets()
    result = RENDERER.render(
        text, path="content/pages/x.md", source=0, first_line=FIRST, targets=targets, words=note_titles(lang)
    )
    stamped = str(result.html)
    tags = [(name, int(line)) for name, line, _ in _TAG.findall(stamped)]
    assert len(tags) == len(re.findall("<[a-z]", stamped)), "a tag has no stamp"
    html = re.sub("\ufdd4[^\ufdd1]*\ufdd1", "", stamped)
    assert not any("\ufdd0" <= character <= "\ufdef" for character in html)
    return result, tags, html, targets


RENDERER = Renderer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\n\nTwo", [("p", 0), ("p", 2)]),
        ("One *a*\ntwo [b](c)\nthree `d`\nfour <b>e</b>", [("p", 0), ("em", 0), ("a", 1), ("code", 2), ("b", 3)]),
        ("**a**\n**b**", [("p", 0), ("strong", 0), ("strong", 1)]),
        ("_a_\n_b_ c", [("p", 0), ("em", 0), ("em", 1)]),
        ("One  \ntwo [a](b)", [("p", 0), ("br", 0), ("a", 1)]),
        ("## A\n\n### B *c*", [("h2", 0), ("h3", 2), ("em", 2)]),
        ("A\n\n##\n\nB\n\n### ", [("p", 0), ("h2", 2), ("p", 4), ("h3", 6)]),
        ("A\n===\n\nB\n---", [("h1", 0), ("h2", 3)]),
        ("- a\n- b\n- c", [("ul", 0), ("li", 0), ("li", 1), ("li", 2)]),
        ("1. a\n2. b [c](d)", [("ol", 0), ("li", 0), ("li", 1), ("a", 1)]),
        ("- a\n    - b\n        - c\n- d", [("ul", 0), ("li", 0), ("ul", 1), ("li", 1), ("ul", 2), ("li", 2), ("li", 3)]),
        ("- a\n\n    b [c](d)\n\n- e", [("ul", 0), ("li", 0), ("p", 0), ("p", 2), ("a", 2), ("li", 4), ("p", 4)]),
        ("- a\n  [b](c)\n  *d*", [("ul", 0), ("li", 0), ("a", 1), ("em", 2)]),
        ("> a\n> [b](c)\n>\n> d", [("blockquote", 0), ("p", 0), ("a", 1), ("p", 3)]),
        ("> - a\n> - b", [("blockquote", 0), ("ul", 0), ("li", 0), ("li", 1)]),
        ("    code\n    more", [("pre", 0), ("code", 0)]),
        ("Text\n\n```html\n<p>\n```\n\n[a](b)", [("p", 0), ("pre", 2), ("code", 2), ("p", 6), ("a", 6)]),
        ("Text\n\n---\n\nText", [("p", 0), ("hr", 2), ("p", 4)]),
        ("Term\n:   One\n:   Two *a*", [("dl", 0), ("dt", 0), ("dd", 1), ("dd", 2), ("em", 2)]),
        ('!!! note "Title"\n    a\n\n    - b', [("div", 0), ("p", 0), ("p", 1), ("ul", 3), ("li", 3)]),
        ("!!! warning\n    a", [("div", 0), ("p", 0), ("p", 1)]),
        ('??? "More"\n    a\n\n    b *c*\n\nd', [("details", 0), ("summary", 0), ("p", 1), ("p", 3), ("em", 3), ("p", 5)]),
        ('??? "More"\n    - a\n    - b', [("details", 0), ("summary", 0), ("ul", 1), ("li", 1), ("li", 2)]),
        ("<div>\n<p>a</p>\n<p>b <a href='c'>d</a></p>\n</div>", [("div", 0), ("p", 1), ("p", 2), ("a", 2)]),
        ("<div\n  class='x'\n>\n<p>a</p></div>", [("div", 0), ("p", 3)]),
        ('<div markdown="1">\n\na\n\n- b\n</div>', [("div", 0), ("p", 2), ("ul", 4), ("li", 4)]),
        ("a <span lang='fr'>b</span>\n<span>c</span>", [("p", 0), ("span", 0), ("span", 1)]),
        ("One\nlong [link over\ntwo lines](a) and\n[b](c)", [("p", 0), ("a", 1), ("a", 3)]),
        ("[a](b\n\"title\") and\n[c](d)", [("p", 0), ("a", 0), ("a", 2)]),
        ("![alt over\ntwo lines](a.png)\n[b](c)", [("p", 0), ("img", 0), ("a", 2)]),
        ("a [b][r]\n[c][r]\n\n[r]: https://example.org/", [("p", 0), ("a", 0), ("a", 1)]),
        ("HTML\nand HTML\n\n*[HTML]: HyperText", [("p", 0), ("abbr", 0), ("abbr", 1)]),
        ("a\n\n* * *\nb", [("p", 0), ("hr", 2), ("p", 3)]),
    ],
)  # fmt: skip
def test_lines(text: str, expected: list[tuple[str, int]]) -> None:
    _, tags, html, _ = render(text)
    assert tags == [(name, FIRST + line) for name, line in expected], html


def test_tables() -> None:
    text = "Text\n\n| Day | *Open* |\n|---|:--:|\n| **Mon** | [a](b) |\n| Tue | `c` |\nTable: Hours of\n\nEnd"
    _, tags, html, _ = render(text)
    lines = [(name, line - FIRST) for name, line in tags]
    assert lines == [
        ("p", 0), ("div", 2), ("table", 2), ("caption", 6), ("thead", 2), ("tr", 2), ("th", 2), ("th", 2), ("em", 2),
        ("tbody", 4), ("tr", 4), ("th", 4), ("strong", 4), ("td", 4), ("a", 4), ("tr", 5), ("td", 5), ("td", 5),
        ("code", 5), ("p", 8),
    ]  # fmt: skip
    assert '<caption id="table-1">Hours of</caption>' in html
    assert 'role="region"' in html
    assert 'tabindex="0"' in html
    assert 'aria-labelledby="table-1"' in html
    assert '<th scope="col">Day</th>' in html
    assert '<th scope="row"><strong>Mon</strong></th>' in html
    assert "style=" not in html


def test_a_table_without_caption_is_named_by_its_heading() -> None:
    _, _, html, _ = render("## Fees\n\n| a | b |\n|---|---|\n| c | d |\n")
    assert 'aria-labelledby="fees"' in html
    _, _, html, _ = render("| a | b |\n|---|---|\n| c | d |\n", "fr")
    assert 'aria-label="Tableau 1"' in html


def test_pictures() -> None:
    _, _, html, targets = render("![A seed](a.png)\n![](b.png){: .decorative }\n![](c.png)\n<img src='d.png' alt=''>")
    assert targets.links == [("a.png", FIRST), ("b.png", FIRST + 1), ("c.png", FIRST + 2), ("d.png", FIRST + 3)]
    pictures = re.findall("<img[^>]*>", html)
    assert 'alt="A seed"' in pictures[0]
    assert 'width="40" height="30"' in pictures[0]
    assert 'alt=""' in pictures[1]
    assert "alt" not in pictures[2]  # nobody said that it is decorative
    assert 'alt=""' in pictures[3]


def test_links_are_asked_for_with_their_line() -> None:
    _, _, _, targets = render("a\nb [c]({filename}d.md)\n\n- [e](f)\n\n<a href='g?a=1&amp;b=2'>h</a>\n")
    assert targets.links == [("{filename}d.md", FIRST + 1), ("f", FIRST + 3), ("g?a=1&b=2", FIRST + 5)]


def test_links_to_documents() -> None:
    _, _, html, _ = render("[The *plan*](a.pdf) and [Plan (PDF, 3 KB)](a.pdf)")
    assert '<a href="a.pdf">The <em>plan</em> (PDF, 3\u00a0KB)</a>' in html
    assert html.count("(PDF") == 2


def test_headings_and_anchors() -> None:
    result, _, html, _ = render("## Où *lire*\n\n## Own {: #mine }\n\n## Own\n\n## Own\n")
    assert [tuple(heading) for heading in result.headings] == [
        (2, "ou-lire", "Où lire"), (2, "mine", "Own"), (2, "own", "Own"), (2, "own_1", "Own"),
    ]  # fmt: skip
    assert result.ids == {"ou-lire": FIRST, "mine": FIRST + 2, "own": FIRST + 4, "own_1": FIRST + 6}
    assert 'id="mine"' in html


def test_two_tables_below_one_heading_are_regions_of_two_names() -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |\n"
    _, _, html, _ = render(f"## Fees\n\n{table}\nText\n\n{table}\n## Hours\n\n{table}")
    named = re.findall(r'aria-label(?:ledby)?="[^"]*"', html)
    assert len(named) == 3
    assert len(set(named)) == 3


def test_attributes_and_language() -> None:
    _, _, html, _ = render("*bonjour*{: lang=fr } and\n\nText\n{: .wide }\n")
    assert '<em lang="fr">bonjour</em>' in html
    assert '<p class="wide">Text</p>' in html


def test_notes_without_a_title_are_called_in_the_language_of_the_page() -> None:
    assert "Warning</p>" in render("!!! warning\n    a")[2]
    assert "Avertissement</p>" in render("!!! warning\n    a", "fr")[2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n<div>\n<p>b</p>", 2, "<div> is opened here and never closed."),
        ("a <b>b\n\nc", 0, "<b> is opened here and never closed."),
        ("a\n\nb</span>", 2, "</span> closes something that was never opened."),
    ],
)
def test_unbalanced_html(text: str, line: int, words: str) -> None:
    problems = render_problems(text)
    assert [(problem.line - FIRST, problem.message) for problem in problems] == [(line, words)]


def render_problems(text: str) -> tuple[Problem, ...]:
    result = RENDERER.render(text, path="x", source=0, first_line=FIRST, targets=Targets(), words=note_titles("en"))
    return result.problems


def test_code_is_left_as_it_was_written() -> None:
    _, _, html, _ = render("`<div>` and `a | b`\n\n```\n<p class='x'>\n  - a\n# b\n```\n")
    assert "<code>&lt;div&gt;</code>" in html
    assert "&lt;p class='x'&gt;\n  - a\n# b\n" in html


def test_one_instance_serves_all_texts() -> None:
    first = render("*[HTML]: HyperText\n\n[r]: https://example.org/\n\nHTML [a][r]\n\n## Same")[2]
    assert "<abbr" in first
    second = render("HTML [a][r]\n\n## Same")[2]
    assert "<abbr" not in second
    assert "<a " not in second
    assert 'id="same"' in second


def test_what_looks_like_a_list_is_left_for_the_audit() -> None:
    _, _, html, _ = render("Bring:\n- your card\n- a pen\n\n1) one\n\n• two")
    assert "<ul>" not in html
    assert "<ol>" not in html
    assert "Bring:\n- your card" in html


def test_marks_change_nothing() -> None:
    """Every text of a whole library gives the same HTML as without marks."""
    assert changed_by_marks(LIBRARY / "content") == []
