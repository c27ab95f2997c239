"""The files of an export: one file, or those in a ZIP as Google Takeout and WordPress.com hand them out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from audit.errors import UsageError

#: Whoever unpacks more than this has been given something else than an export.
_LIMIT = 1024 * 1024 * 1024


def parts_of(data: bytes, name: str, ending: str) -> list[tuple[str, bytes]]:
    """Name and content of each file, in the order of their names. ``ending``: what those in a ZIP end with (``.ics``).

    Raises:
        UsageError: the ZIP is damaged, far too large, or has no such file.
    """
    if not data.startswith(b"PK\x03\x04"):
        return [(name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = sorted(
                (each for each in archive.infolist() if PurePosixPath(each.filename).suffix.lower() == ending),
                key=lambda each: each.filename,
            )
            if not found:
                raise UsageError(f"{name}: there is no file in it whose name ends with {ending}.")
            if sum(each.file_size for each in found) > _LIMIT:
                raise UsageError(f"{name}: what is in it is larger than 1 GB.")
            return [(f"{name}: {each.filename}", archive.read(each)) for each in found]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise UsageError(f"{name}: the ZIP cannot be read: {error}.") from None


def read_parts(path: Path, ending: str) -> list[tuple[str, bytes]]:
    """:func:`parts_of` a file.

    Raises:
        UsageError: also when the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read: {error.strerror}.") from None
    return parts_of(data, str(path), ending)
