"""Runs axe-core in the page that the browser shows.

All rules are on, best practices included; what is kept is every violation and everything
axe-core could not decide (``incomplete``). An axe-core that fails is an error, never an
absence of findings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from axe_selenium_python import axe as bundled

from audit.browser.channel import Channel, NoAnswer, ProtocolError, within
from audit.browser.worlds import Worlds
from audit.errors import AuditIncomplete, UsageError
from audit.model.document import Document, Element
from audit.model.finding import Json
from audit.model.page import AxeResult

#: The version that its file says it is.
_VERSION = re.compile(r"axe v(\d[\w.-]*)")
#: The elements of the file at these ordinals, as the script ``start`` has noted them.
_NAMED = "window[Symbol.for('stepfree.capture')].named(%s)"
#: Those that were chosen.
_CHOSEN = "window[Symbol.for('stepfree.capture')].there()"


class AxeFailed(AuditIncomplete):
    """axe-core did not run to its end on a page."""


@dataclass(frozen=True, slots=True)
class AxeRun:
    """``rules``: the ids of all rules that ran, sorted."""

    version: str
    results: tuple[AxeResult, ...]
    rules: tuple[str, ...]


@cache
def _script(name: str) -> str:
    return (files("audit.capture") / "scripts" / f"axe_{name}.js").read_text(encoding="utf-8")


@cache
def _source(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


class AxeEngine:
    """axe-core on one page. ``script``: a newer file than the bundled one; ``worlds``: where its frames are found."""

    def __init__(self, channel: Channel, script: Path | None, limit: float, worlds: Worlds | None = None) -> None:
        if script is not None and not script.is_file():
            raise UsageError(
                f"axe_script names {script}, which is not there.", "Name a file of axe-core, such as axe.min.js."
            )
        # By the browser's own protocol: Selenium's driver would take the whole source apart once more.
        self._channel = channel
        self._source = _source(str(script or bundled._DEFAULT_SCRIPT))
        found = _VERSION.search(self._source[:500])
        self._version = found[1] if found else None
        self._limit = limit
        self._worlds = worlds
        self._known: tuple[str, ...] = ()
        self.unreached: tuple[str, ...] = ()

    def run(
        self,
        document: Document,
        frames: bool,
        rules: Iterable[str] | None = None,
        only: Sequence[Element] | None = None,
        without: Iterable[str] = (),
        chosen: bool = False,
    ) -> AxeRun:
        """Run it under the condition of ``document``.

        ``frames``: whether the page has frames to enter; those that cannot be entered are in
        ``unreached`` afterwards. ``rules``: only these; otherwise all but those of ``without``.
        ``only``: on these elements of the file and what is in them; ``chosen``: on those that the page was
        last told to choose (:meth:`~audit.capture.opening.OpenPage.choose`).

        Raises:
            AxeFailed: it threw an error, or took longer than its limit.
        """
        table = _places(document)
        # Making a selector for each of many elements with one id takes axe-core minutes: they are handed over themselves.
        options: dict[str, Any] = {
            "selectors": False,
            "elementRef": True,
            "known": len(table.get(None, ())),
            "iframes": frames,
            "resultTypes": ["violations", "incomplete"],
            "frameWaitTime": 10_000,
        }
        if rules is not None:
            options["runOnly"] = {"type": "rule", "values": sorted(rules)}
        else:
            options["rules"] = {}
        try:
            if not self._known:
                self.inject(frames)
            if rules is None:
                options["rules"] = {name: {"enabled": name not in without} for name in self._known}
            named = _CHOSEN if chosen else None if only is None else _NAMED % [element.static for element in only]
            context = "" if named is None else f"{{include: {named}}}, "
            run = f"axe.run({context}{json.dumps(options)})"
            # A script may have put others in the place of all that were chosen.
            asked = run if named is None else f"{named}.length === 0 ? null : {run}"
            reply = self._channel.evaluate(asked, wait=self._limit, promise=True)
        except (NoAnswer, ProtocolError) as error:
            raise AxeFailed(f"axe-core did not finish: {error.sentence}") from error
        if named is not None and reply is None:
            return AxeRun(self._version or "", (), ())
        if not isinstance(reply, Mapping) or "error" in reply:
            words = reply.get("error") if isinstance(reply, Mapping) else "no result"
            raise AxeFailed(f"axe-core stopped with an error: {words}")
        found = AxeRun(str(reply["version"]), _results(reply, document, table), tuple(sorted(set(reply["rules"]))))
        self._compare(found, rules, without, whole=not named)
        return found

    def _compare(self, run: AxeRun, rules: Iterable[str] | None, without: Iterable[str], *, whole: bool) -> None:
        """That it is the axe-core that was asked for, and that each rule ran that was."""
        if self._version and run.version != self._version:
            raise AxeFailed(f"axe-core {self._version} was to look at the page, and {run.version} did.")
        # Some rules are about a page as a whole, and do not run on a part of it.
        asked = set(self._known if rules is None else rules) - set(without)
        missing = sorted(asked - set(run.rules)) if whole else []
        if missing:
            raise AxeFailed(
                f"axe-core ran {len(asked) - len(missing)} of its {len(asked)} rules; {', '.join(missing[:3])} did not run."
            )

    def inject(self, frames: bool) -> None:
        """Put it into the page, and into its ``frames``."""
        asked = []
        if frames and self._worlds is not None:
            asked = [
                self._channel.send("Runtime.evaluate", expression=self._source, **within(each.unique))
                for each in self._worlds.inner()
            ]
        self._known = tuple(self._channel.evaluate(f"{self._source};\n{_script('trim')};\n{_script('rules')}"))
        for future in asked:
            # One that has gone meanwhile is not entered, and is told below.
            with suppress(ProtocolError):
                self._channel.answer(future, "Runtime.evaluate")
        if frames:
            self.unreached = tuple(self._channel.evaluate(_script("frames")))


def _results(
    reply: Mapping[str, Any], document: Document, table: Mapping[int | None, list[Element]]
) -> tuple[AxeResult, ...]:
    found: list[AxeResult] = []
    for kind, key in (("violation", "violations"), ("incomplete", "incomplete")):
        for rule in reply[key]:
            for node in rule["nodes"]:
                element = _element(node["place"], table)
                if element is None and _is_in_missing_frame(node["place"], table):
                    continue
                found.append(
                    AxeResult(
                        rule=rule["id"],
                        kind=kind,
                        tags=tuple(rule["tags"]),
                        node=element.node if element else None,
                        selector=_selector(node, table),
                        html=node["html"],
                        message=" ".join(dict.fromkeys(text for text in node["messages"] if text)),
                        help=rule["help"],
                        help_url=rule["helpUrl"],
                        data=_data(node, table),
                        condition=document.condition,
                    )
                )
    return in_order(found, document)


def in_order(results: Iterable[AxeResult], document: Document) -> tuple[AxeResult, ...]:
    """By rule, kind and place in the document."""
    order = {element.node: element.index for element in document.elements}
    return tuple(
        sorted(results, key=lambda each: (each.rule, each.kind, order.get(each.node or -1, -1), each.selector))
    )


def _data(node: Mapping[str, Any], table: Mapping[int | None, list[Element]]) -> Mapping[str, Json]:
    data: dict[str, Json] = {name: value for name, value in sorted(node["data"].items()) if value is not None}
    if node["related"]:
        data["related"] = [_selector(other, table) for other in node["related"]]
    return data


def _selector(found: Mapping[str, Any], table: Mapping[int | None, list[Element]]) -> str:
    element = _element(found["place"], table)
    return element.selector if element else _joined(found["target"])


def _joined(target: Sequence[Any]) -> str:
    steps: list[str] = []
    for step in target:
        steps.extend(step if isinstance(step, list) else [str(step)])
    return " >>> ".join(steps)


def _places(document: Document) -> Mapping[int | None, list[Element]]:
    """The elements of each frame's document (``None``: the page's), in order."""
    table: dict[int | None, list[Element]] = {}
    for element in document.elements:
        table.setdefault(element.frame, []).append(element)
    return table


def _is_in_missing_frame(places: Sequence[int] | None, table: Mapping[int | None, list[Element]]) -> bool:
    """Whether the place lies in a frame whose document is not of the page: a server's answer that there is none."""
    frame = _element((places or ())[:-1], table)
    return frame is not None and frame.node not in table


def _element(places: Sequence[int] | None, table: Mapping[int | None, list[Element]]) -> Element | None:
    """The element at a place: its index in its document, after the indexes of the frames above."""
    frame: int | None = None
    found: Element | None = None
    for place in places or ():
        elements = table.get(frame, [])
        if place >= len(elements):
            return None
        found = elements[place]
        frame = found.node
    return found
