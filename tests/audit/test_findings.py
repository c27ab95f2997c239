"""One fault is one finding, whoever sees it, however often, on however many pages."""

from __future__ import annotations

from collections.abc import Callable

from audit.examination.examination import RuleOutcome
from audit.judgement.findings import Merger
from audit.model.finding import Family, Fixer, Outcome, Source
from tests.audit.making import content, outcome, rule, theme


def merger(
    source: Source | Callable[[RuleOutcome], Source | None] | None = None, homes: dict[str, str] | None = None
) -> Merger:
    locate = source if callable(source) else lambda _: source
    return Merger(locate, {}, homes or {})


def test_a_fault_of_the_theme_is_said_once_for_all_its_pages() -> None:
    merging = merger(theme())
    for address in ("/a/", "/b/", "/c/"):
        merging.add([outcome(address=address, html=f'<img src="{address}.png">')])
    (finding,) = merging.findings()
    assert (finding.page, finding.pages, finding.count) == ("/a/", ("/a/", "/b/", "/c/"), 3)


def test_a_loop_of_a_template_is_one_finding_with_a_count() -> None:
    merging = merger(theme())
    merging.add([outcome(selector=f"img:nth-of-type({n})") for n in range(4)])
    (finding,) = merging.findings()
    assert (finding.count, finding.pages) == (4, ("/",))


def test_each_line_of_an_author_is_a_finding_of_its_own() -> None:
    lines = {5: content(line=7), 6: content(line=9)}
    merging = merger(lambda each: lines[each.static or 0])
    merging.add([outcome(static=5, selector="a"), outcome(static=6, selector="b")])
    assert [each.source.line for each in merging.findings() if each.source] == [7, 9]


def test_two_equal_faults_on_one_line_of_an_author_are_two() -> None:
    merging = merger(content(), {"/": "content/pages/a.md"})
    merging.add([outcome(selector="a"), outcome(selector="b")])
    findings = merging.findings()
    assert len(findings) == 2
    assert findings[0].key != findings[1].key


def test_a_line_of_an_author_that_listings_show_often_is_one_finding() -> None:
    merging = merger(content(), {"/": "content/pages/index.md", "/a/": "content/pages/a.md"})
    merging.add([outcome(address="/", selector="a"), outcome(address="/", selector="b")])
    merging.add([outcome(address="/a/", selector="a")])
    (finding,) = merging.findings()
    assert finding.pages == ("/", "/a/")


def test_conditions_of_one_element_are_joined() -> None:
    merging = merger()
    merging.add([outcome(conditions=("dark",)), outcome(conditions=("320px",))])
    (finding,) = merging.findings()
    assert finding.conditions == ("320px", "dark")


def test_a_fault_under_all_conditions_names_none() -> None:
    merging = merger()
    merging.add([outcome(conditions=("dark",)), outcome()])
    (finding,) = merging.findings()
    assert finding.conditions == ()


def test_without_a_source_what_one_style_causes_is_one_finding_with_every_place() -> None:
    merging = merger()
    for address in ("/a/", "/b/"):
        merging.add(
            [
                outcome(
                    address=address,
                    selector=f"li:nth-of-type({number}) > a",
                    html=f'<a class="chip small" href="/{number}/">{number}',
                    message=f"“{number}” is too small.",
                    fixer=Fixer.THEME,
                )
                for number in (1, 2)
            ]
        )
    (finding,) = merging.findings()
    assert (finding.count, finding.pages) == (4, ("/a/", "/b/"))
    assert finding.message == "“1” is too small. The same goes for 3 more places."
    assert finding.evidence["places"] == [
        ["/a/", "li:nth-of-type(1) > a", "“1” is too small."],
        ["/a/", "li:nth-of-type(2) > a", "“2” is too small."],
        ["/b/", "li:nth-of-type(1) > a", "“1” is too small."],
        ["/b/", "li:nth-of-type(2) > a", "“2” is too small."],
    ]


def test_two_colours_that_do_not_go_together_are_one_finding_in_whatever_elements() -> None:
    merging = merger()
    grey = {"colour": "#808080", "background": "#ffffff"}
    pale = {"colour": "#aaaaaa", "background": "#ffffff"}
    for selector, html, seen in (("a", "<a>", grey), ("p", "<p>", grey), ("li", "<li>", pale), ("p + p", "<p>", grey)):
        merging.add(
            [
                outcome(
                    selector=selector,
                    html=html,
                    message="It is pale.",
                    fixer=Fixer.THEME,
                    evidence={**seen, "ratio": 3},
                )
            ]
        )
    assert [(each.count, each.evidence["colour"]) for each in merging.findings()] == [(3, "#808080"), (1, "#aaaaaa")]


def test_without_a_source_one_question_is_asked_once_with_every_place() -> None:
    merging = merger()
    for address, asked in (("/a/", "“RSS” and “API” stand"), ("/b/", "“ILL” stand"), ("/c/", "“PDF”, “DVD” stand")):
        merging.add(
            [
                outcome(
                    address=address,
                    html=f"<p>{address}",
                    message=f"Do all readers know what {asked} for?",
                    kind=Outcome.CANT_TELL,
                )
            ]
        )
    (finding,) = merging.findings()
    assert (finding.count, finding.pages) == (3, ("/a/", "/b/", "/c/"))
    assert finding.message == "Do all readers know what “RSS” and “API” stand for? The same goes for 2 more places."
    assert [place[2] for place in finding.evidence["places"]] == [  # type: ignore[index, union-attr]
        "Do all readers know what “RSS” and “API” stand for?",
        "Do all readers know what “ILL” stand for?",
        "Do all readers know what “PDF”, “DVD” stand for?",
    ]


def test_without_a_source_a_link_of_pages_in_other_folders_is_one_finding() -> None:
    merging = merger()
    for address, href in (("/a.html", "more.html"), ("/b/c.html", "../more.html"), ("/b/d/e.html", "/more.html")):
        merging.add([outcome(address=address, html=f'<a href="{href}">More', message="“More” says nothing.")])
    (finding,) = merging.findings()
    assert (finding.count, finding.message) == (3, "“More” says nothing.")


def test_without_a_source_other_classes_are_another_fault() -> None:
    merging = merger()
    merging.add(
        [
            outcome(selector="a", html='<a class="chip">One', message="m", fixer=Fixer.THEME),
            outcome(selector="b", html='<a class="tab">Two', message="m", fixer=Fixer.THEME),
        ]
    )
    assert [finding.count for finding in merging.findings()] == [1, 1]


def test_without_a_source_what_an_author_wrote_stays_apart() -> None:
    merging = merger()
    merging.add(
        [
            outcome(selector="a", html='<a class="x">One', message="One", fixer=Fixer.AUTHOR),
            outcome(selector="b", html='<a class="x">Two', message="Two", fixer=Fixer.AUTHOR),
        ]
    )
    assert len(merging.findings()) == 2


def test_without_a_source_the_same_element_on_several_pages_is_one_finding() -> None:
    merging = merger()
    for address in ("/a/", "/b/"):
        merging.add([outcome(address=address)])
    (finding,) = merging.findings()
    assert finding.pages == ("/a/", "/b/")


def test_without_a_source_different_messages_are_different_findings() -> None:
    merging = merger()
    merging.add([outcome(message="One.")])
    merging.add([outcome(address="/b/", message="Two.")])
    assert len(merging.findings()) == 2


def test_faults_of_whole_pages_are_not_thrown_together() -> None:
    merging = merger()
    for address in ("/a/", "/b/"):
        merging.add([outcome(address=address, page_itself=True)])
    assert [each.pages for each in merging.findings()] == [("/a/",), ("/b/",)]


def test_a_rule_about_the_source_and_axe_core_on_one_line_are_one_finding() -> None:
    writing = rule("image-without-words", axe=("image-alt",))
    merging = Merger(lambda _: content(), {"image-without-words": writing})
    merging.add([outcome("image-alt", engine="axe-core")])
    merging.add([outcome("image-without-words", path="content/pages/a.md", line=7, selector="", html="![](x.png)")])
    assert [each.rule for each in merging.findings()] == ["image-without-words"]


def test_the_order_in_which_outcomes_of_a_page_come_does_not_matter() -> None:
    outcomes = [outcome(selector=f"img:nth-of-type({n})", static=n, html=f'<img src="{n}.png">') for n in range(3)]
    one, other = merger(), merger()
    one.add(outcomes)
    other.add(reversed(outcomes))
    assert one.findings() == other.findings()


def test_of_one_video_one_question_is_asked() -> None:
    rules = {name: rule(name, family=Family.MEDIA) for name in ("flashes", "captions")}
    merging = Merger(lambda _: None, rules)
    film = '<video src="pier.mp4">'
    merging.add(
        [
            outcome(
                "flashes",
                html=film,
                selector="video",
                kind=Outcome.CANT_TELL,
                message="Does it flash?",
                wcag=("2.3.1",),
            ),
            outcome(
                "captions", html=film, selector="video", kind=Outcome.CANT_TELL, message="Captions?", wcag=("1.2.2",)
            ),
            outcome("captions", html=film, selector="#b", kind=Outcome.CANT_TELL, message="Captions there?"),
            outcome("captions", html=film, selector="#c", message="None."),
            outcome("flashes", html=film, selector="#c", kind=Outcome.CANT_TELL, message="Does that flash?"),
        ]
    )
    said = {each.message: (each.rule, each.requirements.wcag) for each in merging.findings()}
    assert said["Captions? Does it flash?"] == ("captions", ("1.2.2", "2.3.1"))
    assert len(said) == 4


class TestOneRuleSaysMoreThanAnother:
    """``covers``: what stands on the same element under the same conditions is told once."""

    @staticmethod
    def found(*outcomes: RuleOutcome) -> list[str]:
        merging = Merger(lambda _: None, {"grave": rule("grave", covers=("mild",)), "mild": rule("mild")})
        merging.add(outcomes)
        return [each.rule for each in merging.findings()]

    def test_on_the_same_element(self) -> None:
        assert self.found(outcome("grave"), outcome("mild", message="Less.")) == ["grave"]

    def test_on_another_element(self) -> None:
        assert self.found(outcome("grave"), outcome("mild", selector="p")) == ["grave", "mild"]

    def test_under_more_conditions(self) -> None:
        assert self.found(outcome("grave", conditions=("dark",)), outcome("mild")) == ["grave", "mild"]
        assert self.found(outcome("grave"), outcome("mild", conditions=("dark",))) == ["grave"]

    def test_a_question_covers_nothing(self) -> None:
        assert self.found(outcome("grave", kind=Outcome.CANT_TELL), outcome("mild")) == ["grave", "mild"]

    def test_a_question_covers_a_question(self) -> None:
        asked = outcome("mild", kind=Outcome.CANT_TELL, message="Less?")
        assert self.found(outcome("grave", kind=Outcome.CANT_TELL), asked) == ["grave"]

    def test_what_breaks_no_criterion_does_not_stand_for_what_does(self) -> None:
        assert self.found(outcome("grave", wcag=()), outcome("mild", message="Less.")) == ["grave", "mild"]

    def test_on_one_of_many_pages(self) -> None:
        merging = Merger(lambda _: None, {"grave": rule("grave", covers=("mild",)), "mild": rule("mild")})
        merging.add([outcome("grave", address="/a/"), outcome("mild", address="/a/")])
        merging.add([outcome("mild", address="/b/")])
        assert [(each.rule, each.pages) for each in merging.findings()] == [("grave", ("/a/",)), ("mild", ("/b/",))]

    def test_what_is_covered_alone_is_told(self) -> None:
        assert self.found(outcome("mild")) == ["mild"]
