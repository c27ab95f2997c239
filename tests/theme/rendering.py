"""Renders examples of components without a site: the theme's Jinja environment with invented data."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from library_schemas.parts import PostalAddress
from library_site.theme import spoken_globals
from library_words import format_date, format_time, translate, where_ours
from library_words.voice import language_called

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
COMPONENTS = THEME / "components"


@dataclass(frozen=True)
class Example:
    """One example of a component. ``whole`` ones are pages of their own, ``empty`` ones show nothing."""

    component: str
    name: str
    source: str
    lang: str = "en"
    whole: bool = False
    empty: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A name for test reports."""
        return f"{self.component}: {self.name}"


def order() -> dict[str, Any]:
    """Return ``order.toml``."""
    return tomllib.loads((THEME / "static" / "order.toml").read_text(encoding="utf-8"))


def bundle(part: str) -> str:
    """Return the style sheet (``style.css``) or the script (``script.js``) as published."""
    wanted = order()
    paths = [THEME / "static" / name for name in wanted["styles"]] if part == "style.css" else []
    paths += [COMPONENTS / name / part for name in wanted["components"]]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())


def examples() -> list[Example]:
    """Return every example of every component."""
    found: list[Example] = []
    for path in sorted(COMPONENTS.glob("*/examples.toml")):
        declared = tomllib.loads(path.read_text(encoding="utf-8"))["example"]
        found += [Example(component=path.parent.name, **each) for each in declared]
    return found


def as_object(value: Any) -> Any:
    """Make objects of mappings, as templates get them; ``items`` is then a field and no method."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{key: as_object(each) for key, each in value.items()})
    if isinstance(value, list):
        return [as_object(each) for each in value]
    return value


class SampleSite:
    """The ``site`` of examples: a menu, a catalogue, a few pages that the footer knows."""

    def __init__(self, lang: str, catalogue: Mapping[str, Any] | None) -> None:
        self.menu = as_object(
            [
                {"text": "Programs", "url": "/programs/"},
                {"text": "Borrow", "url": "/borrowing/"},
                {"text": "Hours and locations", "url": "/branches/"},
            ]
        )
        self.catalogue = as_object(
            catalogue
            or {
                "mode": "form",
                "name": "the catalogue",
                "action": "https://catalogue.example.org/search",
                "field": "q",
                "hidden": [["idx", "kw"]],
                "home": "https://catalogue.example.org/",
                "account": "https://catalogue.example.org/account",
            }
        )
        self.name = "Bibliothèque publique du comté de Maple Lake" if lang == "fr" else LIBRARY.name

    def by_source(self, path: str) -> Any:
        """A few English pages and the two home pages exist."""
        if path.startswith("pages/fr/"):
            return as_object({"title": "Accueil", "url": "/fr/", "lang": "fr", "partner": None})
        address = "/" + path.removeprefix("pages/").removesuffix(".md").removesuffix("index").strip("/") + "/"
        title = address.strip("/").replace("-", " ").replace("/", ": ").capitalize() or "Home"
        return as_object({"title": title, "url": address.replace("//", "/"), "lang": "en", "partner": None})


LIBRARY = as_object(
    {
        "name": "Maple Lake County Public Library",
        "tagline": "Six branches, one card",
        "languages": ["en", "fr"],
        "phone": "705-555-0142",
        "email": "info@maplelakelibrary.example.org",
        "address": PostalAddress(street="48 Main Street", town="Maple Lake", province="ON", postal_code="K0M 0Z1"),
        "social": [{"text": "Our videos", "url": "https://video.example.org/maplelake"}],
    }
)

FACE = as_object(
    {
        "light": "#07384a",
        "dark": "#06222c",
        "logo": {"url": "/images/brand/mark.svg", "width": 64, "height": 64},
        "logo_alt": "",
        "picture": {"url": "/images/brand/lake.svg", "width": 1600, "height": 480},
        "picture_dark": {"url": "/images/brand/lake-night.svg"},
        "share": None,
        "share_alt": "",
    }
)


def render(example: Example) -> str:
    """Return the HTML of an example alone."""
    lang = example.lang
    data = dict(example.data)
    page = {
        "title": "Example",
        "url": "/programs/coding-club/",
        "path": "/programs/coding-club/",
        "lang": lang,
        "partner": None,
        "breadcrumb": [],
        "reviewed": None,
        "view": {},
        **data.pop("page", {}),
    }
    names: dict[str, Any] = {
        "library": LIBRARY,
        "site": SampleSite(lang, data.pop("site", {}).get("catalogue")),
        "page": as_object(page),
        "today": dt.date(2026, 11, 24),
        "t": lambda words, **values: translate(words, lang, **values),
        "ours": lambda text: where_ours(text, lang),
        "languages": lambda names: ", ".join(language_called(name, lang) for name in names),
        **spoken_globals(),
        "face": FACE,
        "asset": lambda name: f"/theme/{name}",
        "fonts": list,
        "alike": lambda _: {},
        "scripts_for": lambda _: [],
        "sheets_for": lambda _: [],
        "url": lambda path: path,
        "absolute": lambda path: f"https://example.org{path}",
        "source": lambda *_: Markup(),
        "format_date": lambda day, style="long": format_date(day, style, lang),
        "format_time": lambda time: format_time(time, lang),
        **{key: as_object(value) for key, value in data.items()},
    }
    return environment().from_string(example.source).render(names)


def environment() -> Environment:
    """Return Jinja set up as ``pelicanconf.py`` sets it up."""
    loader = FileSystemLoader([THEME / "templates", COMPONENTS])
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page_of(example: Example) -> str:
    """Return an example as a page that a browser can open."""
    body = render(example)
    if not example.whole:
        body = (
            f'<main id="main" tabindex="-1" class="wrap page"><h1>Example</h1><h2>{example.component}</h2>{body}</main>'
        )
    return (
        f'<!DOCTYPE html><html lang="{example.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{example.component} – example</title>"
        '<link rel="stylesheet" href="/theme/theme.css"><script src="/theme/theme.js" defer></script>'
        f"</head><body>{body}</body></html>"
    )


def named(component: str, start: str = "") -> Example:
    """Return the first example of a component whose name begins with ``start``."""
    return next(each for each in examples() if each.component == component and each.name.startswith(start))


def files(found: Sequence[Example]) -> dict[str, bytes]:
    """Return what a server must offer for these examples, by address."""
    offered = {f"/{number}/": page_of(each).encode() for number, each in enumerate(found)}
    offered["/theme/theme.css"] = bundle("style.css").encode()
    offered["/theme/theme.js"] = bundle("script.js").encode()
    for picture in (THEME / "static").glob("*.svg"):
        offered[f"/theme/{picture.name}"] = picture.read_bytes()
    return offered
