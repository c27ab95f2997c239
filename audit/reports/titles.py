"""What tells the pages of a site apart in their titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from audit.model.finding import PageResult

#: So many pages must end alike before it is taken for the name of the site.
SHARED_BY = 5
_ENDING = re.compile(r"\s+[-–—|·:]\s+[^-–—|·]+\Z")


def own_titles(pages: Iterable[PageResult]) -> Mapping[str, str]:
    """The title of each page that has one, by address, without an ending that many pages share."""
    titles = {page.address: page.title for page in pages if page.title}
    endings = {address: found.group() for address, title in titles.items() if (found := _ENDING.search(title))}
    shared = {ending for ending, count in Counter(endings.values()).items() if count >= SHARED_BY}
    return {
        address: title.removesuffix(endings[address]) if endings.get(address) in shared else title
        for address, title in titles.items()
    }
