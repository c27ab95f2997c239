"""Spares texts without any inline syntax the search for it.

Python-Markdown tries each of its inline patterns on each text. Most texts (two thirds of ours) hold none of the characters with which these begin. Such a text is hidden from the search as
what the library calls an atomic string, and shown again to whatever comes after.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any, override

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

#: What inline patterns begin with: escapes, code, links, HTML, entities, emphasis, line breaks; and what the
#: library leaves in place of a thing that it has already understood.
BEGINNINGS = re.compile(rf"[\\`\[<&*_{STX}]|  \n")
#: Inline patterns that :data:`BEGINNINGS` covers, of older versions too; beside any other nothing is hidden.
KNOWN = frozenset(
    [
        "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong",
        "em_strong2",
    ]
)  # fmt: skip


class _Plain(AtomicString):
    """A text that the inline patterns need not see."""


class _Hide(Treeprocessor):
    @override
    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            text = element.text
            if text and not isinstance(text, AtomicString) and not BEGINNINGS.search(text):
                element.text = _Plain(text)


class _Show(Treeprocessor):
    @override
    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Plain):
                element.text = str(element.text)


class PlainTexts(Extension):
    """Registers the two around the search for inline syntax. Must be the last of all extensions."""

    @override
    def extendMarkdown(self, md: Markdown) -> None:
        patterns: Any = md.inlinePatterns
        inline: Any = md.treeprocessors["inline"]
        # Looked up by number for each pattern and text; a list answers faster than the registry.
        inline.inlinePatterns = list(patterns)
        if sum(name in patterns for name in KNOWN) == len(patterns):
            trees: Any = md.treeprocessors
            trees.register(_Hide(md), "library-hide-plain", 20.5)
            trees.register(_Show(md), "library-show-plain", 19.5)
