"""Small pieces of HTML. Whatever comes from a page or a file is escaped here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from audit.reports.prose import Block, Code, Listing, Paragraph, Span, Style, blocks, spans

# Control characters have no place in HTML; marks that turn the direction of text could make
# a quotation run into our own words. Both are shown by their number instead.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def shown(text: str) -> str:
    """The text with characters that cannot be seen written as ``[U+202E]``."""
    return _UNSHOWABLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def spoken(text: str) -> str:
    """Text for a terminal or the log of a workflow: nothing in it is obeyed.

    Besides characters that a terminal acts on, GitHub takes ``::`` at the beginning of a line and ``##[`` anywhere for
    commands; a blank ends that.
    """
    plain = shown(text).replace("\r\n", "\n").replace("\r", "[U+000D]").replace("##[", "## [")
    return re.sub(r"^(\s*)::", r"\1: :", plain, flags=re.MULTILINE)


def text(value: str) -> str:
    """Text for the inside of an element or an attribute."""
    return escape(shown(value), quote=True)


def typed(value: str) -> str:
    """Something to be typed or a piece of source, in the running text."""
    return f"<code>{text(value)}</code>"


def inline(value: str) -> str:
    """Running text with code and strong words."""
    return _spans(spans(value))


def prose(value: str) -> str:
    """Paragraphs, lists and code blocks."""
    return "".join(_block(block) for block in blocks(value))


def items(values: Iterable[str], attributes: str = "") -> str:
    """A list; the values are HTML already."""
    return f"<ul{attributes}>{''.join(f'<li>{value}</li>' for value in values)}</ul>"


def pairs(values: Iterable[tuple[str, str]], name: str) -> str:
    """A description list of terms (text) and descriptions (HTML); nothing when there are none."""
    inner = "".join(f"<dt>{text(term)}</dt><dd>{description}</dd>" for term, description in values if description)
    return f'<dl class="{name}">{inner}</dl>' if inner else ""


def table(caption: str, columns: Iterable[str], rows: Iterable[str], name: str = "") -> str:
    """A table; a column whose name ends in ``#`` holds numbers. The rows are HTML already."""
    head = "".join(
        f'<th scope="col" class="number">{text(column[:-1])}</th>'
        if column.endswith("#")
        else f'<th scope="col">{text(column)}</th>'
        for column in columns
    )
    classes = f' class="{name}"' if name else ""
    return (
        f"<table{classes}><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _block(block: Block) -> str:
    match block:
        case Paragraph(inner):
            return f"<p>{_spans(inner)}</p>"
        case Listing(entries, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_spans(entry)}</li>' for entry in entries)}</{tag}>"
        case Code(code):
            return f"<pre><code>{text(code)}</code></pre>"


def _spans(inner: Iterable[Span]) -> str:
    parts = []
    for span in inner:
        match span.style:
            case Style.CODE:
                parts.append(typed(span.text))
            case Style.STRONG:
                parts.append(f"<strong>{text(span.text)}</strong>")
            case Style.PLAIN:
                parts.append(text(span.text))
    return "".join(parts)
