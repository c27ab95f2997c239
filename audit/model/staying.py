"""Where a page may set out for and yet stay on the screen: a download, another program, an answer without content.

Chromium stops reading a page as soon as it sets out for anything, so what is left of it then is a stump, though its
visitors were to stay on it. Such a page is opened again, and this one navigation is held back (``scripts/stay.js``).
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from audit.model.addresses import DOCUMENTS

#: Schemes of what the browser itself may show; ``blob:`` may hold a page or a file.
SHOWN_SCHEMES = frozenset({"http", "https", "about", "blob", "data"})
#: Types that a browser shows in the place of a page.
_SHOWN = re.compile(
    r"(?:image|audio|video)/|multipart/|text/(?:html|plain|css|javascript|xml|markdown)\b"
    r"|application/(?:xhtml\+xml|xml|json|javascript|pdf|[\w.-]+\+(?:xml|json))(?:\s*;|$)",
    re.IGNORECASE,
)
#: Types of text that a browser puts away all the same.
_PUT_AWAY = re.compile(r"text/(?:calendar|csv|vcard|rtf|tab-separated-values)\b", re.IGNORECASE)
#: By the end of a name; the same on each machine, whatever its own list says.
_TYPES = mimetypes.MimeTypes()
#: No content, and reset content (RFC 9110, 15.3.5 and 15.3.6): a browser stays where it is.
_NOTHING = frozenset({204, 205})


def is_shown(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer takes the place of the page. ``headers``: with names in small letters.

    One without a type is shown: browsers look at the content then, and mostly find text.
    """
    if status in _NOTHING:
        return False
    if headers.get("content-disposition", "").strip().lower().startswith("attachment"):
        return False
    return is_shown_type(headers.get("content-type", "").strip())


def is_shown_type(kind: str) -> bool:
    """Whether a browser shows something of this media type in its own window; the empty one it makes out itself."""
    return not kind or (_SHOWN.match(kind) is not None and _PUT_AWAY.match(kind) is None)


def forbids_scripts(headers: Mapping[str, str]) -> bool:
    """Whether an answer is put into a sandbox without scripts (Content Security Policy 3, 6.4.2).

    ``headers``: as the browser tells them, one that was sent several times in several lines.
    """
    policies = (value for name, value in headers.items() if name.lower() == "content-security-policy")
    directives = (each.split() for policy in policies for each in re.split(r"[;,\n]", policy.lower()))
    return any(each[:1] == ["sandbox"] and "allow-scripts" not in each for each in directives)


def is_put_away(url: str) -> bool:
    """Whether the end of an address names a kind of file that no browser shows. Nothing is asked for it."""
    path = urlsplit(url).path.lower()
    if path.endswith(DOCUMENTS):
        return not path.endswith(".pdf")
    kind = _TYPES.guess_type(path)[0]
    return kind is not None and not is_shown_type(kind)


def place(url: str) -> str:
    """What is the same of an address each time a page is opened: no query, no fragment, no name made by chance."""
    scheme = urlsplit(url).scheme
    return f"{scheme}:" if scheme in {"blob", "data"} else re.split(r"[?#]", url, maxsplit=1)[0]
