"""What looks alike is asked about once, and everything is found all the same."""

from __future__ import annotations

import pytest

from audit.capture import backdrops
from audit.capture.axe import AxeEngine
from audit.capture.looks import alike
from audit.model.finding import Condition

DARK = "<style>:root { color-scheme: light dark } @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } %s }</style>"
FAINT = DARK % ".faint { color: #444 }"


def _dark(page):
    return [
        page.document.by_node[each.node].get("id")
        for each in page.axe
        if each.condition is Condition.DARK and each.rule == "color-contrast"
    ]


def test_all_that_look_like_a_faint_text_are_told(capture):
    page = capture(
        "<p id=one>plain text</p><p class=faint id=two>faint text</p><p id=three>plain again</p>"
        "<p class=faint id=four>faint once more</p><p class=faint id=five>and at the end</p>",
        Condition.DARK,
        head=FAINT,
        axe=True,
    )
    assert _dark(page) == ["two", "four", "five"]


def test_a_text_on_another_background_is_no_twin(capture):
    page = capture(
        "<p class=faint style='background: #fff' id=white>text on white</p><p class=faint id=dark>text on black</p>",
        Condition.DARK,
        head=FAINT,
        axe=True,
    )
    assert _dark(page) == ["dark"]


def test_a_text_that_is_cut_off_does_not_speak_for_others(capture):
    page = capture(
        "<div style='overflow: hidden; height: 20px; position: relative'><p class=faint id=cut style='position: absolute; "
        "top: 90px; margin: 0'>out of sight</p></div><p class=faint id=seen>in sight</p>",
        Condition.DARK,
        head=FAINT,
        axe=True,
    )
    assert "seen" in _dark(page)


def test_what_a_script_has_made_is_looked_at(capture):
    page = capture(
        "<p id=one>plain text</p><div id=place></div>"
        "<script>document.querySelector('#place').innerHTML = '<p class=faint id=made>made by script</p>'</script>",
        Condition.DARK,
        head=FAINT,
        axe=True,
    )
    assert _dark(page) == ["made"]


def test_groups_hold_every_text_once(capture):
    page = capture("<main><h1>Title</h1><p>One</p><p>Two</p><p><a href=/x>link</a> and text</p></main>", axe=False)
    groups = alike(page.document, frozenset())
    assert groups is not None
    told = [[each.tag for each in look.elements] for look in groups]
    assert told == [["h1"], ["p", "p", "p"], ["a"]]


def test_an_element_that_must_stand_alone_does(capture):
    document = capture("<p>One</p><p>Two</p><p>Three</p>").document
    groups = alike(document, {document.tags("p")[1].index})
    assert groups is not None
    assert [len(look.elements) for look in groups] == [2, 1]


def test_where_something_is_switched_off_nothing_is_put_together(capture):
    assert alike(capture("<p>One</p><button disabled>Go</button>").document, frozenset()) is None


LIGHT = "<style>.grey { color: #6b6b6b } .faint, .faint a { color: #999 } input { background: #fff } input.faint { color: #aaa }</style>"


def _light(page, rule):
    return [page.document.by_node[each.node].get("id") for each in page.axe if each.rule == rule]


def test_in_light_colours_all_that_is_faint_is_told_too(capture):
    page = capture(
        "<p id=one>plain text</p><p class=faint id=two>faint text</p><p class=faint id=three>faint again</p>"
        "<label>Card <input class=faint id=four value='written in'></label><input id=five aria-label=Name value=dark>"
        "<p class=grey id=six>grey text</p><p class=grey id=seven>and more of it</p>",
        head=LIGHT,
        axe=True,
    )
    assert _light(page, "color-contrast") == ["two", "three", "four"]
    assert _light(page, "color-contrast-enhanced") == ["six", "seven"]


def test_all_rules_are_said_to_have_run(capture):
    page = capture("<p>plain text</p>", axe=True)
    assert {"color-contrast", "color-contrast-enhanced", "link-in-text-block", "image-alt"} <= set(page.axe_rules)


def test_a_link_by_colour_alone_is_told_wherever_it_stands(capture):
    page = capture(
        "<p>Some words and <a id=one href=/a>a link</a> in them.</p>"
        "<p>Other words and <a id=two href=/b>a link</a> in these.</p><p><a id=three href=/c>alone</a></p>",
        head="<style>a { color: #333; text-decoration: none } p { color: #222 }</style>",
        axe=True,
    )
    assert _light(page, "link-in-text-block") == ["one", "two"]


@pytest.fixture
def asked(browser, monkeypatch):
    """How many elements axe-core was asked about one by one, each time."""
    browser.looks.clear()
    counts: list[int] = []
    original = AxeEngine.run

    def counted(self, document, frames, rules=None, only=None, **more):
        if only is not None:
            counts.append(len(only))
        return original(self, document, frames, rules, only, **more)

    monkeypatch.setattr(AxeEngine, "run", counted)
    return counts


def _contrast(page):
    return [page.document.by_node[each.node].get("id") for each in page.axe if each.rule == "color-contrast"]


SHARED = (
    "<header><p id=name>Library</p><p>Read <a href=/x id=link>the rules</a> first.</p></header><main><p>%s</p></main>"
)
PLAIN = "<style>a { color: #00c; text-decoration: underline } .faint { color: #bbb }</style>"


def test_what_was_right_on_one_page_is_not_asked_about_on_the_next(capture, asked):
    capture(SHARED % "One.", head=PLAIN, axe=True)
    assert asked
    asked.clear()
    assert _contrast(capture(SHARED % "Another.", head=PLAIN, axe=True)) == []
    assert asked == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<p id=name>", "<p id=name style='color: #ccc'>", ["name"]),
        ("<p id=name>", "<p id=name class=faint>", ["name"]),
        ("<header>", "<header style='background: #222'>", ["name", "link"]),
        ("<header>", "<header style='opacity: .2'>", ["name", "link"]),
        (
            "id=name>",
            "id=name style='font-size: 40px; color: #888'><b id=small style='font-size: 10px'>small</b>",
            ["small"],
        ),
        ("<header>", "<header><div style='position: absolute; inset: 0; background: #000'></div>", ["name", "link"]),
    ],
)
def test_a_fault_in_what_pages_share_is_found_where_it_is(capture, asked, old, new, told):
    capture(SHARED % "One.", head=PLAIN, axe=True)
    found = _contrast(capture((SHARED % "One.").replace(old, new), head=PLAIN, axe=True))
    assert set(told) <= set(found)
    assert _contrast(capture(SHARED % "One.", head=PLAIN, axe=True)) == []


def test_a_fault_on_every_page_is_found_on_every_page(capture, asked):
    faint = SHARED.replace("<p id=name>", "<p id=name class=faint>")
    for words in ("One.", "Another."):
        assert _contrast(capture(faint % words, head=PLAIN, axe=True)) == ["name"]


def test_a_link_that_only_its_colour_tells_from_the_text_is_told_on_the_second_page_too(capture, asked):
    capture(SHARED % "One.", head=PLAIN, axe=True)
    bare = (SHARED % "One.").replace("id=link", "id=link style='text-decoration: none; color: #111'")
    page = capture(bare, head=PLAIN, axe=True)
    assert [page.document.by_node[each.node].get("id") for each in page.axe if each.rule == "link-in-text-block"] == [
        "link"
    ]


PICTURE = (
    "<style>header { background: linear-gradient(#222, #333); color: #fff }</style>",
    "<header><p id=over>Words over a gradient</p></header><p>%s</p>",
)


@pytest.fixture
def photographed(browser, monkeypatch):
    """Pictures that were taken of what is behind texts."""
    browser.backdrops.clear()
    taken: list[object] = []
    original = backdrops.picture
    monkeypatch.setattr(backdrops, "picture", lambda *given: taken.append(given) or original(*given))
    return taken


def _worst(page):
    return [each.worst for each in page.backdrops if page.document.by_node[each.node].get("id") == "over"]


def test_what_is_behind_a_text_that_pages_share_is_looked_at_once(capture, photographed):
    first = capture(PICTURE[1] % "One.", head=PICTURE[0], folder=True)
    assert photographed
    photographed.clear()
    second = capture(PICTURE[1] % "Another.", head=PICTURE[0], folder=True)
    assert photographed == []
    assert _worst(first) == _worst(second) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<header>", "<header style='background: linear-gradient(#eee, #fff)'>"),
        ("<p id=over>", "<p id=over style='color: #444'>"),
        ("<p id=over>", "<p id=over style='opacity: .2'>"),
        (
            "<p id=over>",
            "<p id=over style='padding-left: 200px; background: linear-gradient(90deg, #000 15%, #fff 20%)'>",
        ),
    ],
)
def test_a_worse_backdrop_on_one_page_alone_is_seen(capture, photographed, old, new):
    (good,) = _worst(capture(PICTURE[1] % "One.", head=PICTURE[0], folder=True))
    (bad,) = _worst(capture((PICTURE[1] % "One.").replace(old, new), head=PICTURE[0], folder=True))
    assert good > 10
    assert bad < 4
