"""Addresses of a site as every stage writes them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from audit.errors import UsageError

#: Endings of files that are published as they are and opened in a program of their own.
DOCUMENTS = (
    ".pdf", ".docx", ".docm", ".dotx", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".xlsx", ".xlsm", ".xltx", ".epub",
    ".odt", ".odp", ".ods", ".odg", ".doc", ".ppt", ".pps", ".xls", ".xlsb", ".rtf",
    ".pages", ".numbers", ".wpd", ".xps", ".djvu", ".mobi",
)  # fmt: skip
#: Files that stand for their folder in an address.
INDEXES = ("index.html", "index.htm")


def normal_base(base_path: str) -> str:
    """``/x/`` from ``x``, ``/x`` or ``/x/``; ``/`` from nothing; as an address writes it (``/a%20b/``).

    Raises:
        UsageError: it is not a path (an address, ``..``, a query).
    """
    parts = [unquote(part) for part in base_path.split("/") if part]
    if ":" in base_path or "?" in base_path or "#" in base_path or any(part in {".", ".."} for part in parts):
        raise UsageError(f"“{base_path}” is not a base path.", "Write the path below the host, for instance /library/.")
    return "/" + "".join(f"{quote(part)}/" for part in parts)


#: Browsers read a scheme over these.
_BLANKS = re.compile(r"[\x00-\x20]+")


def runs_script(address: str) -> bool:
    """Whether an address runs a script: the scheme counts in any case, over white space and line breaks."""
    return _BLANKS.sub("", address).lower().startswith("javascript:")


def escaped(address: str) -> str:
    """An address as a browser asks for it: blanks and letters beyond ASCII as percent escapes (URL Standard)."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")
