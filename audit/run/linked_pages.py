"""What rules asked about the pages that a page links to, in a form that can be asked again.

A result depends on a linked page only through the answers that its rules were given: the fact of an
address, and which of the page's own blocks of text stand there too. While the answers are the same,
the linked page may say whatever else it likes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache

from audit.capture.destinations import end_from
from audit.capture.linked_pages import LinkReader
from audit.model.observations import LinkEnd
from audit.model.page import Page
from audit.semantics.linked_pages import Questions, blocks_of
from audit.survey.server import Folder, Server


@dataclass(frozen=True, slots=True)
class Answered:
    """Questions and their answers. Addresses are relative to the served site, everything else stands as a digest.

    ``facts``: by address; ``whole``: the addresses whose blocks were looked through, ``asked`` for which
    blocks, and ``there``: those that stood on one of them.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


def answered(page: Page, questions: Questions, origin: str) -> Answered:
    """What the rules were told of the pages that ``page`` links to; the site is served at ``origin``."""
    ends, names = page.observed.link_ends, page.observed.compared_blocks
    there = questions.blocks & blocks_of(ends[name] for name in names)
    return Answered(
        {_below(address, origin): _digest(ends[address], origin) for address in sorted(questions.ends)},
        tuple(_below(name, origin) for name in names) if questions.blocks else (),
        tuple(sorted(map(_short, questions.blocks))),
        tuple(sorted(map(_short, there))),
    )


class LinkedPages:
    """Asks again, of the site as it is now. It serves the site for that, once something has to be read."""

    def __init__(self, site: Folder) -> None:
        self._server = Server(site.root, site.base_path)
        self._reader: LinkReader | None = None
        self._blocks: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """End the server, if there is one."""
        if self._reader is not None:
            self._server.__exit__(None, None, None)
            self._reader = None

    def same(self, before: Answered) -> bool:
        """Whether every question would be answered as it was."""
        if any(self._fact(address) != digest for address, digest in before.facts.items()):
            return False
        blocks = frozenset().union(*(self._short_blocks(address) for address in before.whole))
        return blocks.intersection(before.asked) == frozenset(before.there)

    def _read(self, address: str, *, blocks: bool) -> LinkEnd | None:
        if self._reader is None:
            self._server.__enter__()
            self._reader = LinkReader(f"{self._server.origin}/")
        end = self._reader.read(self._server.origin + address)
        return end_from(end, blocks=blocks) if end is not None else None

    def _fact(self, address: str) -> str:
        return _digest(self._read(address, blocks=False), self._server.origin)

    def _short_blocks(self, address: str) -> frozenset[str]:
        if address not in self._blocks:
            end = self._read(address, blocks=True)
            self._blocks[address] = frozenset(map(_short, blocks_of([end] if end else [])))
        return self._blocks[address]


def shared_files(addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses that differ from another in their query only: the browser may have opened them."""
    by_file: dict[str, list[str]] = {}
    for address in addresses:
        by_file.setdefault(address.partition("?")[0], []).append(address)
    return frozenset(each for group in by_file.values() if len(group) > 1 for each in group)


def _below(address: str, origin: str) -> str:
    return address.removeprefix(origin)


def _digest(end: LinkEnd | None, origin: str) -> str:
    """Of what is read of a page; what a browser saw in it (``shown``) is known by the files it used."""
    kept = asdict(replace(end, blocks=(), shown=None)) if end is not None else None
    return hashlib.sha256(json.dumps(kept, sort_keys=True).replace(origin, "").encode()).hexdigest()[:32]


@cache
def _short(block: str) -> str:
    return hashlib.sha256(block.encode("utf-8", "surrogatepass")).hexdigest()[:16]
