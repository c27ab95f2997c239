"""What fields and controls set off by themselves is noted, and never let happen."""

from __future__ import annotations

from dataclasses import replace

from audit.model.finding import Condition
from audit.model.observations import Reaction


def told(page, by):
    """What was told of one way of trying, by the id of the element."""
    found = getattr(page.observed.reactions, by)
    return {page.document.by_node[node].get("id"): each for node, each in found.items() if each != Reaction()}


def test_what_focus_sets_off(capture, site):
    page = capture(
        "<a id=leaves href=# onfocus=\"location.href = '/elsewhere'\">a</a>"
        "<button id=opens onfocus=\"window.open('/window')\">b</button>"
        "<button id=speaks onfocus=\"alert('Hello')\">c</button>"
        '<button id=throws onfocus="this.blur()">d</button>'
        "<input id=quiet onfocus=\"this.style.background = 'yellow'\">",
        Condition.KEYBOARD,
    )
    found = told(page, "focus")
    assert set(found) == {"leaves", "opens", "speaks", "throws"}
    assert list(found["leaves"].left) == ["/elsewhere"]
    assert list(found["opens"].windows) == ["/window"]
    assert list(found["speaks"].dialogs) == ["Hello"]
    assert not found["throws"].held
    assert "/elsewhere" not in site.asked


def test_windows_that_the_page_opens_are_noted_and_closed(capture, browser):
    page = capture("<p>x</p><script>onload = () => window.open('/window')</script>", Condition.KEYBOARD)
    assert [each.endswith("/window") for each in page.observed.popups] == [True]
    # Beside the tab that keeps the process.
    assert set(browser.driver.window_handles) == {browser.driver.current_window_handle, browser.kept}


def test_what_a_change_sets_off(capture):
    page = capture(
        "<form action=/found><select id=leaves onchange='this.form.submit()'><option>a<option>b</select></form>"
        "<input id=on maxlength=2><input id=next><input id=quiet oninput=\"document.title = 'x'\">"
        "<select id=filters onchange=\"history.replaceState(null, '', '?b')\"><option>a<option>b</select>"
        "<script>const on = document.getElementById('on');"
        "on.oninput = () => { if (on.value.length === 2) document.getElementById('next').focus() }</script>",
        Condition.KEYBOARD,
    )
    found = told(page, "change")
    assert set(found) == {"leaves", "on"}
    assert next(iter(found["leaves"].left)).startswith("/found")
    assert found["on"].moved


def test_what_a_press_sets_off_that_is_let_go_elsewhere(capture):
    page = capture(
        "<button id=acts>Delete</button><button id=waits>Delete</button><button id=undoes>Hold</button><p id=said></p>"
        "<script>const say = (text) => { document.getElementById('said').textContent = text };"
        "acts.onpointerdown = () => { say('Deleted'); document.getElementById('acts').dataset.gone = 1 };"
        "waits.onmousedown = () => {}; waits.onclick = () => say('Deleted');"
        "undoes.onmousedown = () => { undoes.className = 'held' };"
        "document.onmouseup = () => { undoes.removeAttribute('class') }</script>",
        Condition.KEYBOARD,
    )
    found = told(page, "press")
    assert set(found) == {"acts"}
    assert found["acts"].stays


def test_the_page_is_as_before_for_what_comes_next(capture):
    page = capture(
        "<select id=one onchange=\"document.body.append('more')\"><option>a<option>b</select><p>text</p>",
        Condition.KEYBOARD,
        Condition.NARROW,
        Condition.FORMS,
    )
    assert "more" not in page.document.text(page.document.root)
    (told,) = page.observed.reactions.change.values()
    assert [each.text for each in told.written] == ["more"]
    assert replace(told, written=()) == Reaction()
    assert not page.observed.departures


def test_long_timers_that_lead_away_are_noted(capture):
    page = capture(
        "<p>text</p><script>setTimeout(() => { location.href = '/logged-out' }, 900000);"
        "setTimeout(() => { document.title = 'later' }, 900000)</script>"
    )
    assert [each.delay for each in page.observed.time_limits] == [900000]


def test_the_text_that_stands_for_a_value_has_its_colour(capture):
    page = capture(
        "<input id=empty placeholder='Title'><input id=filled placeholder='Title' value='x'>",
        head="<style>::placeholder { color: rgb(200, 200, 200); opacity: 1 }</style>",
    )
    by_id = {each.get("id"): each for each in page.document.tags("input")}
    kinds = [each for each in by_id["empty"].pseudo if each.kind == "placeholder"]
    assert [(each.text, each.style["color"]) for each in kinds] == [("Title", "rgb(200, 200, 200)")]
    assert not by_id["filled"].pseudo


def test_forms_of_a_page_that_was_opened_anew_are_those_of_its_document(capture, site):
    page = capture(
        "<button type=button onclick=\"document.body.append('more')\">More</button>"
        '<form novalidate onsubmit="event.preventDefault(); said.hidden = false"><label>Name <input id=name></label>'
        "<p id=said hidden>Type your name.</p><button>Send</button></form>",
        Condition.KEYBOARD,
        Condition.FORMS,
    )
    assert site.asked.count("/page") > 1
    (trial,) = page.trials
    assert page.document.by_node[trial.node].tag == "form"
    assert [page.document.by_node[each].get("id") for each in trial.fields] == ["name"]
    assert [page.document.by_node[place].get("id") for place, *_ in trial.messages] == ["said"]
