"""From what an author wrote to the address that is published.

Known forms: ``{filename}/programs/x.md``, ``{static}/documents/plan.pdf``, the same without
the braces, root-relative addresses of our own site, ``#anchor``, and addresses with a scheme.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from library_base.errors import Problem, nearest_path
from library_base.web import address_fault
from library_markdown.finish import PictureFacts

_PLACEHOLDER = re.compile(r"^[{|](?P<kind>[A-Za-z]+)[}|](?P<path>[^#?]*)(?P<rest>.*)$")
#: An address of a file on the computer of whoever wrote it: file:///C:/, C:\\.
_ON_A_COMPUTER = re.compile(r"file:|[A-Za-z]:[\\/]", re.IGNORECASE)
_PUT_HERE = "Copy the file into content/, and write {static}/ and its path there."
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_KNOWN_SCHEMES = frozenset(["http", "https", "mailto", "tel", "sms", "webcal"])
#: Files that a visitor opens with another program: their links say type and size.
DOCUMENT_TYPES = {
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".xls": "Excel",
    ".xlsx": "Excel",
    ".ppt": "PowerPoint",
    ".pptx": "PowerPoint",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".epub": "EPUB",
    ".csv": "CSV",
    ".zip": "ZIP",
    ".txt": "text",
    ".ics": "calendar",
    ".mp3": "MP3",
    ".mp4": "MP4",
}
#: Anchors of every page: its main part, and the top, which browsers know by themselves.
_EVERYWHERE = frozenset(["main", "top"])
#: How the anchor of one date of a program ends.
_DAY_AT_END = re.compile(r"(?<=-)\d{4}-\d\d-\d\d$")
_SAYS_SIZE = re.compile(r"\d\s*(?:KB|MB|Ko|Mo)\b", re.IGNORECASE)

_EMAIL = re.compile(r"[^@\s/:]+@[\w-]+(?:\.[\w-]+)+")
_HALF_A_SCHEME = re.compile(r"^https?(?:/{1,2}|;//|:?\\)", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}", re.IGNORECASE)
#: What stands behind the last dot of files; elsewhere it is the end of the name of a site.
_OF_FILES = frozenset(
    [*DOCUMENT_TYPES, ".md", ".html", ".htm", ".php", ".aspx", ".svg", ".png", ".jpg", ".jpeg", ".webp"]
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a content file is published.

    ``missing_because`` says why it is not, if it is not. ``waits``: it will be, on a day to come.
    """

    path: str
    missing_because: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class AnchorUse:
    """A link to an anchor, checked once every page has been rendered."""

    path: str
    line: int
    field: str
    page: str
    anchor: str


@dataclass(slots=True)
class Resolver:
    """Resolves targets for the whole site.

    ``content`` is the content folder; ``addresses`` maps content files (``programs/x.md``) to
    addresses; ``known`` are all addresses of the site below its base path.
    """

    content: Path
    base_path: str
    addresses: Mapping[str, Address]
    known: Mapping[str, str]
    publish_file: Callable[[str], str]
    picture_facts: Callable[[str], PictureFacts]
    files: frozenset[str]
    #: Dates before this one are past.
    today: dt.date = dt.date.min
    #: The site's own address on the web, without a slash at its end.
    site: str = ""
    #: Addresses of pages about something that is over, with its last day.
    over: dict[str, dt.date] = field(default_factory=dict)
    #: Addresses that will be there on a day to come, with their content files.
    waiting: dict[str, str] = field(default_factory=dict)
    #: The address to lead to instead of one that is there on some days only; empty for any other.
    stand_in: Callable[[str], str] = lambda address: ""  # noqa: ARG005 - nothing comes and goes by itself
    #: Content files that could not be read, and the addresses that they would have.
    unread: frozenset[str] = frozenset()
    unread_addresses: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    #: What time alone has changed: links that lead to something over, or to something that is not there yet.
    advice: list[Problem] = field(default_factory=list)
    anchors: list[AnchorUse] = field(default_factory=list)
    #: File → the content files with a link to it, in order.
    file_uses: dict[str, dict[str, None]] = field(default_factory=dict)

    def resolve(self, target: str, *, path: str, line: int, page: str, name: str = "") -> str:
        """Return the address for ``target`` written in content file ``path`` (from ``content/``).

        ``page`` is the address of the page on which it stands, ``name`` the field. The address is
        empty while the page that is meant has not been published: until its day the words stand alone.
        """
        target = target.strip()
        if not target:
            return self._broken(path, line, name, "This link leads nowhere.", "Write an address between the brackets.")
        if target.startswith("#"):
            self.anchors.append(AnchorUse(path, line, name, page, target[1:].partition(":~:")[0]))
            return target
        if found := _PLACEHOLDER.match(target):
            return self._placeholder(found["kind"].lower(), found["path"], found["rest"], target, path, line, name)
        target = self._without_www(target)
        if self.site and target.startswith((f"{self.site}/", f"{self.site}#", f"{self.site}?")):
            return self._by_own_name(target, path, line, page, name)
        if _SCHEME.match(target):
            return self._with_scheme(target, path, line, name)
        if target.startswith("//"):
            return self._broken(path, line, name, f"“{target}” has no scheme.", f"Write https:{target}.")
        return self._bare(target, path, line, page, name)

    def _without_www(self, target: str) -> str:
        """An address of this site as the site names itself: with or without www., https for http."""
        bare = re.sub(r"^https?://(?:www\.)?", "", self.site, flags=re.IGNORECASE)
        return (
            re.sub(rf"^https?://(?:www\.)?{re.escape(bare)}(?=[/?#]|$)", self.site, target, flags=re.IGNORECASE)
            if bare
            else target
        )

    def file_note(self, target: str, words: str, path: str, lang: str) -> str:
        """Return `` (PDF, 1.2 MB)`` for a link to a document, unless the words say so already."""
        found = _PLACEHOLDER.match(target)
        relative = _from_root(found["path"] if found else target, path)
        kind = DOCUMENT_TYPES.get(PurePosixPath(relative).suffix.lower())
        if kind is None or relative not in self.files or _SAYS_SIZE.search(words):
            return ""
        return f" ({kind}, {file_size((self.content / relative).stat().st_size, lang)})"

    def picture(self, target: str, *, path: str, line: int, name: str = "") -> PictureFacts:
        """Return address and size for a picture named in content."""
        if target.startswith(("https://", "http://", "//")):
            self._broken(
                path,
                line,
                name,
                f"The picture “{target}” is on another site.",
                "Save it below content/images/ and write {static}/images/NAME.",
            )
            return PictureFacts(target)
        if target.startswith("data:"):
            return PictureFacts(target)
        if _ON_A_COMPUTER.match(target):
            self._broken(path, line, name, f"The picture “{target}” is on somebody’s own computer.", _PUT_HERE)
            return PictureFacts(target)
        if title := re.search(r"\s[“«”‘].*$", target):
            hint = f'Write the title in straight quotation marks: "{title[0].strip(" “”«»‘’")}".'
            self._broken(path, line, name, f"“{title[0].strip()}” belongs to the name of the picture here.", hint)
            return PictureFacts(target)
        found = _PLACEHOLDER.match(target)
        relative = _from_root(found["path"] if found else target, path)
        if relative not in self.files:
            pictures = [f for f in self.files if not f.endswith((".md", ".yml", ".csv"))]
            hint = nearest_path(relative, pictures) or "Put it there, or correct its name."
            self._broken(path, line, name, f"There is no picture {relative} below content/.", hint)
            return PictureFacts(target)
        return self.picture_facts(relative)

    def check_anchors(self, ids: Mapping[str, frozenset[str]]) -> None:
        """Look at every link to an anchor; ``ids`` are the anchors of each page by its address."""
        for use in self.anchors:
            known = ids.get(use.page)
            if known is None or not use.anchor or use.anchor in known or use.anchor in _EVERYWHERE:
                continue
            self._broken(
                use.path,
                use.line,
                use.field,
                f"There is no anchor “{use.anchor}” on {use.page}.",
                nearest_path(use.anchor, sorted(known)),
            )

    def _placeholder(self, kind: str, wanted: str, rest: str, target: str, path: str, line: int, name: str) -> str:
        relative = _from_root(unquote(wanted), path)
        if kind == "filename":
            return self._content_file(relative, rest, path, line, name)
        if kind in {"static", "attach"}:
            if relative in self.files:
                return self._file(relative, path) + rest
            others = sorted(file for file in self.files if not file.endswith(".md"))
            return self._broken(
                path, line, name, f"There is no file {relative} below content/.", nearest_path(relative, others)
            )
        if kind == "index":
            return self._own("/", rest, path, line, name)
        return self._broken(
            path,
            line,
            name,
            f"“{{{kind}}}” in “{target}” is not known.",
            "Write {filename} for pages and {static} for files.",
        )

    def _file(self, relative: str, path: str) -> str:
        self.file_uses.setdefault(relative, {})[path] = None
        return self.publish_file(relative)

    def _content_file(self, relative: str, rest: str, path: str, line: int, name: str) -> str:
        address = self.addresses.get(relative)
        if relative in self.unread:  # it is there, and its own fault has been told
            return "#"
        if address is None:
            if relative in self.files and not relative.endswith(".md"):
                return self._file(relative, path) + rest
            return self._broken(
                path,
                line,
                name,
                f"There is no page content/{relative}.",
                nearest_path(relative, sorted(self.addresses)) or "Correct the link, or remove it.",
            )
        if address.waits:
            return self._waiting(relative, address, path, line, name)
        if address.missing_because:
            return self._broken(
                path,
                line,
                name,
                f"content/{relative} is not on the site: {address.missing_because}.",
                "Remove the link, or publish that page.",
            )
        return self._own(address.path, rest, path, line, name)

    def _waiting(self, relative: str, address: Address, path: str, line: int, name: str) -> str:
        message = f"content/{relative} is not on the site yet: {address.missing_because or 'what it leads to is not'}."
        self._advise(path, line, name, message, "Until then the words are shown here without a link.")
        return ""

    def _own(self, address: str, rest: str, path: str, line: int, name: str) -> str:
        page, _, anchor = (address + rest).partition("#")
        place = page.partition("?")[0]
        if place in self.over:
            self._advise(
                path, line, name, f"This link leads to {place}, which ended on {self.over[place]}.",
                "Remove it, or link to what replaces it.",
            )  # fmt: skip
            # What the anchor named is there no more.
            return f"{self.base_path}{page}"
        if (day := _DAY_AT_END.search(anchor)) and day[0] < self.today.isoformat():
            return f"{self.base_path}{page}"
        # What stands after :~: is words to look for, which the browser does.
        if anchor := anchor.partition(":~:")[0]:
            self.anchors.append(AnchorUse(path, line, name, page.partition("?")[0], anchor))
        return f"{self.base_path}{address}{rest}"

    def _with_scheme(self, target: str, path: str, line: int, name: str) -> str:
        scheme = target.partition(":")[0].lower()
        if scheme not in _KNOWN_SCHEMES:
            return self._broken(
                path,
                line,
                name,
                f"“{target}” is not an address that a link can have.",
                _PUT_HERE if scheme == "file" or len(scheme) == 1 else "Begin it with https://.",
            )
        if scheme in {"http", "https"} and (fault := address_fault(target)):
            message, _, hint = fault.partition(": ")
            return self._broken(path, line, name, f"{message}.", f"{hint[:1].upper()}{hint[1:]}." if hint else "")
        rest = target.partition(":")[2].partition("?")[0]
        if scheme in {"mailto", "tel", "sms"} and (not rest.strip() or rest.startswith("//")):
            what = "an email address" if scheme == "mailto" else "a number"
            return self._broken(
                path, line, name, f"“{target}” has no {what[2:].strip()}.", f"Write {what} after {scheme}:."
            )
        if scheme in {"mailto", "tel", "sms"} and re.search(r"\s", rest):
            right = "".join(rest.split()) if scheme == "mailto" else "-".join(rest.split())
            return self._broken(path, line, name, f"“{target}” has a space in it.", f"Write {scheme}:{right}.")
        return target

    def _by_own_name(self, target: str, path: str, line: int, page: str, name: str) -> str:
        """A page of this site by its whole address; what else may stand on the same host is nobody's here to say."""
        local = target.removeprefix(self.site)
        place = unquote(re.split("[?#]", local, maxsplit=1)[0])
        if {place, f"{place.rstrip('/')}/"} & {*self.known, *self.unread_addresses, *self.waiting}:
            return self._bare(local, path, line, page, name)
        message = f"“{target}” begins like an address of this site, which has no such page."
        self._advise(path, line, name, message, nearest_path(place, sorted(self.known)) or "Correct it, or remove it.")
        return target

    def _bare(self, target: str, path: str, line: int, page: str, name: str) -> str:
        cut = min((target.find(mark) for mark in "?#" if mark in target), default=len(target))
        wanted, rest = unquote(target[:cut]), target[cut:]
        if not wanted:  # a question mark alone: this page with other values
            return target
        relative = _from_root(wanted, path)
        if relative in self.addresses or relative in self.unread:
            return self._content_file(relative, rest, path, line, name)
        if relative in self.files and not relative.endswith(".md"):
            return self._file(relative, path) + rest
        absolute = wanted if wanted.startswith("/") else posixpath.normpath(posixpath.join(page, wanted))
        for candidate in (absolute, f"{absolute.rstrip('/')}/"):
            if candidate in self.known:
                return self._own(candidate, rest, path, line, name)
        for candidate in (absolute, f"{absolute.rstrip('/')}/"):
            if candidate in self.unread_addresses:
                return "#"
            if candidate in self.waiting:
                relative = self.waiting[candidate]
                return self._waiting(relative, self.addresses[relative], path, line, name)
            if instead := self.stand_in(candidate):
                message = f"There is nothing at {candidate} today, so this link leads to {instead}."
                self._advise(path, line, name, message, f"Link to {instead}, which always exists.")
                return f"{self.base_path}{instead}"
        hint = (
            _elsewhere(target)
            or self._meant_from_root(wanted)
            or self._as_written(nearest_path(relative, sorted({*self.addresses, *self.files})))
            or nearest_path(absolute, sorted(self.known))
            or "Correct it, or remove it."
        )
        return self._broken(path, line, name, f"“{target}” is neither a page nor a file of this site.", hint)

    def _as_written(self, hint: str) -> str:
        """A hint that names a file, with the file as a link names it."""
        return re.sub(
            r"“(.+)”", lambda found: f"“{{{'filename' if found[1] in self.addresses else 'static'}}}/{found[1]}”", hint
        )

    def _meant_from_root(self, wanted: str) -> str:
        """What to write for a path that somebody took from the folder of the project, or of ``content/``."""
        path = wanted.strip("/").removeprefix("content/")
        file = next((each for each in (path, f"{path}.md", f"pages/{path}.md") if each in self.addresses), None)
        if file is None and path in self.files:
            return f"Write {{static}}/{path}."
        return f"Write {{filename}}/{file}." if file else ""

    def _advise(self, path: str, line: int, name: str, message: str, hint: str) -> None:
        self.advice.append(Problem(f"content/{path}", line, name, message, hint))

    def _broken(self, path: str, line: int, name: str, message: str, hint: str) -> str:
        self.problems.append(Problem(f"content/{path}", line, name, message, hint))
        return "#"


def _elsewhere(target: str) -> str:
    """What to write instead of an address that was not meant to be a file of this site."""
    if target[0] in "“”«»" or target[-1] in "“”«»":
        return f'Write straight quotation marks around the address: "{target.strip("“”«»")}".'
    if "\\" in target:
        return f"Write / instead of \\: {target.replace(chr(92), '/')}."
    if _EMAIL.fullmatch(target):
        return f"Write mailto:{target}."
    if found := _HALF_A_SCHEME.match(target):
        return f"Write https://{target[found.end() :]}."
    host, _, rest = target.partition("/")
    if _HOST.fullmatch(host) and (rest or host.startswith("www.") or PurePosixPath(host).suffix not in _OF_FILES):
        return f"For another site, write https://{target}."
    return ""


def _from_root(wanted: str, path: str) -> str:
    """Return a path from ``content/``: absolute ones as they are, others from the file's own folder."""
    if wanted.startswith("/"):
        return posixpath.normpath(wanted.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted))


def file_size(size: int, lang: str = "en") -> str:
    """Write a number of bytes as people read it: ``640 KB``, ``1.2 MB``; French ``1,2 Mo``."""
    kilo, mega = ("Ko", "Mo") if lang == "fr" else ("KB", "MB")
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0{kilo}"
    written = f"{size / 1_000_000:.1f}".removesuffix(".0")
    return f"{written.replace('.', ',') if lang == 'fr' else written}\u00a0{mega}"
