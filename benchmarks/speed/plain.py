"""``python -m benchmarks.speed.plain ADDRESS ...``: what anybody writes first: open each page, run axe-core, take the results."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from audit.browser.browser import BROWSERS, DRIVERS, find

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def main(addresses: Sequence[str]) -> int:
    """The command."""
    options = Options()
    options.binary_location = str(find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER") or "")
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1280,800"):
        options.add_argument(flag)
    driver_path = find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
    driver = webdriver.Chrome(options=options, service=Service(str(driver_path) if driver_path else None))
    found = 0
    try:
        for address in addresses:
            driver.get(address)
            axe = Axe(driver)
            axe.inject()
            found += len(axe.run(options=f"{{runOnly: {TAGS}}}")["violations"])
    finally:
        driver.quit()
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
