"""Keys outlive edits around a finding, moves and builds, and tell different faults apart."""

from __future__ import annotations

import pytest

from audit.judgement.finding_keys import evidence_digest, loose_key, signature, strict_key
from audit.model.finding import Target


def target(html: str, role: str = "image", name: str = "", selector: str = "img") -> Target:
    return Target(selector, html, role, name)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<img class="a" src="x.png">', '<img class="b c" src="x.png">'),
        ('<img src="x.png" style="width:1px">', '<img src="x.png">'),
        ('<img src="http://127.0.0.1:4000/x.png">', '<img src="http://127.0.0.1:5000/x.png">'),
        ('<img src="/static/logo.3f2a9c.svg">', '<img src="/static/logo.77aa01.svg">'),
        ('<img src="x.png" data-n="1">', '<img data-n="2" src="x.png">'),
        ("<p>Some   text", "<p>Some text"),
    ],
)
def test_what_has_no_meaning_does_not_change_the_key(before: str, after: str) -> None:
    assert signature(target(before)) == signature(target(after))


def test_the_place_on_the_page_does_not_change_the_key() -> None:
    assert signature(target("<img>", selector="a")) == signature(target("<img>", selector="b"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (target('<img src="x.png">'), target('<img src="y.png">')),
        (target("<a href='/a'>"), target("<a href='/b'>")),
        (target("<p>One"), target("<p>Two")),
        (target("<p>", role="link"), target("<p>", role="button")),
        (target("<p>", name="a"), target("<p>", name="b")),
    ],
)
def test_different_things_have_different_keys(one: Target, other: Target) -> None:
    assert signature(one) != signature(other)


def test_rule_place_and_ordinal_are_in_the_strict_key() -> None:
    parts = signature(target("<img>"))
    keys = {
        strict_key("a", "content/a.md", parts),
        strict_key("b", "content/a.md", parts),
        strict_key("a", "content/b.md", parts),
        strict_key("a", "content/a.md", parts, 1),
    }
    assert len(keys) == 4


def test_the_loose_key_does_not_know_the_place() -> None:
    assert loose_key("a", target("<a href='/x'>Hours", "link", "Hours")) == loose_key(
        "a", target("<a href='/y'>Hours", "link", "Hours")
    )
    assert loose_key("a", target("<a>", "link", "Hours")) != loose_key("a", target("<a>", "link", "Map"))


def test_the_digest_changes_with_the_evidence_and_not_with_noise() -> None:
    before = evidence_digest({"ratio": 2.841, "colours": ["#999999", "#ffffff"], "url": "http://127.0.0.1:1/x"})
    assert before == evidence_digest({"url": "http://127.0.0.1:2/x", "ratio": 2.842, "colours": ("#999999", "#ffffff")})
    assert before != evidence_digest({"ratio": 3.2, "colours": ["#999999", "#ffffff"], "url": "http://127.0.0.1:1/x"})
