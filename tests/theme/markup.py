"""Says what is wrong with the structure of a page, in sentences."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import override

from bs4 import BeautifulSoup, Tag

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list")


class _Balance(HTMLParser):
    """Finds elements that are not closed, or closed in the wrong order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        doubled = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        if doubled:
            self.faults.append(f"<{tag}> has {doubled[0]} twice")
        if tag not in _VOID:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults.append(f"<{tag}/> is closed by a slash")

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
            return
        self.open.pop()


def faults(html: str) -> list[str]:
    """Return the faults of a page; an empty list when there are none."""
    balance = _Balance()
    balance.feed(html)
    balance.close()
    found = list(balance.faults) + [f"<{tag}> is never closed" for tag in balance.open]
    soup = BeautifulSoup(html, "html.parser")
    ids = Counter(str(element["id"]) for element in soup.select("[id]"))
    found += [f"the id {name} is there {count} times" for name, count in ids.items() if count > 1]
    for element in soup.find_all(True):
        found += _of_element(element, ids)
    return found


def _of_element(element: Tag, ids: Counter[str]) -> list[str]:
    found = []
    for attribute in _REFERENCES:
        value = element.get(attribute)
        lost = [name for name in str(value or "").split() if name not in ids]
        found += [f"<{element.name} {attribute}> points to #{name}, which is not there" for name in lost]
    href = str(element.get("href") or "")
    if element.name == "a" and href.startswith("#") and href[1:] not in ids:
        found.append(f"a link leads to {href}, which is not there")
    found += [f"<{element.name}> has {name}" for name in element.attrs if name == "style" or name.startswith("on")]
    if element.name in {"h1", "h2", "h3", "h4", "a", "button", "label", "legend", "caption", "summary", "th", "dt"}:
        text = element.get_text(strip=True)
        if not text and not element.select("img[alt]"):
            found.append(f"<{element.name}> is empty")
    if element.name == "img" and not element.has_attr("alt"):
        found.append("<img> has no alt")
    if element.name in {"ul", "ol"}:
        wrong = [child.name for child in element.find_all(True, recursive=False) if child.name != "li"]
        found += [f"<{element.name}> holds <{name}>" for name in wrong]
    # What stands inside a named image is part of that image.
    inside = element.find_parent(attrs={"role": "img"}) is not None
    if element.name == "svg" and element.get("aria-hidden") != "true" and element.get("role") != "img" and not inside:
        found.append("<svg> is neither hidden nor a named image")
    return found
