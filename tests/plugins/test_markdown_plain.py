"""Texts without inline syntax are spared the search for it, and nobody can tell from the result."""

from __future__ import annotations

import pytest
from markdown import Markdown

from library_markdown.plain import BEGINNINGS, KNOWN, PlainTexts
from tests.plugins.marking import texts
from tests.site.whole_site import LIBRARY

EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "fenced_code", "md_in_html", "sane_lists", "tables", "toc"]
TEXTS = [
    "Plain.\n\n- one\n- *two*\n- three  \n  four\n\n> five `six`",
    "CD and CDs on a CD.\n\n*[CD]: compact disc",
    "## A CD { #own .x }\n\nText\n{: .y }\n\n| CD | b |\n| -- | -- |\n| c | *d* |",
    "\\*no\\* &amp; &copy; a<b>c</b> <https://example.org> <a@example.org>",
    "[a][b] [b] ![c](d) ![e][b] __f__ _g_ h*i*j\n\n[b]: /there",
    '<div markdown="1">\n\nIn *here*, a CD\n\nand there\n\n</div>\n\n*[CD]: compact disc',
    "Term\n:   Its *meaning*\n:   plain\n\n```\n*code* CD\n```\n\n!!! note\n    plain\n\n*[CD]: x",
]


def test_the_result_is_the_same() -> None:
    usual, sparing = Markdown(extensions=EXTENSIONS), Markdown(extensions=[*EXTENSIONS, PlainTexts()])
    spared = 0
    for text in (*TEXTS, *(text for _, text in texts(LIBRARY / "content"))):
        assert sparing.reset().convert(text) == usual.reset().convert(text)
        spared += not BEGINNINGS.search(text)
    assert spared > 10


@pytest.mark.parametrize("known", [True, False])
def test_beside_a_pattern_that_nobody_looked_at_nothing_is_spared(known: bool) -> None:
    markdown = Markdown(extensions=EXTENSIONS)
    patterns = markdown.inlinePatterns
    assert {name for name in KNOWN if name in patterns} >= {"backtick", "link", "em_strong"}
    if not known:
        patterns.register(patterns["backtick"], "new", 1)
    PlainTexts().extendMarkdown(markdown)
    assert ("library-hide-plain" in markdown.treeprocessors) is known
