"""Descriptions of documents, as the examples of rules are written: YAML, a block for each thing in the document.

``formats`` names the formats that the document is made in, ``finds`` how many findings the rule has (1 when it is
not said). ``body`` is a list of blocks: ``paragraph``, ``heading`` (with ``level``), ``list``, ``picture``, ``table``,
``cells``, ``link``, ``field``, ``film``, ``blank``, ``page``, ``slide`` and ``scan``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from audit.documents.model import Record

#: Titles and languages that a document has when its description names none.
USUAL: Mapping[str, Any] = {"title": "Notes of the library", "language": "en-CA"}
KINDS = (
    "paragraph",
    "heading",
    "list",
    "picture",
    "table",
    "cells",
    "link",
    "field",
    "film",
    "blank",
    "page",
    "slide",
    "scan",
)
#: What a description may say of the record of its document.
KNOWN = ("published", "archived", "changed", "page", "jurisdiction", "compliance_date")

type Description = Mapping[str, Any]


def read(file: Path) -> Description:
    """The description in a file."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    assert data["formats"], f"{file} names no format"
    return {**USUAL, **data}


def record_of(description: Description) -> Record:
    """What the library of an example knows of the document."""
    told = {name: str(description.get(name, "")) for name in KNOWN}
    return Record(linked_from=("/",) if description.get("linked") else (), **told)


def blocks(description: Description) -> list[tuple[str, Any, Mapping[str, Any]]]:
    """Kind, what it holds, and its options, for each block; those with ``times`` as often as that."""
    found: list[tuple[str, Any, Mapping[str, Any]]] = []
    for entry in description["body"]:
        kind = next(key for key in entry if key in KINDS)
        options = {key: value for key, value in entry.items() if key not in {kind, "times"}}
        found += [(kind, entry[kind], options)] * int(entry.get("times", 1))
    return found


def png(width: int = 60, height: int = 40) -> bytes:
    """A picture without any word: a slope of grey."""
    rows = b"".join(b"\x00" + bytes((x * 4) % 256 for x in range(width)) for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
