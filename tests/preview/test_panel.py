"""The panel in a real browser: by keyboard alone, without findings of its own, and patient with reloads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_selenium_python import Axe
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from audit.browser.browser import Browser
from audit.capture.axe import AxeEngine
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.examination.examination import examine
from audit.model.finding import Condition, Family
from audit.rules import load
from tests.preview.previews import Running, copy_of_the_site, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

CONTACT = "content/pages/contact.md"
PLANTED = "\n#### Planted\n\nTo know more [click here]({filename}/pages/index.md).\n"
ROOT = "const host = document.querySelector('stepfree-preview'), root = host?.shadowRoot; "


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = copy_of_the_site(tmp_path_factory.mktemp("site"))
    with (folder / CONTACT).open("a", encoding="utf-8") as file:
        file.write(PLANTED)
    (folder / "content/pages/idea.md").write_text("---\ntitle: Idea\nstatus: draft\n---\nWords.\n", encoding="utf-8")
    with running(folder, findings=True) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture
def driver(browser: Browser) -> WebDriver:
    browser.fresh()
    return browser.driver


def asked(driver: WebDriver, script: str) -> Any:
    return driver.execute_script(ROOT + script)


def opened(preview: Running, driver: WebDriver, address: str = "contact/", stage: str = "whole") -> None:
    driver.get(preview.session.address + address)
    assert preview.until(lambda: asked(driver, "return host?.dataset.stage") == stage)


def press(driver: WebDriver, *keys: str) -> None:
    driver.switch_to.active_element.send_keys(*keys)


def reach(driver: WebDriver, name: str) -> None:
    """Press Shift and Tab from the end of the page until a control of the panel has the focus."""
    for _ in range(200):
        press(driver, Keys.SHIFT + Keys.TAB)
        if asked(driver, "return root.activeElement?.textContent") == name:
            return
    raise AssertionError(f"“{name}” cannot be reached by keyboard")


def test_a_finding_leads_to_its_place_by_keyboard_alone(preview: Running, driver: WebDriver) -> None:
    opened(preview, driver)
    assert "2 things to fix" in asked(driver, "return root.querySelector('[role=status]').textContent")
    assert asked(driver, "return root.getElementById('body').hidden")
    reach(driver, "About this page")
    assert asked(driver, "return root.activeElement.getAttribute('aria-expanded')") == "false"
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert not asked(driver, "return root.getElementById('body').hidden")
    places = asked(driver, "return [...root.querySelectorAll('.findings code')].map((each) => each.textContent)")
    lines = (preview.folder / CONTACT).read_text(encoding="utf-8").splitlines()
    assert f"{CONTACT}:{lines.index('#### Planted') + 1}" in places
    assert f"{CONTACT}:{len(lines)}" in places
    reach_forward(driver, "Vague link text")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    found = driver.execute_script(
        "const at = document.activeElement, box = at.getBoundingClientRect();"
        "return [at.textContent, at.style.outlineStyle, box.top, box.bottom,"
        " document.querySelector('stepfree-preview').shadowRoot.querySelector('aside').getBoundingClientRect().top]"
    )
    assert found[:2] == ["click here", "solid"]
    assert 0 <= found[2] < found[3] <= found[4], "it is beneath the panel or outside the window"


def reach_forward(driver: WebDriver, name: str) -> None:
    for _ in range(60):
        press(driver, Keys.TAB)
        if asked(driver, "return root.activeElement?.textContent") == name:
            return
    raise AssertionError(f"“{name}” cannot be reached by keyboard")


def test_escape_closes_it_and_gives_focus_back(preview: Running, driver: WebDriver) -> None:
    opened(preview, driver, "contact/#preview-panel")
    asked(driver, "root.querySelector('summary').focus()")
    press(driver, Keys.ESCAPE)
    assert asked(driver, "return [root.getElementById('body').hidden, root.activeElement.id]") == [True, "toggle"]


def test_it_lists_headings_pictures_and_links(preview: Running, driver: WebDriver) -> None:
    opened(preview, driver, "contact/#preview-panel")
    texts = "(id) => [...root.querySelectorAll(`#${id} .jump`)].map((each) => each.textContent)"
    headings = asked(driver, f"return ({texts})('headings')")
    assert headings[0] == asked(driver, "return document.querySelector('h1').textContent.trim()")
    assert "Planted" in headings
    assert "click here" in asked(driver, f"return ({texts})('links')")


def test_a_draft_is_marked(preview: Running, driver: WebDriver) -> None:
    opened(preview, driver, "idea/")
    assert asked(driver, "return root.querySelector('.draft').textContent") == "Not published: it is a draft."


def test_a_reload_keeps_place_and_focus(preview: Running, driver: WebDriver) -> None:
    opened(preview, driver)
    driver.execute_script(
        "scrollTo(0, 400); document.querySelector('main a[href]').focus({preventScroll: true}); window.old = true"
    )
    before = driver.execute_script("return [Math.round(scrollY), document.activeElement.href]")
    file = preview.folder / CONTACT
    good = file.read_text(encoding="utf-8")
    try:
        file.write_text(good + "\nOne more sentence.\n", encoding="utf-8")
        assert preview.until(lambda: "One more sentence." in driver.page_source)
        assert preview.until(lambda: asked(driver, "return host?.dataset.stage !== undefined && !window.old"))
        assert driver.execute_script("return [Math.round(scrollY), document.activeElement.href]") == before
    finally:
        file.write_text(good, encoding="utf-8")
    assert preview.until(lambda: "One more sentence." not in driver.page_source)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_panel_has_no_finding_itself(preview: Running, browser: Browser, width: int, dark: bool) -> None:
    browser.fresh()
    opened(preview, browser.driver, "contact/#preview-panel")
    channel = browser.channel
    channel.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    channel.call(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
    )
    asked(browser.driver, "root.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
    AxeEngine(channel, None, 60).inject(frames=False)
    found = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations"
        ".flatMap((rule) => rule.nodes.map((node) => [rule.id, JSON.stringify(node.target)]))))"
    )
    assert [each for each in found if "stepfree-preview" in each[1]] == []


def test_our_own_rules_find_nothing_in_it(preview: Running, browser: Browser) -> None:
    browser.fresh()
    url = preview.session.address + "contact/#preview-panel"
    rules = [
        rule
        for rule in load().values()
        if rule.rule.family is Family.PAGE and rule.rule.needs <= {Condition.WIDE, Condition.NARROW}
    ]
    page = visit_twice(
        browser, url, "/contact/", frozenset({Condition.NARROW}), CaptureSettings(axe=False, forms=False)
    )
    shadow = {element.selector for element in page.document if element.shadow}
    assert len(shadow) > 20, "the panel was not captured, so nothing was looked at"
    outcomes = examine(page, rules).outcomes
    assert [
        (each.rule, each.message) for each in outcomes if each.target and "stepfree-preview" in each.target.selector
    ] == []


def test_the_page_that_says_what_is_wrong_has_no_finding(preview: Running, driver: WebDriver, browser: Browser) -> None:
    file: Path = preview.folder / CONTACT
    good = file.read_text(encoding="utf-8")
    try:
        file.write_text(good + "\n[x]({filename}none.md)\n", encoding="utf-8")
        assert preview.until(lambda: preview.get("contact/")[0] == 500)
        opened(preview, driver, stage="trouble")
        Axe(driver).inject()
        found = driver.execute_async_script("axe.run(document).then((each) => arguments[0](each.violations))")
        assert found == []
    finally:
        file.write_text(good, encoding="utf-8")
    # The open page comes back by itself.
    assert preview.until(lambda: "Planted" in driver.page_source and "none.md" not in driver.page_source)
