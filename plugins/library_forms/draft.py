"""A content file made from answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from library_base.errors import Problem, slug_of
from library_frontmatter import read_mapping, read_text
from library_links import Address, Resolver
from library_markdown.finish import PictureFacts
from library_model.model import ContentFile
from library_schemas import CONTENT_TYPES, Library
from library_site.local_checks import place_problems, record_problems
from library_site.reading import check_references
from library_site.record_links import file_problems, resolved
from library_words.voice import first_language, speak, voice

#: Fields that may be left out but that most items of the type have.
USUAL: Mapping[str, tuple[str, ...]] = {
    "pages": ("summary",),
    "branches": ("summary", "email", "access", "access_note"),
    "programs": ("branch", "repeats", "ages", "cost"),
    "services": ("branches", "cost"),
    "equipment": ("branches", "loan", "who"),
    "notices": ("summary", "branches", "expected_end", "next_update", "affects"),
    "meetings": ("branch", "place", "online"),
    "policies": ("summary", "number"),
    "documents": ("summary", "html_version"),
    "staff": ("branch", "email", "phone", "helps_with"),
}


def file_name(title: str) -> str:
    """The file's name without ending: small letters, digits and hyphens (``Café night`` → ``cafe-night``)."""
    return slug_of(title) or "untitled"


def text_of(answers: Mapping[str, object], body: str = "") -> str:
    """The text of a content file: front matter in the order of the answers, then the body."""
    front = yaml.safe_dump(dict(answers), allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False)
    return f"---\n{front}---\n\n{body.strip()}\n" if body.strip() else f"---\n{front}---\n"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is below ``content/`` already: the names of its files, for answers that name one."""

    names: tuple[str, ...]
    library: Library | None = None

    @staticmethod
    def of(content: Path) -> Beside:
        """Look into the folder."""
        files = (path for path in content.rglob("*") if path.is_file())
        names = tuple(sorted(path.relative_to(content).as_posix() for path in files))
        said = content / "library.yml"
        library = (
            read_mapping(said.read_text(encoding="utf-8"), "content/library.yml", Library).record
            if said.is_file()
            else None
        )
        if library is not None:
            speak(library.place, library.languages)
        return Beside(names, library)


def problems_of(folder: str, answers: Mapping[str, object], path: str, beside: Beside) -> tuple[Problem, ...]:
    """What the site would say about a file with these answers, also about files and links that it names."""
    read = read_text(text_of(answers), path, CONTENT_TYPES[folder])
    here = beside.library
    if read.record is None:
        # Said at once, and not after every other question.
        local = place_problems(answers, read.lines, here.place) if here is not None else ()
        return (*read.problems, *local)
    lang = _language(answers)
    name = f"{folder}/{f'{lang}/' if lang != first_language() else ''}new.md"
    file = ContentFile(name, folder, lang, read.record, read.lines, read.body, read.body_line)
    others = frozenset(each for each in beside.names if not each.endswith(".md"))
    pages = {each: Address(f"/{each}/") for each in beside.names if each.endswith(".md")}
    resolver = Resolver(Path(), "", pages, _Anything(), str, PictureFacts, others)
    resolved(file, resolver, "/")
    local = record_problems(read.record, folder, read.lines, here) if here is not None else ()
    return (*check_references([file], list(beside.names)), *local, *file_problems(file, others), *resolver.problems)


class _Anything(dict[str, str]):
    """Which addresses the site has is not known before it is built."""

    def __contains__(self, key: object) -> bool:
        return True


def _language(answers: Mapping[str, object]) -> str:
    """The language of a new file: as it is said; of a translation the second one of the site."""
    said = str(answers.get("lang") or "")
    further = voice().languages[1:]
    if said in further:
        return said
    return further[0] if answers.get("translation_of") and further else first_language()


def path_for(content: Path, folder: str, answers: Mapping[str, object]) -> Path:
    """Where the file goes: translations into their language's folder; a number is added when the name is taken."""
    lang = _language(answers)
    place = content / folder / lang if lang != first_language() else content / folder
    base = place / file_name(str(answers["title"]))
    path, number = base.with_suffix(".md"), 2
    while path.exists():
        path = base.with_name(f"{base.name}-{number}").with_suffix(".md")
        number += 1
    return path
