"""Pictures and files of the old site: from a copy of its folder, or one by one from the site itself."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

_LIMIT = 100 * 1024 * 1024
_PATIENCE = 3


@dataclass(slots=True)
class Fetcher:
    """``uploads`` is a copy of ``wp-content/uploads``, asked first; ``online`` allows the old site to be asked."""

    uploads: Path | None = None
    online: bool = False
    _failed: int = 0

    def get(self, address: str) -> bytes | str:
        """The file at an address of the old site, or a sentence that says why it is not to be had."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if self.uploads is not None:
            local = self.uploads / path.split("/uploads/", 1)[-1].lstrip("/")
            if local.is_file() and local.resolve().is_relative_to(self.uploads.resolve()):
                return local.read_bytes()
            if not self.online:
                return f"The file {local} is not in the copy."
        if not self.online:
            return f"Its file was not fetched: {address}. Add --fetch, or --uploads with a copy of wp-content/uploads."
        if parts.scheme not in {"http", "https"}:
            return f"{address} is not an address that can be fetched."
        if self._failed >= _PATIENCE:
            return f"The old site does not answer, so its file was not fetched: {address}."
        return self._ask(parts._replace(path=quote(path)).geturl())

    def _ask(self, address: str) -> bytes | str:
        # The scheme was looked at: nothing but the web is asked.
        request = urllib.request.Request(address, headers={"User-Agent": "Stepfree import"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                data = bytes(answer.read(_LIMIT + 1))
        except urllib.error.HTTPError as error:
            return f"The old site answers {error.code} for {address}."
        except (OSError, ValueError) as error:
            self._failed += 1
            return f"{address} could not be fetched: {error}."
        self._failed = 0
        return data if len(data) <= _LIMIT else f"{address} is larger than 100 MB."
