"""A site on the web as a target: which pages it has, found politely.

From the address on, links are followed on the same origin, and the sitemap is read. What
``robots.txt`` forbids is left alone and said to be. One request at a time, with a pause
between them; at most ``max_pages`` pages. Addresses that answer with an error are no pages,
but what links to them is told.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

import lxml.html

from audit.errors import NothingToAudit, UsageError
from audit.survey.folder import ExpectedPage, Survey, sitemap_locations
from audit.survey.site_page import resolve

#: What the requests call themselves, so that a site's owner can tell what they are and forbid them.
AGENT = "Stepfree/0.1 (accessibility audit)"
#: Seconds between two requests, unless robots.txt asks for more, and the longest pause that is kept.
PAUSE, LONGEST_PAUSE = 0.2, 5.0
TIMEOUT = 15.0
#: Most bytes read of one answer, and most addresses asked in all for each page that is wanted.
BYTES = 5_000_000
ASKED = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered. ``status`` 0: nothing did. ``final``: after redirects on the same origin."""

    status: int
    final: str
    kind: str
    body: bytes


@dataclass
class Crawl:
    """One walk over a site. ``wait`` is how to pause (tests do not)."""

    start: str
    max_pages: int
    wait: Callable[[float], None] = time.sleep
    origin: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    pages: dict[str, ExpectedPage] = field(default_factory=dict)
    excluded: list[tuple[ExpectedPage, str]] = field(default_factory=list)
    _pause: float = PAUSE

    def survey(self) -> Survey:
        """Walk.

        Raises:
            UsageError: the address cannot be asked.
            NothingToAudit: no page answers there.
        """
        parts = urlsplit(self.start)
        if not parts.hostname:
            raise UsageError(
                f"“{self.start}” is no web address.", "Write it whole, for instance https://library.example.org/."
            )
        self.origin = f"{parts.scheme}://{parts.netloc}"
        robots = self._robots()
        first = self._address(self.start) or "/"
        pending = deque([first])
        known = {first}
        for address in self._sitemap(robots):
            if address not in known:
                known.add(address)
                pending.append(address)
        while pending:
            address = pending.popleft()
            page = ExpectedPage(address, None)
            if not robots.can_fetch(AGENT, self.origin + address):
                self.excluded.append((page, "robots.txt asks not to open it."))
                continue
            if len(self.pages) >= self.max_pages or len(self.answers) >= ASKED * self.max_pages:
                self.excluded.append((page, f"No more than {self.max_pages} pages were to be opened (--max-pages)."))
                continue
            for found in self._visit(address):
                if found not in known:
                    known.add(found)
                    pending.append(found)
        if not self.pages:
            status = self.answers.get(first, 0)
            said = f"answered with HTTP status {status}" if status else "did not answer"
            raise NothingToAudit(f"There is no page at {self.start}: it {said}.")
        return Survey(
            pages=tuple(self.pages[address] for address in sorted(self.pages)),
            excluded=tuple(sorted(self.excluded, key=lambda pair: pair[0].address)),
            answers=dict(sorted(self.answers.items())),
        )

    def _robots(self) -> RobotFileParser:
        robots = RobotFileParser()
        answer = self._ask("/robots.txt")
        # As RFC 9309 has it: without the file all is allowed, and a server in trouble allows nothing.
        if answer.status == 200:
            robots.parse(answer.body.decode("utf-8", "replace").splitlines())
        elif answer.status >= 500:
            robots.parse(["User-agent: *", "Disallow: /"])
        else:
            robots.parse([])
        robots.modified()
        delay = robots.crawl_delay(AGENT)
        self._pause = min(LONGEST_PAUSE, max(PAUSE, float(delay))) if delay else PAUSE
        return robots

    def _sitemap(self, robots: RobotFileParser) -> Iterable[str]:
        named = [self._address(address) for address in robots.site_maps() or ()]
        for address in dict.fromkeys([*(each for each in named if each), "/sitemap.xml"]):
            answer = self._ask(address)
            if answer.status != 200:
                continue
            try:
                locations = sitemap_locations(answer.body)
            except ValueError:
                continue
            for location in locations:
                below = self._address(location)
                if below is not None:
                    yield below

    def _visit(self, address: str) -> Iterable[str]:
        """Ask for a page; the addresses on this origin that it links to."""
        answer = self._ask(address)
        self.answers[address] = answer.status
        if answer.status != 200 or answer.kind not in {"text/html", "application/xhtml+xml"}:
            return ()
        final = self._address(answer.final)
        if final is None:
            return ()
        if final != address:
            # A redirect on the same origin: the page is where it leads.
            return (final,)
        self.pages[address] = ExpectedPage(address, None)
        return tuple(self._links(answer))

    def _links(self, answer: Answer) -> Iterable[str]:
        try:
            tree = lxml.html.document_fromstring(answer.body)
        except (lxml.etree.ParserError, ValueError):
            return
        written = next((base.get("href") for base in tree.iter("base") if base.get("href")), None)
        base = resolve(answer.final, written) if written else answer.final
        for element in tree.iter("a", "area"):
            href = element.get("href")
            if href and "nofollow" not in (element.get("rel") or "").split():
                address = self._address(resolve(base, href))
                if address is not None:
                    yield address

    def _address(self, url: str) -> str | None:
        """The path and query of an address on this origin; ``None`` for others."""
        try:
            parts = urlsplit(urldefrag(url).url)
        except ValueError:
            return None
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            return None
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _ask(self, address: str) -> Answer:
        self.wait(self._pause)
        url = self.origin + address
        try:
            request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"})  # noqa: S310 - http and https only, checked by the caller
            with urllib.request.urlopen(request, timeout=TIMEOUT) as reply:  # noqa: S310
                return Answer(reply.status, reply.url, reply.headers.get_content_type(), reply.read(BYTES))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, url, "", b"")
        except (OSError, ValueError):
            return Answer(0, url, "", b"")


def crawl(start: str, max_pages: int, wait: Callable[[float], None] = time.sleep) -> tuple[Survey, str]:
    """The pages of a site on the web, and its origin; see :class:`Crawl`."""
    walk = Crawl(start, max_pages, wait)
    return walk.survey(), walk.origin
