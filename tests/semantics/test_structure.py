"""What owns what in the accessibility tree, blocks of text with their lines, and hosts that a page loads from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.model.document import Box, Document, TextRun
from audit.model.page import Request
from audit.model.rule import passed
from audit.rules.page.third_party_request import rule as third_party_request
from audit.semantics import hosts, ownership
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import block_of, pixels, text_blocks
from tests.semantics.trees import document_of, page_of, with_id


def test_ownership_passes_through_what_has_no_meaning() -> None:
    document = document_of(
        "<ul id=l><div><li id=a>One</li></div><div aria-label=Group><li id=b>Two</li></div><li id=c aria-hidden=true>Three</li></ul>"
    )
    owned = list(ownership.owned(document, with_id(document, "l")))
    assert [each.get("id") or each.get("aria-label") for each in owned] == ["a", "Group"]
    owner = ownership.owner(document, with_id(document, "a"))
    assert owner is not None
    assert owner.get("id") == "l"


def test_what_is_claimed_elsewhere_belongs_there() -> None:
    document = document_of("<ul id=l><li id=a>One</li></ul><ul id=m aria-owns='a gone'></ul>")
    assert list(ownership.owned(document, with_id(document, "l"))) == []
    assert [each.get("id") for each in ownership.owned(document, with_id(document, "m"))] == ["a"]
    owner = ownership.owner(document, with_id(document, "a"))
    assert owner is not None
    assert owner.get("id") == "m"


def test_two_that_own_each_other_end() -> None:
    document = document_of("<div id=a aria-owns=b></div><div id=b aria-owns=a></div>")
    assert {each.get("id") for each in ownership.owned(document, with_id(document, "a"))} <= {"a", "b"}
    ownership.owner(document, with_id(document, "a"))


def _set(document: Document, *lines: Box) -> Document:
    """The document with these boxes for every run of text."""
    elements = [
        replace(each, content=tuple(replace(part, boxes=lines) if isinstance(part, TextRun) else part for part in each.content))
        for each in document
    ]  # fmt: skip
    return replace(document, elements=tuple(elements))


def test_a_block_holds_the_text_of_its_inline_children_alone() -> None:
    body = (
        '<div id=d style="display: block" box="0 0 9 9">Before <b>bold</b><p id=p style="display: block" box="0 9 9 9">Inside'
        '<span style="display: inline-block" box="1 9 2 2">own</span></p> after<script box="0 0 1 1">x()</script></div>'
    )
    found = {block.element.get("id"): block.text for block in text_blocks(document_of(body.replace("<b>", '<b box="0 0 9 9">')))}  # fmt: skip
    assert found == {"d": "Before bold after", "p": "Inside", None: "own"}


def test_what_stands_on_one_line_is_one_line() -> None:
    document = _set(
        document_of('<p id=p style="display: block" box="0 0 1 1">Words of a text</p>'),
        Box(0, 0, 100, 20),
        Box(100, 2, 50, 16),
        Box(0, 20, 75, 20),
        Box(0, 40, 0, 20),
    )
    block = block_of(document, with_id(document, "p"))
    assert block.lines == (Box(0, 0, 150, 20), Box(0, 20, 75, 20))
    # 15 characters over a full line and one half filled.
    assert block.characters_per_line == pytest.approx(10)
    with pytest.raises(KeyError):
        block_of(document, document.root)


@pytest.mark.parametrize(("value", "number"), [("12.5px", 12.5), ("normal", None), ("50%", None), (None, None), ("px", None)])  # fmt: skip
def test_computed_lengths(value: str | None, number: float | None) -> None:
    assert pixels(value) == number


def test_a_derived_fact_is_worked_out_once_for_each_document() -> None:
    asked: list[int] = []

    @remembered
    def count(document: Document) -> int:
        asked.append(1)
        return len(document.elements)

    one, two = document_of("<p>A</p>"), document_of("<p>A</p><p>B</p>")
    assert [count(one), count(two), count(one), count(two)] == [3, 4, 3, 4]
    assert len(asked) == 2


def test_what_a_page_loads_from_elsewhere() -> None:
    page = page_of(
        '<img src="https://cdn.example.org/a.png"><img src="/own.png"><script src="//cdn.example.net/x.js"></script>'
        '<link rel="license" href="https://licence.example.org/"><link rel="preconnect" href="https://fonts.example.org">'
        '<img src="http://["><iframe src="data:text/html,x"></iframe>',
        requests=(
            Request("https://t.example.net/p", "image", 200, third_party=True),
            Request("https://own.example.org/", "image", 200, third_party=False),
        ),
    )
    assert [host for _, host in hosts.loading(page)] == ["cdn.example.org", "cdn.example.net", "fonts.example.org"]
    assert hosts.asked(page) == {"t.example.net"}
    assert hosts.host_of("https://[") == ""


@pytest.mark.parametrize("kind", ["overlays", "trackers"])
def test_a_product_with_a_rule_of_its_own_is_told_once(kind: str) -> None:
    known = next(iter(hosts.known(kind)))
    asked = (
        Request(f"https://{known}/x.js", "script", 200, third_party=True),
        Request("https://cdn.example.net/x.js", "script", 200, third_party=True),
    )
    shown = page_of(f'<script src="https://{known}/x.js"></script>', requests=asked)
    hidden = page_of("<p>A script of this page asks for it.</p>", requests=asked)
    assert third_party_request.expect(shown, None).evidence["hosts"] == ["cdn.example.net"]
    assert third_party_request.expect(hidden, None).evidence["hosts"] == sorted([known, "cdn.example.net"])
    assert (
        third_party_request.expect(page_of(f'<script src="https://{known}/x.js"></script>', requests=asked[:1]), None)
        == passed()
    )


@pytest.mark.parametrize("kind", ["overlays", "trackers"])
def test_a_known_host_is_one_with_its_subdomains_only(kind: str) -> None:
    host, name = next(iter(hosts.known(kind).items()))
    assert hosts.product(host, kind) == name
    assert hosts.product(f"cdn.{host}", kind) == name
    assert hosts.product(f"not{host}", kind) is None
    assert hosts.product(f"{host}.example.org", kind) is None
