"""The small remainder of a page that rules about the whole site need (:class:`audit.model.site.SitePage`).

From a capture where there is one; from the file's bytes for pages that are not opened
(redirects, and every page when no browser may be used).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

import lxml.html
import lxml.html.defs

from audit.model.document import Document, Element
from audit.model.page import Page
from audit.model.site import TEXT_LIMIT, SiteControl, SiteForm, SiteLink, SitePage
from audit.survey.folder import ExpectedPage
from audit.survey.repeated import Part, functions, menus_without_landmark, parts_of, parts_of_tree

#: Elements that link to another place, and the attribute that says where.
LINKS = {"a": "href", "area": "href", "iframe": "src", "frame": "src"}
#: Elements that do not set their text off from the words around it.
INLINE = lxml.html.defs.phrase_tags | lxml.html.defs.font_style_tags | {"a", "bdi", "data", "mark", "time", "wbr"}
#: The parts of a page, by role and by the element that has it by itself.
AREAS = {"banner": "header", "main": "main", "contentinfo": "footer"}
#: Elements inside which a header or footer is that of a section, not of the page (HTML-AAM).
SECTIONS = frozenset({"article", "aside", "main", "nav", "section"})
#: Elements that load something, and the attribute that says what.
LOADED = {
    "img": "src",
    "script": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "embed": "src",
    "object": "data",
}


def remember(page: Page, expected: ExpectedPage) -> SitePage:
    """What is kept of a captured page."""
    document = page.document
    base = base_of(page.url, (element.get("href") for element in document.tags("base")))
    main = next(iter(document.roles("main")), None) or document.root
    text = document.visible_text(main)
    metas = {(element.get("name") or "").lower(): element.get("content") or "" for element in document.tags("meta")}
    return SitePage(
        address=page.address,
        file=expected.file,
        title=" ".join(document.title.split()),
        lang=document.root.get("lang"),
        h1=tuple(document.visible_text(each) for each in document.roles("heading") if _level(each) == 1),
        description=metas.get("description"),
        links=tuple(_links(document, base)),
        anchors=tuple(dict.fromkeys(_anchors(document))),
        headings=tuple((_level(each), document.visible_text(each)) for each in document.roles("heading")),
        main_text=text[:TEXT_LIMIT],
        status=page.status,
        kind=expected.kind.value,
        canonical=_relation(document, base, "canonical"),
        alternates={
            str(each.get("hreflang")): resolve(base, each.get("href") or "")
            for each in document.tags("link")
            if "alternate" in (each.get("rel") or "").lower().split() and each.get("hreflang")
        },
        source_path=expected.source,
        template=expected.template,
        has_search=bool(document.roles("search", "searchbox")),
        forms=tuple(_forms(document, base)),
        controls=tuple(_controls(document, base)),
    )


def base_of(url: str, written: Iterable[str | None]) -> str:
    """The address that others are relative to; a base that is no address is none (HTML Standard, 4.2.3)."""
    href = next((each for each in written if each), None)
    base = resolve(url, href) if href else url
    return base if base.startswith(("http://", "https://")) and is_address(base) else url


def is_address(url: str) -> bool:
    """Whether it can be read as one."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _level(heading: Element) -> int:
    level = heading.accessible.states.get("level") if heading.accessible else None
    return (
        int(level) if isinstance(level, int | float | str) and str(level).split(".", maxsplit=1)[0].isdecimal() else 0
    )


def _anchors(document: Document) -> Iterable[str]:
    for element in document:
        if element.frame is None and (identifier := element.get("id")):
            yield identifier
    for element in document.tags("a"):
        if element.frame is None and (name := element.get("name")):
            yield name


def _links(document: Document, base: str) -> Iterable[SiteLink]:
    blocks = menus_without_landmark(parts_of(document))
    for element in document:
        attribute = LINKS.get(element.tag) or LOADED.get(element.tag)
        if attribute is None or element.frame is not None:
            continue
        href = element.get(attribute)
        if href is None:
            continue
        yield SiteLink(
            href=href,
            url=resolve(base, href),
            text=document.visible_text(element),
            name=element.name,
            selector=element.selector,
            static=element.static,
            kind=element.tag,
            area=next((above.role for above in document.ancestors(element) if above.role in AREAS), ""),
            landmark=next((above.name for above in document.ancestors(element) if above.role == "navigation"), None),
            block=blocks.get(element.index),
        )


def _controls(document: Document, base: str) -> Iterable[SiteControl]:
    for place, does in functions(parts_of(document)).items():
        element = document[place]
        if element.exposed and element.frame is None and element.name.strip():
            html = document.target(element).html
            yield SiteControl(_settled(does, base), element.name.strip(), element.selector, element.static, html)


def _controls_of(parts: Sequence[Part], nodes: Sequence[lxml.html.HtmlElement], base: str) -> Iterable[SiteControl]:
    for place, does in functions(parts).items():
        node = nodes[place]
        pictures = (each.get("alt") or "" for each in node.iter("img"))
        name = node.get("aria-label") or node.get("value") or _text(node) or next(pictures, "")
        if name:
            yield SiteControl(_settled(does, base), name, "", place, f"<{node.tag}>{name}")


def _settled(does: str, base: str) -> str:
    return does if "=" in does else resolve(base, does)


def _forms(document: Document, base: str) -> Iterable[SiteForm]:
    for form in document.tags("form"):
        if form.frame is not None or not form.rendered:
            continue
        inner = [each for each in document.descendants(form) if each.rendered]
        sending = [each for each in inner if is_sending(each.tag, each.get("type"))]
        if len(sending) == 1:
            fields = tuple(each.get("name") or "" for each in inner if is_filled_in(each.tag, each.get("type")))
            url, button = resolve(base, form.get("action") or ""), sending[0]
            target = document.target(button)
            yield SiteForm(url, fields, button.name, button.selector, button.static, target.html)


def _forms_of(tree: lxml.html.HtmlElement, base: str, order: Mapping[lxml.html.HtmlElement, int]) -> Iterable[SiteForm]:
    for form in tree.iter("form"):
        sending = [each for each in form.iter("button", "input") if is_sending(str(each.tag), each.get("type"))]
        if len(sending) == 1:
            fields = tuple(
                each.get("name") or ""
                for each in form.iter("input", "select", "textarea")
                if is_filled_in(str(each.tag), each.get("type"))
            )
            button = sending[0]
            name = button.get("aria-label") or button.get("value") or button.get("alt") or _text(button)
            yield SiteForm(
                resolve(base, form.get("action") or ""), fields, name, "", order.get(button), f"<{button.tag}>{name}"
            )


def is_sending(tag: str, kind: str | None) -> bool:
    """Whether an element sends the form that it is in."""
    written = (kind or "submit").lower()
    return (tag == "button" and written not in {"button", "reset"}) or (
        tag == "input" and kind is not None and written in {"submit", "image"}
    )


def is_filled_in(tag: str, kind: str | None) -> bool:
    """Whether an element is a field of a form."""
    return tag in {"select", "textarea"} or (
        tag == "input" and (kind or "text").lower() not in {"hidden", "submit", "image", "button", "reset"}
    )


def resolve(base: str, href: str) -> str:
    """The absolute address; what cannot be resolved stays as it is."""
    try:
        return urljoin(base, re.sub(r"[\t\n\r]", "", href.strip()))
    except ValueError:
        return href


def _relation(document: Document, base: str, relation: str) -> str | None:
    for element in document.tags("link"):
        if relation in (element.get("rel") or "").lower().split() and (href := element.get("href")):
            return resolve(base, href)
    return None


def read_page(data: bytes, url: str, expected: ExpectedPage) -> SitePage:
    """What the bytes of a page say without a browser: for redirects, and where no browser may be used.

    Names are texts only, and what scripts make is not there.
    """
    try:
        tree = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):
        tree = lxml.html.document_fromstring("<html></html>")
    base = base_of(url, (each.get("href") for each in tree.iter("base")))
    order = {node: number for number, node in enumerate(tree.iter("*"))}
    parts = parts_of_tree(order)
    blocks = menus_without_landmark(parts)
    main = next(tree.iter("main"), tree)
    text = _text(main)
    related = [(node, href) for node in tree.iter("link") if (href := node.get("href"))]
    headings = [(int(node.tag[1]), _text(node)) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    links = []
    for node in tree.iter(*LINKS, *LOADED):
        tag = str(node.tag)
        href = node.get(LINKS.get(tag) or LOADED[tag])
        if href is not None:
            name = node.get("aria-label") or _text(node) or next((img.get("alt") or "" for img in node.iter("img")), "")
            nav = next((above for above in node.iterancestors("nav")), None)
            landmark = None if nav is None else nav.get("aria-label") or ""
            url, place = resolve(base, href), order.get(node)
            block = None if place is None else blocks.get(place)
            links.append(SiteLink(href, url, _text(node), name, "", place, tag, _area(node), landmark, block))
    if expected.target is not None:
        links.append(SiteLink(expected.target, resolve(base, expected.target), "", "", "", None, "redirect"))
    return SitePage(
        address=expected.address,
        file=expected.file,
        title=" ".join((tree.findtext(".//title") or "").split()),
        lang=tree.get("lang"),
        h1=tuple(words for level, words in headings if level == 1),
        description=next(
            (node.get("content") for node in tree.iter("meta") if node.get("name") == "description"), None
        ),
        links=tuple(links),
        anchors=tuple(
            dict.fromkeys(
                [value for node in order for value in [node.get("id")] if value]
                + [value for node in tree.iter("a") for value in [node.get("name")] if value]
            )
        ),
        headings=tuple(headings),
        main_text=text[:TEXT_LIMIT],
        status=expected.status,
        kind=expected.kind.value,
        canonical=next((resolve(base, href) for node, href in related if "canonical" in _relations(node)), None),
        alternates={
            str(node.get("hreflang")): resolve(base, href)
            for node, href in related
            if node.get("hreflang") and "alternate" in _relations(node)
        },
        source_path=expected.source,
        template=expected.template,
        forms=tuple(_forms_of(tree, base, order)),
        controls=tuple(_controls_of(parts, list(order), base)),
        has_search=bool(tree.xpath('//search | //*[@role="search"] | //input[@type="search"]')),
    )


def _relations(link: lxml.html.HtmlElement) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _area(node: lxml.html.HtmlElement) -> str:
    """The part of the page around an element, as :attr:`SiteLink.area`."""
    above = list(node.iterancestors())
    for place, each in enumerate(above):
        role = next((role for role, tag in AREAS.items() if (each.get("role") or each.tag) in (role, tag)), "")
        if role == "main" or (role and not any(outer.tag in SECTIONS for outer in above[place + 1 :])):
            return role
    return ""


def _text(node: lxml.html.HtmlElement) -> str:
    """The text inside, white space collapsed; a block is set off by a space."""
    parts: list[str] = []
    _gather(node, parts)
    return " ".join("".join(parts).split())


def _gather(node: lxml.html.HtmlElement, parts: list[str]) -> None:
    parts.append(node.text or "")
    for child in node:
        if isinstance(child.tag, str) and child.tag not in {"script", "style", "template", "noscript"}:
            apart = "" if child.tag in INLINE else " "
            parts.append(apart)
            _gather(child, parts)
            parts.append(apart)
        parts.append(child.tail or "")
