"""The export file of WordPress (WXR) as it is read: its items, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree, html

from audit.errors import UsageError
from stepfree.imports.parts import read_parts


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the export. ``line`` is that of the file; ``meta`` its further fields."""

    line: int
    id: str
    type: str
    status: str
    title: str
    name: str
    link: str
    parent: str
    date: str
    text: str
    excerpt: str
    file: str
    secret: bool
    comments: int
    terms: tuple[str, ...]
    menu_order: int
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """How a person finds it in the old site."""
        return f"{self.type} {self.id}, “{self.title or self.name}”"


@dataclass(frozen=True, slots=True)
class Export:
    """The whole file. ``home``: the old site's address."""

    home: str
    items: tuple[Item, ...]


def read_export(path: Path) -> Export:
    """Read a WXR file of whatever version, or a ZIP of several, as WordPress.com exports a large site.

    Raises:
        UsageError: it is no such file.
    """
    parts = [_read(name, data) for name, data in read_parts(path, ".xml")]
    return Export(parts[0].home, tuple(item for part in parts for item in part.items))


def _read(path: str, data: bytes) -> Export:
    """One file; control characters that XML does not allow are passed over."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True, strip_cdata=False)
    tree = etree.fromstring(data.lstrip(), parser) if data.strip() else None
    channel = tree.find("channel") if tree is not None else None
    if channel is None or not any(_name(child) == "wxr_version" for child in channel):
        raise UsageError(
            f"{path}: this is not a WordPress export file.", "In WordPress, choose Tools, Export, All content."
        )
    said = {_name(child): (child.text or "").strip() for child in channel}
    home = said.get("base_blog_url") or said.get("link") or ""
    return Export(home.rstrip("/"), tuple(_item(each) for each in channel.iter("item")))


def _name(element: Any) -> str:
    """A tag without its namespace; a prefix that the file never declared stays in the tag, and goes too."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _item(element: Any) -> Item:
    said: dict[str, str] = {}
    meta: dict[str, str] = {}
    terms: list[str] = []
    comments = 0
    for child in element:
        name = _name(child)
        if name == "postmeta":
            pair = {_name(each): (each.text or "").strip() for each in child}
            meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif name == "category":
            terms.append((child.text or "").strip())
        elif name == "comment":
            comments += 1
        elif name == "encoded":
            said["excerpt" if "excerpt" in str(child.tag) else "content"] = child.text or ""
        else:
            said.setdefault(name, (child.text or "").strip())
    return Item(
        element.sourceline or 0, said.get("post_id", ""), said.get("post_type", "post"), said.get("status", "publish"),
        " ".join(html_text(said.get("title", "")).split()), said.get("post_name", ""), said.get("link", ""),
        said.get("post_parent", "0"), said.get("post_date", ""), said.get("content", ""), said.get("excerpt", ""),
        said.get("attachment_url", ""), bool(said.get("post_password")), comments, tuple(terms),
        int(said["menu_order"]) if said.get("menu_order", "").isdigit() else 0, meta,
    )  # fmt: skip


def html_text(text: str) -> str:
    """The words of a piece of HTML."""
    return str(html.fragment_fromstring(text, create_parent="div").text_content()) if text.strip() else ""
