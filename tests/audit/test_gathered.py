"""What one template or one habit made is told once on sites whose build says nothing, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

from audit.examination.examination import RuleOutcome
from audit.judgement import baseline
from audit.judgement.comparison import compare
from audit.judgement.findings import Merger
from audit.judgement.one_fault import told_once, without_what_is_told_of_the_page
from audit.model.finding import Finding, Fixer, Outcome, Requirements
from tests.audit.making import content, outcome, rule
from tests.audit.test_comparison import report


def nameless(number: int, address: str = "/", tag: str = '<a class="logo"') -> RuleOutcome:
    """A link of one look that has no name."""
    return outcome(
        "link-name",
        address=address,
        selector=f"li:nth-of-type({number}) > a",
        html=f'{tag} href="/{number}/">',
        message=f"The link to `/{number}/` has no text.",
    )


def findings_of(*pages: list[RuleOutcome]) -> tuple[Finding, ...]:
    merging = Merger(lambda _: None, {})
    for each in pages:
        merging.add(each)
    return merging.findings()


def test_elements_of_one_look_with_one_fault_are_told_together_with_every_place() -> None:
    (finding,) = findings_of([nameless(1), nameless(2), nameless(3)])
    assert (finding.count, finding.pages) == (3, ("/",))
    assert finding.message == "The link to `/1/` has no text. The same goes for 2 more places."
    assert finding.evidence["places"] == [
        ["/", f"li:nth-of-type({number}) > a", f"The link to `/{number}/` has no text."] for number in (1, 2, 3)
    ]


def test_a_menu_on_every_page_is_one_finding() -> None:
    (finding,) = findings_of(*([nameless(1, page), nameless(2, page)] for page in ("/a/", "/b/")))
    assert (finding.count, finding.pages) == (4, ("/a/", "/b/"))


def test_another_look_and_another_page_are_findings_of_their_own() -> None:
    found = findings_of([nameless(1, "/a/"), nameless(2, "/a/", tag="<a")], [nameless(3, "/b/")])
    assert [each.count for each in found] == [1, 1, 1]


def test_sorts_of_one_kind_are_told_together_unless_each_has_colours_of_its_own() -> None:
    def button(sort: str, **evidence: str) -> RuleOutcome:
        return outcome(
            selector=f"a.btn-{sort}",
            html=f'<a class="btn btn-{sort}" href="#">',
            message="The name of this link is a sign.",
            fixer=Fixer.THEME,
            evidence=evidence,
        )

    assert [each.count for each in findings_of([button("red"), button("blue")])] == [2]
    two = findings_of(
        [button("red", colour="#f00", background="#fff"), button("blue", colour="#00f", background="#fff")]
    )
    assert [each.count for each in two] == [1, 1]


def test_what_has_a_source_stays_on_its_line() -> None:
    merging = Merger(lambda each: content(line=int(each.target.selector[15]) if each.target else 0), {})
    merging.add([nameless(1), nameless(2)])
    assert [each.count for each in merging.findings()] == [1, 1]


def test_what_an_excuse_names_stays_by_itself() -> None:
    merging = Merger(lambda _: None, {}, apart=lambda each: each.target is not None and "/2/" in each.target.html)
    merging.add([nameless(1), nameless(2), nameless(3)])
    assert sorted(each.count for each in merging.findings()) == [1, 2]


def test_one_more_element_of_a_page_is_new() -> None:
    (before,) = findings_of([nameless(1), nameless(2)])
    (after,) = findings_of([nameless(1), nameless(2), nameless(3)])
    (new,) = compare(report(before), report(after)).new
    assert (new.count, new.pages) == (1, ("/",))
    assert set(baseline.spread_of(after)) - set(baseline.spread_of(before)) == {"/ (3)"}
    assert not compare(report(after), report(before)).new


def test_a_picture_without_words_and_the_link_that_it_leaves_without_a_name_are_one_fault() -> None:
    picture = outcome(
        "image-alt",
        selector="li:nth-of-type(1) > a > img",
        message="The image `a.png` has no text alternative.",
        wcag=("1.1.1",),
    )
    link = replace(nameless(1), requirements=Requirements(wcag=("2.4.4", "4.1.2")))
    for told in (told_once([picture, link]), told_once([link, picture])):
        (one,) = told
        assert (one.rule, one.requirements.wcag) == ("image-alt", ("1.1.1", "2.4.4", "4.1.2"))
        assert one.message == "The image `a.png` has no text alternative. The link to `/1/` has no text."
    assert len(told_once([picture, replace(nameless(2), requirements=link.requirements)])) == 2
    assert len(told_once([picture, link], lambda _: True)) == 2


def test_a_field_without_any_label_is_told_once() -> None:
    unseen = outcome("field-without-visible-label", selector="#q", message="Nothing.", wcag=("3.3.2",))
    unnamed = outcome("label", selector="#q", message="The field `q` has no label.", wcag=("4.1.2",))
    (one,) = told_once([unnamed, unseen])
    assert (one.message, one.requirements.wcag) == ("Nothing.", ("3.3.2", "4.1.2"))


def test_a_title_that_another_page_owns_is_not_asked_about_as_well() -> None:
    stated = outcome("title-of-another-page", address="/a/", page_itself=True)
    asked = [outcome("title-unlike-heading", address=page, kind=Outcome.CANT_TELL) for page in ("/a/", "/b/")]
    rules = {"title-of-another-page": rule("title-of-another-page", covers=("title-unlike-heading",))}
    assert without_what_is_told_of_the_page(asked, [stated], rules) == asked[1:]
    assert without_what_is_told_of_the_page(asked, [replace(stated, outcome=Outcome.CANT_TELL)], rules) == asked


def test_what_one_bar_covers_is_one_finding_whatever_it_covers() -> None:
    def covered(tag: str, by: str) -> RuleOutcome:
        return outcome(
            "covered-focus", selector=tag, html=f"<{tag}>", fixer=Fixer.THEME, evidence={"covered_by": by, "share": 1}
        )

    found = findings_of([covered("a", "#bar"), covered("button", "#bar"), covered("input", "#cookies")])
    assert sorted(each.count for each in found) == [1, 2]


def test_one_style_on_other_pages_is_one_finding_in_all_its_sorts() -> None:
    def area(language: str, address: str) -> RuleOutcome:
        return outcome(
            "scroll",
            address=address,
            selector="code",
            html=f'<code class="language-{language}">',
            message=f"A part of “{language}” is out of sight.",
            fixer=Fixer.THEME,
        )

    (finding,) = findings_of([area("rust", "/a/")], [area("shell", "/b/")])
    assert (finding.count, finding.pages) == (2, ("/a/", "/b/"))


def test_the_steps_of_one_gradient_are_one_background() -> None:
    def pale(sort: str, background: str) -> RuleOutcome:
        return outcome(
            "low-contrast",
            selector=f"span.{sort}",
            html=f'<span class="{sort}">',
            fixer=Fixer.THEME,
            evidence={"colour": "#009999", "background": background},
        )

    found = findings_of([pale("m", "#fcfafb"), pale("mi", "#fbf8f9"), pale("mf", "#e5e5e5")])
    assert sorted(each.count for each in found) == [1, 2]
