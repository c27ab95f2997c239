"""A site's search, asked in a browser by the very files that readers get."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from audit.browser.browser import Browser
from audit.survey.server import Server
from tests.site.projects import Built

_ASK = """
const [engine, index, questions, done] = arguments;
Promise.all([import(engine), fetch(index).then(answer => answer.json())]).then(([module, data]) => {
  const search = module.engine(data);
  done(questions.map(each => search(each)));
}, error => done(String(error)));
"""


@dataclass(frozen=True)
class Searching:
    """A browser, and the address that a site is served at."""

    driver: WebDriver
    address: str

    def ask(self, lang: str, questions: list[str]) -> list[dict[str, Any]]:
        """Search for each question: results, best first, and what was searched for instead."""
        self.driver.get(f"{self.address}/search/")
        found = self.driver.execute_async_script(
            _ASK, f"{self.address}/theme/search.js", f"{self.address}/search-index/{lang}.json", questions
        )
        assert isinstance(found, list), found
        return found


@contextmanager
def searching(site: Built, browser: Browser) -> Iterator[Searching]:
    """Serve a site for an empty tab of the browser."""
    browser.fresh()
    with Server(site.output) as server:
        yield Searching(browser.driver, server.origin)
