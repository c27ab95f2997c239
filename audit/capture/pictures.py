"""Small pictures of what findings point at, for people who read the report.

A second, short look at the pages with findings, after the verdict: pictures prove nothing and
change nothing. A page or an element that cannot be shown has no picture, and nobody is told
that it failed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.opening import WIDE, OpenPage
from audit.capture.page_elements import script
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Window
from audit.errors import AuditError
from audit.model.finding import Condition, Finding, FindingState, Outcome
from audit.survey.server import Server

#: Most findings with a picture: the report is one file, and people read the worst first.
LIMIT = 40
#: Room around the element, and the largest picture, in CSS px.
MARGIN, WIDTH, HEIGHT = 16, 640, 320


def chosen(findings: Iterable[Finding], limit: int = LIMIT) -> tuple[Finding, ...]:
    """The findings that get a picture: those with an element that has a place, blocking ones first."""
    able = [
        finding
        for finding in findings
        if finding.state == FindingState.NEW and finding.target is not None and finding.target.box is not None
    ]
    able.sort(key=lambda finding: (not finding.blocking, finding.outcome is not Outcome.FAILED))
    return tuple(able[:limit])


def pictures(
    folder: Path, base_path: str, findings: Sequence[Finding], statuses: Mapping[str, int], browser: BrowserSettings
) -> Mapping[str, bytes]:
    """PNG pictures by the key of the finding. ``statuses``: what each page answers, 200 when not named."""
    wanted: dict[tuple[str, str], list[Finding]] = {}
    for finding in chosen(findings):
        condition = finding.conditions[0] if finding.conditions else Condition.WIDE.value
        wanted.setdefault((finding.page, condition), []).append(finding)
    taken: dict[str, bytes] = {}
    if not wanted:
        return taken
    try:
        with (
            Server(folder, base_path) as server,
            Browser(replace(browser, hosts=(urlsplit(server.origin).netloc,))) as running,
        ):
            for (address, condition), group in sorted(wanted.items()):
                settings = CaptureSettings(expected_status=statuses.get(address, 200), axe=False, views=False)
                page = OpenPage(running, server.root + address.lstrip("/"), address, settings)
                try:
                    taken.update(_of_page(page, Condition(condition), group))
                except (AuditError, ValueError):
                    running.restart()
    except AuditError:
        # No browser any more: the report is as true without pictures.
        return taken
    return taken


def _of_page(page: OpenPage, condition: Condition, findings: Sequence[Finding]) -> Mapping[str, bytes]:
    page.prepare()
    try:
        if condition is Condition.NARROW:
            page.set_window(Window(320, WIDE.height))
        page.set_media(dark=condition is Condition.DARK, forced=condition is Condition.FORCED)
        page.open()
        page.rest(scroll=True)
        return {finding.key: shot for finding in findings if (shot := _shot(page, finding)) is not None}
    finally:
        page.leave()


def _shot(page: OpenPage, finding: Finding) -> bytes | None:
    assert finding.target is not None
    selector = finding.target.selector
    box = (
        page.channel.evaluate(f"({script('box')})({json.dumps(selector)})")
        if selector and " >>> " not in selector
        else None
    )
    x, y, width, height = box or finding.target.box or (0, 0, 0, 0)
    if width < 1 or height < 1:
        return None
    left, top = max(0.0, x - MARGIN), max(0.0, y - MARGIN)
    clip = {
        "x": left,
        "y": top,
        "width": min(WIDTH, x + width + MARGIN - left),
        "height": min(HEIGHT, y + height + MARGIN - top),
        "scale": 1,
    }
    reply = page.channel.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    return base64.b64decode(reply["data"])
