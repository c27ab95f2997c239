"""One number for a folder: proves that two trees hold the same bytes.

What is deployed is compared with what was audited by it, also where nothing of
ours is installed. It is therefore made so that the usual tools can remake it::

    find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def tree_digest(folder: Path) -> str:
    """Return the SHA-256, in hexadecimal, over the files below ``folder``.

    It covers a line per file, ordered by the bytes of its path: SHA-256 of the
    content, two spaces, the path from ``folder`` on with ``/``, a line feed.
    Times and permissions do not count, and neither do empty folders.

    Raises NotADirectoryError when there is no such folder, and ValueError for a
    file name with a backslash or line break, which those tools write differently.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    paths = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    tree = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.encode()):
        if set(path) & {"\\", "\n", "\r"}:
            raise ValueError(f"A file name may not hold a backslash or a line break: {path!r}")
        with paths[path].open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        tree.update(f"{digest}  {path}\n".encode())
    return tree.hexdigest()
