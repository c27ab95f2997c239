"""Components in a real browser: axe, narrow screens, forced colours."""

from __future__ import annotations

from typing import Any

import pytest
from axe_selenium_python import Axe

from tests.theme.conftest import Gallery
from tests.theme.rendering import Example, examples

SHOWN = [each for each in examples() if not each.empty]

#: How far anything reaches beyond the right edge, what it is, and how it is clipped by its own region.
_TOO_WIDE = """
return [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-region') && !e.matches('.skip-link'))
  .map(e => e.tagName + '.' + e.className);
"""
#: Interactive things that are smaller than 44 px and do not stand in a sentence (WCAG 2.5.5).
_TOO_SMALL = """
return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility() && !e.matches('.skip-link, .check input, .visually-hidden'))
  .filter(e => {
    const box = e.matches('.card-title a') ? e.closest('.card').getBoundingClientRect() : e.getBoundingClientRect();
    return box.height < 43.5 && !e.closest('p:not(.more):not(.notice-title)');
  })
  .map(e => e.outerHTML.slice(0, 90) + ' ' + Math.round(e.getBoundingClientRect().height));
"""

#: Rules of axe-core that are off unless asked for.
_MORE_RULES = ("target-size", "color-contrast-enhanced", "identical-links-same-purpose", "css-orientation-lock")


def violations(gallery: Gallery) -> list[str]:
    """What axe says of the page that is open, all rules switched on."""
    if not gallery.driver.execute_script("return 'axe' in window"):
        Axe(gallery.driver).inject()
    options = {"resultTypes": ["violations"], "rules": {name: {"enabled": True} for name in _MORE_RULES}}
    run = "const done = arguments[1]; axe.run(document, arguments[0]).then(done, e => done({error: String(e)}))"
    results: Any = gallery.driver.execute_async_script(run, options)
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in results["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("example", SHOWN, ids=lambda each: each.id)
def test_axe_finds_nothing_by_day_or_by_night(gallery: Gallery, example: Example) -> None:
    gallery.open(example)
    assert violations(gallery) == []
    gallery.scheme("dark")
    assert violations(gallery) == []


@pytest.mark.parametrize("example", SHOWN, ids=lambda each: each.id)
def test_an_example_fits_a_narrow_screen_with_large_targets(gallery: Gallery, example: Example) -> None:
    driver = gallery.open(example, width=320)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 320
    assert driver.execute_script(_TOO_WIDE) == []
    assert driver.execute_script(_TOO_SMALL) == []


def test_the_order_of_the_style_sheet_leaves_nothing_unread(gallery: Gallery) -> None:
    """A style sheet that breaks off in the middle would still load; its last rule must be there."""
    gallery.open(SHOWN[0])
    last = "return [...document.styleSheets].flatMap(s => [...s.cssRules]).some(r => r.cssText.includes('.sheet li'))"
    assert gallery.driver.execute_script(last)
