"""Other ways to write a page, under which what a rule says must stay as it was.

Each takes the text of an example and a source of chance with a seed, and gives the page anew, or
``None`` where there is nothing to do. Marks (``data-expect``) stay on their elements.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

import lxml.html
from lxml.html import HtmlElement

type Transformation = Callable[[str, random.Random], str | None]

_COLOUR = re.compile(r"#(?P<hex>[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?=[^{}]*[;}\"'])")
_RULE = re.compile(r"<style>(?P<css>.*?)</style>", re.DOTALL)
_PIXELS = re.compile(r"(?<![\w.#-])(?P<number>\d+(?:\.\d+)?)px\b")
_ATTRIBUTE = re.compile(r"\s(?P<name>aria-[a-z]+|role|href|alt|title|tabindex|hidden|type)(?==|[\s>])")
_DOCTYPE = "<!DOCTYPE html>\n"
_SCRIPTED = re.compile(r"<script|\son[a-z]+=", re.IGNORECASE)


def _tree(page: str) -> HtmlElement:
    return lxml.html.document_fromstring(page)


def _text(tree: HtmlElement) -> str:
    return _DOCTYPE + str(lxml.html.tostring(tree, encoding="unicode"))


def _wrap(page: str, tag: str, **attributes: str) -> str | None:
    """The whole content of the body within one more element, scripts left behind it."""
    tree = _tree(page)
    body = tree.find("body")
    if body is None or any(child.tag == tag for child in body) or body.find(f".//{tag}") is not None:
        return None
    outer = lxml.html.Element(tag, attributes)
    outer.text, body.text = body.text, "\n"
    for child in list(body):
        if child.tag not in {"script", "template"}:
            outer.append(child)
    body.insert(0, outer)
    return _text(tree)


def in_main(page: str, _chance: random.Random) -> str | None:
    """In the main part of the page."""
    return _wrap(page, "main")


def in_section(page: str, _chance: random.Random) -> str | None:
    """In a section."""
    return _wrap(page, "section")


def in_custom_element(page: str, chance: random.Random) -> str | None:
    """In an element of the author's own."""
    return _wrap(page, f"x-{chance.choice(('page', 'part', 'shell'))}", style="display: block")


def in_boxes(page: str, chance: random.Random) -> str | None:
    """In some more boxes without a meaning."""
    found: str | None = page
    for _ in range(chance.randint(2, 4)):
        outer = _tree(found or page)
        body = outer.find("body")
        if body is None:
            return None
        box = lxml.html.Element("div")
        box.text, body.text = body.text, "\n"
        for child in list(body):
            if child.tag not in {"script", "template"}:
                box.append(child)
        body.insert(0, box)
        found = _text(outer)
    return found


def in_item(page: str, _chance: random.Random) -> str | None:
    """In the only item of a list, where the page has no other."""
    return None if re.search(r"<(?:ul|ol|li|menu)\b|role=\"?list", page) else _within(page, "ul", "li")


def in_cell(page: str, _chance: random.Random) -> str | None:
    """In a cell of a table for layout, where the page has no other."""
    if re.search(r"<t(?:able|d|h)\b|role=\"?(?:table|grid)", page):
        return None
    return _within(page, "table", "tr", "td", role="presentation")


def _within(page: str, *tags: str, **attributes: str) -> str | None:
    """As :func:`_wrap`, in several elements within each other; the outermost gets the attributes."""
    for tag in reversed(tags[1:]):
        made = _wrap(page, tag)
        if made is None:
            return None
        page = made
    return _wrap(page, tags[0], **attributes)


def in_shadow(page: str, _chance: random.Random) -> str | None:
    """In an open shadow tree, which has the style sheets of the page, where no script looks for it."""
    if _SCRIPTED.search(page) or "data-expect" in page.split("<body", 1)[0]:
        return None
    head, found, rest = page.partition("<body")
    start, closed, inner = rest.partition(">")
    inner, end, tail = inner.rpartition("</body>")
    if not (found and closed and end) or "<template" in page or "data-expect" in start:
        return None
    styles = "".join(match.group(0) for match in _RULE.finditer(head))
    return f'{head}<body{start}><div><template shadowrootmode="open">{styles}{inner}</template></div></body>{tail}'


def in_slot(page: str, _chance: random.Random) -> str | None:
    """In the slot of an element with an open shadow tree."""
    made = _wrap(page, "x-frame", style="display: block")
    shadow = '<template shadowrootmode="open"><div><slot></slot></div></template>'
    return re.sub(r"(<x-frame\b[^>]*>)", rf"\1{shadow}", made, count=1) if made else None


def text_around(page: str, chance: random.Random) -> str | None:
    """With sentences before and after that have nothing to do with it."""
    tree = _tree(page)
    body = tree.find("body")
    if body is None:
        return None
    said = ["The lake freezes in December.", "Snow lies on the roofs until spring.", "Loons call in the evening."]
    first, second = lxml.html.Element("p"), lxml.html.Element("p")
    first.text, second.text = chance.sample(said, 2)
    first.tail = body.text
    body.text = "\n"
    body.insert(0, first)
    body.append(second)
    return _text(tree)


def other_names(page: str, chance: random.Random) -> str | None:
    """With other classes, where only style sheets use them."""
    if _SCRIPTED.search(page):
        return None
    style = _RULE.search(page)
    names = sorted(set(re.findall(r"\.([a-z][\w-]*)", style["css"]))) if style else []
    if not names:
        return None
    renamed = {name: f"{chance.choice('bcdfg')}{chance.randrange(10, 99)}{at}" for at, name in enumerate(names)}
    for name, other in renamed.items():
        page = re.sub(rf"\.{re.escape(name)}(?![\w-])", f".{other}", page)

    def change(match: re.Match[str]) -> str:
        return f'class="{" ".join(renamed.get(each, each) for each in match[1].split())}"'

    return re.sub(r'class="([^"]*)"', change, page)


def in_layer(page: str, _chance: random.Random) -> str | None:
    """With the style sheet in a cascade layer."""
    if not _RULE.search(page) or "@import" in page:
        return None
    return _RULE.sub(lambda match: f"<style>@layer own {{ {match['css']} }}</style>", page)


def in_oklch(page: str, _chance: random.Random) -> str | None:
    """With colours in another notation."""
    if not _COLOUR.search(page):
        return None
    return _COLOUR.sub(lambda match: f"color-mix(in srgb, #{match['hex']}, #{match['hex']})", page)


def in_functions(page: str, _chance: random.Random) -> str | None:
    """With colours as parts of red, green and blue between 0 and 1."""
    if not _COLOUR.search(page):
        return None

    def change(match: re.Match[str]) -> str:
        digits = match["hex"] if len(match["hex"]) == 6 else "".join(each * 2 for each in match["hex"])
        parts = (f"{int(digits[at : at + 2], 16) / 255:.5f}" for at in (0, 2, 4))
        return f"color(srgb {' '.join(parts)})"

    return _COLOUR.sub(change, page)


def nested(page: str, _chance: random.Random) -> str | None:
    """With the rules of the style sheet within another."""
    found = _RULE.search(page)
    if found is None or re.search(
        r"@(?:import|keyframes|font-face|layer|property)|\b(?:html|body)\b|:root", found["css"]
    ):
        return None
    return _RULE.sub(lambda match: f"<style>html {{ {match['css']} }}</style>", page)


def in_rem(page: str, _chance: random.Random) -> str | None:
    """With lengths of the style sheet in rem."""
    if not _RULE.search(page) or (
        "font-size" in page.split("</style>", 1)[0] and "html" in page.split("</style>", 1)[0]
    ):
        return None

    def change(match: re.Match[str]) -> str:
        return _PIXELS.sub(lambda each: f"{float(each['number']) / 16:g}rem", match.group(0))

    return _RULE.sub(change, page)


def capital_tags(page: str, _chance: random.Random) -> str | None:
    """With names of attributes in capitals."""
    if "<svg" in page or _SCRIPTED.search(page):
        return None
    changed = _ATTRIBUTE.sub(lambda match: match.group(0).upper(), page)
    return None if changed == page else changed


def spaced_attributes(page: str, _chance: random.Random) -> str | None:
    """With blanks and line breaks between attributes."""
    if _SCRIPTED.search(page) or "<pre" in page:
        return None
    return re.sub(r"<([a-z][a-z0-9]*) (?=[a-z-]+=)", r"<\1\n   ", page)


def listener_for_attribute(page: str, _chance: random.Random) -> str | None:
    """With a listener in the place of an attribute that acts on a click."""
    if 'onclick="' not in page:
        return None
    moved = page.replace('onclick="', 'data-then="')
    script = (
        "<script>for (const each of document.querySelectorAll('[data-then]')) "
        "each.addEventListener('click', new Function('event', each.dataset.then).bind(each))</script>"
    )
    return moved.replace("</body>", f"{script}\n</body>")


def delegated(page: str, _chance: random.Random) -> str | None:
    """With one listener of the whole page in the place of attributes that act on a click."""
    if 'onclick="' not in page:
        return None
    moved = page.replace('onclick="', 'data-then="')
    script = (
        "<script>document.addEventListener('click', (event) => { const at = event.target.closest('[data-then]'); "
        "if (at) new Function('event', at.dataset.then).call(at, event) })</script>"
    )
    return moved.replace("</body>", f"{script}\n</body>")


TRANSFORMATIONS: Mapping[str, Transformation] = {
    "in main": in_main,
    "in a section": in_section,
    "in a custom element": in_custom_element,
    "in more boxes": in_boxes,
    "in an item": in_item,
    "in a cell": in_cell,
    "in a shadow tree": in_shadow,
    "in a slot": in_slot,
    "text around": text_around,
    "other class names": other_names,
    "in a layer": in_layer,
    "colours mixed": in_oklch,
    "colours as functions": in_functions,
    "rules within rules": nested,
    "lengths in rem": in_rem,
    "attributes in capitals": capital_tags,
    "attributes on lines": spaced_attributes,
    "listener for attribute": listener_for_attribute,
    "listener of the page": delegated,
}
