"""What focus changes in pixels, and when it is compared once for several pages."""

from __future__ import annotations

import pytest

from audit.capture import indicators, visit
from audit.model.finding import Condition

HEAD = "<style>button { outline: none; margin: 40px; background: #eee } #ring:focus { outline: 4px solid %s }</style>"
RED, WHITE = HEAD % "red", HEAD % "white"
BODY = "<button id=ring>ring</button><button id=none>none</button><p>%s</p>"


@pytest.fixture
def drawn(monkeypatch):
    """How many pictures were taken to compare indicators."""
    taken = []
    original = indicators.picture

    def counted(channel, clip=None):
        taken.append(clip)
        return original(channel, clip)

    monkeypatch.setattr(indicators, "picture", counted)
    return taken


def ring(page):
    stop = next(stop for stop in page.keyboard.forward if page.document.by_node[stop.node].get("id") == "ring")
    return stop.changed_pixels, stop.changed_contrast, stop.changed_beyond


@pytest.fixture(autouse=True)
def nothing_known(browser):
    browser.indicators.clear()


def test_what_stands_on_two_pages_just_the_same_is_compared_once(capture, drawn):
    first = ring(capture(BODY % "One.", Condition.KEYBOARD, head=RED))
    pictures = len(drawn)
    second = ring(capture(BODY % "Another text below.", Condition.KEYBOARD, head=RED))
    assert first == second
    assert first[0] > 100
    assert len(drawn) - pictures < pictures


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (WHITE, BODY % "Other styles."),
        (RED, BODY.replace("<button id=ring>", "<button id=ring style='outline: none'>") % "A style of its own."),
        (RED, BODY % "A script." + "<script>ring.onfocus = () => { ring.style.outline = 'none' }</script>"),
        (RED, BODY.replace("<button id=ring>", "<button id=ring onfocus='style.outline = 0'>") % "A handler."),
    ],
)
def test_what_differs_is_compared_anew(capture, head, body):
    assert ring(capture(BODY % "One.", Condition.KEYBOARD, head=RED))[0] > 100
    assert ring(capture(body, Condition.KEYBOARD, head=head))[0] == 0


def test_the_same_element_before_other_colours_is_compared_anew(capture):
    plain = ring(capture(BODY % "One.", Condition.KEYBOARD, head=RED))
    red = "<div style='background: red'>" + BODY % "One." + "</div>"
    assert ring(capture(red, Condition.KEYBOARD, head=RED)) != plain


def test_styles_that_cannot_be_read_may_differ(capture, site, browser):
    site.put("/other.css", "p { color: blue }", Content_Type="text/css")
    elsewhere = site.root.replace("127.0.0.1", "localhost")
    head = f"{RED}<link rel=stylesheet href={elsewhere}/other.css>"
    assert ring(capture(BODY % "One.", Condition.KEYBOARD, head=head))[0] > 100
    assert browser.indicators == {}


LONG = "<div style='height: %dpx'></div><button id=ring>ring</button>"


def test_what_stands_further_down_is_known_wherever_it_stands(capture, drawn):
    first = ring(capture(LONG % 2000, Condition.KEYBOARD, head=RED))
    assert first[0] > 100
    pictures = len(drawn)
    assert ring(capture(LONG % 3000, Condition.KEYBOARD, head=RED)) == first
    # Its outline is plain.
    assert len(drawn) == pictures
    shadowed = RED.replace("outline: 4px", "box-shadow: 0 0 0 4px red; outline: 0")
    assert ring(capture(LONG % 2000, Condition.KEYBOARD, head=shadowed))[0] > 100
    pictures = len(drawn)
    capture(LONG % 3000, Condition.KEYBOARD, head=shadowed)
    # One to see that it is the same, none with focus.
    assert len(drawn) - pictures == 1


def test_a_bar_that_a_script_shows_again_at_the_top_is_waited_for(capture, monkeypatch):
    # Nothing is known of what draws the page, so no picture of the window comes first.
    monkeypatch.setattr(visit, "_drawn_by", lambda styles: None)
    body = (
        "<header id=bar><a id=brand href=#a>Library</a></header><main style='height:3000px'><p>text</main>"
        "<footer><a href=#b>below</a></footer><script>onscroll = () => bar.classList.toggle('away', scrollY > 0)</script>"
    )
    head = "<style>#bar{position:absolute;top:0;left:0}#bar.away{position:fixed;top:-80px}</style>"
    page = capture(body, Condition.KEYBOARD, head=head)
    brand = page.document.with_id("brand").node
    assert next(stop for stop in page.keyboard.forward if stop.node == brand).changed_pixels > 50


def test_focus_that_a_script_gives_back_is_not_compared_with_itself(capture):
    page = capture(
        "<a href=/a/>Before</a> <button id=held onblur='setTimeout(() => this.focus(), 0)'>held</button>",
        Condition.KEYBOARD,
        head="<style>button:focus { outline: 4px solid red }</style>",
    )
    held = [stop for stop in page.keyboard.forward if page.document.by_node[stop.node].get("id") == "held"]
    assert held
    assert all(stop.changed_pixels is None or stop.changed_pixels > 100 for stop in held)


PLAIN = "<style>a:focus { outline: 3px solid #06c; outline-offset: 2px } p { margin: 40px } .over { %s }</style>"
LINK = "<p>Read <a id=ring href=/a/>%s</a> today.%s"
OVER = "<i class=over style='position: absolute; left: 30px; top: 30px; width: 400px; height: 60px'></i>"


def test_a_plain_outline_is_compared_once_whatever_the_link_says(capture, drawn):
    head = PLAIN % ""
    assert ring(capture(LINK % ("the notice", ""), Condition.KEYBOARD, head=head))[0] > 100
    pictures = len(drawn)
    longer = ring(capture(LINK % ("a longer notice", ""), Condition.KEYBOARD, head=head))
    assert longer[0] > 100
    assert longer[1] >= 3
    assert len(drawn) == pictures


def test_the_order_of_pages_changes_nothing_of_what_is_said_of_a_plain_outline(capture, browser):
    head = PLAIN % ""
    bodies = [LINK % (words, "") for words in ("the notice", "a longer notice")]
    there = [ring(capture(body, Condition.KEYBOARD, head=head)) for body in bodies]
    browser.indicators.clear()
    back = [ring(capture(body, Condition.KEYBOARD, head=head)) for body in reversed(bodies)]
    assert there == back[::-1]


@pytest.mark.parametrize("colour", ["white", "linear-gradient(white, white)"])
def test_an_outline_that_something_hides_is_seen_to_be_hidden(capture, colour):
    # It lets the pointer through, so that nothing seems to lie there.
    head = PLAIN % f"background: {colour}; z-index: 1; pointer-events: none"
    assert ring(capture(LINK % ("the notice", ""), Condition.KEYBOARD, head=head))[0] > 100
    assert ring(capture(LINK % ("another notice", OVER), Condition.KEYBOARD, head=head))[0] == 0


@pytest.mark.parametrize(
    "style",
    [
        "background: #06c",
        "background: linear-gradient(#06c, #06c)",
        "clip-path: inset(0 0 9px 0)",
        "filter: blur(1px)",
        "opacity: 0.5",
    ],
)
def test_an_outline_on_what_is_not_plain_is_compared_anew(capture, drawn, style):
    head = PLAIN % ""
    capture(LINK % ("the notice", ""), Condition.KEYBOARD, head=head)
    pictures = len(drawn)
    capture(LINK.replace("<p>", f"<p style='{style}'>") % ("another notice", ""), Condition.KEYBOARD, head=head)
    assert len(drawn) > pictures


@pytest.mark.parametrize(
    "style",
    ["outline: none", "outline-color: #f4f4f4", "outline-width: 1px", "outline-style: dotted", "outline-offset: -3px"],
)
def test_another_outline_is_compared_anew(capture, drawn, style):
    head = PLAIN % ""
    capture(LINK % ("the notice", ""), Condition.KEYBOARD, head=head)
    pictures = len(drawn)
    body = LINK.replace("<a ", f"<a style='{style}' ") % ("another notice", "")
    capture(body, Condition.KEYBOARD, head=head)
    assert len(drawn) > pictures


def test_where_a_script_hears_of_focus_each_page_is_looked_at(capture, drawn):
    head = PLAIN % ""
    script = (
        "<script>addEventListener('focusin', () => { if (document.title) document.body.style.outline = '0' })</script>"
    )
    capture(LINK % ("the notice", script), Condition.KEYBOARD, head=head)
    pictures = len(drawn)
    capture(LINK % ("another notice", script), Condition.KEYBOARD, head=head)
    assert len(drawn) > pictures


#: Laid across a link of 20 px and its outline, in front of it, without taking the pointer.
BAR = "<i class=over style='position: absolute; pointer-events: none; z-index: 1; left: 30px; %s'></i>"
ACROSS = PLAIN % "background: white"


def test_an_outline_that_something_crosses_is_compared_once_as_long_as_enough_is_free(capture, drawn):
    bar = BAR % "top: 32px; width: 400px; height: 6px"
    crossed = ring(capture(LINK % ("the notice", bar), Condition.KEYBOARD, head=ACROSS))
    pictures = len(drawn)
    longer = ring(capture(LINK % ("a longer notice", bar), Condition.KEYBOARD, head=ACROSS))
    assert len(drawn) == pictures
    free = ring(capture(LINK % ("the notice", ""), Condition.KEYBOARD, head=ACROSS))
    assert 100 < crossed[0] < min(free[0], longer[0])


@pytest.mark.parametrize(
    ("place", "least", "most"),
    [
        # Across all of it, all but its lower line, and all but a small piece.
        ("top: 25px; width: 400px; height: 60px", 0, 0),
        ("top: 20px; width: 400px; height: 41px", 60, 400),
        ("top: 32px; width: 400px; height: 6px; box-shadow: 0 0 0 99px white", 0, 0),
        ("top: 32px; width: 400px; height: 6px; transform: scaleY(99)", 0, 0),
    ],
)
def test_an_outline_of_which_too_little_is_free_is_looked_at(capture, drawn, place, least, most):
    bar = BAR % "top: 32px; width: 400px; height: 6px"
    assert ring(capture(LINK % ("the notice", bar), Condition.KEYBOARD, head=ACROSS))[0] > 100
    pictures = len(drawn)
    seen = ring(capture(LINK % ("another notice", BAR % place), Condition.KEYBOARD, head=ACROSS))[0]
    assert len(drawn) > pictures
    assert least <= seen <= most


def test_an_outline_that_is_cut_off_counts_as_far_as_it_is_left(capture, drawn):
    cut = "<div style='overflow: hidden; width: 200px; margin: %s; padding: %s'><a id=ring href=/a/>%s</a></div>"
    head = "<style>a { display: block; width: 200px } a:focus { outline: 3px solid #06c }</style>"
    assert ring(capture(cut % ("40px", "20px", "is"), Condition.KEYBOARD, head=head))[0] > 100
    half = ring(capture(cut % ("40px", "20px 0", "half"), Condition.KEYBOARD, head=head))[0]
    pictures = len(drawn)
    assert ring(capture(cut % ("40px", "20px 0", "half again"), Condition.KEYBOARD, head=head))[0] == half
    assert len(drawn) == pictures
    assert ring(capture(cut % ("40px", "0", "nothing"), Condition.KEYBOARD, head=head))[0] == 0


def test_a_field_cuts_off_its_words_and_not_its_own_outline(capture, drawn):
    field = "<p><label>%s <input id=ring></label></p>"
    head = "<style>input:focus { outline: 3px solid #06c; outline-offset: 2px }</style>"
    assert ring(capture(field % "Name", Condition.KEYBOARD, head=head))[0] > 100
    pictures = len(drawn)
    assert ring(capture(field % "The whole name", Condition.KEYBOARD, head=head))[0] > 100
    assert len(drawn) == pictures


def test_an_outline_counts_as_far_as_it_lies_on_the_colour_around_its_element(capture, drawn):
    bar = "<div style='background: %s; width: 300px; margin: 40px; padding: %s'><a id=ring href=/a/>%s</a></div>"
    head = "<style>body { background: white } a { display: block; width: 20px } a:focus { outline: 3px solid #06c }</style>"
    whole = ring(capture(bar % ("#eee", "20px", "is"), Condition.KEYBOARD, head=head))[0]
    partly = ring(capture(bar % ("#eee", "0 20px", "is"), Condition.KEYBOARD, head=head))[0]
    pictures = len(drawn)
    assert ring(capture(bar % ("#eee", "0 20px", "so"), Condition.KEYBOARD, head=head))[0] == partly < whole
    assert len(drawn) == pictures
    # Before its own colour nothing is seen of it, and beyond that nothing is known: it is looked at.
    assert ring(capture(bar % ("#06c", "0 20px", "is"), Condition.KEYBOARD, head=head))[0] > 0
    assert len(drawn) > pictures
