"""Makes EPUB books from descriptions."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.documents.description import Description, blocks, png

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_ACCESSIBILITY = "".join(
    f'<meta property="schema:{name}">{value}</meta>'
    for name, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
    )
)


def make(description: Description, file: Path) -> None:
    """Write a book: a new chapter at the beginning and at each ``slide``."""
    chapters: list[list[str]] = [[]]
    for kind, value, options in blocks(description):
        if kind == "slide":
            chapters.append([])
        else:
            chapters[-1].append(_MARKUP[kind](value, options))
    language = f' xml:lang="{description["language"]}"' if description["language"] else ""
    for number in range(1, description.get("page_marks", 0) + 1):
        chapters[0].append(f'<p><span role="doc-pagebreak" id="p{number}" aria-label="{number}"/>And so on.</p>')
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("EPUB/book.opf", _package(description, len(chapters)))
        archive.writestr("EPUB/a.png", png())
        for number, parts in enumerate(chapters, start=1):
            archive.writestr(
                f"EPUB/chapter{number}.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml"{language}><head><title>Chapter {number}</title></head>\n<body>\n'
                + "\n".join(parts)
                + ("\n<p>The board <board@example.org>" if description.get("damaged") == number else "")
                + "\n</body></html>",
            )
        if description.get("navigation") is not False:
            items = "".join(f'<li><a href="chapter{n}.xhtml">Chapter {n}</a></li>' for n in range(1, len(chapters) + 1))
            pages = '<nav epub:type="page-list"><ol><li><a href="chapter1.xhtml#p1">1</a></li></ol></nav>'
            archive.writestr(
                "EPUB/nav.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}><head>'
                f'<title>Contents</title></head><body><nav epub:type="toc"><ol>{items}</ol></nav>'
                f"{pages if description.get('page_list') else ''}</body></html>",
            )


def _package(description: Description, chapters: int) -> str:
    title = f"<dc:title>{escape(description['title'])}</dc:title>" if description["title"] else "<dc:title></dc:title>"
    language = f"<dc:language>{description['language']}</dc:language>" if description["language"] else ""
    told = "" if description.get("accessibility") is False else _ACCESSIBILITY
    for name in description.get("features", ()):
        told += f'<meta property="schema:accessibilityFeature">{name}</meta>'
    if "layout" in description:
        told += f'<meta property="rendition:layout">{description["layout"]}</meta>'
    items = "".join(
        f'<item id="c{n}" href="chapter{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(1, chapters + 1)
    )
    if description.get("navigation") is not False:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, chapters + 1))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{title}{language}{told}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def _paragraph(value: Any, options: Mapping[str, Any]) -> str:
    words = escape(str(value))
    language = f' xml:lang="{options["language"]}"' if "language" in options else ""
    return f"<p{language}><b>{words}</b></p>" if options.get("bold") else f"<p{language}>{words}</p>"


def _picture(value: Any, options: Mapping[str, Any]) -> str:
    del options
    alternative = "" if value.get("decorative") else value.get("alternative")
    alt = f' alt="{escape(alternative)}"' if alternative is not None else ""
    caption = f"<figcaption>{escape(value['caption'])}</figcaption>" if value.get("caption") else ""
    return f'<figure><img src="{value.get("file", "a.png")}"{alt}/>{caption}</figure>'


def _table(value: Any, options: Mapping[str, Any]) -> str:
    del options
    rows = []
    for number, row in enumerate(value["rows"]):
        kind = "th" if value.get("header") and number == 0 else "td"
        cells = "".join(
            f"<{kind}{' colspan=' + chr(34) + '2' + chr(34) if value.get('merge') == [number, place] else ''}>{escape(str(words))}</{kind}>"
            for place, words in enumerate(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _link(value: Any, options: Mapping[str, Any]) -> str:
    del options
    return f'<p><a href="{escape(value["to"])}">{escape(value["words"])}</a></p>'


_MARKUP: Mapping[str, Any] = {
    "paragraph": _paragraph,
    "heading": lambda value, options: f"<h{options.get('level', 1)}>{escape(str(value))}</h{options.get('level', 1)}>",
    "list": lambda value, _: "<ul>" + "".join(f"<li>{escape(str(each))}</li>" for each in value) + "</ul>",
    "picture": _picture,
    "table": _table,
    "link": _link,
    "film": lambda value, _: (
        '<p><video src="a.mp4" controls="controls">'
        + ('<track kind="captions" src="a.vtt" srclang="en"/>' if value.get("captions") else "")
        + "</video></p>"
    ),
}
