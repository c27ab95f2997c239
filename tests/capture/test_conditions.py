"""What changes under each condition, and what is seen there."""

from __future__ import annotations

import threading

import pytest

from audit.capture import opening
from audit.capture.opening import OpenPage, Unanswered
from audit.capture.snapshot import Window
from audit.model.finding import Condition
from audit.model.observations import Shortcut, StyleRule


def test_narrow_is_320_px_wide_and_keeps_the_nodes(capture):
    page = capture(
        "<p id=p>text</p><div style='width:900px'>wide</div>",
        Condition.NARROW,
        head="<meta name=viewport content='width=device-width'><style>@media (max-width:400px){#p{color:rgb(1,2,3)}}</style>",
    )
    narrow = page.under(Condition.NARROW)
    assert (narrow.width, narrow.scroll_width) == (320, 908)
    wide = page.document.with_id("p")
    assert page.same(wide, Condition.NARROW).style["color"] == "rgb(1, 2, 3)"
    assert wide.style["color"] == "rgb(0, 0, 0)"


def test_dark_colours_are_those_of_a_reader_who_prefers_them(capture):
    head = "<style>@media (prefers-color-scheme:dark){body{background:rgb(1,2,3)}}</style>"
    page = capture("<p>x</p>", Condition.DARK, head=head)
    assert page.under(Condition.DARK).tags("body")[0].style["background-color"] == "rgb(1, 2, 3)"
    assert page.document.tags("body")[0].style["background-color"] == "rgba(0, 0, 0, 0)"


def test_a_page_without_dark_colours_is_the_same_in_the_dark(capture):
    page = capture("<p>x</p>", Condition.DARK)
    assert page.under(Condition.DARK).elements == page.document.elements


def test_forced_colours(capture):
    page = capture("<p>x</p>", Condition.FORCED, head="<style>@media (forced-colors:active){p{display:none}}</style>")
    assert not page.under(Condition.FORCED).tags("p")[0].rendered
    assert page.document.tags("p")[0].rendered


def test_text_spacing_is_applied_and_taken_away(capture):
    page = capture("<p id=p style='font-size:20px'>text</p>", Condition.SPACING, Condition.NARROW)
    spaced = page.under(Condition.SPACING).with_id("p")
    assert (spaced.style["letter-spacing"], spaced.style["word-spacing"], spaced.style["line-height"]) == (
        "2.4px",
        "3.2px",
        "30px",
    )
    assert page.under(Condition.NARROW).with_id("p").style["letter-spacing"] == "normal"


def test_text_at_200_percent_reflows_in_half_the_width(capture):
    page = capture("<p id=p>x</p>", Condition.ZOOMED, head="<style>@media (max-width:640px){p{height:5px}}</style>")
    zoomed = page.under(Condition.ZOOMED)
    assert zoomed.width == 640
    assert zoomed.with_id("p").box.height == 5


def test_sideways(capture):
    page = capture(
        "<p id=p>x</p>",
        Condition.LANDSCAPE,
        Condition.NARROW,
        head="<style>@media (orientation:portrait){body{transform:rotate(90deg)}}</style>",
    )
    assert page.under(Condition.LANDSCAPE).tags("body")[0].style["transform"] == "none"
    assert page.under(Condition.NARROW).tags("body")[0].style["transform"] != "none"
    assert page.observed.orientation_rules == (StyleRule("body", "transform: rotate(90deg);"),)


def test_without_script(capture):
    page = capture(
        "<noscript><p id=n>no script</p></noscript><p id=p>text</p><script>p.textContent = 'by script'</script>",
        Condition.NO_SCRIPT,
    )
    bare = page.under(Condition.NO_SCRIPT)
    assert bare.text(bare.with_id("p")) == "text"
    assert page.document.text(page.document.with_id("p")) == "by script"
    assert bare.with_id("n").rendered
    assert bare.with_id("p").node == page.document.with_id("p").node


def test_states_by_pointer_and_focus(capture):
    page = capture(
        "<a id=a href=/>a</a><p id=p>p</p>",
        Condition.HOVER,
        Condition.FOCUS,
        head="<style>a:hover{color:rgb(1,2,3)} a:focus{color:rgb(4,5,6)} p:hover{color:red}</style>",
    )
    assert page.under(Condition.HOVER).with_id("a").style["color"] == "rgb(1, 2, 3)"
    assert page.under(Condition.FOCUS).with_id("a").style["color"] == "rgb(4, 5, 6)"
    assert page.document.with_id("a").style["color"] not in {"rgb(1, 2, 3)", "rgb(4, 5, 6)"}


def test_text_over_a_gradient_is_looked_at(capture):
    page = capture(
        "<div style='background:linear-gradient(rgb(0,0,0),rgb(0,0,0));color:white;font-size:40px'><p id=good>Good</p></div>"
        "<div style='background:linear-gradient(rgb(250,250,250),rgb(250,250,250));color:white;font-size:40px'>"
        "<p id=bad>Bad</p></div><p id=plain>plain</p>"
    )
    by_id = {page.document.by_node[each.node].get("id"): each for each in page.backdrops}
    assert set(by_id) == {"good", "bad"}
    assert by_id["good"].worst == 21
    assert by_id["bad"].best < 1.1
    assert by_id["good"].colours[0][:3] == (0, 0, 0)


def test_text_over_an_element_beside_it_is_looked_at(capture):
    page = capture(
        "<div style='position:absolute;left:0;top:0;width:400px;height:100px;background:rgb(10,10,10)'></div>"
        "<p id=over style='position:absolute;left:20px;top:20px;color:rgb(20,20,20)'>Dark on dark</p>"
    )
    (backdrop,) = page.backdrops
    assert page.document.by_node[backdrop.node].get("id") == "over"
    assert backdrop.best < 1.2


def test_faded_text_has_less_contrast(capture):
    page = capture("<p id=p style='opacity:.3;font-size:30px'>Faded</p>")
    (backdrop,) = page.backdrops
    assert 1.5 < backdrop.worst < 3


def test_media_tell_what_plays(capture, site):
    site.put("/c.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello", Content_Type="text/vtt")
    page = capture(
        "<video id=v src=/none.mp4 controls autoplay muted><track kind=captions srclang=en src=/c.vtt></video>"
    )
    (medium,) = page.media
    assert (medium.tag, medium.controls, medium.autoplay, medium.muted, medium.failed) == (
        "video",
        True,
        True,
        True,
        True,
    )
    assert medium.tracks[0]["kind"] == "captions"
    assert "Hello" in medium.tracks[0]["text"]
    assert capture("<p>x</p>").media == ()


def test_what_changes_by_itself(capture):
    page = capture(
        "<p id=clock>0</p><p>still</p><script>let n = 0; setInterval(() => { clock.textContent = ++n }, 300)</script>",
        Condition.MOTION,
        watching=1.5,
    )
    assert [(page.document.by_node[each.node].get("id"), each.kind) for each in page.changes] == [("clock", "text")]
    assert page.changes[0].duration >= 0.5


def test_what_stands_still_is_not_watched(capture):
    assert capture("<p>x</p>", Condition.MOTION).changes == ()
    assert capture("<p>x</p>").changes is None


def test_movement_that_only_other_readers_see(capture):
    page = capture(
        "<p id=p>x</p>",
        Condition.MOTION,
        head="<style>@keyframes m{to{margin-left:300px}} @media (prefers-reduced-motion:no-preference)"
        "{p{animation:m 1s infinite alternate}}</style>",
        watching=1.0,
    )
    assert {each.kind for each in page.changes} == {"motion"}
    assert not page.observed.animations


def test_single_keys_that_do_something(capture):
    page = capture(
        "<p id=p>x</p><script>addEventListener('keydown', (event) => {"
        "if (event.key === 'j') p.textContent = 'y'; if (event.key === 'Escape') p.remove() })</script>",
        Condition.KEYBOARD,
    )
    assert page.observed.shortcuts == (Shortcut("j", ("changed",)),)
    assert not capture("<p>x</p>", Condition.KEYBOARD).observed.shortcuts


def test_a_form_says_what_is_wrong(capture):
    page = capture(
        "<form id=f novalidate action=/sent><label for=e>Email</label><input id=e type=email aria-describedby=m>"
        "<p id=m></p><p id=s role=status></p><button>Send</button></form>"
        "<script>f.addEventListener('submit', (event) => { event.preventDefault(); m.textContent = 'Write an address';"
        "s.textContent = 'One problem'; e.setAttribute('aria-invalid', 'true'); e.focus() })</script>",
        Condition.FORMS,
    )
    (trial,) = page.trials
    names = {element.node: element.get("id") for element in page.document}
    assert {(names[node], text, names.get(field)) for node, text, _, field in trial.messages} == {
        ("m", "Write an address", "e"),
        ("s", "One problem", None),
    }
    assert [names[node] for node in trial.invalid] == ["e"]
    assert names[trial.focus_after] == "e"
    assert not trial.navigated
    assert not trial.native_validation


def test_a_form_that_is_sent_sends_nothing(capture, site):
    page = capture("<form action=/sent method=post><input name=q><button>Go</button></form>", Condition.FORMS)
    assert page.trials[0].navigated
    assert "/sent" not in site.asked


def test_the_browser_refuses_an_empty_required_field(capture):
    page = capture("<form><label>Name <input required></label><button>Go</button></form>", Condition.FORMS)
    assert page.trials[0].native_validation
    assert not page.trials[0].navigated


def test_what_appears_under_the_pointer(capture):
    page = capture(
        "<p><a id=menu href=/>Menu<span id=sub>More</span></a></p>"
        "<p><button id=tip>?</button> <span id=words hidden>Explanation</span></p><a id=plain href=/>plain</a>"
        "<script>tip.onmouseenter = () => { words.hidden = false }; tip.onmouseleave = () => { words.hidden = true };"
        "addEventListener('keydown', (event) => { if (event.key === 'Escape') words.hidden = true })</script>",
        Condition.KEYBOARD,
        head="<style>#sub{display:none} #menu:hover #sub{display:inline} #plain:hover{color:red} #words{margin-left:50px}</style>",
    )
    names = {element.node: element.get("id") for element in page.document}
    found = {names[each.node]: each for each in page.observed.hovers}
    assert set(found) == {"menu", "tip"}
    assert [names[each.node] for each in found["menu"].appeared] == ["sub"]
    assert (found["menu"].escape, found["menu"].reachable, found["menu"].focus) == (False, True, False)
    assert (found["tip"].escape, found["tip"].reachable, found["tip"].focus) == (True, False, False)


def test_where_no_style_asks_how_the_device_is_held_the_wide_page_stands_for_it(capture):
    page = capture("<p>x</p>", Condition.LANDSCAPE)
    assert page.under(Condition.LANDSCAPE).condition is Condition.LANDSCAPE
    assert page.under(Condition.LANDSCAPE).elements == page.document.elements


THEMED = """<style>
  [data-theme=dark] body { color: rgb(250, 250, 250); background: rgb(10, 10, 10) }
  body, body * { transition: color 0.5s, background-color 0.5s }
</style>
<script>
  const asked = matchMedia("(prefers-color-scheme: dark)");
  const show = () => { document.documentElement.dataset.theme = asked.matches ? "dark" : "light"; };
  asked.addEventListener("change", show);
  show();
</script>"""


def test_colours_that_a_script_fades_to_are_read_when_they_are_there(capture):
    # Each element begins its own transition when the one around it has ended its.
    body = "<div>" * 8 + "<p id=p>deep</p>" + "</div>" * 8
    page = capture(body, Condition.DARK, head=THEMED)
    dark = page.under(Condition.DARK)
    assert dark.with_id("p").style["color"] == "rgb(250, 250, 250)"
    assert dark.tags("body")[0].style["background-color"] == "rgb(10, 10, 10)"
    assert page.document.with_id("p").style["color"] == "rgb(0, 0, 0)"


def test_colours_that_a_script_changes_are_waited_for_where_frames_are_slow(capture):
    slow = "<i style='position:fixed;inset:0;backdrop-filter:blur(60px) hue-rotate(9deg)'></i>" * 10
    page = capture(f"<p id=p>x</p>{slow}", Condition.DARK, head=THEMED)
    assert page.under(Condition.DARK).with_id("p").style["color"] == "rgb(250, 250, 250)"


HALF = "<style>@media (max-width:400px){#p{color:rgb(1,2,3)}} @media (min-width:401px) and (max-width:700px){#p{color:rgb(4,5,6)}}</style>"


def test_a_window_that_gets_its_size_late_is_waited_for(capture, monkeypatch):
    def late(page: OpenPage, window: Window) -> None:
        page._become["width"] = f"{window.width}px"
        threading.Timer(0.7, at_once, (page, window)).start()

    at_once = OpenPage.set_window
    monkeypatch.setattr(OpenPage, "set_window", late)
    page = capture("<p id=p>text</p>", Condition.NARROW, Condition.ZOOMED, head=HALF, views=False)
    colours = [each.with_id("p").style["color"] for each in page.documents.values()]
    assert colours == ["rgb(0, 0, 0)", "rgb(1, 2, 3)", "rgb(4, 5, 6)"]


def test_a_page_is_not_looked_at_in_another_window_than_was_asked_for(capture, monkeypatch):
    def never(page: OpenPage, window: Window) -> None:
        if window.width == 320:
            page._become["width"] = "320px"
        else:
            at_once(page, window)

    at_once = OpenPage.set_window
    monkeypatch.setattr(OpenPage, "set_window", never)
    monkeypatch.setattr(opening, "BECOMING", 0.5)
    with pytest.raises(Unanswered, match="320px"):
        capture("<p id=p>text</p>", Condition.NARROW, head=HALF)
    monkeypatch.undo()
    assert capture("<p id=p>text</p>", Condition.NARROW, head=HALF).under(Condition.NARROW).with_id("p")
