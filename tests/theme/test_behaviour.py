"""What the components do for somebody who uses a keyboard, and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.theme.conftest import Gallery
from tests.theme.rendering import named

#: Sets the clock; the script of the page sees this moment.
_CLOCK = (
    "const Real = Date; Date = class extends Real {{ constructor(...a) {{ a.length ? super(...a) : super('{0}'); }} }};"
)


def press(driver: WebDriver, *keys: str) -> None:
    """Press keys where focus is."""
    for key in keys:
        driver.switch_to.active_element.send_keys(key)


def focused(driver: WebDriver) -> str:
    """Return the id or the words of what has focus."""
    return str(driver.execute_script("const e = document.activeElement; return e.id || e.textContent.trim()"))


def shown(driver: WebDriver, selector: str) -> list[str]:
    """Return the words of what can be seen of a selector."""
    return [each.text for each in driver.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()]


def wait(driver: WebDriver, until: Callable[[WebDriver], object]) -> None:
    """Wait for something that takes its time on purpose."""
    WebDriverWait(driver, 5, 0.05).until(until)


def test_the_skip_link_comes_first_is_seen_and_leads_into_main(gallery: Gallery) -> None:
    driver = gallery.open(named("skip-link"))
    press(driver, Keys.TAB)
    link = driver.switch_to.active_element
    assert link.text == "Skip to main content"
    assert link.rect["x"] >= 0
    assert link.rect["height"] >= 44
    press(driver, Keys.ENTER)
    assert focused(driver) == "main"
    press(driver, Keys.TAB)
    assert focused(driver) == "first"


def test_details_open_with_the_keyboard(gallery: Gallery) -> None:
    driver = gallery.open(named("details"))
    press(driver, Keys.TAB)
    assert focused(driver) == "Can my group use a room?"
    press(driver, Keys.ENTER)
    assert driver.find_element(By.TAG_NAME, "details").get_attribute("open") is not None


def test_a_wide_table_scrolls_by_keyboard_in_a_named_region(gallery: Gallery) -> None:
    driver = gallery.open(named("table-region"), width=320)
    press(driver, Keys.TAB)
    region = driver.switch_to.active_element
    assert region.get_attribute("role") == "region"
    assert region.accessible_name == "Loans by month and branch"
    press(driver, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    wait(driver, lambda _: region.get_property("scrollLeft") != 0)


def test_a_card_has_one_stop_and_the_ring_is_drawn_around_all_of_it(gallery: Gallery) -> None:
    driver = gallery.open(named("card"))
    press(driver, Keys.TAB)
    assert focused(driver) == "Hotspots to borrow"
    ring = "const s = getComputedStyle(document.activeElement, '::after'); return [s.outlineStyle, s.width, s.position]"
    style, width, position = driver.execute_script(ring)
    assert (style, position) == ("solid", "absolute")
    card = driver.find_element(By.CLASS_NAME, "card").rect["width"]
    assert abs(float(width.removesuffix("px")) - card) < 6
    press(driver, Keys.TAB)
    press(driver, Keys.TAB)
    assert driver.switch_to.active_element.tag_name == "body"


def test_every_stop_shows_a_ring_of_two_colours(gallery: Gallery) -> None:
    driver = gallery.open(named("form"))
    for _ in range(6):
        press(driver, Keys.TAB)
        style = driver.execute_script(
            "const s = getComputedStyle(document.activeElement); return [s.outlineWidth, s.boxShadow]"
        )
        assert style[0] == "3px"
        assert "rgb" in style[1]


def test_wrong_answers_are_summed_up_and_each_leads_to_its_field(gallery: Gallery) -> None:
    driver = gallery.open(named("form"))
    title = driver.title
    driver.find_element(By.CSS_SELECTOR, "button").send_keys(Keys.ENTER)
    summary = driver.switch_to.active_element
    assert summary.accessible_name == "There is a problem"
    links = summary.find_elements(By.TAG_NAME, "a")
    assert [link.text for link in links] == ["Enter your name", "Enter an email address, such as name@example.org"]
    assert driver.title == f"Error: {title}"
    links[0].send_keys(Keys.ENTER)
    field = driver.switch_to.active_element
    assert field.get_attribute("id") == "your-name"
    assert field.get_attribute("aria-invalid") == "true"
    described = str(field.get_attribute("aria-describedby"))
    assert driver.find_element(By.ID, described).text == "Error: Enter your name"
    email = driver.find_element(By.ID, "your-email")
    assert email.get_attribute("aria-describedby") == "your-email-error your-email-hint"
    field.send_keys("Reader")
    email.send_keys("not an address", Keys.ENTER)
    assert field.get_property("value") == "Reader"
    assert [link.text for link in driver.find_elements(By.CSS_SELECTOR, ".error-summary a")] == [links_of_email()]
    email.clear()
    email.send_keys("reader@example.org", Keys.ENTER)
    wait(driver, lambda d: "/ask/" in d.current_url)


def links_of_email() -> str:
    """What the wrong email address is called."""
    return "Enter an email address, such as name@example.org"


def test_filters_work_at_once_keep_focus_and_say_the_count_once(gallery: Gallery) -> None:
    driver = gallery.open(named("filters"))
    status = driver.find_element(By.CSS_SELECTOR, "[role=status]")
    wait(driver, lambda _: status.text == "4 shown of 4")
    driver.execute_script(
        "window.said = []; new MutationObserver(() => said.push(document.querySelector('[role=status]').textContent))"
        ".observe(document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true})"
    )
    field = driver.find_element(By.ID, "q")
    field.send_keys("evening")
    assert focused(driver) == "q"
    assert shown(driver, ".occurrence-title a") == ["Night sky evening"]
    assert len(shown(driver, ".day")) == 1
    wait(driver, lambda _: status.text == "1 shown of 4")
    assert driver.execute_script("return said") == ["1 shown of 4"]
    assert driver.current_url.endswith("?q=evening")
    driver.find_element(By.CSS_SELECTOR, "button[type=reset]").send_keys(Keys.ENTER)
    wait(driver, lambda _: status.text == "4 shown of 4")
    assert "?" not in driver.current_url


def test_filters_find_words_without_their_accents(gallery: Gallery) -> None:
    driver = gallery.open(named("filters"))
    driver.find_element(By.ID, "q").send_keys("SOIREE")
    assert shown(driver, ".occurrence-title a") == ["Soirée de tricot"]


def test_a_shared_address_shows_the_same_choice(gallery: Gallery) -> None:
    driver = gallery.open(named("filters"), query="?branch=loon-bay")
    assert Select(driver.find_element(By.ID, "branch")).first_selected_option.text == "Loon Bay"
    assert shown(driver, ".occurrence-title a") == ["Night sky evening"]


def test_nothing_found_says_what_to_do(gallery: Gallery) -> None:
    driver = gallery.open(named("filters"))
    driver.find_element(By.ID, "q").send_keys("zebra")
    wait(driver, lambda d: d.find_element(By.CSS_SELECTOR, "[role=status]").text == "Nothing fits.")


@pytest.mark.parametrize(
    ("moment", "words", "state"),
    [
        ("2026-11-24T13:00:00-05:00", "Open now, until 5 pm", "open"),
        ("2026-11-24T08:00:00-05:00", "Closed now, open today 10 am to 5 pm", "closed"),
        ("2026-11-24T18:00:00-05:00", "Closed now, opens Thursday at 10 am", "closed"),
        ("2026-11-25T12:00:00-05:00", "Closed now, opens Thursday at 10 am (closed today: Staff training)", "closed"),
        ("2026-11-26T12:30:00-05:00", "Closed now, open today 1 pm to 5 pm", "closed"),
        ("2026-11-26T17:30:00-05:00", "Closed now", "closed"),
        # Half past midnight on Wednesday in Moscow is still Tuesday afternoon in Ontario.
        ("2026-11-25T00:30:00+03:00", "Open now, until 5 pm", "open"),
    ],
)
def test_open_now_follows_the_clock_of_the_library(gallery: Gallery, moment: str, words: str, state: str) -> None:
    driver = gallery.open(named("hours"), before=_CLOCK.format(moment))
    place = driver.find_element(By.CSS_SELECTOR, "p.open-now")
    assert (place.text, place.get_attribute("data-state")) == (words, state)


def test_todays_row_is_marked_in_words(gallery: Gallery) -> None:
    driver = gallery.open(named("hours"), before=_CLOCK.format("2026-11-24T13:00:00-05:00"))
    rows = driver.find_elements(By.CSS_SELECTOR, "tr[aria-current=date] th")
    assert [row.text for row in rows] == ["Tuesday (today)"]


def test_a_page_that_is_too_old_keeps_its_dated_words(gallery: Gallery) -> None:
    driver = gallery.open(named("hours"), before=_CLOCK.format("2027-03-01T13:00:00-05:00"))
    assert driver.find_element(By.CSS_SELECTOR, "p.open-now").text == "Tuesday, November 24: open 10 am to 5 pm"


def test_a_catalogue_without_a_form_gets_its_address_from_the_pattern(gallery: Gallery) -> None:
    driver = gallery.open(named("search-form", "a catalogue that needs"))
    went = "Object.defineProperty(window, 'went', {value: []}); navigation.addEventListener('navigate', e => { went.push(e.destination.url); e.preventDefault(); })"
    driver.execute_script(went)
    driver.find_element(By.ID, "catalogue-terms").send_keys("snow & ice", Keys.ENTER)
    expected = "https://catalogue.example.org/discovery/search?query=any,contains,snow%20%26%20ice&vid=MLC"
    assert driver.execute_script("return went") == [expected]


_ENGINE = """
export function engine(index) {
  return terms => {
    if (terms === 'broken') throw new Error('no index');
    const count = {one: 1, many: 30}[terms] || 0;
    return {instead: '', results: Array.from({length: count}, (_, n) => (
      {url: '/p' + n + '/', title: 'Page ' + n, kind: 'Service', summary: index.summary}))};
  };
}
"""
_INDEX = '{"summary": "A seed <b> <img src=x onerror=\\"window.bad=1\\">"}'


def offer_search(gallery: Gallery) -> None:
    """Put an engine and an index where the example looks for them."""
    gallery.offered["/theme/search.js"] = _ENGINE.encode()
    gallery.offered["/search-index/en.json"] = _INDEX.encode()


@pytest.mark.parametrize(
    ("terms", "words", "entries"),
    [
        ("one", "1 page found for “one”", 1),
        ("many", "30 pages found for “many”; the first 20 are shown", 20),
        ("zebra", "No results for “zebra”. Try different or fewer words, or browse the list of all pages.", 0),
        ("broken", "Search isn’t working right now. You can still use the list of all pages.", 0),
    ],
)
def test_the_search_lists_pages_and_says_how_many(gallery: Gallery, terms: str, words: str, entries: int) -> None:
    offer_search(gallery)
    driver = gallery.open(named("site-search"))
    driver.find_element(By.ID, "search-terms").send_keys(terms, Keys.ENTER)
    wait(driver, lambda d: d.find_element(By.ID, "search-status").text == words)
    assert len(driver.find_elements(By.CSS_SELECTOR, "#search-results > li")) == entries
    assert driver.current_url.endswith(f"?q={terms}")
    assert focused(driver) == "search-terms"
    assert driver.execute_script("return window.bad") is None
    if entries:
        assert driver.find_element(By.CSS_SELECTOR, "#search-results p:last-child").text.startswith("A seed <b> <img")


def test_an_address_with_terms_shows_results_at_once(gallery: Gallery) -> None:
    offer_search(gallery)
    driver = gallery.open(named("site-search"), query="?q=one")
    wait(driver, lambda d: len(d.find_elements(By.CSS_SELECTOR, "#search-results > li")) == 1)


def test_without_script_forms_that_need_it_are_not_there(gallery: Gallery) -> None:
    gallery.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for component in ("filters", "site-search"):
            driver = gallery.open(named(component))
            assert not driver.find_element(By.CSS_SELECTOR, "form").is_displayed(), component
    finally:
        gallery.command("Emulation.setScriptExecutionDisabled", value=False)


def test_print_opens_what_is_folded(gallery: Gallery) -> None:
    driver = gallery.open(named("details"))
    gallery.command("Emulation.setEmulatedMedia", media="print")
    try:
        # Selenium's own is_displayed() takes everything in a closed details for hidden.
        assert driver.execute_script("return document.querySelector('details:not([open]) p').checkVisibility()")
    finally:
        gallery.command("Emulation.setEmulatedMedia", media="")
