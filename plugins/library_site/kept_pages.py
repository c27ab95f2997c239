"""What the making of a page read, so that a later build knows whether it has to be made again.

While templates run, everything that they read of a page, ask of the site or load as a template is
written down as a :class:`Fact` with the digest of what was found. The page is kept when every fact
holds again: whatever was read would be read once more. What is the same for all pages (the code, the
settings, the library, the day) is one digest in front (see :func:`common_ground`). What cannot be told
for certain is no fact: such a page is made anew by every build.

Source: "verifying traces" in A. Mokhov, N. Mitchell and S. Peyton Jones, Build Systems à la Carte (2018).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateNotFound
from pydantic import BaseModel

from library_base.stamps import OPEN, STAMP, Sources
from library_manifest import ManifestLine
from library_model.model import Page, Site
from library_site.site_view import SiteView
from library_site.theme import TemplateGlobals
from library_words.voice import voice

#: What the manifest says of a page, whether or not its template reads it.
_IN_MANIFEST = ("path", "file", "source", "template", "lang", "status", "kind")
#: Functions of templates whose answer hangs on more than what they are given.
_ASKED = ("asset", "fonts", "alike")
#: Follows from library.yml alone, which is common ground.
_COMMON_ATTRIBUTES = frozenset(["catalogue"])
#: What is written down as Python shows it. A tuple: a union would be made anew for each value.
_PLAIN = (int, float, dt.date, dt.time, dt.timedelta, bytes, PurePath, enum.Enum)
_SUFFIXES = frozenset([".py", ".toml", ".yml", ".json", ".html"])


class Unknown(Exception):
    """Something was read of which no digest can be made."""


class Fact(NamedTuple):
    """One thing that was read. ``kind`` is ``page``, ``site``, ``name``, ``source`` or ``template``."""

    kind: str
    name: str
    lang: str
    arguments: tuple[Any, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was written: its line of the manifest, and the facts on which it rests."""

    file: str
    sha256: str
    line: ManifestLine
    facts: tuple[Fact, ...]


class Reference(NamedTuple):
    """A page among the arguments of a question."""

    path: str


@dataclass(slots=True)
class Recorder:
    """Listens while pages are rendered, and asks again whether facts hold."""

    site: Site
    asks: SiteView
    speaks: TemplateGlobals
    sources: Sources
    environment: Environment
    _names: dict[str, Callable[..., Any]] = field(default_factory=dict)
    _facts: dict[Fact, None] | None = None
    _certain: bool = True
    _found: dict[tuple[Any, ...], bytes | None] = field(default_factory=dict)

    def listen(self) -> None:
        """Stand between templates and what they read; done once for each environment and build."""
        environment: Any = self.environment
        plain = type(self.environment)
        environment.getattr = self._reading(lambda obj, name: plain.getattr(self.environment, obj, name))
        environment.getitem = self._reading(lambda obj, name: plain.getitem(self.environment, obj, name))
        load = plain._load_template

        def loading(name: str, names: Any) -> Any:
            self._note("template", str(name))
            template = load(self.environment, name, names)
            # A module imported without context would be run for the first page only.
            template._module = None
            return template

        environment._load_template = loading
        for name in _ASKED:
            self._names[name] = self.speaks.names[name]
            environment.globals[name] = self._noted("name", name, self._names[name])
        environment.globals["source"] = self._noted("source", "", self.speaks.source)

    def begin(self, page: Page) -> None:
        """Write down what is read from now on."""
        self._facts, self._certain = {}, True
        for name in _IN_MANIFEST:
            self._note("page", name, (page,))

    def end(self) -> tuple[Fact, ...]:
        """What was read since :meth:`begin`; nothing when it cannot be told for certain."""
        found, self._facts = self._facts, None
        return tuple(found) if found is not None and self._certain else ()

    def hold(self, facts: Iterable[Fact]) -> bool:
        """Whether everything would be read as it was."""
        some = False
        for fact in facts:
            some = True
            if self._digest(fact.kind, fact.name, fact.lang, fact.arguments) != fact.digest:
                return False
        return some

    def _reading(self, plain: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def read(obj: Any, name: Any) -> Any:
            if obj.__class__ is Page:
                self._note("page", name, (obj,))
            elif obj is self.asks and name not in _COMMON_ATTRIBUTES:
                found = plain(obj, name)
                if callable(found):
                    return self._noted("site", name, found)
                self._note("site", name)
                return found
            return plain(obj, name)

        return read

    def _noted(self, kind: str, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def asked(*arguments: Any, **named: Any) -> Any:
            if named:
                self._note(kind, name, (*arguments, tuple(sorted(named.items()))), named=True)
            else:
                self._note(kind, name, arguments)
            return function(*arguments, **named)

        return asked

    def _note(self, kind: str, name: str, arguments: tuple[Any, ...] = (), *, named: bool = False) -> None:
        if self._facts is None:
            return
        lang = "" if kind in {"page", "template"} else self.speaks.lang
        kind = f"{kind}*" if named else kind
        try:
            said = tuple(self._referred(each) for each in arguments)
        except Unknown:
            self._certain = False
            return
        digest = self._digest(kind, name, lang, said)
        if digest is None:
            self._certain = False
            return
        self._facts[Fact(kind, name, lang, said, digest)] = None

    def _referred(self, value: Any) -> Any:
        if isinstance(value, Page):
            if self.site.by_path.get(value.path) is not value:
                raise Unknown
            return Reference(value.path)
        if isinstance(value, list | tuple):
            return tuple(self._referred(each) for each in value)
        if value is None or isinstance(value, str | int):
            return value if value is None or isinstance(value, bool | int) else str(value)
        # The library itself: its fields' lines are common ground, and source() is asked with it.
        if value is self.site.settings.library:
            return b"library"
        raise Unknown

    def _meant(self, value: Any) -> Any:
        if isinstance(value, Reference):
            page = self.site.by_path.get(value.path)
            if page is None:
                raise Unknown
            return page
        if isinstance(value, tuple):
            return tuple(self._meant(each) for each in value)
        return self.site.settings.library if value == b"library" else value

    def _digest(self, kind: str, name: str, lang: str, arguments: tuple[Any, ...]) -> bytes | None:
        key = (kind, name, lang, arguments)
        if key not in self._found:
            try:
                self._found[key] = self.digest_of(self._answer(kind, name, lang, arguments))
            except Unknown:
                self._found[key] = None
        return self._found[key]

    def _answer(self, kind: str, name: str, lang: str, said: tuple[Any, ...]) -> Any:
        """Ask once more, as it was asked; what templates noted meanwhile stays as it is."""
        arguments: tuple[Any, ...] = tuple(self._meant(each) for each in said)
        if kind == "page":
            return getattr(arguments[0], str(name), None)
        if kind == "template":
            try:
                return self.environment.loader.get_source(self.environment, name)[0] if self.environment.loader else ""
            except TemplateNotFound:
                return None
        before, self.speaks.lang, self.asks.lang = (self.speaks.lang, self.asks.lang), lang, lang
        try:
            named = dict(arguments[-1]) if kind.endswith("*") else {}
            arguments = arguments[:-1] if named else arguments
            kind = kind.removesuffix("*")
            if kind == "source":
                return str(self.speaks.source(*arguments, **named))
            function = getattr(self.asks, name) if kind == "site" else self._names[name]
            return function(*arguments, **named) if callable(function) else function
        finally:
            self.speaks.lang, self.asks.lang = before

    def digest_of(self, value: Any) -> bytes:
        """A digest of a value, the same in every process. Raises :class:`Unknown`."""
        pieces: list[str] = []
        self._spell(value, pieces.append)
        return hashlib.blake2b("\x1f".join(pieces).encode("utf-8", "surrogatepass"), digest_size=12).digest()

    def _spell(self, value: Any, add: Callable[[str], None]) -> None:
        """Write a value down in pieces. No generator: they would be nested as deeply as the value is."""
        kind = value.__class__
        if kind is str or isinstance(value, str):
            text = STAMP.sub(self._place, value) if OPEN in value else str(value)
            add(f"{kind.__name__} {len(text)} {text}")
        elif value is None or isinstance(value, _PLAIN):
            add(f"{kind.__name__} {value!r}")
        elif isinstance(value, Page):
            if self.site.by_path.get(value.path) is not value:
                raise Unknown
            add(f"page {value.path}")
        elif isinstance(value, list | tuple):
            add(f"{kind.__name__} {len(value)}")
            for each in value:
                self._spell(each, add)
        elif isinstance(value, set | frozenset):
            add(f"set {len(value)}")
            for each in sorted(map(self._spelt, value)):
                add(each)
        else:
            self._spell_parts(value, add)

    def _spelt(self, value: Any) -> str:
        pieces: list[str] = []
        self._spell(value, pieces.append)
        return "\x1e".join(pieces)

    def _spell_parts(self, value: Any, add: Callable[[str], None]) -> None:
        if isinstance(value, Mapping):
            parts: list[tuple[Any, Any]] = list(value.items())
        elif isinstance(value, BaseModel):
            parts = list(value.__dict__.items())
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            parts = [(name, getattr(value, name)) for name in _field_names(value.__class__)]
        else:
            raise Unknown
        add(f"{type(value).__name__} {len(parts)}")
        for name, each in parts:
            self._spell(name, add)
            self._spell(each, add)

    def _place(self, stamped: Any) -> str:
        # Numbers of sources shift when a file is added; where they lead does not.
        return f"{OPEN}{self.sources.paths[int(stamped[1])]}:{stamped[2]}"


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def code_digest(settings: Mapping[str, Any]) -> bytes:
    """A digest of all code that makes pages of content."""
    versions = (f"{name} {version(name)}" for name in ("jinja2", "markdown", "pydantic", "pyyaml"))
    found = hashlib.blake2b(" ".join([sys.version, *versions]).encode())
    folders = {Path(__file__).resolve().parents[1]}
    for plugin in settings.get("PLUGINS") or ():
        module = sys.modules.get(plugin) if isinstance(plugin, str) else plugin
        if file := getattr(module, "__file__", None):
            folders.add(Path(file).resolve().parent)
    for path in sorted({path for folder in folders for path in folder.rglob("*") if path.suffix in _SUFFIXES}):
        if path.is_file():
            found.update(str(path).encode() + path.read_bytes())
    return found.digest()


def common_ground(recorder: Recorder, settings: Mapping[str, Any], code: bytes) -> bytes:
    """A digest of what every page rests on: code (:func:`code_digest`), settings, the library, the day.

    Raises:
        Unknown: a page may rest on more.
    """
    site = recorder.site.settings
    if any(settings.get(name) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")):
        # Functions of a library's own may read whatever they like.
        raise Unknown
    found = hashlib.blake2b(code)
    files = {Path(site.root) / name for name in ("pelicanconf.py", "publishconf.py")}
    for path in sorted(files):
        if path.is_file():
            found.update(str(path).encode() + path.read_bytes())
    # Of the settings what can be written down; functions stand in files that are digested above.
    found.update(repr(sorted((k, repr(v)) for k, v in settings.items() if _plain(v))).encode())
    face = recorder.speaks.names["face"]
    for value in (site.siteurl, site.production, site.drafts, site.today, site.library, face):
        found.update(recorder.digest_of(value))
    found.update(repr(site.library_lines).encode())
    found.update(repr(voice()).encode())
    return found.digest()


def _plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_plain(each) for each in value)
    if isinstance(value, dict):
        return all(_plain(key) and _plain(each) for key, each in value.items())
    return value is None or isinstance(value, str | int | float)


def saved(pages: Mapping[str, KeptPage]) -> Mapping[str, KeptPage]:
    """The pages as they are to be saved: equal facts are one object, so that the file stays small."""
    known: dict[Fact, Fact] = {}
    return {
        name: dataclasses.replace(page, facts=tuple(known.setdefault(fact, fact) for fact in page.facts))
        for name, page in pages.items()
    }
