"""``[[regions]]``: parts of pages that belong to somebody else, who was asked to mend them.

::

    [[regions]]
    selector = ".overdrive-widget"         # CSS, or the address of what a frame shows:
    # frame = "https://widget.example.org/*"
    name = "The e-book widget"             # optional
    pages = ["/ebooks/*"]                  # optional; without it, every page
    owner = "Example Books Inc."           # a role or a firm
    reason = "They mend its contrast with the version of spring."
    until = 2027-04-30

What lies there is looked at like everything else, and counted apart. A region is never a whole page, nor a page by
which a duty is fulfilled: those nobody can give away.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from audit.errors import UsageError
from audit.model.css_selectors import Compound, Selector, parse
from audit.settings.nearest import did_you_mean, known_words
from audit.settings.responsibility import NEEDED, answer_of, answerer_flaw, place_flaw

KEYS = ("selector", "frame", "name", "pages", *NEEDED)
#: Elements that are a page, or what it is about.
WHOLE = frozenset({"html", "body", "main"})

type Wrong = Callable[[int, str], UsageError]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of pages. Either ``selector`` (with ``parsed``) or ``frame`` is given, a pattern for the addresses of frames.

    ``pages``: patterns of addresses with ``*``, none for every page. ``duties``: addresses at which a duty by law is
    fulfilled, where it never holds. ``path`` and ``line`` say where it is written.
    """

    name: str
    owner: str
    reason: str
    until: dt.date
    path: str
    line: int
    selector: str | None = None
    frame: str | None = None
    pages: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    parsed: Selector | None = None

    def is_on(self, address: str) -> bool:
        """Whether it holds on the page at an address of the site."""
        plain = address.split("?", 1)[0]
        if any(_same(plain, duty) for duty in self.duties):
            return False
        return not self.pages or any(fnmatchcase(address, pattern) for pattern in self.pages)

    def is_shown_by(self, address: str, root: str) -> bool:
        """Whether a frame whose document has this whole address belongs to it; ``root``: the site's origin."""
        if self.frame is None:
            return False
        pattern = f"{root}{self.frame}" if self.frame.startswith("/") else self.frame
        return fnmatchcase(address, pattern)


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.split("#", 1)[0].rstrip("/")


def read_regions(
    data: object, lines: Mapping[tuple[str, int], int], path: str, duties: Collection[str], wrong: Wrong
) -> tuple[Region, ...]:
    """The regions of a file of settings. ``lines``: of each entry (``("regions", 0)``); ``duties``: the addresses of
    ``[site.duties]``; ``path``: how reports name the file; ``wrong`` makes an error of a line and a sentence.

    Raises:
        UsageError: a key is unknown, a value is not what it takes, or the region is more than a part of a page.
    """
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise wrong(1, "regions are written as [[regions]], with two brackets.")
    found: list[Region] = []
    for number, entry in enumerate(data):
        line = lines.get(("regions", number), 1)
        try:
            region = _region(entry, path, line, tuple(sorted(duties)))
        except ValueError as error:
            raise wrong(line, f"a region that belongs to somebody else: {error}") from error
        if any(region.name == other.name for other in found):
            raise wrong(line, f"there are two regions “{region.name}”. Give each a “name” of its own.")
        found.append(region)
    return tuple(found)


def _region(data: Mapping[str, object], path: str, line: int, duties: tuple[str, ...]) -> Region:
    for key in data:
        if key not in KEYS:
            raise ValueError(f"unknown key “{key}”. {did_you_mean(key, KEYS) or f'Known: {known_words(KEYS)}.'}")
    texts = {key: data[key] for key in ("selector", "frame", "name") if key in data}
    for key, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"“{key}” takes a text in quotation marks.")
    if ("selector" in texts) == ("frame" in texts):
        raise ValueError("it takes either “selector” or “frame”: what it is, or the address of what a frame shows.")
    selector, frame = (str(texts[key]).strip() if key in texts else None for key in ("selector", "frame"))
    answer = answer_of(data, answerer_flaw)
    parsed = _part(selector) if selector is not None else None
    if frame is not None:
        _check_frame(frame)
    return Region(
        name=" ".join(str(texts.get("name") or selector or frame).split()),
        owner=answer.owner,
        reason=answer.reason,
        until=answer.until,
        path=path,
        line=line,
        selector=selector,
        frame=frame,
        pages=_pages(data.get("pages"), duties),
        duties=duties,
        parsed=parsed,
    )


def _part(selector: str) -> Selector:
    """A selector that means a part of a page."""
    parsed = parse(selector)
    for way in parsed.alternatives:
        if _is_whole(way[-1]):
            raise ValueError(f"“{selector}” is the whole page. Name the part that is theirs.")
    return parsed


def _is_whole(compound: Compound) -> bool:
    anything = compound == Compound(directly=compound.directly)
    return anything or compound.tag in WHOLE or ("role", "=", "main") in compound.attributes


def _check_frame(pattern: str) -> None:
    if pattern.startswith("/") and not pattern.startswith("//"):
        flaw = place_flaw(pattern)
    elif re.match(r"https?://", pattern):
        host = urlsplit(re.sub(r"[\[\]?]", "-", pattern)).hostname or ""
        local = re.fullmatch(r"localhost|[\d.]+", host)
        flaw = None if local or re.search(r"[\w-]+\.[\w-]+$", host) else f"“{pattern}” names no host."
    else:
        flaw = f"“{pattern}” is not an address. Write the frame’s, for instance https://widget.example.org/*."
    if flaw:
        raise ValueError(flaw)


def _pages(value: object, duties: tuple[str, ...]) -> tuple[str, ...]:
    if value is None:
        return ()
    if (
        not isinstance(value, list)
        or not value
        or not all(isinstance(each, str) and each.startswith("/") for each in value)
    ):
        raise ValueError('“pages” takes a list of addresses that begin with /, for instance ["/ebooks/*"].')
    for pattern in value:
        if flaw := place_flaw(pattern):
            raise ValueError(f"{flaw} Leave “pages” out if it is on every page.")
        for duty in duties:
            if fnmatchcase(duty, pattern):
                raise ValueError(
                    f"“{pattern}” takes in {duty}, by which a duty of the law is fulfilled: that stays the library’s own."
                )
    return tuple(value)
