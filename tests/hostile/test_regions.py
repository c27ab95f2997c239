"""Parts of pages that belong to somebody else: looked at all the same, counted apart, never a whole page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import ExitCode, UsageError
from audit.examination.examination import Examined, examine
from audit.examination.regions import RegionUse
from audit.judgement import gate_rules
from audit.judgement.findings import Merger
from audit.judgement.regions import of_regions, set_apart
from audit.model.css_selectors import parse
from audit.model.document import Element
from audit.model.finding import FindingState, Outcome
from audit.model.page import Page
from audit.model.rule import failed
from audit.settings.config import load
from audit.settings.regions import Region
from audit.settings.responsibility import answerer_flaw
from tests.audit.making import axe_result, document, element, finding, page, rule
from tests.hostile.sites import page as html
from tests.hostile.sites import run, write

TODAY = dt.date(2026, 11, 22)
UNTIL = "until = 2027-04-30"
ANSWER = f'owner = "Example Books Inc."\nreason = "They mend it in spring."\n{UNTIL}\n'
DUTIES = '[site.duties]\npolicy = "/policies/accessibility/"\n'


def settings(tmp_path: Path, text: str) -> tuple[Region, ...]:
    return load(write(tmp_path, {"stepfree.toml": text}) / "stepfree.toml").regions


def region(tmp_path: Path, part: str) -> Region:
    (found,) = settings(tmp_path, f"{DUTIES}[[regions]]\n{part}\n{ANSWER}")
    return found


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("img", [4]),
        (".widget", [2]),
        (".widget img, #own", [4, 6]),
        (".widget > img", []),
        ("div > p > img", [4]),
        ("[data-vendor]", [3]),
        ("p[data-vendor^='over']", [3]),
        ('[data-vendor*="drive" ]', [3]),
        ("* > [data-vendor='other']", []),
    ],
)
def test_a_selector_means_what_it_means_in_css(selector: str, meant: list[int]) -> None:
    there = document(
        [
            element(0, "html"),
            element(1, "body", 0),
            element(2, "div", 1, **{"class": "a widget"}),
            element(3, "p", 2, **{"data-vendor": "overdrive"}),
            element(4, "img", 3),
            element(5, "section", 1),
            element(6, "span", 5, id="own"),
        ]
    )
    assert [each.index for each in there if parse(selector).matches(there, each)] == meant


@pytest.mark.parametrize("selector", ["", "a:hover", "a >", "> a", "a,", "a + b", "a[b", "a{}", "*|a"])
def test_a_selector_that_is_not_understood(selector: str) -> None:
    with pytest.raises(ValueError, match="is not understood"):
        parse(selector)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('selector = "html"', "is the whole page"),
        ('selector = ".widget, main.content"', "is the whole page"),
        ('selector = "body > *"', "is the whole page"),
        ('selector = "[role=main]"', "is the whole page"),
        ('selector = "a:hover"', "is not understood"),
        ('selector = ".w"\nframe = "https://a.example.org/*"', "either “selector” or “frame”"),
        ("", "either “selector” or “frame”"),
        ('frame = "*"', "is not an address"),
        ('frame = "https://*"', "names no host"),
        ('frame = "https://*.org/*"', "names no host"),
        ('selector = ".w"\npages = ["/*"]', "is everything"),
        ('selector = ".w"\npages = ["/policies/*"]', "a duty of the law is fulfilled"),
        ('selector = ".w"\npages = "/a/"', "takes a list"),
        ('selector = ".w"\npage = ["/a/"]', "Did you mean “pages”"),
    ],
)
def test_a_region_that_is_refused_is_named_with_its_line(tmp_path: Path, part: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        settings(tmp_path, f"{DUTIES}[[regions]]\n{part}\n{ANSWER}")
    assert f"{tmp_path / 'stepfree.toml'}:3: " in str(error.value)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ('owner = "Example Books Inc."\nreason = "They mend it."', "lacks “until”"),
        (f'owner = "Example Books Inc."\nreason = "later"\n{UNTIL}', "must be a sentence"),
        (f'owner = "Jane Doe"\nreason = "They mend it."\n{UNTIL}', "neither a role nor a company"),
        ('owner = "Example Books Inc."\nreason = "They mend it."\nuntil = "2027-04-30"', "a day without quotation"),
    ],
)
def test_somebody_answers_for_a_region(tmp_path: Path, answer: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        settings(tmp_path, f'[[regions]]\nselector = ".w"\n{answer}\n')


def test_two_regions_of_one_name_are_refused(tmp_path: Path) -> None:
    one = f'[[regions]]\nselector = ".w"\n{ANSWER}'
    with pytest.raises(UsageError, match=r"stepfree.toml:6: there are two regions “.w”"):
        settings(tmp_path, one + one)


def test_a_day_more_than_a_year_away_is_refused(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": html()})
    write(tmp_path, {"stepfree.toml": f'[[regions]]\nselector = ".w"\n{ANSWER}'.replace("2027", "2028")})
    with pytest.raises(
        UsageError, match=r"stepfree.toml:1: the region “.w”: until 2028-04-30 is more than a year away"
    ):
        run(site, tmp_path, config=load(tmp_path / "stepfree.toml"), use_browser=False, today=TODAY)


@pytest.mark.parametrize(
    "owner", ["Systems coordinator", "Example Books Inc.", "books.example.org", "OverDrive", "EBSCO"]
)
def test_who_may_answer(owner: str) -> None:
    assert answerer_flaw(owner) is None


@pytest.mark.parametrize("owner", ["Jane Doe", "Jane", "McDonald", "jane@example.org", ""])
def test_who_may_not(owner: str) -> None:
    assert answerer_flaw(owner) is not None


def test_where_a_region_holds(tmp_path: Path) -> None:
    everywhere = region(tmp_path, 'selector = ".w"')
    assert everywhere.is_on("/a/")
    assert not everywhere.is_on("/policies/accessibility/")
    assert not everywhere.is_on("/policies/accessibility?lang=fr")
    some = region(tmp_path, 'selector = ".w"\npages = ["/ebooks/*"]')
    assert (some.is_on("/ebooks/new"), some.is_on("/films/")) == (True, False)


PICTURES = rule("a-fault", lambda subject: subject.document.tags("img"), lambda *_: failed("No words.", "Add some."))


def looked_at(parts: Iterable[Element], regions: Iterable[Region], **more: object) -> Examined:
    seen: Page = page(elements=parts, **more)  # type: ignore[arg-type]
    return examine(seen, [PICTURES], regions)


def test_what_lies_in_a_region_is_found_and_marked(tmp_path: Path) -> None:
    parts = [
        element(2, "main", 1, "What we have to read."),
        element(3, "div", 2, **{"class": "w"}),
        element(4, "img", 3),
        element(5, "img", 2),
    ]
    found = looked_at(
        parts, [region(tmp_path, 'selector = ".w"')], axe=[axe_result("label", 104), axe_result("label", 105)]
    )
    assert [(each.rule, each.target and each.target.selector, each.region) for each in found.outcomes] == [
        ("a-fault", "img:nth-of-type(5)", ".w"),
        ("a-fault", "img:nth-of-type(6)", None),
        ("label", "img:nth-of-type(5)", ".w"),
        ("label", "img:nth-of-type(6)", None),
    ]
    assert found.regions == (RegionUse(".w"),)
    merger = Merger(lambda _: None, {})
    merger.add(found.outcomes)
    # The same fault in and outside of the region is two findings.
    assert sorted((each.rule, each.region or "") for each in merger.findings()) == [
        ("a-fault", ""),
        ("a-fault", ".w"),
        ("label", ""),
        ("label", ".w"),
    ]


def test_a_frame_itself_is_the_page_s_own(tmp_path: Path) -> None:
    parts = [
        element(2, "main", 1, "What we have to read."),
        element(3, "iframe", 2, src="//widget.example.org/books?a=1"),
        replace(element(4, "html", 3), frame=103),
        replace(element(5, "img", 4), frame=103),
    ]
    beyond = replace(axe_result("label", 0), node=None, selector="iframe:nth-of-type(4) >>> #x")
    ours = axe_result("frame-title", 103)
    there = [region(tmp_path, 'frame = "http://widget.example.org/*"')]
    found = looked_at(parts, there, axe=[beyond, ours])
    assert [(each.rule, each.region) for each in found.outcomes] == [
        ("a-fault", there[0].name),
        ("label", there[0].name),
        ("frame-title", None),
    ]


@pytest.mark.parametrize("selectors", [("#all",), ("#one", "#two"), ("#box",)])
def test_a_region_that_takes_in_what_the_page_is_about_does_not_hold(
    tmp_path: Path, selectors: tuple[str, ...]
) -> None:
    parts = [
        element(2, "div", 1, id="all"),
        element(3, "header", 2, "The library"),
        element(4, "main", 2),
        element(5, "div", 4, id="box"),
        element(6, "p", 5, "Text", id="one"),
        element(7, "p", 5, "More", id="two"),
        element(8, "img", 7),
    ]
    regions = [region(tmp_path, f'selector = "{each}"') for each in selectors]
    found = looked_at(parts, regions)
    assert [each.region for each in found.outcomes] == [None]
    assert found.regions == tuple(RegionUse(each, whole=True) for each in selectors)


def test_findings_are_apart_until_the_day_and_block_afterwards(tmp_path: Path) -> None:
    there = region(tmp_path, 'selector = ".w"')
    inside = replace(finding(blocking=True), region=".w")
    own, theirs = set_apart([inside, finding(blocking=True)], [there], TODAY)
    assert [each.blocking for each in own] == [True]
    assert [(each.state, each.blocking) for each in theirs] == [(FindingState.THEIRS, False)]
    assert theirs[0].excuse == {
        "reason": "They mend it in spring.",
        "owner": "Example Books Inc.",
        "until": "2027-04-30",
    }
    assert set_apart([inside], [there], dt.date(2027, 5, 1)) == ((inside,), ())
    assert set_apart([inside], [there], TODAY, {"a-fault"}) == ((inside,), ())


def test_what_is_wrong_with_regions_is_told(tmp_path: Path) -> None:
    there = region(tmp_path, 'selector = ".w"')

    def said(day: dt.date, found: Iterable[str], whole: dict[str, set[str]], *, complete: bool = True) -> list[str]:
        outcomes = list(of_regions([there], set(found), whole, day, complete=complete))
        assert all((each.path, each.line, each.outcome) == ("stepfree.toml", 3, Outcome.FAILED) for each in outcomes)
        return [each.rule for each in outcomes]

    assert said(TODAY, [".w"], {}) == []
    assert said(TODAY, [], {}) == ["region-unused"]
    assert said(TODAY, [], {}, complete=False) == []
    assert said(TODAY, [".w"], {".w": {"/a/"}}) == ["region-too-wide"]
    assert said(dt.date(2027, 5, 1), [".w"], {}) == ["region-expired"]
    assert {each for each, words in gate_rules.RULES.items() if words.blocks and each.startswith("region")} == {
        "region-too-wide",
        "region-unused",
    }


WIDGET = '<div class="w"><img src="a.svg"></div>'
FRAME = '<iframe title="New books" src="widget/index.html"></iframe>'
REGIONS = f"""
[[regions]]
selector = ".w"
name = "The e-book widget"
{ANSWER}
[[regions]]
frame = "/widget/*"
name = "The new books"
{ANSWER}
[[regions]]
selector = ".gone"
{ANSWER}
"""


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_site_with_a_widget_and_a_frame_of_others(tmp_path: Path) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    site = write(
        tmp_path / "site",
        {
            "index.html": html("Home", f"<p>Read with us.</p>{WIDGET}{FRAME}"),
            "widget/index.html": html("New books", '<img src="../a.svg">'),
            "a.svg": picture,
        },
    )
    config = load(write(tmp_path, {"stepfree.toml": REGIONS}) / "stepfree.toml")
    report = run(site, tmp_path, only=("image-alt",), config=config, today=TODAY)
    told = {(each.rule, each.page, each.region, each.state.value, each.blocking) for each in report.findings}
    assert told == {
        ("image-alt", "/", "The e-book widget", "theirs", False),
        ("image-alt", "/", "The new books", "theirs", False),
        # As a page of the folder it is the site's own.
        ("image-alt", "/widget/", None, "new", True),
        ("region-unused", "/", None, "new", True),
    }
    assert report.exit_code is ExitCode.BLOCKING_FINDINGS
    assert report.summary.theirs == 2
