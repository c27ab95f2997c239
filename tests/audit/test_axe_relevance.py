"""What axe-core says of a page is told, except where it says nothing about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.examination.examination import examine
from audit.model.document import Accessible, Box, Element, Pseudo
from audit.semantics.own_size import has_size_of_browser
from tests.audit.making import axe_result, element, page

_DOT = {"appearance": "auto"}
_FIELD = {
    "appearance": "auto",
    "font-size": "13.3333px",
    "border-top-style": "inset",
    "padding-top": "1px",
    "padding-bottom": "1px",
}


def control(tag: str, kind: str, box: tuple[float, float], style: dict[str, str]) -> Element:
    return replace(element(2, tag, 1, type=kind), box=Box(0, 0, *box), style=style)


def told(subject: Element, rule: str, kind: str) -> list[str]:
    result = axe_result(rule, subject.node, kind=kind)
    return [each.rule for each in examine(page(elements=[subject], axe=[result], axe_rules=(rule,)), []).outcomes]


@pytest.mark.parametrize("rule", ["hidden-content", "css-orientation-lock", "identical-links-same-purpose"])
def test_reminders_are_left_out_and_are_no_pass(rule: str) -> None:
    hidden = element(2, "div", 1, "Opens later")
    found = examine(
        page(elements=[hidden], axe=[axe_result(rule, hidden.node, kind="incomplete")], axe_rules=(rule,)), []
    )
    assert (found.outcomes, found.passed) == ((), ())


def test_a_page_that_is_locked_to_one_orientation_is_told() -> None:
    assert told(element(2, "div", 1, "Sideways"), "css-orientation-lock", "violation")


def test_an_empty_field_has_no_contrast_to_ask_about() -> None:
    empty = control("textarea", "", (300, 100), {})
    assert not told(empty, "color-contrast", "incomplete")
    assert told(replace(empty, value="Late books"), "color-contrast", "incomplete")
    assert told(replace(empty, attributes={"placeholder": "Title"}), "color-contrast", "incomplete")
    assert told(element(2, "p", 1, "Late books"), "color-contrast", "incomplete")


@pytest.mark.parametrize(("text", "is_told"), [(" | ", False), ("» · ,", False), ("| Hours", True), ("✔", True)])
def test_what_only_separates_things_has_no_contrast(text: str, is_told: bool) -> None:
    assert bool(told(element(2, "p", 1, text), "color-contrast", "violation")) == is_told


def test_that_a_paragraph_is_bold_is_left_to_a_rule_that_looks_around_it() -> None:
    assert not told(element(2, "p", 1, "Late books"), "p-as-heading", "violation")


@pytest.mark.parametrize(
    ("tag", "kind", "box", "style"),
    [("input", "radio", (13, 13), _DOT), ("input", "checkbox", (13, 13), _DOT), ("input", "text", (147, 21), _FIELD)],
)
def test_size_that_the_browser_gave_is_an_exception(
    tag: str, kind: str, box: tuple[float, float], style: dict[str, str]
) -> None:
    subject = control(tag, kind, box, style)
    assert has_size_of_browser(subject)
    assert not told(subject, "target-size", "violation")


@pytest.mark.parametrize(
    ("tag", "kind", "box", "style"),
    [
        ("input", "radio", (16, 16), _DOT),
        ("input", "checkbox", (13, 13), {"appearance": "none"}),
        ("input", "text", (147, 18), _FIELD),
        ("input", "text", (20, 21), _FIELD),
        ("input", "text", (147, 21), {**_FIELD, "font-size": "12px"}),
        ("input", "text", (147, 21), {**_FIELD, "border-top-style": "solid"}),
        ("a", "", (13, 13), _DOT),
    ],
)
def test_size_that_an_author_gave_is_none(tag: str, kind: str, box: tuple[float, float], style: dict[str, str]) -> None:
    assert told(control(tag, kind, box, style), "target-size", "violation")


def test_a_page_without_a_main_part_is_told_once() -> None:
    parts = [element(2, "p", 1, "Hours"), element(3, "p", 1, "Branches")]
    regions = [axe_result("region", each.node) for each in parts]
    without = axe_result("landmark-one-main", 100)
    names = ("landmark-one-main", "region")
    both = examine(page(elements=parts, axe=[*regions, without], axe_rules=names), [])
    assert ([each.rule for each in both.outcomes], both.passed) == (["landmark-one-main"], ())
    only = examine(page(elements=parts, axe=regions, axe_rules=names), [])
    assert [each.rule for each in only.outcomes] == ["region", "region"]


def test_a_table_without_any_header_is_told_once() -> None:
    table, row, cell = element(2, "table", 1), element(3, "tr", 2), element(4, "td", 3, "10 to 5")
    header = element(4, "th", 3, "Monday")
    for last, expected in ((cell, []), (header, ["td-has-header"])):
        subject = page(
            elements=[table, row, last], axe=[axe_result("td-has-header", table.node)], axe_rules=("td-has-header",)
        )
        assert [each.rule for each in examine(subject, []).outcomes] == expected


@pytest.mark.parametrize(
    ("rule", "tag", "attributes"),
    [
        ("autocomplete-valid", "input", {"type": "email", "readonly": ""}),
        ("autocomplete-valid", "input", {"type": "email", "aria-readonly": "true"}),
        ("autocomplete-valid", "input", {"type": "text", "autocomplete": "new-search"}),
        ("aria-required-children", "ul", {"aria-busy": "true"}),
    ],
)
def test_what_cannot_be_filled_in_or_is_still_loaded_is_left_alone(
    rule: str, tag: str, attributes: dict[str, str]
) -> None:
    subject = element(2, tag, 1)
    about_you = replace(subject, attributes={"type": "email"}) if tag == "input" else subject
    assert told(about_you, rule, "violation")
    assert not told(replace(subject, attributes=attributes), rule, "violation")


def test_what_an_attribute_refers_to_is_looked_for() -> None:
    rule = "aria-valid-attr-value"
    menu = element(3, "ul", 1, id="menu")
    found = {}
    for named in ("menu", "nothing"):
        button = element(2, "button", 1, "Boats", **{"aria-controls": named})
        result = axe_result(rule, button.node, kind="incomplete")
        found[named] = examine(page(elements=[button, menu], axe=[result], axe_rules=(rule,)), []).outcomes
    assert not found["menu"]
    assert found["nothing"]


def test_words_for_a_role_are_asked_about_where_there_is_none() -> None:
    rule = "aria-roledescription"
    for role, is_told in (("region", False), ("generic", True)):
        part = element(2, "div", 1, "News", role=role, **{"aria-roledescription": "carousel"})
        assert bool(told(part, rule, "incomplete")) == is_told


@pytest.mark.parametrize("rule", ["color-contrast", "color-contrast-enhanced"])
def test_a_field_with_a_background_of_its_own_can_be_read(rule: str) -> None:
    for colour, back, is_told in (
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)", False),
        ("rgb(0, 0, 0)", "rgba(255, 255, 255, 0.5)", True),
        ("rgb(150, 150, 150)", "rgb(255, 255, 255)", True),
    ):
        field = control("textarea", "", (300, 100), {"color": colour, "background-color": back})
        assert bool(told(replace(field, value="12 Lake Road"), rule, "incomplete")) == is_told


def test_a_symbol_beside_a_label_is_judged_by_itself() -> None:
    style = {"color": "rgb(0, 0, 0)", "background-color": "rgb(255, 255, 255)"}
    line = replace(element(2, "p", 1, "●"), style=style)
    label = replace(element(3, "label", 2, "Name"), style=style)
    result = axe_result("color-contrast", line.node, kind="incomplete")
    assert not examine(page(elements=[line, label], axe=[result], axe_rules=("color-contrast",)), []).outcomes


def test_the_page_scrolls_by_itself_and_a_frame_is_no_page() -> None:
    for rule, of_page, of_frame in (("scrollable-region-focusable", False, True), ("bypass", True, False)):
        subject = element(2, "body", 1)
        assert bool(told(subject, rule, "violation")) == of_page
        assert bool(told(replace(subject, frame=1), rule, "violation")) == of_frame


def test_a_cell_that_nobody_works_may_have_a_name_of_its_own() -> None:
    rule = "label-content-name-mismatch"
    day = element(2, "div", 1, "4", role="gridcell")
    assert not told(day, rule, "incomplete")
    assert told(replace(day, focusable=True), rule, "incomplete")


@pytest.mark.parametrize(
    ("name", "written", "is_told"), [("#", "#", False), ("\ue001", "\ue001", True), ("", "", True)]
)
def test_a_link_that_a_style_sheet_names_has_a_name(name: str, written: str, is_told: bool) -> None:
    link = replace(
        element(2, "a", 1, href="#hours"),
        accessible=Accessible("link", name, "contents"),
        pseudo=(Pseudo("before", written, None),),
    )
    assert bool(told(link, "link-name", "violation")) == is_told


@pytest.mark.parametrize("beside", ["", "Borrow it at every branch."])
def test_a_link_with_lines_of_its_own_stands_in_no_text(beside: str) -> None:
    block = replace(element(2, "div", 1, beside), style={"display": "block"})
    link = replace(element(3, "a", 2, "Snowshoes", role="link"), style={"display": "inline"})
    result = axe_result("link-in-text-block", link.node, kind="incomplete")
    found = examine(page(elements=[block, link], axe=[result]), [])
    assert [each.rule for each in found.outcomes] == (["link-in-text-block"] if beside else [])
