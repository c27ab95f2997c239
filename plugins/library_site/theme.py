"""The theme's files, and what its templates can call."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup

from library_base.errors import ThemeError, slug_of
from library_base.stamps import Sources, stamp
from library_fonts import Font, fonts_of
from library_frontmatter import Lines
from library_model.model import Output, Page
from library_places import tel_uri
from library_schemas import Library
from library_search.synonyms import alike, synonyms
from library_site.assemble import Assembled
from library_words import format_date, format_span, format_time, money, translate, where_ours
from library_words.voice import first_language, language_called, language_folder, language_name, right_to_left, voice

#: What a page has, and what a selector asks for, as ``.card`` and ``table``.
_CLASS = re.compile(r'\sclass="([^"]*)"')
_TAG = re.compile(r"<([a-z][a-z0-9]*)")
_ASKED = re.compile(r"\.[a-z][\w-]*|(?<![\w.:-])[a-z][\w-]*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|\"[^\"]*\"")

#: Strings are kept as they are; comments and white space between other things are not.
_LOOSE = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?:\s|/\*.*?\*/)+""",
    re.DOTALL,
)

#: What a visitor's browser does not need: spaces beside these marks, and the semicolon that ends a block.
_NEEDLESS = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<=[:,>])[ ]|[ ](?=[>])|;(?=\})|(?<=[\s:,(])0(?=\.\d)""", re.DOTALL
)

#: What is for the authors of a script, as it is of a style sheet: lines that hold a comment only, and indents.
#: No script of the theme has a string over several lines.
_FOR_AUTHORS = re.compile(r"^[ ]*//.*\n|^[ ]+|^\n", re.MULTILINE)


def compact(css: str) -> str:
    """Return a style sheet without its comments and without white space that says nothing.

    Every visitor loads it before the first page appears; the words in it are for its authors.
    """

    def closer(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        beside = css[found.start() - 1 : found.start()] + css[found.end() : found.end() + 1]
        return "" if len(beside) < 2 or set(beside) & set("{};") else " "

    return _NEEDLESS.sub(lambda found: found[1] or "", _LOOSE.sub(closer, css))


def compact_script(script: str) -> str:
    """Return a script without indents and without the lines that hold a comment only."""
    return _FOR_AUTHORS.sub("", script)


@dataclass(slots=True)
class Theme:
    """The static side of the theme: one style sheet, one script, pictures."""

    folder: Path
    root: Path
    #: The library's own colours and fonts, behind the theme's.
    more_styles: str = ""
    _bundles: dict[str, bytes] = field(default_factory=dict)
    _fonts: tuple[Font, ...] | None = None
    _read: Mapping[str, Any] | None = None
    _asked: dict[str, frozenset[frozenset[str]]] = field(default_factory=dict)

    def outputs(self) -> Iterator[Output]:
        """Return what is published: bundles, and every file of ``static/`` that is no part of one."""
        for name in ("theme.css", "theme.js", *self.sheets(), *self.scripts()):
            data = self.bundle(name)
            if data:
                yield Output(
                    f"theme/{name}", data, f"theme/static/{name}" if self._alone(name) else "theme/static/order.toml"
                )
        order = self._order()
        for font in self.fonts:
            yield Output(f"theme/{font.path}", font.data, "theme/static/order.toml")
        parts = {"order.toml", *order.get("styles", ()), *order.get("scripts", ())}
        static = self.folder / "static"
        for path in sorted(static.rglob("*")) if static.is_dir() else ():
            name = path.relative_to(static).as_posix()
            if path.is_file() and name not in parts and name not in self._bundles and not path.name.startswith("."):
                yield Output(f"theme/{name}", path.read_bytes(), f"theme/static/{name}")

    @property
    def fonts(self) -> tuple[Font, ...]:
        """The web fonts that ``order.toml`` names, where their packages are installed."""
        if self._fonts is None:
            self._fonts = tuple(fonts_of(self._order().get("fonts", ()), self.root / ".cache" / "fonts"))
        return self._fonts

    def bundle(self, name: str) -> bytes:
        """Return ``theme.css`` or ``theme.js``, put together in the order of ``order.toml``."""
        if name not in self._bundles:
            self._bundles[name] = self._bundle(name)
        return self._bundles[name]

    def hashed(self, name: str) -> str:
        """Return a short hash of a published file's content."""
        if name in {"theme.css", "theme.js", *self.sheets(), *self.scripts()}:
            data = self.bundle(name)
        else:
            path = self.folder / "static" / name
            if not path.is_file():
                raise ThemeError(f"theme/static/{name}: a template asks for this file, and it is not there.")
            data = path.read_bytes()
        return hashlib.sha256(data).hexdigest()[:10]

    def scripts(self) -> dict[str, str]:
        """Return the scripts that only some pages ask for, and what stands in the markup of those."""
        return {f"{name}.js": str(mark) for name, mark in self._order().get("scripts_on_demand", {}).items()}

    def sheets(self) -> dict[str, list[str]]:
        """Return the style sheets that only some pages ask for, and the components of each."""
        return {f"{name}.css": list(parts) for name, parts in self._order().get("sheets_on_demand", {}).items()}

    def scripts_for(self, markup: str) -> list[str]:
        """Return which of these scripts a page needs."""
        return [name for name, mark in self.scripts().items() if mark in markup]

    def sheets_for(self, markup: str) -> list[str]:
        """Return which of these style sheets a page needs: one of their selectors asks for nothing that it lacks."""
        there = set(_TAG.findall(markup)) | {f".{name}" for value in _CLASS.findall(markup) for name in value.split()}
        return [name for name in self.sheets() if any(each <= there for each in self._selectors(name))]

    def _selectors(self, sheet: str) -> frozenset[frozenset[str]]:
        """Return the elements and classes that each selector of a sheet asks for, but for those in brackets."""
        if sheet not in self._asked:
            bare = _BRACKETS.sub("", self.bundle(sheet).decode())
            preludes = re.findall(r"([^{}@]+)\{", bare)
            found = (frozenset(_ASKED.findall(each)) for prelude in preludes for each in prelude.split(","))
            self._asked[sheet] = frozenset(filter(None, found))
        return self._asked[sheet]

    def _part(self, component: str, part: str) -> str:
        path = self.folder / "components" / component / part
        if not path.is_file():
            raise ThemeError(f"theme/static/order.toml: the component “{component}” has no {part}.")
        return path.read_text(encoding="utf-8")

    def _alone(self, name: str) -> bool:
        return (self.folder / "static" / name).is_file()

    def _order(self) -> Mapping[str, Any]:
        if self._read is None:
            self._read = self._order_file()
        return self._read

    def _order_file(self) -> Mapping[str, Any]:
        path = self.folder / "static" / "order.toml"
        if not path.is_file():
            return {}
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ThemeError(f"theme/static/order.toml: {error}") from None

    def _bundle(self, name: str) -> bytes:
        if self._alone(name):
            return (self.folder / "static" / name).read_bytes()
        order = self._order()
        own = self.sheets().get(name, [name.removesuffix(".js")] if name in self.scripts() else [])
        if own:
            kind = "style.css" if name.endswith(".css") else "script.js"
            text = "\n".join(self._part(each, kind) for each in own)
            return (compact(text) if kind == "style.css" else compact_script(text)).encode()
        kind, part = ("styles", "style.css") if name == "theme.css" else ("scripts", "script.js")
        paths = [self.folder / "static" / each for each in order.get(kind, ())]
        components = self.folder / "components"
        listed = list(order.get("components", ()))
        if components.is_dir():
            unlisted = sorted(
                child.name for child in components.iterdir() if child.is_dir() and child.name not in listed
            )
            missing = [each for each in listed if not (components / each).is_dir()]
            if missing:
                raise ThemeError(f"theme/static/order.toml: there is no component “{missing[0]}”.")
            listed += unlisted
        elsewhere = {name.removesuffix(".js") for name in self.scripts()}
        if kind == "styles":
            elsewhere = {each for parts in self.sheets().values() for each in parts}
        paths += [
            components / each / part
            for each in listed
            if each not in elsewhere and (components / each / part).is_file()
        ]
        absent = [path for path in paths if not path.is_file()]
        if absent:
            raise ThemeError(f"theme/static/order.toml: there is no file {absent[0].name}.")
        if not paths:
            return b""
        text = "\n".join(path.read_text(encoding="utf-8").rstrip() + "\n" for path in paths)
        if name == "theme.css":
            text += self.more_styles
            return ("".join(font.rules for font in self.fonts) + compact(text)).encode()
        return compact_script(text).encode()


@dataclass(slots=True)
class TemplateGlobals:
    """The names that templates can call; some depend on the page that is being rendered."""

    assembled: Assembled
    theme: Theme
    sources: Sources
    lang: str = field(default_factory=first_language)
    names: dict[str, Any] = field(default_factory=dict)

    def begin(self, page: Page) -> None:
        """Set the language of everything that speaks."""
        self.lang = page.lang
        self.assembled.asks.lang = page.lang

    def source(self, owner: Any, *place: str | int) -> Markup:
        """Return the stamp for the field ``place`` of a page (or of the library)."""
        if isinstance(owner, Library):
            lines = self.assembled.site.settings.library_lines
            return Markup(stamp(self.sources.number("content/library.yml"), lines.of(*place)))  # noqa: S704
        path = getattr(owner, "source", "")
        known: Lines | None = getattr(owner, "lines", None)
        if not path or known is None:
            return Markup()
        return Markup(stamp(self.sources.number(path), known.of(*place)))  # noqa: S704


def in_language(speaking: str, words: str, lang: str) -> str:
    """Words in the language ``speaking`` about the language ``lang``, whose name is ``{language}`` in them."""
    said = translate(words, speaking)
    return said.format(language=language_name(lang, speaking, capital=said.startswith("{language}")))


def spoken_globals() -> dict[str, Any]:
    """The names that hang on the library's place and languages and not on the page."""
    return {
        "slug": slug_of,
        "tel": lambda number: tel_uri(number, voice().country),
        "folder": language_folder,
        "first_language": first_language(),
        "language_name": language_name,
        "right_to_left": right_to_left,
        "in_language": in_language,
        "locale": lambda lang: str(voice().locale(lang)),
        "words_beside": words_beside,
        "address_lines": lambda address: address.lines(voice().country),
    }


def words_beside(said: str, *further: Iterable[str]) -> str:
    """The words of ``further`` that are not in what an entry says already, each once: a filter looks for single words."""
    held = said.casefold()
    words = (word for each in chain(*further) for word in each.split() if word.casefold() not in held)
    return " ".join({word.casefold(): word for word in words}.values())


def template_globals(assembled: Assembled, theme: Theme, sources: Sources) -> TemplateGlobals:
    """Make the names that templates can call."""
    found = TemplateGlobals(assembled, theme, sources)
    settings = assembled.site.settings
    base = settings.base_path

    @cache
    def asset(name: str) -> str:
        return f"{base}/theme/{name}?v={theme.hashed(name)}"

    groups = synonyms(Path(settings.content))

    def fonts() -> list[str]:
        return [
            f"{base}/theme/{font.path}?v={hashlib.sha256(font.data).hexdigest()[:10]}"
            for font in theme.fonts
            if font.preload
        ]

    def url(path: str) -> str:
        return f"{base}{path}" if path.startswith("/") else path

    def absolute(address: str) -> str:
        return f"{settings.origin}{address}" if address.startswith("/") else address

    def t(words: str, **values: Any) -> str:
        return translate(str(words), found.lang, **values)

    def ours(text: str) -> str:
        return where_ours(text, found.lang)

    def languages(names: Iterable[str]) -> str:
        return ", ".join(language_called(name, found.lang) for name in names)

    def date(day: dt.date | dt.datetime, style: Any = "long") -> str:
        return format_date(day, style, found.lang)

    found.names = {
        "library": settings.library,
        "site": assembled.asks,
        "face": assembled.face,
        **spoken_globals(),
        "today": settings.today,
        "production": settings.production,
        "t": t,
        "ours": ours,
        "languages": languages,
        "asset": asset,
        "scripts_for": theme.scripts_for,
        "sheets_for": theme.sheets_for,
        "fonts": fonts,
        "alike": lambda text: alike(text, groups.get(found.lang, [])),
        "url": url,
        "absolute": absolute,
        "source": found.source,
        "format_date": date,
        "format_time": lambda time: format_time(time, found.lang),
        "format_span": lambda starts, ends: format_span(starts, ends, found.lang),
        "money": lambda amount: money(amount, found.lang),
    }
    return found
