"""The pages about the rules: all rules, each once, light, and traced to the files that they are made from."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from audit.explanation.explanation import explain, rule_ids
from audit.model.rule_places import rule_page
from stepfree.installation import CONTENT_RULES
from stepfree.rule_pages import rule_pages
from tests.site.projects import REPOSITORY, Built
from tests.site.whole_site import LIBRARY, WholeSite, build

ADDRESS = "/accessibility/rules/"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def with_rules(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small library with the pages about rules, which a setting puts online."""
    return build(LIBRARY, tmp_path_factory.mktemp("with-rules"), STEPFREE_EXTRA_PAGES=rule_pages)


@pytest.fixture(scope="session")
def pages(with_rules: Built) -> dict[str, str]:
    """The pages about rules: address → HTML."""
    return {
        page["address"]: with_rules.text(page["file"])
        for page in with_rules.manifest["pages"]
        if page["address"].startswith(ADDRESS)
    }


def test_they_are_not_on_the_website_unless_the_library_wants_them(small_site: WholeSite) -> None:
    assert [address for address in small_site.pages if address.startswith(ADDRESS)] == []


def test_each_rule_has_a_page_named_after_it_and_one_entry_in_the_list(pages: dict[str, str]) -> None:
    entries = Counter(
        re.findall(r'<li><a href="([^"#]+)"', pages[ADDRESS].partition("<main")[2].partition("</main>")[0])
    )
    expected = {rule_page(name, ADDRESS) for name in rule_ids((CONTENT_RULES,))}
    assert {*pages} == {ADDRESS, *expected}
    assert {entries[address] for address in expected if address} == {1}
    titles = Counter(re.findall(r"<h1[^>]*>(.*?)</h1>", "".join(pages.values())))
    assert [title for title, count in titles.items() if count > 1] == []


def test_examples_are_shown_and_not_played(pages: dict[str, str]) -> None:
    text = "".join(pages.values())
    # The faults that the examples hold stay words.
    assert "<marquee" not in text
    assert "<blink" not in text
    assert "&lt;marquee" in text
    assert "data-expect" not in text
    assert " onclick=" not in re.sub(r"(?s)<pre>.*?</pre>", "", text)


def test_headings_go_down_one_by_one(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        levels = [
            int(level) for level in re.findall(r"<h([1-6])\b", text.partition("<main")[2].partition("</main>")[0])
        ]
        steps = [later - earlier for earlier, later in pairwise(levels)]
        assert levels.count(1) == 1, address
        assert max(steps) <= 1, address


def test_what_a_rule_says_is_traced_to_its_own_file(with_rules: Built, pages: dict[str, str]) -> None:
    rule = "low-contrast"
    address = f"{ADDRESS}{rule}/"
    assert address in pages
    file = "audit/rules/page/low_contrast/doc.md"
    runs = with_rules.page(address)["elements"]
    number = runs["sources"].index(file)
    lines = {line for _, source, line in runs["runs"] if source == number}
    written = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()
    assert {number for number, line in enumerate(written, 1) if line.startswith(("## ", "### "))} <= lines
    assert explain(rule).line == next(number for number, line in enumerate(written, 1) if line.startswith("## "))
