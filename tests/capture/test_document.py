"""What a capture says of elements."""

from __future__ import annotations

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from audit.capture.record import UnreadableRecord, dump, load
from audit.model.document import Document, Element
from audit.model.finding import Condition
from audit.model.page import Page


def one(document: Document, selector: str) -> Element:
    found = [element for element in document if element.selector == selector]
    assert len(found) == 1, [element.selector for element in document]
    return found[0]


def test_names_roles_and_where_names_come_from(capture):
    page = capture(
        "<h2 id=h>Two <b>words</b></h2><label for=q>Query</label><input id=q><img id=i alt='A lake'>"
        "<a id=l href=/x aria-label=Elsewhere>here</a><button id=t title=Tip></button>"
    )
    document = page.document
    assert (one(document, "#h").role, one(document, "#h").name) == ("heading", "Two words")
    assert one(document, "#h").accessible.states["level"] == 2
    assert (one(document, "#q").role, one(document, "#q").accessible.name_from) == ("textbox", "label")
    assert (one(document, "#i").role, one(document, "#i").accessible.name_from) == ("image", "alt")
    assert (one(document, "#l").name, one(document, "#l").accessible.name_from) == ("Elsewhere", "aria-label")
    assert one(document, "#t").accessible.name_from == "title"


def test_a_link_that_was_followed_before_looks_as_one_that_was_not(capture, browser, site):
    style = "<style>a { color: rgb(0, 0, 255) } a:visited { color: rgb(255, 0, 0) }</style>"
    address = site.put("/visited/", f"<!doctype html><title>Visited</title>{style}<a id=a href=next/>Next</a>")
    site.put("/visited/next/", "<!doctype html><title>Next</title>")
    browser.driver.get(address)
    browser.driver.find_element("id", "a").click()
    WebDriverWait(browser.driver, 10).until(lambda driver: driver.title == "Next")
    page = capture.open(address)
    assert one(page.document, "#a").style["color"] == "rgb(0, 0, 255)"


def test_what_is_hidden_from_whom(capture):
    page = capture(
        "<p id=shown>a</p><p id=none style='display:none'>b</p><p id=invisible style='visibility:hidden'>c</p>"
        "<p id=silent aria-hidden=true>d</p><div style='opacity:0'><p id=clear>e</p></div>"
        "<div id=contents style='display:contents'><i>f</i></div><details><summary>g</summary><p id=folded>h</p></details>"
    )
    document = page.document
    states = {
        name: (one(document, f"#{name}").rendered, one(document, f"#{name}").exposed)
        for name in ("shown", "none", "invisible", "silent", "clear", "contents", "folded")
    }
    assert states == {
        "shown": (True, True),
        "none": (False, False),
        "invisible": (False, False),
        "silent": (True, False),
        "clear": (False, True),
        "contents": (True, True),
        "folded": (True, True),
    }
    assert one(document, "#none").style["display"] == "none"
    assert one(document, "#contents").style["display"] == "contents"


def test_language_is_inherited_and_can_be_unknown(capture):
    page = capture("<p id=a>a</p><p lang=fr><b id=b>b</b></p><p lang=''><b id=c>c</b></p>")
    assert [one(page.document, f"#{name}").lang for name in "abc"] == ["en", "fr", ""]


def test_text_runs_have_a_box_for_each_line(capture):
    page = capture("<p id=p style='width:60px;font:16px monospace'>several words that wrap</p>")
    element = one(page.document, "#p")
    run = element.content[0]
    assert run.text == "several words that wrap"
    assert len(run.boxes) >= 3
    assert [box.y for box in run.boxes] == sorted(box.y for box in run.boxes)


def test_content_made_by_style_is_told(capture):
    page = capture("<p id=p>x</p>", head="<style>p::before{content:'New: '}</style>")
    assert [(each.kind, each.text) for each in one(page.document, "#p").pseudo] == [("before", "New: ")]


def test_frames_are_part_of_the_tree_at_their_place(capture, site):
    site.put("/inner", "<!doctype html><title>In</title><p id=p style='margin:30px'>in a frame</p>")
    page = capture(
        "<iframe id=f src=/inner title=Inner style='position:absolute;left:100px;top:200px;border:0'></iframe>"
    )
    frame, inner = one(page.document, "#f"), one(page.document, "#f >>> #p")
    assert inner.frame == frame.node
    assert inner.lang is None
    assert page.document.contains(frame, inner)
    assert (inner.box.x, inner.box.y) == (138, 230)
    assert inner.static is None


def test_shadow_trees_are_flattened(capture):
    page = capture(
        "<div id=host><template shadowrootmode=open><p class=wrap><slot></slot></p></template><b id=light>light</b></div>"
    )
    light, wrap = one(page.document, "#light"), one(page.document, "#host >>> p")
    assert page.document.contains(wrap, light)
    assert wrap.shadow
    assert not light.shadow


def test_elements_are_numbered_as_in_the_file_whatever_scripts_add(capture):
    page = capture(
        "<p id=first>a</p><p id=last>b</p>",
        head="<script>addEventListener('DOMContentLoaded', () => document.body.prepend(document.createElement('hr')))</script>",
    )
    document = page.document
    assert document.by_tag["hr"][0].static is None
    # html, head, meta, title, script, body, then the paragraphs.
    assert (one(document, "#first").static, one(document, "#last").static) == (6, 7)


def test_elements_added_while_the_page_is_parsed_have_no_number(capture):
    page = capture(
        "<div id=before></div><script>before.insertAdjacentHTML('afterend', '<hr><p>new</p>')</script><p id=own>own</p>"
        "<noscript><p>x</p></noscript><p id=last>last</p>",
    )
    document = page.document
    assert document.by_tag["hr"][0].static is None
    assert [element.static for element in document.tags("p")] == [None, 7, 9]
    assert page.observed.static_count == 10


def test_blocks_of_text_are_set_apart(capture):
    page = capture("<div id=d><p>one</p><p>tw<b>o</b></p><ul><li>three</li><li>four</li></ul>five<br>six</div>")
    assert page.document.visible_text(page.document.with_id("d")) == "one two three four five six"


def test_focusable_and_in_the_tab_order(capture):
    page = capture(
        "<a id=a href=/>a</a><a id=b>b</a><button id=c disabled>c</button><p id=d tabindex=-1>d</p>"
        "<p id=e tabindex=0>e</p><div inert><button id=f>f</button></div><button id=g style='visibility:hidden'>g</button>"
    )
    found = {
        name: (one(page.document, f"#{name}").focusable, one(page.document, f"#{name}").tabbable) for name in "abcdefg"
    }
    no, only, both = (False, False), (True, False), (True, True)
    assert found == {"a": both, "b": no, "c": no, "d": only, "e": both, "f": no, "g": no}


def test_listeners_are_those_of_the_page_not_of_the_audit(capture):
    page = capture(
        "<button id=a onclick='1'>a</button><button id=b>b</button>"
        "<script>b.addEventListener('keydown', () => {}); addEventListener('devicemotion', () => {})</script>",
        Condition.KEYBOARD,
    )
    assert one(page.document, "#a").listeners == ("click",)
    assert one(page.document, "#b").listeners == ("keydown",)
    assert page.observed.listeners == ("devicemotion",)


def test_fields_tell_their_value_but_no_password(capture):
    page = capture("<input id=a value=v><input id=c type=password value=secret>")
    a, c = (one(page.document, f"#{name}") for name in "ac")
    assert (a.value, c.value) == ("v", "")


def test_pictures_tell_whether_they_loaded(capture):
    page = capture(
        "<img id=a alt='' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>\">"
        "<img id=b alt='' src=/gone.png>"
    )
    assert one(page.document, "#a").natural == (20, 10)
    assert one(page.document, "#b").natural is None


@pytest.mark.parametrize(
    ("markup", "selectors"),
    [
        ("<p id=x>a</p><p id=x>b</p>", ["body > p:nth-of-type(1)", "body > p:nth-of-type(2)"]),
        ("<p id='a b'>a</p>", ['[id="a b"]']),
        ("<p class=k>a</p><p>b</p>", ["p.k", "body > p:nth-of-type(2)"]),
        (
            "<div id=h><template shadowrootmode=open><p>s</p><slot></slot></template><p>l</p><p>m</p></div>",
            ["#h >>> p", "#h > p:nth-of-type(1)", "#h > p:nth-of-type(2)"],
        ),
    ],
)
def test_selectors_are_unique_and_short(capture, markup, selectors):
    page = capture(markup)
    assert [element.selector for element in page.document.tags("p")] == selectors


def test_a_record_gives_back_the_same_page(capture):
    page = capture(
        "<h1>a</h1><form><input required></form><video controls></video>", *Condition, axe=True, watching=0.2
    )
    data = dump(page)
    assert load(data) == page
    assert dump(load(data)) == data


@pytest.mark.parametrize("html", ["plain", "half \ud83d of a pair", "line\u2028end \0 é"])
def test_a_record_holds_whatever_a_page_may_write(html):
    page = Page(address="/", url="http://127.0.0.1/", status=200, html=html, documents={})
    assert load(dump(page)) == page
    assert dump(load(dump(page))) == dump(page)


def test_what_readers_unfold_is_looked_at(capture):
    page = capture(
        "<details><summary>More</summary><p id=more>text</p></details>"
        "<details name=g><summary>One</summary><p id=one>text</p></details>"
        "<details name=g><summary>Two</summary><p id=two>text</p></details>"
        "<details><summary>Menu</summary><div style='position:absolute'><p id=menu>text</p></div></details>"
        "<script>document.body.dataset.x = 1</script>",
        Condition.NO_SCRIPT,
    )
    for document in (page.document, page.under(Condition.NO_SCRIPT)):
        seen = {each.get("id"): each.rendered and each.exposed for each in document if each.get("id")}
        assert seen == {"more": True, "one": True, "two": True, "menu": False}


def test_two_visits_give_the_same_bytes(capture):
    body = "<main><h1>Title</h1><p>Some <a href=/page>text</a>.</p><button>Go</button></main>"
    needs = (Condition.NARROW, Condition.DARK, Condition.KEYBOARD)
    assert dump(capture(body, *needs, axe=True)) == dump(capture(body, *needs, axe=True))


@pytest.mark.parametrize("data", [b"", b"nonsense", dump.__doc__.encode()])
def test_what_is_no_record_is_refused(data):
    with pytest.raises(UnreadableRecord):
        load(data)
