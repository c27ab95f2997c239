"""How a page is captured: limits in seconds, and what is expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.settings.journeys import State


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """Settings of one visit.

    ``expected_status``: the HTTP status the page must answer with. ``allowed``: origins
    (``https://example.org``) besides the page's own that may be asked, ``*`` for every one. The clocks are kept
    apart: ``navigation`` until the load event, ``settling`` until nothing moves, ``axe`` for
    one run of axe-core, ``page`` for everything; when the last one rings the browser is ended.
    ``watching``: how long a page that may change by itself is watched. ``axe_script``: another
    axe-core than the bundled one. ``axe`` off: a visit without axe-core (tests of rules).
    ``own`` off: no rule of ours is going to ask anything of the page, so only what axe-core says is recorded.
    ``forms``: whether controls may be pressed, fields changed and forms sent; only ever on loopback addresses. ``folder``: the page is one of a
    folder that is served here; its addresses are the same by https then. ``views``: whether what only some visitors get
    is looked at as well. ``cookies``: of somebody who has logged in, as the browser's protocol takes them;
    ``signed_in``: what shows on each page that it is seen by them. ``awaited``: CSS selectors of what must be there
    before the page is looked at. ``state``: what is looked at is where a journey leads that starts at the address;
    ``secrets``: what it types, by the names of the variables.
    """

    expected_status: int = 200
    allowed: tuple[str, ...] = ()
    navigation: float = 30.0
    settling: float = 5.0
    axe_limit: float = 60.0
    page: float = 180.0
    watching: float = 3.0
    axe: bool = True
    axe_script: Path | None = None
    own: bool = True
    forms: bool = True
    folder: bool = False
    source_path: str | None = None
    views: bool = True
    cookies: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    signed_in: str | None = None
    awaited: tuple[str, ...] = ()
    state: State | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
