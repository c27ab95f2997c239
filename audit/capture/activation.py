"""Controls, activated one by one: what appears, where focus goes, what Escape and Space do.

Only ever on loopback addresses, and only controls that act on the page itself: buttons that
send no form, links that lead nowhere else, and things that look or listen as if they could
be clicked. A navigation that follows is aborted. The page is opened anew before a control
whenever the one before left it changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audit.capture.key_presses import ENTER, ESCAPE, SPACE, TAB, press
from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.addresses import runs_script
from audit.model.document import Document, Element
from audit.model.observations import CLICKS, OWN_WAYS, Activation, Opened, Written

ACTIVATION = f"{NOTES}.activation"
#: Most controls of a page that are activated, and most that look alike.
MOST, MOST_ALIKE = 12, 2
#: Most links that are pressed because something around them may act for them.
MOST_OF_OTHERS = 4
#: Most parts of one thing that are clicked because it may listen for them.
MOST_PARTS = 3
#: Most presses of Tab within what a control opened.
MOST_TABS = 8
#: Share of the window from which on something in a fixed place hides the page behind it.
FILLS = 0.5

_ROLES = frozenset({"button", "switch", "tab", "menuitem", "combobox"})
_POINTERS = frozenset(
    {"mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "dblclick", "pointercancel"}
)
_KEYS = frozenset({"keydown", "keyup", "keypress"})
_ALSO_KEYS = _KEYS | {"click"}
#: What a script listens to that follows the fragment of the address.
_ADDRESS = frozenset({"hashchange", "popstate"})
#: By what authors call things that can be clicked.
_PROMISING = re.compile(
    r"(?<![a-z])(?:btn|button|clickable|click|link|toggle|toggler|trigger|opener|expander|closer|more|dismiss)(?![a-z])",
    re.IGNORECASE,
)
_PROMISING_DATA = re.compile(
    r"data-(?:[\w-]+-)?(?:href|url|link|action|click|toggle|target|open|close|show|hide|command|dismiss)"
)


def activations(page: OpenPage, document: Document, scripted: bool) -> None:
    """Try the controls of the page and observe what they do."""
    if not page.may_act:
        return
    chosen = list(_chosen(document, scripted))
    if scripted:
        chosen += _links_of_others(document, frozenset(page.observed.listeners))[: MOST - len(chosen)]
        chosen += _parts_of_listeners(document, {each.index for each in chosen})[: MOST - len(chosen)]
        promising = _promising(document, chosen, frozenset(page.observed.listeners))[: MOST - len(chosen)]
        chosen += promising
        if promising or any(_only_the_page_hears(document, each, page.observed.listeners) for each in chosen):
            # What a click anywhere on the page does is nothing that these do.
            chosen[:0] = [each for each in document.tags("body")[:1] if each.static is not None]
    if not chosen:
        return
    told: list[Activation] = []
    departures = len(page.guard.departures)
    popups, dialogs = len(page.guard.popups), len(page.guard.dialogs)
    # What came before may have left the page as it was: then it need not be opened again.
    dirty = page.altered()
    if not dirty:
        _prepare(page)
    for element in chosen:
        if dirty:
            page.open()
            page.rest(scroll=False)
            page.mark()
            _prepare(page)
        result, dirty = _try(page, document, element)
        if result is not None:
            told.append(result)
    # What the audit itself set off is no doing of the page.
    del page.guard.departures[departures:]
    del page.guard.popups[popups:]
    del page.guard.dialogs[dialogs:]
    page.observed = replace(page.observed, activations=tuple(told))
    # Where only the fragment of the address is another one, a link within the page was followed.
    if dirty or (page.altered(fragment=False) and not _gone_back(page)):
        page.open()
    else:
        page.lie_still()


def _gone_back(page: OpenPage) -> bool:
    """Whether the page is as it was before links within it were followed, now that their fragment is left.

    What shows as the target of a link (``:target``) is gone with it; whatever else a control has done is not.
    """
    if _ADDRESS & set(page.observed.listeners):
        return False
    page.channel.evaluate(script("back"), promise=True)
    return not page.altered()


def _address(document: Document, element: Element) -> str | None:
    """How a script reaches an element of the page, also after the page was opened anew: by its ordinal in the file, in an
    open shadow tree by its steps from the host. ``None``: in no such way.
    """
    steps: list[list[str | int]] = []
    at = element
    while at.static is None:
        parent = document.parent(at)
        # What fills a slot stands elsewhere in the markup.
        if parent is None or not at.shadow or at.frame is not None or parent.tag == "slot":
            return None
        alike = [each.index for each in document.children(parent) if each.tag == at.tag]
        steps.append([at.tag, alike.index(at.index)])
        at = parent
    if at.frame is not None:
        return None
    return json.dumps([at.static, *reversed(steps)]) if steps else str(at.static)


def _prepare(page: OpenPage) -> None:
    page.channel.evaluate(script("live"))
    page.channel.evaluate(script("activation"))


def _chosen(document: Document, scripted: bool) -> Iterator[Element]:
    alike: dict[tuple[str, ...], int] = {}
    count = 0
    for element in document:
        if count == MOST:
            return
        if _address(document, element) is None or not element.rendered or element.box is None:
            continue
        if element.tag in {"html", "body"} or not _may_act(document, element, scripted):
            continue
        look = (element.tag, element.role, element.get("class") or "", *element.listeners)
        alike[look] = alike.get(look, 0) + 1
        if alike[look] > MOST_ALIKE:
            continue
        count += 1
        yield element


def _may_act(document: Document, element: Element, scripted: bool) -> bool:
    if element.disabled:
        return False
    explicit = (element.get("role") or "").strip().lower()
    if explicit == "button" and element.tag != "button":
        return True
    if not scripted:
        return False
    if element.tag == "button":
        sends = (element.get("type") or "submit").lower() == "submit"
        return not (sends and (element.has("form") or document.closest(element, lambda each: each.tag == "form")))
    if element.tag == "input":
        return (element.get("type") or "").lower() == "button"
    if element.tag == "a":
        href = (element.get("href") or "").strip()
        if not element.has("href") or href.startswith("#") or runs_script(href):
            return True
        # What a script does with a link that leads elsewhere is seen without going there.
        return bool(CLICKS & set(element.listeners)) or element.has("onclick")
    if element.tag == "img" and CLICKS & {*element.listeners, *(name[2:] for name in element.attributes)}:
        return True
    if element.tag in OWN_WAYS or document.closest(element, lambda each: each.tag in OWN_WAYS) is not None:
        return False
    if explicit in _ROLES or element.has("onclick") or CLICKS & set(element.listeners):
        return True
    parent = document.parent(element)
    pointed = element.style.get("cursor") == "pointer" and (parent is None or parent.style.get("cursor") != "pointer")
    return pointed and not any(each.focusable for each in document.descendants(element))


def _links_of_others(document: Document, top: frozenset[str]) -> list[Element]:
    """One link of each look that leads elsewhere and for which a part of the page around it, or the page as a whole
    (which listens to ``top``), may act: that listens to clicks, and the link bears a mark to know it by.
    """
    found: dict[tuple[str, ...], Element] = {}
    for element in document:
        if element.tag != "a" or not element.has("href") or element.static is None or element.frame is not None:
            continue
        marks = tuple(
            sorted(name for name in element.attributes if name.startswith("data-") or name in {"class", "rel"})
        )
        if not marks or not element.rendered or element.box is None or _may_act(document, element, scripted=True):
            continue
        if "click" in top or any("click" in above.listeners for above in document.ancestors(element)):
            found.setdefault((element.get("class") or "", *marks), element)
    return list(found.values())[:MOST_OF_OTHERS]


def _parts_of_listeners(document: Document, chosen: set[int]) -> list[Element]:
    """One part of each look of everything that listens to clicks and holds nothing that takes focus: it may listen for
    its parts.
    """
    found: list[Element] = []
    for element in document:
        if element.tag in {"html", "body"} or element.focusable or not element.rendered or element.frame is not None:
            continue
        if not CLICKS & {*element.listeners, *(name[2:] for name in element.attributes)}:
            continue
        inner = list(document.descendants(element))
        if any(each.focusable or each.tag in OWN_WAYS or each.index in chosen for each in inner):
            continue
        looks: dict[tuple[str, ...], Element] = {}
        for each in inner:
            if each.static is not None and each.box is not None and each.rendered and not document.children(each):
                # The last one: the first of several choices is mostly chosen already.
                looks[each.tag, each.role, each.get("class") or ""] = each
        found += list(looks.values())[:MOST_PARTS]
    return found


def _promising(document: Document, chosen: list[Element], top: frozenset[str]) -> list[Element]:
    """One of each look of what no key reaches and what promises by its marks or its line that it can be clicked, where
    the page as a whole (which listens to ``top``), or a part of it with many things in it, may act for it.
    """
    known = {each.index for each in chosen}
    found: dict[tuple[str, ...], Element] = {}
    for element in document:
        if element.static is None or element.frame is not None or element.index in known or element.focusable:
            continue
        if not element.rendered or element.box is None or element.tag in OWN_WAYS or not _promises(element):
            continue
        above = list(document.ancestors(element))
        if any(each.focusable or each.tag in OWN_WAYS or each.index in known for each in above):
            continue
        if any(each.focusable for each in document.descendants(element)):
            continue
        if "click" in top or any("click" in each.listeners or each.has("onclick") for each in above):
            found.setdefault((element.tag, element.get("class") or ""), element)
    return list(found.values())[:MOST_OF_OTHERS]


def _only_the_page_hears(document: Document, element: Element, top: tuple[str, ...]) -> bool:
    """Whether no key reaches it, and the page as a whole is all that listens to clicks on it."""
    if element.focusable or CLICKS & {*element.listeners, *(name[2:] for name in element.attributes)}:
        return False
    above = [each for each in document.ancestors(element) if "click" in each.listeners or each.has("onclick")]
    return ("click" in top or bool(above)) and all(each.tag in {"html", "body"} for each in above)


def _promises(element: Element) -> bool:
    underlined = "underline" in element.style.get("text-decoration-line", "") and element.tag not in {"u", "ins"}
    named = _PROMISING.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
    return underlined or named or any(_PROMISING_DATA.fullmatch(name) for name in element.attributes)


def _try(page: OpenPage, document: Document, element: Element) -> tuple[Activation | None, bool]:
    """What one control did, and whether the page has changed since."""
    channel = page.channel
    earlier = len(page.guard.popups)
    ready = channel.evaluate(f"{ACTIVATION}.start({_address(document, element)})")
    if ready is None:
        return None, True
    by_key = bool(ready["focused"])
    departures, popups = len(page.guard.departures), len(page.guard.popups)
    if by_key:
        press(channel, [ENTER])
    else:
        channel.evaluate(f"({ACTIVATION}.click(), 0)")
    told = _settled(page)
    pointer = by_key and _for_pointers(element) and not (told["changed"] or told["kept"])
    if pointer:
        # Enter did nothing: does a mouse or a finger?
        channel.evaluate(f"({ACTIVATION}.start({_address(document, element)}), {ACTIVATION}.click(), 0)")
        told = _settled(page)
    left = tuple(each.url for each in page.guard.departures[departures:])
    # What focus alone opens it opens again when the window is gone and focus is back, at some time or other.
    windows = tuple(page.guard.popups[popups:]) if popups == earlier else ()
    did = told["changed"] or left
    if by_key and not pointer:
        did = did or windows or told["kept"] or told["focus"] is None or not told["stayed"]
    result = Activation(
        node=element.node,
        by="Enter" if by_key and not pointer else "click",
        did=bool(did),
        changed=bool(told["changed"]),
        left=left,
        windows=windows,
        appeared=tuple(_opened(document, each) for each in told["appeared"]),
        gone=tuple(_node(document, each) for each in told["gone"]),
        written=tuple(Written(_node(document, each["at"]), each["text"], bool(each["live"])) for each in told["text"]),
        fields=tuple(_node(document, each) for each in told["fields"]),
        images=tuple(_node(document, each) for each in told["pictures"]),
        focus=_node(document, told["focus"]),
        inside=bool(told["inside"]),
        stale=bool(told["stale"]),
        swapped=_node(document, told["swapped"]) if by_key and not pointer else None,
        lost=str(told["lost"]) if by_key and not pointer else "",
        fragment=str(told["hash"]),
        follows=bool(told["follows"]),
    )
    dirty = result.changed
    if told["appeared"]:
        result, dirty = _leave(page, document, result)
        if (
            by_key
            and not pointer
            and told["stayed"]
            and told["focus"] is not None
            and (not element.has("aria-expanded") or told["stale"])
        ):
            hides, dirty = _hides(page, still=not result.escape_closes)
            result = replace(result, hides=hides)
    elif by_key and not pointer and told["restyled"] and told["stayed"] and not (told["gone"] or told["text"] or left):
        press(channel, [ENTER])
        after = channel.evaluate(f"{ACTIVATION}.after()", promise=True)
        result, dirty = replace(result, toggles=bool(after["looks"])), not after["same"]
    elif (
        by_key
        and not pointer
        and element.tag not in {"button", "input", "summary"}
        and ((element.get("role") or "") == "button" or _hears_keys(element, result))
    ):
        if dirty:
            page.open()
            page.rest(scroll=False)
            _prepare(page)
        space, dirty = _space(page, document, element)
        result = replace(result, space=space)
    return result, dirty


def _hears_keys(element: Element, result: Activation) -> bool:
    """Whether it has no role and is made to answer keys, and Enter is not one of them."""
    return not (element.has("role") or result.did or element.tag in OWN_WAYS) and bool(_KEYS & set(element.listeners))


def _settled(page: OpenPage) -> dict[str, Any]:
    """What a press did. What lies in the top layer, such as a popover, comes without a trace in the page's own markup."""
    told: dict[str, Any] = page.channel.evaluate(f"{ACTIVATION}.settle()", promise=True)
    return {**told, "changed": bool(told["changed"] or told["appeared"])}


def _for_pointers(element: Element) -> bool:
    """Whether it listens to a mouse or a finger, and to nothing that keys set off as well."""
    heard = {*element.listeners, *(name[2:] for name in element.attributes if name.startswith("on"))}
    return bool(heard & _POINTERS) and not heard & _ALSO_KEYS


def _hides(page: OpenPage, *, still: bool) -> tuple[bool, bool]:
    """Whether the control, pressed again, takes away what it showed, and whether the page has changed afterwards.

    ``still``: it is there; otherwise the control shows it once more first.
    """
    channel = page.channel
    channel.evaluate(f"({ACTIVATION}.refocus(), 0)")
    if not still:
        press(channel, [ENTER])
        if not channel.evaluate(f"{ACTIVATION}.after()", promise=True)["open"]:
            return False, True
    press(channel, [ENTER])
    after = channel.evaluate(f"{ACTIVATION}.after()", promise=True)
    return not after["open"] and not after["others"], not after["same"]


def _leave(page: OpenPage, document: Document, result: Activation) -> tuple[Activation, bool]:
    """Try to leave what appeared; gives also whether the page has changed afterwards."""
    channel = page.channel
    if result.inside:
        result = replace(result, tab_leaves=_tabbed_out(page, document, result))
    else:
        press(channel, [TAB])
        result = replace(result, tab_inside=bool(channel.evaluate(f"{ACTIVATION}.where()")["inside"]))
    press(channel, [ESCAPE])
    after = channel.evaluate(f"{ACTIVATION}.after()", promise=True)
    closed = not after["open"]
    result = replace(result, escape_closes=closed, focus_back=bool(after["back"]) if closed else None)
    return result, not after["same"]


def _tabbed_out(page: OpenPage, document: Document, result: Activation) -> int | None:
    """The node of the page behind that Tab leads to from a dialog that is modal, or that fills the window."""
    modal = [
        each
        for each in result.appeared
        if each.modal or (each.position == "fixed" and each.share >= FILLS and each.focusable)
    ]
    if not modal:
        return None
    channel = page.channel
    channel.evaluate(f"({ACTIVATION}.keep(), 0)")
    found = None
    for _ in range(min(modal[0].focusable + 1, MOST_TABS)):
        press(channel, [TAB])
        where = channel.evaluate(f"{ACTIVATION}.where()")
        # Nothing has focus: it is with the browser's own controls, and comes back from there.
        if where["focus"] is not None and not where["inside"]:
            found = _node(document, where["focus"])
            break
    channel.evaluate(f"({ACTIVATION}.again(), 0)")
    return found


def _space(page: OpenPage, document: Document, element: Element) -> tuple[bool, bool]:
    channel = page.channel
    if channel.evaluate(f"{ACTIVATION}.start({_address(document, element)})") is None:
        return True, True
    departures = len(page.guard.departures)
    press(channel, [SPACE])
    told = _settled(page)
    left = len(page.guard.departures) > departures
    return bool(told["clicked"] or told["changed"] or told["kept"] or left), bool(told["changed"])


def _node(document: Document, static: int | None) -> int | None:
    element = document.by_static.get(static) if static is not None else None
    return element.node if element is not None else None


def _opened(document: Document, told: Mapping[str, Any]) -> Opened:
    return Opened(
        node=_node(document, told["at"]),
        role=told["role"],
        modal=bool(told["modal"]),
        position=told["position"],
        share=told["share"],
        live=bool(told["live"]),
        text=told["text"],
        focusable=told["focusable"],
    )
