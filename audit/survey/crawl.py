"""A site on the web as a target: which pages it has, found politely.

From the address on, links are followed on the same origin, and the sitemaps are read, also
those that an index of sitemaps names. What ``robots.txt`` forbids is left alone and said to be.
At most ``max_pages`` pages. What was named and does not answer as a page is told: a page that the
server could not give is not audited, and a link to nothing is broken.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookiejar import Cookie
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

import lxml.html

from audit.errors import NothingToAudit, UsageError
from audit.model.addresses import escaped
from audit.model.redirects import immediate_redirect
from audit.settings.config import Exclusion
from audit.survey.folder import ExpectedPage, Mismatch, PageKind, Survey, leave_out
from audit.survey.requests import AGENT, DOCUMENT_BYTES, LONGEST_PAUSE, PAUSE, Answer, Asker, origin_of
from audit.survey.server import is_xhtml
from audit.survey.site_page import base_of, is_address, resolve
from audit.survey.sitemap import read_sitemap

#: Most addresses asked in all for each page that is wanted, and seconds for the whole walk: at least, and for each page.
ASKED, CLOCK, CLOCK_OF_A_PAGE = 5, 1800.0, 2.0
#: Most sitemaps that are read.
SITEMAPS = 50
PAGES = frozenset({"text/html", "application/xhtml+xml"})
#: Addresses that end a log-in.
_LOG_OUT = re.compile(r"(?:log|sign)[-_]?(?:out|off)\b|d[eé]connexion", re.IGNORECASE)


#: A line of robots.txt about the pace, and the end of one that names a number.
_RATE = re.compile(r"\s*(?:crawl-delay|request-rate)\s*:", re.IGNORECASE)
_SOUND = re.compile(r":\s*[0-9]{1,6}(?:/[0-9]{1,6})?\s*(?:#.*)?$")
#: From so many addresses on that lead to one page, there may be something behind it.
WALL = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages of a site are wanted.

    ``addresses``: only these, whole addresses, if there are any. ``sample``: of all others that are
    found so many, chosen by chance with ``seed``, so that the same seed gives the same pages.
    """

    max_pages: int = 500
    addresses: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 1
    exclude: tuple[Exclusion, ...] = ()


@dataclass
class Crawl:
    """One walk over a site. ``wait`` is how to pause (tests do not). ``documents``: the file of each, by its address."""

    start: str
    choice: Choice
    wait: Callable[[float], None] = time.sleep
    #: Where documents are put; without it none is fetched, and each is not audited.
    folder: Path | None = None
    #: Of somebody who has logged in.
    cookies: tuple[Cookie, ...] = field(default=(), repr=False)
    origin: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    pages: dict[str, ExpectedPage] = field(default_factory=dict)
    documents: dict[str, Path] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    #: Addresses that nobody linked to: a sitemap or a person has named them.
    promised: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._asker = Asker(self.wait, self.cookies)
        #: Addresses to which links lead that ask not to be followed.
        self._unfollowed: set[str] = set()
        #: Where addresses lead that only send visitors on.
        self._led: dict[str, str] = {}
        #: Pages of which not all could be read here, and why.
        self._lacking: dict[str, str] = {}
        #: Addresses that sitemaps name on other sites.
        self._elsewhere: set[str] = set()
        self._over = 0
        #: Nothing answers at all: then nothing is said of a sitemap.
        self._silent = False

    def survey(self) -> Survey:
        """Walk.

        Raises:
            UsageError: an address cannot be asked.
            NothingToAudit: no page answers there.
        """
        first = self._begin()
        robots = self._robots()
        given = [self._given(address) for address in self.choice.addresses]
        walk = not given or self.choice.sample is not None
        pending = deque([first, *given] if walk else given)
        self.promised |= dict.fromkeys(given, "The list of addresses")
        if walk and not self._silent:
            pending.extend(self._sitemaps(robots))
        known: set[str] = set()
        clock = max(CLOCK, CLOCK_OF_A_PAGE * self.choice.max_pages)
        due = time.monotonic() + clock
        while pending:
            address = pending.popleft()
            if address in known:
                continue
            known.add(address)
            if not robots.can_fetch(AGENT, self.origin + address):
                self.excluded[address] = "robots.txt asks not to open it."
            elif self.cookies and _LOG_OUT.search(address):
                self.excluded[address] = "It would end the log-in."
            elif time.monotonic() > due:
                self.missing[address] = f"Finding the site's pages took longer than {clock:,.0f} s."
            elif len(self.pages) >= self.choice.max_pages or len(self.answers) >= ASKED * self.choice.max_pages:
                self._over += 1
                self.excluded[address] = f"No more than {self.choice.max_pages} pages were to be opened (--max-pages)."
            else:
                found = self._visit(address)
                pending.extend(found if walk else ())
        if not self.pages and not self.documents and not self.missing:
            raise NothingToAudit(f"There is no page at {self.start}: {self._why(first)}.")
        return self._found(given)

    def _found(self, given: list[str]) -> Survey:
        for address in self._unfollowed - self.answers.keys() - self.excluded.keys() - self.missing.keys():
            self.excluded[address] = "The links to it ask not to be followed (rel=nofollow)."
        files = [ExpectedPage(address, None, kind=PageKind.DOCUMENT) for address in self.documents]
        kept, left, unused = leave_out([*self.pages.values(), *files], self.choice.exclude)
        chosen = [page for page in kept if page.kind is not PageKind.DOCUMENT]
        documents = [page for page in kept if page.kind is PageKind.DOCUMENT]
        narrowed = []
        sample = self.choice.sample
        if sample is not None:
            others = sorted(page.address for page in chosen if page.address not in given)
            drawn = {*given, *random.Random(self.choice.seed).sample(others, min(sample, len(others)))}
            reason = f"It is not in the sample of {sample} pages (seed {self.choice.seed})."
            left += [(page, reason) for page in chosen if page.address not in drawn]
            total = len(chosen)
            chosen = [page for page in chosen if page.address in drawn]
            if len(chosen) < total:
                narrowed.append(f"Only a sample of {len(chosen)} of the {total} pages that were found was looked at.")
        elif given:
            narrowed.append(f"Only the {len(given)} addresses of the list were looked at.")
        if self._over:
            narrowed.append(
                f"No more than {self.choice.max_pages} pages were to be opened (--max-pages); at least {self._over} more were found."
            )
        narrowed += self._unseen()
        left += [(ExpectedPage(address, None), why) for address, why in self.excluded.items()]
        return Survey(
            pages=tuple(sorted(chosen, key=lambda page: page.address)),
            documents=tuple(sorted(documents, key=lambda page: page.address)),
            fetched={page.address: self.documents[page.address] for page in documents},
            excluded=tuple(sorted(left, key=lambda pair: pair[0].address)),
            missing=tuple((ExpectedPage(address, None), why) for address, why in sorted(self.missing.items())),
            mismatches=tuple(sorted(self.mismatches, key=lambda each: (each.file, each.rule, each.address))),
            unused=unused,
            answers=dict(sorted(self.answers.items())),
            narrowed=tuple(narrowed),
        )

    def _unseen(self) -> Iterable[str]:
        """What may be there besides and was not found, as sentences."""
        for end, number in Counter(self._led.values()).items():
            if number >= max(WALL, len(self.pages)):
                yield f"{number} addresses lead to {end}, so what is behind it was not looked at."
        for address, why in sorted(self._lacking.items()):
            yield f"{address} {why}, so not all links on it were followed."
        if self._elsewhere:
            number, such = len(self._elsewhere), min(self._elsewhere)
            what = "one address" if number == 1 else f"{number} addresses"
            yield f"A sitemap names {what} of another site (such as {such}), which was not looked at."

    def _begin(self) -> str:
        """The first address; a site that sends on from http to https, or to www, is that site."""
        parts = urlsplit(self.start if is_address(self.start) else "")
        if not parts.hostname:
            raise UsageError(
                f"“{self.start}” is not a web address.", "Write it whole, for instance https://library.example.org/."
            )
        self.origin = origin_of(self.start)
        answer = self._asker.ask(self.start)
        self._silent = not answer.status
        away = answer.away
        if away is not None:
            host, other = parts.hostname.removeprefix("www."), (urlsplit(away).hostname or "").removeprefix("www.")
            if host != other:
                raise NothingToAudit(
                    f"{self.start} leads to another site, {away}.", "Name that address, if it is meant."
                )
            self.origin = origin_of(away)
            return self._address(away) or "/"
        return self._address(self.start) or "/"

    def _given(self, written: str) -> str:
        address = self._address(resolve(self.origin + "/", written))
        if address is None:
            raise UsageError(f"“{written}” is not on {self.origin}.", "Name that site in a run of its own.")
        return address

    def _why(self, first: str) -> str:
        if first in self.excluded:
            return self.excluded[first].rstrip(".")
        status = self.answers.get(first, 0)
        return f"it answered with HTTP status {status}" if status else "it did not answer"

    def _robots(self) -> RobotFileParser:
        robots = RobotFileParser()
        answer = self._asker.ask(f"{self.origin}/robots.txt")
        # As RFC 9309 has it: without the file all is allowed, and a server in trouble allows nothing.
        if answer.status == 200:
            lines = answer.body.decode("utf-8-sig", "replace").splitlines()
            robots.parse([each for each in lines if not _RATE.match(each) or _SOUND.search(each)])
        elif answer.status >= 500:
            raise NothingToAudit(
                f"{self.origin}/robots.txt {answer.words}: so no page may be requested.", "Try again later."
            )
        else:
            robots.parse([])
        robots.modified()
        delay = robots.crawl_delay(AGENT)
        self._asker.pause = min(LONGEST_PAUSE, max(PAUSE, float(delay))) if delay else PAUSE
        return robots

    def _sitemaps(self, robots: RobotFileParser) -> list[str]:
        """Every page of this site that a sitemap names, also by way of other sitemaps."""
        named = [address for each in robots.site_maps() or () if (address := self._address(each)) is not None]
        pending, known, found = deque([*named, "/sitemap.xml"]), set[str](), dict[str, str]()
        while pending and len(known) < SITEMAPS:
            address = pending.popleft()
            if address in known:
                continue
            known.add(address)
            answer = self._asker.ask(self.origin + address)
            if answer.status != 200:
                # Nobody has promised that there is one at the usual place.
                if address != "/sitemap.xml" or answer.status not in {404, 410}:
                    self._broken(address, answer.words)
                continue
            try:
                sitemap = read_sitemap(answer.body)
            except ValueError as error:
                if address in named or not answer.kind.startswith("text/html"):
                    self._broken(address, f"cannot be read as a sitemap: {error}")
                continue
            pending.extend(each for location in sitemap.sitemaps if (each := self._address(location)) is not None)
            for location in sitemap.pages:
                if (below := self._address(location)) is not None:
                    found.setdefault(below, address)
                else:
                    self._elsewhere.add(location)
        for address in pending:
            if address not in known:
                self._broken(address, f"was not read: more than {SITEMAPS} sitemaps are named")
        self.promised |= found
        return list(found)

    def _broken(self, address: str, why: str) -> None:
        fix = "Let the website write it again, or remove it from what names it."
        self.mismatches.append(Mismatch("broken-sitemap", address.lstrip("/"), address, f"{address} {why}.", fix))

    def _visit(self, address: str) -> Iterable[str]:
        """Ask for a page; the addresses on this origin that it links to."""
        answer = self._asker.ask(self.origin + address)
        self.answers[address] = answer.status
        if answer.away is not None:
            self.excluded[address] = f"It {answer.words}."
            return ()
        if answer.status != 200:
            self._failed(address, answer)
            return ()
        if answer.document:
            self._document(address, answer)
            return ()
        if answer.kind not in PAGES and not is_xhtml(answer.kind, answer.body):
            return ()
        final = self._address(answer.final)
        if final is None:
            return ()
        if final != address:
            # A redirect on the same origin: the page is where it leads.
            self._led[address] = final
            self.excluded[address] = f"It only sends visitors on to {final}."
            return (final,)
        self.pages[address] = ExpectedPage(address, None)
        if answer.lacks:
            self._lacking[address] = answer.lacks
        return tuple(self._links(answer))

    def _document(self, address: str, answer: Answer) -> None:
        """Keep a document for its own readers."""
        if len(self.documents) >= self.choice.max_pages:
            self.excluded[address] = f"No more than {self.choice.max_pages} documents were to be read (--max-pages)."
        elif answer.cut:
            self.missing[address] = f"It is larger than {DOCUMENT_BYTES // 1_000_000} MB."
        elif self.folder is None:
            self.missing[address] = "Documents were not fetched."
        else:
            file = self.folder / f"{len(self.documents):05}{answer.document}"
            file.write_bytes(answer.body)
            self.documents[address] = file

    def _failed(self, address: str, answer: Answer) -> None:
        """Book an address without a page: gone, or not given today."""
        if answer.status in {404, 410}:
            if address in self.promised:
                by = self.promised[address]
                self.mismatches.append(
                    Mismatch(
                        "sitemap-entry-without-page",
                        by.lstrip("/"),
                        address,
                        f"{by} names {address}, which {answer.words}.",
                        "Remove the entry, or publish the page.",
                    )
                )
        else:
            self.missing[address] = f"It {answer.words} when the site's pages were looked for."

    def _links(self, answer: Answer) -> Iterable[str]:
        try:
            tree = lxml.html.document_fromstring(answer.body)
        except (lxml.etree.ParserError, ValueError):
            return
        base = base_of(answer.final, (each.get("href") for each in tree.iter("base")))
        if (target := immediate_redirect(answer.body)) and (address := self._address(resolve(base, target))):
            yield address
        for element in tree.iter("a", "area"):
            href = element.get("href")
            address = self._address(resolve(base, href)) if href else None
            if address is None:
                continue
            if "nofollow" in (element.get("rel") or "").lower().split():
                self._unfollowed.add(address)
            else:
                yield address

    def _address(self, url: str) -> str | None:
        """The path and query of an address on this origin; ``None`` for others."""
        try:
            parts = urlsplit(urldefrag(url).url)
        except ValueError:
            return None
        if origin_of(url) != self.origin:
            return None
        return escaped((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def crawl(
    start: str, choice: Choice, folder: Path | None = None, cookies: tuple[Cookie, ...] = ()
) -> tuple[Survey, str]:
    """The pages and documents of a site on the web, and its origin; see :class:`Crawl`."""
    walk = Crawl(start, choice, folder=folder, cookies=cookies)
    return walk.survey(), walk.origin
