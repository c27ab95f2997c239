"""Markdown to HTML in which every element knows its line.

``lines`` puts a mark into each line of the text before Python-Markdown sees it; ``blocks``
adds details, table captions and notes in the page's language; ``finish`` walks the result
once, gives each start tag its source line, and resolves links and pictures.
``Renderer`` ties them and keeps one Markdown instance for all texts.

A library, not a plugin: the site generator holds the renderer.
"""

from __future__ import annotations

from library_markdown.render import Heading, Rendered, Renderer, Text

__all__ = ["Heading", "Rendered", "Renderer", "Text"]
