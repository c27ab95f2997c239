"""Writes the folder of a new website from the answers: content with drafts, settings, a workflow, a README."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import yaml

from audit.errors import UsageError
from library_base.errors import slug_of
from library_places import address_lines, tel_uri
from library_schemas.parts import WEEKDAYS
from library_words.voice import language_name
from stepfree.founding.answers import Answers, Place
from stepfree.founding.workflows import workflows
from stepfree.installation import requirement

#: The answers of an ``init`` that was broken off.
KEPT = ".init-answers.json"
_STARTER = files("stepfree").joinpath("starter")
#: The pages that every library begins with, in the order in which they are listed to the coordinator.
PAGES = ("index", "branches", "contact", "get-a-card", "about", "privacy", "accessibility")
#: Where each is below content/pages/, when that is not its own name.
_PLACES = {"accessibility": "accessibility/index"}
#: What Ontario's regulation asks for beyond the accessibility page, and where its draft is.
ONTARIO_DUTIES = {
    "policy": "pages/accessibility/policy",
    "plan": "pages/accessibility/plan",
    "status_report": "pages/accessibility/status-report",
    "feedback": "pages/accessibility/feedback",
}
#: The note of such a draft in the languages in which Ontario writes its laws.
_NOTE = {
    "en": (
        "For staff: what this page must say before you publish it",
        "Then take this note and the line “status: draft” out.",
    ),
    "fr": (
        "Pour le personnel : ce que cette page doit dire avant d’être publiée",
        "Enlevez ensuite cette note et la ligne « status: draft ».",
    ),
}
_SUMMARY = {
    "en": "Hours, address and how to reach us.",
    "fr": "Nos heures, notre adresse et comment nous joindre.",
    "es": "Nuestro horario, nuestra dirección y cómo comunicarse con nosotros.",
}


def spoken(lang: str) -> bool:
    """Whether the pages that a website begins with are there in a language."""
    return _STARTER.joinpath(lang).is_dir()


def must_be_empty(folder: Path) -> None:
    """See that a website can begin in a folder.

    Raises:
        UsageError: there is something in it already.
    """
    if folder.exists() and (not folder.is_dir() or any(each.name not in {".git", KEPT} for each in folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", "Begin in a folder that is empty or not there yet.")


def found(folder: Path, answers: Answers) -> tuple[str, ...]:
    """Write the folder; the names of the drafts that are to be finished, below ``folder``.

    Raises:
        UsageError: there is something in the folder already, or the logo cannot be read.
    """
    must_be_empty(folder)
    logo = Path(answers.logo) if answers.logo else None
    if logo is not None and not logo.is_file():
        raise UsageError(f"There is no logo {logo}.", "Name an SVG or PNG file, or leave it out for now.")
    written = dict(_texts(answers, f"images/logo{logo.suffix.lower()}" if logo else ""))
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if logo is not None:
        target = folder / "content" / "images" / f"logo{logo.suffix.lower()}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(logo, target)
    if (wheel := requirement()[1]) is not None:
        (folder / "tools").mkdir()
        shutil.copyfile(wheel, folder / "tools" / wheel.name)
    return tuple(name for name, text in written.items() if "\nstatus: draft\n" in text)


def _texts(answers: Answers, logo: str) -> Iterator[tuple[str, str]]:
    yield "content/library.yml", _library(answers, logo)
    names = _file_names(branch.name for branch in answers.branches)
    for name, branch in zip(names, answers.branches, strict=True):
        yield f"content/branches/{name}.md", _branch(branch)
    for lang in answers.languages:
        yield from _pages(answers, lang)
    if answers.law == "ontario":
        yield from _ontario("fr" if answers.languages[0] == "fr" else "en")
    yield "stepfree.toml", _settings(answers)
    yield "requirements.txt", f"{requirement()[0]}\n"
    yield ".gitignore", "# Made by the build; never kept.\nbuild/\n.cache/\n.venv/\n"
    yield "README.md", _starter("README.md", {"host": _host(answers)})
    yield from workflows(answers.host).items()


def _library(answers: Answers, logo: str) -> str:
    office = answers.branches[0]
    known: dict[str, Any] = {
        "name": answers.name,
        "short_name": answers.short_name or None,
        "tagline": answers.tagline or None,
        "url": answers.url,
        "country": answers.country,
        "timezone": answers.zone,
        "languages": list(answers.languages),
        "address": _address(office),
        "phone": office.phone,
        "email": answers.email,
        "catalogue": answers.catalogue.model_dump(exclude_defaults=True) if answers.catalogue else None,
        "brand": _brand(answers, logo) or None,
    }
    head = "# The library as a whole: its name and address are written here and nowhere else. Opening hours are in branches/.\n"
    later = (
        ""
        if answers.catalogue
        else "# When the catalogue's details are known: catalogue: {system: koha, host: https://…}\n"
    )
    return head + later + _yaml({key: value for key, value in known.items() if value is not None})


def _brand(answers: Answers, logo: str) -> dict[str, Any]:
    names = ("main", "second", "third")
    return {
        **({"colours": dict(zip(names, answers.colours, strict=False))} if answers.colours else {}),
        **({"logo": logo} if logo else {}),
    }


def _address(place: Place) -> dict[str, str]:
    parts = {"street": place.street, "town": place.town, "province": place.province, "postal_code": place.postal_code}
    return {key: value for key, value in parts.items() if value}


def _branch(place: Place) -> str:
    fields: dict[str, Any] = {
        "title": place.name,
        "address": _address(place),
        "phone": place.phone,
        "hours": {"week": {day: place.hours[day] for day in WEEKDAYS if day in place.hours}},
    }
    if place.hours:
        return f"---\n{_yaml(fields)}---\n"
    # A branch that is closed all week would be an untruth: it waits until its hours are known.
    later = (
        "# Write the opening times in the place of {}, as in {monday: 10:00-17:00, saturday: 10:00-13:00},\n"
        "# and take the line “status: draft” out.\n"
    )
    return f"---\n{_yaml({**fields, 'status': 'draft'})}{later}---\n"


def _pages(answers: Answers, lang: str) -> Iterator[tuple[str, str]]:
    office = answers.branches[0]
    first = lang == answers.languages[0]
    said = lang if spoken(lang) else "en"
    lines = address_lines(answers.country, office.street, office.town, office.province, office.postal_code)
    words = {
        "summary": json.dumps(answers.tagline or _SUMMARY[said], ensure_ascii=False),
        "phone": office.phone,
        "tel": tel_uri(office.phone, answers.country),
        "email": answers.email,
        "address": ", ".join(lines).replace("\u00a0 ", " "),
        "must": _must(answers.law, said),
    }
    for page in PAGES:
        text = Template(_STARTER.joinpath(said, f"{page}.md").read_text(encoding="utf-8")).substitute(words)
        place = _PLACES.get(page, page)
        if not first:
            # Links lead to the partner in this language by themselves.
            text = text.replace("---\n", f"---\ntranslation_of: pages/{place}.md\n", 1)
            text = re.sub(r"\{filename\}/pages/", f"{{filename}}/pages/{lang}/", text)
        if said != lang and not first:
            # Nobody is to read a page in another language than it says; a website without any page would be none.
            text = _to_translate(text, lang)
        yield f"content/pages/{'' if first else f'{lang}/'}{place}.md", text


def _to_translate(text: str, lang: str) -> str:
    """A page as a draft that waits for its translation."""
    language = language_name(lang, "en")
    waits = "" if "\nstatus: draft\n" in text else "status: draft\n"
    said = f"# This page is in English still. Write it in {language}, then take this line and “status: draft” out.\n"
    head, mark, rest = text.removeprefix("---\n").partition("---\n")
    return f"---\n{head}{waits}{said}{mark}{rest}"


def _must(law: str, lang: str) -> str:
    table: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
        _STARTER.joinpath("must.toml").read_text(encoding="utf-8")
    )
    lines = table[law].get(lang) or table[law]["en"]
    return "\n".join(f"    - {line}" for line in lines)


def _ontario(lang: str) -> Iterator[tuple[str, str]]:
    """A draft for each page that Ontario's regulation asks for, so that it is known to be missing."""
    table: Mapping[str, Any] = tomllib.loads(_STARTER.joinpath("ontario.toml").read_text(encoding="utf-8"))
    title, then = _NOTE[lang]
    for key, place in ONTARIO_DUTIES.items():
        entry = table[key]
        head = {"title": entry["title"][lang], "status": "draft", "duty": entry["duty"]}
        must = "\n".join(f"    - {line}" for line in entry["must"][lang])
        yield f"content/{place}.md", f'---\n{_yaml(head)}---\n\n!!! note "{title}"\n\n{must}\n\n    {then}\n'


def _settings(answers: Answers) -> str:
    duties = ""
    if answers.law == "ontario":
        rows = (f'{key} = "/{place.removeprefix("pages/")}/"' for key, place in ONTARIO_DUTIES.items())
        duties = (
            "\n[site.duties]\n# Where each page that the regulation asks for is; the check says which are missing.\n"
            + "\n".join(rows)
            + "\n"
        )
    return _starter("stepfree.toml", {"law": answers.law}) + duties


def _host(answers: Answers) -> str:
    return {
        "github-pages": "GitHub Pages publishes it after each change that passes the check.",
        "netlify": "Netlify publishes the folder build/site.",
        "cloudflare": "Cloudflare Pages publishes the folder build/site.",
        "own-server": "Our web team copies the folder build/site to our server.",
        "later": "Where it will be published is not decided yet.",
    }[answers.host]


def _starter(name: str, words: Mapping[str, str]) -> str:
    return Template(_STARTER.joinpath(name).read_text(encoding="utf-8")).safe_substitute(words)


def _yaml(value: Mapping[str, Any]) -> str:
    return str(yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True, width=110))


def _file_names(names: Iterable[str]) -> Iterator[str]:
    """A file's name for each branch; those whose names have no Latin letter, or the same ones, are numbered."""
    taken: Counter[str] = Counter()
    for name in names:
        slug = slug_of(name) or "branch"
        taken[slug] += 1
        yield slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
