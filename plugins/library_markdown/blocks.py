"""Blocks that Python-Markdown does not have: details, captions of tables, scopes of headers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any, override

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.treeprocessors import Treeprocessor

from library_markdown.lines import MARK, without_marks

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class DetailsProcessor(AdmonitionProcessor):
    """``??? "Summary"`` with an indented body becomes ``<details>``; ``???+`` is open at first."""

    CLASSNAME = "details"
    CLASSNAME_TITLE = "details-summary"
    RE = re.compile(r'(?:^|\n)(\?\?\?\+?) *(?:[\w\-]+ *)*"(.*?)" *(?:\n|$)')

    @override
    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = self.RE.search(block)
        if match:
            if match.start() > 0:
                self.parser.parseBlocks(parent, [block[: match.start()]])
            block = block[match.end() :]
            block, rest = self.detab(block)
            details = ET.SubElement(parent, "details", {"class": self.CLASSNAME})
            if match.group(1) == "???+":
                details.set("open", "open")
            summary = ET.SubElement(details, "summary")
            summary.text = match.group(2)
            inner: ET.Element = details
        else:
            sibling, block, rest = self.parse_content(parent, block)
            if sibling is None:
                blocks.insert(0, block)
                return
            inner = sibling
        self.parser.parseChunk(inner, block)
        if rest:
            blocks.insert(0, rest)

    @override
    def parse_content(self, parent: ET.Element, block: str) -> tuple[ET.Element | None, str, str]:
        # The parent class looks for a <div>; what follows an open <details> belongs into it.
        old_block = block
        sibling = self.lastChild(parent)
        if sibling is None or sibling.tag != "details" or not block.startswith(" " * self.tab_length):
            return None, old_block, ""
        block, rest = self.detab(block)
        return sibling, block, rest


class CaptionProcessor(BlockProcessor):
    """``Table: words`` directly after a table is its caption."""

    RE = re.compile(rf"^Table:\s+(?P<words>(?:{MARK.pattern})?\S.*)$", re.DOTALL)

    @override
    def test(self, parent: ET.Element, block: str) -> bool:
        before = self.lastChild(parent)
        return before is not None and before.tag == "table" and self.RE.match(block) is not None

    @override
    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        table = self.lastChild(parent)
        match = self.RE.match(blocks.pop(0))
        assert table is not None
        assert match is not None
        caption = ET.Element("caption")
        caption.text = match["words"].strip()
        table.insert(0, caption)


class Tables(Treeprocessor):
    """Gives header cells their scope and puts each table into a region that scrolls by keyboard.

    A cell of the first column that stands in ``**bold**`` alone is the header of its row.
    """

    #: What a table is called that has neither a caption nor a heading above it.
    table_word: str = "Table"
    #: Begins the ids of tables.
    prefix: str = ""

    @override
    def run(self, root: ET.Element) -> None:
        count = 0
        heading = named = ""
        for parent in list(root.iter()):
            if parent.tag in _HEADINGS:
                heading = parent.get("id", "")
            for index, child in enumerate(list(parent)):
                if child.tag in _HEADINGS:
                    heading = child.get("id", "")
                if child.tag != "table":
                    continue
                count += 1
                self._finish(child)
                # Of several tables below one heading, only the first can have its name.
                parent[index] = self._region(child, count, heading if heading != named else "")
                named = heading

    def _finish(self, table: ET.Element) -> None:
        for cell in table.iterfind("thead/tr/th"):
            if _has_words(cell):
                cell.set("scope", "col")
            elif not len(cell):
                cell.tag = "td"
        # On a phone each cell stands below the name of its column (theme/components/table-region).
        names = ["".join(cell.itertext()).strip() for cell in table.iterfind("thead/tr/th")]
        for row in table.iterfind("tbody/tr"):
            first = next(iter(row), None)
            if first is not None and len(first) == 1 and first[0].tag == "strong" and _only_child(first):
                first.tag = "th"
                first.set("scope", "row")
            for name, cell in zip(names, row, strict=False):
                if cell.tag == "td" and name:
                    cell.set("data-label", name)
        for cell in table.iter():
            if style := cell.attrib.pop("style", None):
                cell.set("class", f"align-{style.split(':')[1].strip(' ;')}")

    def _region(self, table: ET.Element, count: int, heading: str) -> ET.Element:
        region = ET.Element("div", {"class": "table-region", "tabindex": "0", "role": "region"})
        caption = table.find("caption")
        if caption is not None:
            caption.set("id", f"{self.prefix}table-{count}")
            region.set("aria-labelledby", f"{self.prefix}table-{count}")
        elif heading:
            region.set("aria-labelledby", heading)
        else:
            region.set("aria-label", f"{self.table_word} {count}")
        region.append(table)
        region.tail, table.tail = table.tail, None
        return region


class Notes(Treeprocessor):
    """Tells assistive technology that an admonition is a note beside the text (WAI-ARIA 1.2, role ``note``)."""

    @override
    def run(self, root: ET.Element) -> None:
        for each in root.iter("div"):
            if "admonition" in each.get("class", "").split():
                each.set("role", "note")


def _has_words(element: ET.Element) -> bool:
    return bool(without_marks("".join(element.itertext())).strip())


def _only_child(element: ET.Element) -> bool:
    return not without_marks(element.text or "").strip() and not (element[0].tail or "").strip()


class LibraryBlocks(Extension):
    """Registers the blocks above."""

    @override
    def extendMarkdown(self, md: Markdown) -> None:
        processors: Any = md.parser.blockprocessors
        processors.register(DetailsProcessor(md.parser), "library-details", 106)
        processors.register(CaptionProcessor(md.parser), "library-caption", 76)
        trees: Any = md.treeprocessors
        # After inline patterns (20) and the ids of headings (5).
        trees.register(Tables(md), "library-tables", 4)
        trees.register(Notes(md), "library-notes", 3)
