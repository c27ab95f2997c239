"""The elements of an open page: named to the browser, and by it. Scripts of the audit are run on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from audit.browser.channel import Channel, ProtocolError, within
from audit.browser.worlds import Worlds
from audit.capture.snapshot import Numbering
from audit.model.document import Document, Element

#: Where our scripts keep what they note, in a world that no script of the page can see.
NOTES = "window[Symbol.for('stepfree.capture')]"


@cache
def script(name: str) -> str:
    """The text of a script that runs in the page. One that is an expression can stand in another."""
    text = (files("audit.capture") / "scripts" / f"{name}.js").read_text(encoding="utf-8")
    return text.rstrip().removesuffix(";")


class PageElements:
    """The elements of the page in the browser's tab. ``numbering``: their numbers in every document of it."""

    worlds: Worlds

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.numbering = Numbering()
        #: The browser's ids of nodes that a script had taken away when something was to be tried on them.
        self.replaced: set[int] = set()
        #: The numbers of the elements of the file by their ordinals, as long as the page is not opened anew.
        self.statics: dict[int, int] = {}

    def nodes(self, expression: str) -> list[int | None]:
        """The node numbers of the elements in the array that ``expression`` gives; ``None`` for its nulls."""
        channel = self.channel
        reply = channel.call(
            "Runtime.evaluate",
            expression=f"({expression})",
            **within(channel.world),
        )
        if "exceptionDetails" in reply or "objectId" not in reply["result"]:
            raise ProtocolError("Elements of the page could not be named.")
        properties = channel.call("Runtime.getProperties", objectId=reply["result"]["objectId"], ownProperties=True)
        objects = [
            (int(each["name"]), each["value"].get("objectId"))
            for each in properties["result"]
            if each["name"].isdigit() and "value" in each
        ]
        asked = [channel.send("DOM.describeNode", objectId=found) if found else None for _, found in sorted(objects)]
        return [
            self.numbering.of(channel.answer(future, "DOM.describeNode")["node"]["backendNodeId"]) if future else None
            for future in asked
        ]

    def known_nodes(self, expression: str) -> list[int | None]:
        """As :meth:`nodes`, for elements most of which are of the file: those the browser need not name one by one."""
        numbers = [self.statics.get(at) for at in self.channel.evaluate(f"{NOTES}.ordinals({expression})")]
        others = [place for place, number in enumerate(numbers) if number is None]
        if others:
            told = self.nodes(f"{NOTES}.picked({expression}, {json.dumps(others)})")
            for place, number in zip(others, told, strict=True):
                numbers[place] = number
        return numbers

    def nodes_of(self, document: Document, expression: str) -> list[int | None]:
        """As :meth:`nodes`, with the numbers that ``document`` has for elements of the file.

        They are others when the page was opened anew since; what only scripts have made is then told by new numbers.
        """
        numbers = self.nodes(expression)
        if all(number is None or number in document.by_node for number in numbers):
            return numbers
        ordinals = self.channel.evaluate(f"{NOTES}.ordinals({expression})")
        same = [document.by_static.get(ordinal) for ordinal in ordinals]
        return [
            twin.node if number is not None and number not in document.by_node and twin is not None else number
            for number, twin in zip(numbers, same, strict=True)
        ]

    def object(self, number: int) -> str | None:
        """The browser's handle of a node, to call functions on; ``None``: a script has put something else in its place."""
        return self.handles([self.numbering.backend(number)])[0]

    def handles(self, backends: Iterable[int]) -> list[str | None]:
        """The browser's handles of nodes, in our world; ``None`` for one that is gone, which :attr:`replaced` counts."""
        channel, main = self.channel, self.worlds.main
        where = {"executionContextId": main.number} if main else {}
        handles: list[str | None] = []
        for backend, asked in [
            (each, channel.send("DOM.resolveNode", backendNodeId=each, **where)) for each in backends
        ]:
            try:
                handles.append(str(channel.answer(asked, "DOM.resolveNode")["object"]["objectId"]))
            except ProtocolError:
                self.replaced.add(backend)
                handles.append(None)
        return handles

    def choose(self, elements: Iterable[Element]) -> bool:
        """Hand elements, also such as scripts have made, to scripts: they are in ``chosen`` of the notes then.

        Whether there are any. Left out are those in whose place a script has put others.
        """
        channel = self.channel
        channel.evaluate(f"({NOTES}.chosen = [], 0)")
        backends = [self.numbering.backend(element.node) for element in elements]
        chosen = {
            backend: channel.send(
                "Runtime.callFunctionOn", objectId=handle, **_calling(script("on"), "choose"), returnByValue=True
            )
            for backend, handle in zip(backends, self.handles(backends), strict=True)
            if handle is not None
        }
        there = {
            backend
            for backend, future in chosen.items()
            if channel.answer(future, "Runtime.callFunctionOn")["result"].get("value")
        }
        self.replaced |= chosen.keys() - there
        return bool(there)

    def call_on(self, handle: str, function: str, *given: str) -> Any:
        """What a script function gives with the node as ``this`` and the ``given`` words, as JSON."""
        reply = self.channel.call(
            "Runtime.callFunctionOn",
            objectId=handle,
            **_calling(function, *given),
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in reply:
            raise ProtocolError("A script of the audit failed on an element of the page.")
        return reply["result"].get("value")

    @contextmanager
    def styled(self, css: str) -> Iterator[None]:
        """The page with one more style sheet, in all its frames and open shadow trees; it leaves no trace in the DOM."""
        self.channel.evaluate(f"({script('styled')})({json.dumps(css)})")
        try:
            yield
        finally:
            self.channel.evaluate(f"({script('styled')})(null)")


def _calling(function: str, *given: str) -> dict[str, Any]:
    """The parameters of ``Runtime.callFunctionOn`` for a script function and the words it is given."""
    return {"functionDeclaration": function, "arguments": [{"value": each} for each in given]}
