"""Hidden text of a Word file: it is not for readers, and does not come onto a page made from the file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import IO

from lxml import etree

from audit.documents.archive import attribute, child, local, parsed
from audit.documents.word_styles import Styles, paragraph_look, run_look

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"


def without_hidden(file: Path) -> tuple[IO[bytes], int]:
    """A copy of a Word file without its hidden runs, and how many of these held words.

    Raises:
        Unreadable: a part is no well-formed XML.
    """
    held = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name in {*_PARTS, _STYLES}}
        if not any(b"vanish" in each for each in parts.values()):
            return io.BytesIO(held), 0
        styles = Styles(parsed(parts[_STYLES], _STYLES) if _STYLES in parts else None)
        hidden, changed = 0, dict[str, bytes]()
        for name in _PARTS:
            if name in parts:
                tree = parsed(parts[name], name)
                hidden += _cut(tree, styles)
                changed[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
            for entry in archive.infolist():
                written.writestr(entry, changed.get(entry.filename) or archive.read(entry))
    copy.seek(0)
    return copy, hidden


def _cut(tree: etree._Element, styles: Styles) -> int:
    """Take the hidden runs out of a part; how many of them held words."""
    count = 0
    for paragraph in [each for each in tree.iter() if local(each) == "p"]:
        properties = child(paragraph, "pPr")
        look = paragraph_look(styles.of(attribute(child(properties, "pStyle"), "val") or ""), properties)
        for run in [each for each in paragraph.iter() if local(each) == "r"]:
            if run_look(styles, look, child(run, "rPr")).hidden and (above := run.getparent()) is not None:
                count += bool("".join(str(each) for each in run.itertext()).strip())
                above.remove(run)
    return count
