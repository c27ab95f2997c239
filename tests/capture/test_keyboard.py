"""The walk with real keys."""

from __future__ import annotations

import pytest

from audit.capture.keyboard import _cycle
from audit.model.finding import Condition


def ids(page, stops):
    return [page.document.by_node[stop.node].get("id") for stop in stops]


def test_there_and_back(capture):
    page = capture(
        "<p style='position: sticky; top: 0'>bar</p>"
        "<a id=a href=/>a</a><button id=b>b</button><p>text</p><button id=x disabled>x</button><input id=c>",
        Condition.KEYBOARD,
    )
    walk = page.keyboard
    assert (ids(page, walk.forward), walk.ended, walk.trapped) == (["a", "b", "c"], "end", ())
    assert ids(page, walk.backward) == ["c", "b", "a"]


LONG = "<button id=a>a</button><div style='height: 3000px'></div><button id=b>b</button>"


@pytest.mark.parametrize(
    ("more", "walked"),
    [
        ("", False),
        ("<script>document.title = 'Loaded'</script>", False),
        ("<p style='position: fixed; bottom: 0'>bar</p>", True),
        ("<style>main::after { content: 'bar'; position: fixed; bottom: 0 }</style><main>text</main>", True),
        ("<div style='overflow: auto; height: 50px'><p style='position: sticky; top: 0'>bar</p></div>", True),
        ("<iframe title=Inner src=/inner></iframe>", True),
        (
            "<button id=c style='position: relative'>c</button><p style='position: relative; top: -2em; background: red'>on it",
            True,
        ),
        ("<script>addEventListener('scroll', () => {})</script>", True),
        ("<script>document.querySelector('#a').addEventListener('blur', () => {})</script>", True),
        ("<script>new IntersectionObserver(() => {}).observe(document.body)</script>", True),
        ("<script>setInterval(() => {}, 500)</script>", True),
        ("<script>setInterval(() => {}, 60000)</script>", False),
        ("<script>setTimeout(function again() { setTimeout(again, 50) }, 50)</script>", True),
    ],
)
def test_the_way_back_is_walked_where_it_may_show_something_else(capture, site, more, walked):
    site.put("/inner", "<!doctype html><title>In</title><p>text")
    walk = capture(LONG + more, Condition.KEYBOARD).keyboard
    assert walk.ended == "end"
    assert bool(walk.backward) == walked


def test_order_by_tabindex_frames_and_shadow_trees(capture, site):
    site.put("/inner", "<!doctype html><title>In</title><button id=in>in</button>")
    page = capture(
        "<button id=last>l</button><button id=first tabindex=1>f</button><iframe title=In src=/inner></iframe>"
        "<div><template shadowrootmode=open><button id=deep>d</button></template></div>",
        Condition.KEYBOARD,
    )
    assert ids(page, page.keyboard.forward) == ["first", "last", "in", "deep"]


def test_nothing_to_stop_at(capture):
    walk = capture("<p>x</p>", Condition.KEYBOARD).keyboard
    assert (walk.forward, walk.backward, walk.ended) == ((), (), "end")


def test_the_walk_begins_at_the_top_even_when_something_has_focus(capture):
    page = capture("<button id=a>a</button><input id=b autofocus><button id=c>c</button>", Condition.KEYBOARD)
    assert ids(page, page.keyboard.forward) == ["a", "b", "c"]
    assert page.document.by_node[page.observed.initial_focus].get("id") == "b"


def test_focus_is_seen_in_pixels(capture):
    page = capture(
        "<button id=none>none</button><button id=ring>ring</button><button id=far>far</button><div id=lamp></div>",
        Condition.KEYBOARD,
        head="<style>button{outline:none;margin:40px} #ring:focus{outline:4px solid red}"
        "#lamp{width:50px;height:50px;margin-top:200px} #far:focus ~ #lamp{background:black}</style>",
    )
    pixels = {page.document.by_node[stop.node].get("id"): stop for stop in page.keyboard.forward}
    assert pixels["none"].changed_pixels == 0
    assert pixels["ring"].changed_pixels > 100
    assert pixels["ring"].changed_contrast > 3
    # Shown elsewhere in the window: its own style does not change, so all of it is compared.
    assert pixels["far"].changed_pixels == 2500


def test_focus_under_something_else(capture):
    page = capture(
        "<button id=under>under</button><button id=free style='position:absolute;top:300px'>free</button>"
        "<div id=cover style='position:fixed;inset:0 0 auto;height:200px;background:white'></div>",
        Condition.KEYBOARD,
    )
    under, free = page.keyboard.forward
    assert page.document.by_node[under.covered_by].get("id") == "cover"
    assert under.covered_share == 1
    assert free.covered_by is None


TRAP = "<a id=a href=/>a</a><input id=t><a id=z href=/>z</a><script>t.addEventListener('keydown', (event) => {%s})</script>"


def test_a_trap_in_both_directions(capture):
    page = capture(TRAP % "if (event.key === 'Tab') event.preventDefault()", Condition.KEYBOARD)
    walk = page.keyboard
    assert walk.ended == "trap"
    assert [page.document.by_node[node].get("id") for node in walk.trapped] == ["t"]
    assert walk.escapes["Escape"] is False


def test_a_trap_whose_keys_open_a_window(capture):
    page = capture(TRAP % "event.preventDefault(); open('/elsewhere', 'other')", Condition.KEYBOARD)
    walk = page.keyboard
    assert walk.ended == "trap"
    assert [page.document.by_node[node].get("id") for node in walk.trapped] == ["t"]


def test_a_trap_that_escape_opens(capture):
    page = capture(
        TRAP % "if (event.key === 'Escape') z.focus(); else if (event.key === 'Tab') event.preventDefault()",
        Condition.KEYBOARD,
    )
    assert page.keyboard.escapes == {"Escape": True}


def test_a_trap_with_a_documented_way_out(capture):
    page = capture(
        "<p>Press Ctrl+M to leave the field.</p>"
        + TRAP
        % "if (event.key === 'm' && event.ctrlKey) z.focus(); else if (event.key === 'Tab') event.preventDefault()",
        Condition.KEYBOARD,
    )
    assert page.keyboard.documented == ("Ctrl+M",)
    assert page.keyboard.escapes["Ctrl+M"] is True
    assert page.keyboard.escapes["Escape"] is False


def test_only_forward_is_no_trap_when_back_is_open(capture):
    page = capture(TRAP % "if (event.key === 'Tab' && !event.shiftKey) event.preventDefault()", Condition.KEYBOARD)
    assert page.keyboard.trapped == ()


@pytest.mark.parametrize(
    ("nodes", "ring"),
    [([1, 2, 3], ()), ([1, 2, 2], ()), ([1, 2, 2, 2], (2,)), ([1, 2, 3, 2, 3, 2, 3], (2, 3)), ([], ())],
)
def test_going_round(nodes, ring):
    assert _cycle(nodes) == ring


def test_scripts_that_fetch_focus_back_are_walked_as_by_a_person(capture):
    """Keys that come faster than a person's set off both scripts at once, and focus then never comes to rest."""
    fetch = "onblur='setTimeout(() => this.%sElementSibling.focus(), 10)'"
    body = f"<button {fetch % 'next'}>One</button><button {fetch % 'previous'}>Two</button><button>Three</button>"
    for _ in range(3):
        page = capture(body, Condition.KEYBOARD)
        one, two, _ = (each.node for each in page.document if each.tag == "button")
        assert page.keyboard.ended == "trap"
        assert page.keyboard.trapped == (one, two)
