"""Frames of a page in which nothing was looked at, and other sites to which it leads some of its visitors.

What a frame shows is part of its page (WCAG 2.2, 5.2.2). Where it comes from another site it is a question: the page
was looked at, and nobody but a person can say what is in there. Where it is the site's own, and no page of the site
that was looked at, a part of the site was not looked at, and the audit is not complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from audit.examination.examination import RuleOutcome
from audit.examination.regions import FRAMES, Ownership
from audit.judgement.gate import outcome
from audit.model.document import Document, Element
from audit.model.page import Page
from audit.survey.site_page import is_address, resolve

#: Frames up to this width or height, in CSS px, are there for machines: counters, and doors of scripts to each other.
SPECK = 2.0
#: How names of pages end; other things in an ``object`` are pictures, films and documents.
_PAGES = frozenset({"", ".asp", ".aspx", ".htm", ".html", ".jsp", ".php", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Unread:
    """A frame of the site's own that was not read. ``shows``: the address on the site; ``None``: it has none."""

    selector: str
    shows: str | None


def unread_frames(page: Page) -> Iterator[tuple[Element, str]]:
    """The frames that people see and in which nothing was looked at, and the whole address of what each shows; it is
    empty for what the page has made itself.
    """
    document = page.document
    read: dict[int, Element] = {}
    for each in document:
        if each.frame is not None:
            read.setdefault(each.frame, each)
    gone = {each.url for each in page.requests if (each.status or 0) >= 400}
    for element in document:
        if element.tag not in FRAMES or not _is_seen(element):
            continue
        address = _address(page, document, element)
        root = read.get(element.node)
        if address is None or address in gone or not _shows_page(element, address, root):
            continue
        # axe-core enters no other elements than frames, and none that the browser keeps apart from the page.
        if root is None or element.tag in {"object", "embed"} or _is_apart(element):
            yield element, address


def _is_apart(element: Element) -> bool:
    """Whether the browser gives what a frame shows an origin of its own, wherever it is from (HTML, 7.1.1)."""
    if element.has("sandbox") and "allow-same-origin" not in (element.get("sandbox") or "").lower().split():
        return True
    source = (element.get(FRAMES[element.tag]) or "").strip().lower()
    return source.startswith("data:") and not element.has("srcdoc")


def _is_seen(element: Element) -> bool:
    box = element.box
    return element.rendered and box is not None and box.width > SPECK and box.height > SPECK


def _address(page: Page, document: Document, element: Element) -> str | None:
    """Of what a frame shows; empty for what the page has made, ``None`` for nothing."""
    if element.has("srcdoc") and element.tag == "iframe":
        return ""
    source = (element.get(FRAMES[element.tag]) or "").strip()
    if not source or source.startswith("about:"):
        return None
    if source.partition(":")[0].lower() in {"data", "blob", "javascript"}:
        return ""
    above = document.by_node.get(element.frame) if element.frame is not None else None
    base = (_address(page, document, above) if above is not None else None) or page.url
    found = resolve(base, source).split("#", 1)[0]
    return found if is_address(found) else None


def _shows_page(element: Element, address: str, root: Element | None) -> bool:
    if element.tag not in {"object", "embed"}:
        return True
    if root is not None:
        return root.tag == "html"
    kind = (element.get("type") or "").lower()
    if kind:
        return kind in {"text/html", "application/xhtml+xml"}
    return PurePosixPath(urlsplit(address).path).suffix.lower() in _PAGES


def looked_into(
    page: Page, owners: Ownership, on_site: Callable[[str], str | None]
) -> tuple[tuple[RuleOutcome, ...], tuple[Unread, ...]]:
    """What is asked about frames of other sites and sites that some are led to, and the frames of the site's own that were not read.

    ``on_site``: the address of a page of the site, by its whole address; ``None`` for other addresses.
    """
    asked: list[RuleOutcome] = []
    own: list[Unread] = []
    here = urlsplit(page.url).netloc
    for element, address in unread_frames(page):
        host = urlsplit(address).netloc
        if not host or host == here:
            own.append(Unread(element.selector, on_site(address) if address else None))
            continue
        question = outcome(
            "frame-not-looked-at",
            f"This frame shows a page of {host}, and nothing in it was looked at. Can everybody use what is in it?",
            "Try it with the keyboard and a screen reader, or ask whoever makes it for a report on its accessibility. "
            "If they have something to fix, name the frame in `[[regions]]` of `stepfree.toml`.",
            page=page.address,
            asks=True,
        )
        target = page.document.target(element)
        asked.append(replace(question, target=target, region=owners.inside(page.document, element)))
    for condition, address in page.observed.led_away:
        asked.append(
            outcome(
                "led-to-another-site",
                f"When it is {condition}, the page leads to {urlsplit(address).netloc}, and what these visitors get was not"
                " looked at. Is it as accessible as this page?",
                "Let one page serve all visitors, or audit that site by its own address.",
                page=page.address,
                asks=True,
            )
        )
    return tuple(asked), tuple(own)
