"""Rules are run, and what they could not do is never taken for a pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.examination.examination import examine, examine_site, examine_source
from audit.model.document import Element
from audit.model.finding import Condition, Family, Outcome
from audit.model.page import Page, View
from audit.model.rule import Result, ask, failed, passed
from audit.model.site import Site, SitePlace
from audit.writing.source import Place, SourceText
from tests.audit.making import axe_result, element, page, rule


def images(subject: Page) -> Iterable[Element]:
    return subject.document.tags("img")


def without_alternative(_page: Page, target: Element) -> Result:
    return passed() if target.has("alt") else failed("The picture has no alternative.", "Write one.")


def test_a_fault_names_its_element_and_the_place_of_it() -> None:
    found = examine(
        page(elements=[element(2, "img", 1, src="x.png")]), [rule("no-alternative", images, without_alternative)]
    )
    (outcome,) = found.outcomes
    assert outcome.target is not None
    assert (outcome.rule, outcome.outcome, outcome.static) == ("no-alternative", Outcome.FAILED, 2)
    assert outcome.target.html == '<img src="x.png">'
    assert found.passed == found.inapplicable == ()


def test_passed_and_inapplicable_are_two_things() -> None:
    rules = [rule("applies", images, without_alternative), rule("does-not")]
    found = examine(page(elements=[element(2, "img", 1, alt="A lake")]), rules)
    assert (found.passed, found.inapplicable) == (("applies",), ("does-not",))


def test_a_rule_that_crashes_is_an_error_with_its_name() -> None:
    def crash(_page: Page, _target: Element) -> Result:
        raise KeyError("colour")

    found = examine(page(elements=[element(2, "img", 1)]), [rule("crashing", images, crash)])
    (error,) = found.crashes
    assert error.rule == "crashing"
    assert "The rule crashing crashed" in error.sentence
    assert "KeyError" in error.sentence
    assert found.passed == found.inapplicable == ()


def test_what_a_rule_said_before_it_crashed_is_kept() -> None:
    def second_crashes(_page: Page, target: Element) -> Result:
        if target.index == 3:
            raise ValueError
        return failed("No alternative.", "Write one.")

    found = examine(page(elements=[element(2, "img", 1), element(3, "img", 1)]), [rule("half", images, second_crashes)])
    assert len(found.outcomes) == len(found.crashes) == 1


def test_a_crash_while_looking_for_targets_is_an_error_too() -> None:
    def nowhere(_page: Page) -> Iterable[Element]:
        raise RuntimeError

    assert [each.rule for each in examine(page(), [rule("blind", nowhere)]).crashes] == ["blind"]


def test_evidence_that_cannot_be_written_down_is_an_error_of_the_rule() -> None:
    def odd(_page: Page, _target: Element) -> Result:
        return failed("No alternative.", "Write one.", colours={"red"})  # type: ignore[arg-type]

    found = examine(page(elements=[element(2, "img", 1)]), [rule("odd", images, odd)])
    assert [each.rule for each in found.crashes] == ["odd"]
    assert "evidence holds a set" in found.crashes[0].sentence


def test_a_rule_whose_conditions_were_not_recorded_is_untested() -> None:
    needy = rule("narrow", images, without_alternative, needs=frozenset({Condition.NARROW}))
    assert examine(page(elements=[element(2, "img", 1, alt="")]), [needy]).untested == ("narrow",)
    both = page(elements=[element(2, "img", 1, alt="")], conditions=(Condition.WIDE, Condition.NARROW))
    assert examine(both, [needy]).passed == ("narrow",)


def test_a_keyboard_rule_needs_a_keyboard_walk() -> None:
    needy = rule("trap", images, without_alternative, needs=frozenset({Condition.KEYBOARD}))
    assert examine(page(), [needy]).untested == ("trap",)


def test_axe_core_under_two_conditions_is_one_outcome() -> None:
    results = [axe_result("image-alt", 102), axe_result("image-alt", 102, Condition.DARK)]
    found = examine(page(elements=[element(2, "img", 1)], axe=results, axe_rules=("image-alt",)), [])
    (outcome,) = found.outcomes
    assert (outcome.engine, outcome.conditions) == ("axe-core", ())


def test_axe_core_under_one_of_two_conditions_names_it() -> None:
    results = [
        axe_result("image-alt", 102, Condition.DARK),
        axe_result("label", 103),
        axe_result("label", 103, Condition.DARK),
    ]
    elements = [element(2, "img", 1), element(3, "input", 1)]
    found = examine(page(elements=elements, axe=results), [])
    assert {each.rule: each.conditions for each in found.outcomes} == {"image-alt": ("dark",), "label": ()}


def test_a_fact_under_one_condition_wins_over_a_question_under_another() -> None:
    results = [axe_result("image-alt", 102, Condition.DARK, "incomplete"), axe_result("image-alt", 102)]
    (outcome,) = examine(page(elements=[element(2, "img", 1)], axe=results), []).outcomes
    assert outcome.outcome is Outcome.FAILED


def test_what_axe_core_cannot_decide_is_a_question() -> None:
    results = [axe_result("color-contrast", 102, kind="incomplete")]
    (outcome,) = examine(page(elements=[element(2, "p", 1, "Pale")], axe=results), []).outcomes
    assert outcome.outcome is Outcome.CANT_TELL


def test_our_rule_and_axe_core_on_one_element_are_one_finding() -> None:
    ours = rule("no-alternative", images, without_alternative, axe=("image-alt",))
    subject = page(elements=[element(2, "img", 1)], axe=[axe_result("image-alt", 102)])
    assert [(each.rule, each.engine) for each in examine(subject, [ours]).outcomes] == [("no-alternative", "stepfree")]


def test_our_verdict_stands_where_axe_core_errs_on_the_same_element() -> None:
    ours = rule("no-alternative", images, without_alternative, axe=("image-alt",))
    subject = page(elements=[element(2, "img", 1, alt="A lake")], axe=[axe_result("image-alt", 102)])
    assert examine(subject, [ours]).outcomes == ()


def test_axe_core_stands_where_our_rule_has_not_looked() -> None:
    ours = rule("no-alternative", images, without_alternative, axe=("image-alt",))
    subject = page(elements=[element(2, "svg", 1, role="img")], axe=[axe_result("image-alt", 102)])
    assert [each.engine for each in examine(subject, [ours]).outcomes] == ["axe-core"]


def test_a_rule_about_the_site_names_a_page() -> None:
    def twins(_site: Site) -> Iterable[SitePlace]:
        yield SitePlace("/a/", "title", 3, "<title>A")

    def same(_site: Site, _target: SitePlace) -> Result:
        return ask("Two pages have one title?", "Change one.")

    import datetime as dt

    site = Site({}, {}, "http://127.0.0.1/", "/", dt.date(2026, 11, 22))
    (outcome,) = examine_site(site, [rule("same-title", twins, same, family=Family.SITE)]).outcomes
    assert (outcome.page, outcome.static, outcome.outcome) == ("/a/", 3, Outcome.CANT_TELL)


def test_a_rule_about_writing_names_file_and_line() -> None:
    def clicks(source: SourceText) -> Iterable[Place]:
        return (Place(number, line) for number, line in source.prose() if "click here" in line)

    def always(_source: SourceText, target: Place) -> Result:
        return failed(f"“{target.quote}” says nothing.", "Say where it leads.")

    source = SourceText(
        "content/a.md", "---\ntitle: A\n---\n\n```\nclick here\n```\n\nNow click here.\n", address="/a/"
    )
    (outcome,) = examine_source(source, [rule("click-here", clicks, always, family=Family.WRITING)]).outcomes
    assert (outcome.path, outcome.line, outcome.page) == ("content/a.md", 9, "/a/")


def test_what_runs_in_the_wide_window_only_names_no_condition() -> None:
    results = [axe_result("image-alt", 102), axe_result("scrollable-region-focusable", 103, Condition.NARROW)]
    elements = [element(2, "img", 1), element(3, "div", 1)]
    found = examine(page(elements=elements, axe=results), [])
    told = {each.rule: each.conditions for each in found.outcomes}
    assert told == {"image-alt": (), "scrollable-region-focusable": ("320px",)}


def test_of_what_a_rule_has_judged_axe_core_has_no_say_in_another_width() -> None:
    def divs(subject: Page) -> Iterable[Element]:
        return subject.document.tags("div")

    result = axe_result("scrollable-region-focusable", 102, Condition.WIDE)
    seen = replace(
        page(elements=[element(2, "div", 1)], conditions=(Condition.WIDE, Condition.NARROW)),
        views=(View("320px", Condition.NARROW, None, (102,), axe=(result,)),),
    )
    own = rule("scroll", divs, axe=("scrollable-region-focusable",), needs=frozenset({Condition.NARROW}))
    assert [each.rule for each in examine(seen, []).outcomes] == ["scrollable-region-focusable"]
    assert not examine(seen, [own]).outcomes
