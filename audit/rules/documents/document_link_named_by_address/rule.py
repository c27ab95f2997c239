"""A link’s text is a web address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Link
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A link’s text is a web address",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader reads the address out character by character.",
    since="0.1.0",
    best_practice=True,
)

#: Longer ones are spelled, not spoken.
LONGEST = 30
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)


def applies(document: Document) -> Iterator[Link]:
    """Links with words that lead to a page."""
    yield from (link for link in document.links if link.text and link.target.startswith(("http:", "https:")))


def expect(document: Document, target: Link) -> Result:
    """The whole text is an address."""
    text = target.text.strip()
    plain = re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", text, flags=re.IGNORECASE)
    if not _ADDRESS.fullmatch(text) or ("/" not in plain and len(plain) <= LONGEST):
        return passed(name=text)
    return failed(f"The text of the link is a web address: “{cut(text)}”.", mend(document, "link"))
