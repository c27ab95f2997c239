"""Contrast by style alone: what is behind a text, how large it is, and what the criteria want of it."""

from __future__ import annotations

import pytest

from audit.model.finding import Condition
from audit.semantics import contrast
from tests.semantics.trees import document_of, page_of, with_id


@pytest.mark.parametrize(
    ("style", "large", "perhaps", "aa", "aaa"),
    [
        ("font-size: 16px; font-weight: 400", False, False, 4.5, 7.0),
        ("font-size: 23.9px; font-weight: 400", False, False, 4.5, 7.0),
        ("font-size: 24px; font-weight: 300", True, False, 3.0, 4.5),
        ("font-size: 18.66px; font-weight: 700", True, False, 3.0, 4.5),
        ("font-size: 18.5px; font-weight: 900", False, False, 4.5, 7.0),
        # WCAG does not say whether semi-bold is bold.
        ("font-size: 19px; font-weight: 600", False, True, 4.5, 7.0),
        ("font-size: 19px; font-weight: 500", False, False, 4.5, 7.0),
    ],
)
def test_large_text_needs_less(style: str, large: bool, perhaps: bool, aa: float, aaa: float) -> None:
    element = with_id(document_of(f'<p id=t style="{style}">Text</p>'), "t")
    assert contrast.is_large(element) is large
    assert contrast.is_large_if_semi_bold_is_bold(element) is perhaps
    assert contrast.needed(element, enhanced=False) == aa
    assert contrast.needed(element, enhanced=True) == aaa


@pytest.mark.parametrize(
    ("body", "behind"),
    [
        ("<p id=t>Text</p>", "#ffffff"),
        ('<div style="background-color: rgb(0, 0, 0)"><p id=t>Text</p></div>', "#000000"),
        (
            '<div style="background-color: rgb(0, 0, 0)"><p id=t style="background-color: rgba(255, 255, 255, 0.5)">T</p></div>',
            "#808080",
        ),
        ('<div style="background-image: url(a.png)"><p id=t>Text</p></div>', None),
        (
            '<div style="background-image: url(a.png)"><p id=t style="background-color: rgb(1, 2, 3)">T</p></div>',
            "#010203",
        ),
        ('<div style="opacity: 0.5"><p id=t>Text</p></div>', None),
        ('<div style="filter: invert(1)"><p id=t>Text</p></div>', None),
        ('<p id=t style="mix-blend-mode: multiply">Text</p>', None),
    ],
)
def test_the_plain_colour_behind_a_text(body: str, behind: str | None) -> None:
    document = document_of(body)
    found = contrast.solid_background(document, with_id(document, "t"))
    assert (found.hex if found else None) == behind


def test_nobody_knows_the_canvas_of_a_page_that_goes_dark() -> None:
    for condition, root, known in (
        (Condition.DARK, "", True),
        (Condition.DARK, "color-scheme: light dark", False),
        (Condition.DARK, "color: rgb(240, 240, 240)", False),
        (Condition.DARK, "color-scheme: light dark; background-color: rgb(0, 0, 0)", True),
        (Condition.WIDE, "color-scheme: light dark", True),
    ):
        document = document_of("<p id=t>Text</p>", condition, root)
        assert (contrast.solid_background(document, with_id(document, "t")) is not None) is known, (condition, root)


def test_the_ratio_counts_what_shines_through() -> None:
    page = page_of(
        '<p id=a style="color: rgb(119, 119, 119)">Text</p><p id=b style="color: rgba(0, 0, 0, 0.5)">Text</p>'
        '<p id=c style="color: rgb(0, 0, 0); -webkit-text-fill-color: rgb(255, 255, 255)">Text</p>'
    )
    found = {name: contrast.text_contrast(page, page.document, with_id(page.document, name)) for name in "abc"}
    ratios = {name: (each.worst, each.exact) for name, each in found.items() if each is not None}
    # 4.48 is the well-known near miss of #777 on white.
    assert ratios == {"a": (4.48, True), "b": (3.98, True), "c": (1.0, True)}


@pytest.mark.parametrize(
    ("body", "inactive"),
    [
        ("<button id=t disabled>Go</button>", True),
        ("<p id=t disabled>Go</p>", False),
        ("<fieldset disabled><label id=t>Name <input></label></fieldset>", True),
        ("<label id=t for=f>Name</label><input id=f disabled>", True),
        ("<label id=t for=f>Name</label><input id=f>", False),
        ("<p id=t>Name</p><input aria-labelledby=t disabled>", True),
        ("<div aria-disabled=true><b id=t>Name</b></div>", True),
        ("<div inert><b id=t>Name</b></div>", True),
    ],
)
def test_what_is_switched_off_needs_no_contrast(body: str, inactive: bool) -> None:
    document = document_of(body)
    assert contrast.is_inactive(document, with_id(document, "t")) is inactive


@pytest.mark.parametrize(
    ("body", "readable"),
    [
        ('<p id=t box="0 0 90 20">Text</p>', True),
        ('<p id=t box="0 0 90 20">…</p>', False),
        ('<p id=t box="0 0 2 2">Text</p>', False),
        ('<p id=t style="display: none" box="0 0 90 20">Text</p>', False),
        ('<option id=t box="0 0 90 20">Text</option>', False),
        ('<button id=t disabled box="0 0 90 20">Text</button>', False),
        ('<p id=t style="text-indent: -9999px" box="0 0 90 20">Text</p>', False),
        ("<p id=t>Text</p>", False),
    ],
)
def test_text_that_somebody_is_meant_to_read(body: str, readable: bool) -> None:
    document = document_of(body)
    assert contrast.has_readable_text(document, with_id(document, "t")) is readable
