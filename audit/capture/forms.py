"""Forms, sent empty or with wrong values, to see what they say.

Only ever on loopback addresses, and what a form sends never leaves the browser: the
navigation that follows is recorded and aborted. Afterwards the page has changed, so this
comes last in a visit.
"""

from __future__ import annotations

from dataclasses import replace

from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document, Element
from audit.model.observations import Pasting
from audit.model.page import FormTrial

TRIAL = "window[Symbol.for('stepfree.capture')].trial"
#: Roles of what people fill in.
FIELDS = frozenset(
    {"checkbox", "combobox", "listbox", "radio", "searchbox", "slider", "spinbutton", "switch", "textbox"}
)
#: Most forms of a page that are tried.
MOST = 6


def trials(page: OpenPage, document: Document) -> tuple[FormTrial, ...] | None:
    """What each form says; ``None`` when there may be some, and forms may not be sent here.

    Fields of which nothing but colours changed, and whether fields for names, passwords and codes take what
    is pasted, are observed.
    """
    if not page.may_act:
        return None if any(_may_be_filled_in(element) for element in document) else ()
    _pasting(page, document)
    page.channel.evaluate(script("live"))
    counts = page.channel.evaluate(script("forms"))
    return tuple(_try_twice(page, document, number) for number in range(min(len(counts), MOST)))


def _try_twice(page: OpenPage, document: Document, number: int) -> FormTrial:
    """With wrong values; where the form says nothing of those, with none at all."""
    first = _try(page, document, number)
    marked = {*page.observed.recoloured, *page.observed.restyled}
    said = first.messages or first.invalid or first.native_validation or first.node in marked
    if said or not any(value not in {"", "off"} for value in first.entered.values()):
        return first
    second = _try(page, document, number, empty=True)
    marked = {*page.observed.recoloured, *page.observed.restyled}
    return second if second.messages or second.invalid or second.node in marked else first


def _may_be_filled_in(element: Element) -> bool:
    """Whether an element is a field, or could hold some that are not there yet."""
    if element.tag in {"form", "input", "select", "textarea"} or element.role in FIELDS:
        return True
    return (element.get("contenteditable") or "false") != "false"


def _pasting(page: OpenPage, document: Document) -> None:
    told = page.channel.evaluate(f"({script('pasting')})")
    if told:
        nodes = page.nodes_of(document, f"{NOTES}.pasted")
        found = (Pasting(node, each["refused"], each["keys"]) for node, each in zip(nodes, told, strict=True))
        page.observed = replace(page.observed, pasting=tuple(found))


def _try(page: OpenPage, document: Document, number: int, *, empty: bool = False) -> FormTrial:
    form = f"{TRIAL}.forms[{number}]"
    fields = [node for node in page.nodes_of(document, f"{TRIAL}.fields({form})") if node is not None]
    before, windows = len(page.guard.departures), len(page.guard.popups)
    entered = page.channel.evaluate(f"{TRIAL}.enter({form}, {str(empty).lower()})")
    told = page.channel.evaluate(f"{TRIAL}.send({form})", promise=True)
    node = page.nodes_of(document, f"[{form}]")[0]
    around = page.nodes_of(document, f"{TRIAL}.around()")
    focused, *invalid = page.nodes_of(document, f"[{TRIAL}.focused, ...{TRIAL}.invalid]")
    recoloured = page.nodes_of(document, f"{TRIAL}.recoloured")
    restyled = page.nodes_of(document, f"{TRIAL}.restyled")
    fields_recoloured, fields_restyled = (
        tuple(each for each in some if each is not None) for some in (recoloured, restyled)
    )
    # Sent twice: what was seen first stands.
    if fields_recoloured and node is not None:
        page.observed = replace(page.observed, recoloured={node: fields_recoloured, **page.observed.recoloured})
    if fields_restyled and node is not None:
        page.observed = replace(page.observed, restyled={node: fields_restyled, **page.observed.restyled})
    navigated = len(page.guard.departures) > before or len(page.guard.popups) > windows
    # What the audit itself set off is no doing of the page.
    del page.guard.popups[windows:]
    messages = []
    live = []
    for at, each in enumerate(told["messages"]):
        place = around[2 * at]
        if place is not None:
            messages.append((place, str(each["text"]), bool(each["exposed"]), around[2 * at + 1]))
            live.append(bool(each["live"]))
    return FormTrial(
        node=node if node is not None else -1,
        fields=tuple(fields),
        entered=dict(zip(fields, entered, strict=False)),
        messages=tuple(messages),
        focus_after=focused,
        native_validation=bool(told["native"]),
        navigated=navigated,
        announced=tuple(live),
        invalid=tuple(each for each in invalid if each is not None),
    )
