"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

#: Bytes at the beginning that are looked at; a PDF may have some of another kind before it (ISO 32000-1, annex H).
_HEAD = 1024
_WEB_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"{\\rtf", "an RTF file"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
)  # fmt: skip
#: Names of streams in the containers of Office before 2007, and of files under a password.
_STREAMS = (
    ("EncryptedPackage", "a file under a password"), ("WordDocument", "a document in the old format of Word (.doc)"),
    ("PowerPoint Document", "a presentation in the old format of PowerPoint (.ppt)"),
    ("Workbook", "a workbook in the old format of Excel (.xls)"),
    ("Book", "a workbook in the old format of Excel (.xls)"),
)  # fmt: skip
_PARTS = (
    ("word/", "a Word document (.docx)"), ("ppt/", "a presentation (.pptx)"), ("xl/", "a workbook (.xlsx)"),
    ("META-INF/container.xml", "a book (.epub)"), ("Index/", "a file of Pages, Numbers or Keynote"),
)  # fmt: skip
PASSWORD, UNKNOWN = _STREAMS[0][1], ""


def contents_of(path: Path) -> str:
    """What a file is, in words; ``""`` where that is not known."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if head.startswith(_OLE):
            return _in_container(stream.fileno())
    if b"%PDF-" in head:
        return "a PDF"
    if head.startswith(b"PK"):
        return _in_archive(path)
    if _WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "a web page"
    return next((what for start, what in _STARTS if head.startswith(start)), UNKNOWN)


def _in_container(file: int) -> str:
    with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as data:
        found = (what for name, what in _STREAMS if data.find(name.encode("utf-16-le") + b"\0\0") >= 0)
        return next(found, UNKNOWN)


def _in_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _HEAD:
                kind = archive.read("mimetype").decode("ascii", "replace")
                if "opendocument" in kind:
                    return "an OpenDocument file"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return UNKNOWN
    return next((what for start, what in _PARTS if any(name.startswith(start) for name in names)), UNKNOWN)
