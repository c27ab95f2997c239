"""Office and EPUB files are ZIP archives of XML; this opens them without trusting them.

Nothing is unpacked to disk, no entity is resolved, nothing is fetched. An archive that would swell beyond
its limits is refused before a byte of it is unpacked, and each part again while it is unpacked: what the
directory of an archive says of itself may be false.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from lxml import etree

from audit.documents.model import Unreadable

#: Bytes of one part and of all parts, unpacked; parts of one archive; how deep elements may nest.
PART = 60_000_000
WHOLE = 1_000_000_000
PARTS = 20_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How the parser says that well-formed XML goes beyond its bounds.
_TOO_MUCH = re.compile(r"XML_PARSE_HUGE|Resource limit exceeded|Excessive depth|Maximum depth")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """A ZIP archive of parts. A context manager.

    Raises:
        Unreadable: it is no archive, damaged, encrypted or too large.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            start = stream.read(8)
        if start == _OLE:
            raise Unreadable(
                "It is protected with a password, or in the old format of Office. Save it without a password, in the new format."
            )
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("It is damaged: it cannot be unpacked.") from error
        entries = self._zip.infolist()
        self.names = tuple(dict.fromkeys(entry.filename for entry in entries))
        # Names of parts of Office files are the same in either case (ECMA-376, part 2); some programs write them with “\\”.
        plain = {name.replace("\\", "/").casefold(): name for name in self.names}
        self._plain = plain if "[content_types].xml" in plain else {}
        if len(entries) > PARTS or sum(entry.file_size for entry in entries) > WHOLE:
            self._zip.close()
            raise Unreadable("It would unpack to more than a gigabyte, or to thousands of parts.")
        if any(entry.flag_bits & 1 for entry in entries):
            self._zip.close()
            raise Unreadable("It is encrypted. Publish it without a password.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.names or name.casefold() in self._plain

    def read(self, name: str, limit: int = PART) -> bytes:
        """The bytes of a part.

        Raises:
            Unreadable: it is not there, damaged, or larger than ``limit``.
        """
        if not name:
            raise Unreadable("It is damaged: it does not say which of its parts comes first.")
        try:
            with self._zip.open(name if name in self.names else self._plain.get(name.casefold(), name)) as stream:
                data = stream.read(limit + 1)
        except KeyError as error:
            raise Unreadable(f"It is damaged: its part {name} is missing.") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise Unreadable(f"It is damaged: its part {name} cannot be unpacked.") from error
        if len(data) > limit:
            raise Unreadable(f"Its part {name} is larger than {limit // 1_000_000} MB.")
        return data

    def xml(self, name: str) -> etree._Element:
        """A part as a tree.

        Raises:
            Unreadable: as :meth:`read`, or the part is no XML.
        """
        return parsed(self.read(name), name)

    def xml_or_none(self, name: str) -> etree._Element | None:
        """A part as a tree; ``None`` when there is none of this name."""
        return self.xml(name) if self.has(name) else None

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """For each relationship of a part its kind (the last word of its type) and its end.

        Ends inside the archive are names of parts, others are kept as they are written.
        """
        folder, file = posixpath.split(name)
        tree = self.xml_or_none(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for each in tree.iter(_RELATIONSHIP) if tree is not None else ():
            kind, target = each.get("Type", "").rsplit("/", 1)[-1], each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = resolved(name, target)
            found[each.get("Id", "")] = (kind, target)
        return found


class Malformed(Unreadable):
    """A part that is no XML, in an archive whose other parts may be."""


def resolved(part: str, target: str) -> str:
    """The name of the part that ``target`` means, written in ``part``."""
    target = unquote(target.split("#", 1)[0])
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def parsed(data: bytes, name: str) -> etree._Element:
    """Bytes as a tree, without entities, document types or anything fetched.

    Raises:
        Unreadable: they are no XML, or nest too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        # What is not said to readers: no reader needs to ask whether an element is one.
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _TOO_MUCH.search(str(error)):
            raise Unreadable(
                f"Its part {name} is nested deeper, or holds more in one piece, than a document can."
            ) from error
        raise Malformed(f"It is damaged: its part {name} is not well-formed XML.") from error
    return tree


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; ``""`` for comments and instructions."""
    # Comments and instructions have a function for a tag, which the stubs do not know.
    tag: object = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this name, in any namespace."""
    for each in element if element is not None else ():
        if local(each) == name:
            yield each


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names, in any namespace."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute in any namespace; the one without a namespace goes first."""
    if element is None:
        return None
    if name in element.attrib:
        return str(element.attrib[name])
    return next((str(value) for key, value in element.attrib.items() if str(key).rsplit("}", 1)[-1] == name), None)


def whole(value: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute says; another where it says none, or one that no honest file has."""
    said = (value or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else otherwise


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``<w:b/>`` is there and not switched off."""
    return element is not None and (attribute(element, "val") or "1") not in {"0", "false", "off", "none"}
