"""A content file made from answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml

from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES
from library_site.errors import Problem

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
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-") or "untitled"


def text_of(answers: Mapping[str, object], body: str = "") -> str:
    """The text of a content file: front matter in the order of the answers, then the body."""
    front = yaml.safe_dump(dict(answers), allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False)
    return f"---\n{front}---\n\n{body.strip()}\n" if body.strip() else f"---\n{front}---\n"


def problems_of(folder: str, answers: Mapping[str, object], path: str) -> tuple[Problem, ...]:
    """What the site would say about a file with these answers."""
    return tuple(read_text(text_of(answers), path, CONTENT_TYPES[folder]).problems)


def path_for(content: Path, folder: str, title: str) -> Path:
    """Where the file goes; a number is added when the name is taken."""
    base = content / folder / file_name(title)
    path, number = base.with_suffix(".md"), 2
    while path.exists():
        path = base.with_name(f"{base.name}-{number}").with_suffix(".md")
        number += 1
    return path
