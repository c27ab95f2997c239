"""Small projects in temporary folders: content, a plain theme, and a real build of them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import library_site
from library_site.building import BuildResult

REPOSITORY = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 22)

LIBRARY = """\
name: Test County Public Library
short_name: Test Library
url: https://library.example.org
address: {street: 1 Main Street, town: Testville, postal_code: K0M 1S0}
phone: 705-555-0142
email: info@library.example.org
catalogue: {system: koha, host: "https://catalogue.example.org"}
closures:
  - {date: 2026-12-25, hours: closed, reason: Christmas Day}
languages: [en, fr]
"""

BRANCH = """\
---
title: Minden branch
address: {street: 2 Bridge Street, town: Minden, postal_code: K0M 2K0}
phone: 705-555-0143
geo: {latitude: 44.92, longitude: -78.72}
hours:
  week:
    tuesday: "10:00-17:00"
    wednesday: "10:00-17:00"
    thursday: ["10:00-12:00", "13:00-20:00"]
    friday: "10:00-17:00"
    saturday: "10:00-15:00"
---
Come in.
"""

PROGRAM = """\
---
title: Repair café
summary: Bring a broken lamp and fix it.
starts: 2026-12-03 10:30
ends: 2026-12-03 11:30
repeats: {every: week, days: [thursday], count: 6}
branch: minden
audience: [adults]
kind: maker
registration: {needed: drop-in}
---
Bring a lamp.
"""

BASE = """\
<!DOCTYPE html>
<html lang="{{ page.lang }}">
<head>
<meta charset="utf-8">
<title>{{ page.title }}</title>
<noscript><link rel="stylesheet" href="/none.css"></noscript>
{% if page.jsonld %}
<script type="application/ld+json">{{ page.jsonld|safe }}</script>
{% endif %}
</head>
<body>
<main id="main">
<h1 {{ source(page, "title") }}>{{ page.title }}</h1>
{% block content %}{{ page.body }}{% endblock %}
</main>
</body>
</html>
"""

TEMPLATES = {
    "base": BASE,
    **dict.fromkeys(
        [
            "page", "home", "branch", "program", "service", "e-resource", "equipment", "booklist", "notice",
            "news-item", "policy", "meeting", "document", "not-found",
        ],
        '{% extends "base.html" %}\n',
    ),
    "ended": '{% extends "base.html" %}\n{% block content %}\n<p>{{ page.view.sentence }}</p>\n{% for each in page.view.instead %}\n<p><a href="{{ each.url }}">{{ each.text }}</a></p>\n{% endfor %}\n{% endblock %}\n',
    "redirect": '{% extends "base.html" %}\n{% block content %}<p><a href="{{ page.view.target.url }}">{{ page.view.target.text }}</a></p>{% endblock %}\n',
    "programs": '{% extends "base.html" %}\n{% block content %}\n<ol>\n{% for day in page.view.days %}{% for each in day.occurrences %}\n<li>{{ each.starts.isoformat() }} {{ each.state }}</li>\n{% endfor %}{% endfor %}\n</ol>\n{% endblock %}\n',
    **dict.fromkeys(
        ["branches", "services", "e-resources", "booklists", "notices", "news", "policies", "meetings", "documents"],
        '{% extends "base.html" %}\n{% block content %}\n{{ page.body }}\n<ul>\n{% for item in site.pages(page.type) %}\n<li {{ source(item, "title") }}><a href="{{ item.url }}">{{ item.title }}</a></li>\n{% endfor %}\n</ul>\n{% endblock %}\n',
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Built:
    """A built project."""

    folder: Path
    result: BuildResult

    @property
    def output(self) -> Path:
        return self.folder / "build" / "site"

    def text(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        found = sorted(path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.folder / "build" / "manifest.json").read_text(encoding="utf-8"))
        return loaded

    def page(self, address: str) -> dict[str, Any]:
        """The manifest's entry of a page."""
        found: dict[str, Any] = next(page for page in self.manifest["pages"] if page["address"] == address)
        return found


@dataclass(frozen=True)
class Project:
    """A project to write files into and to build."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> Project:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return self

    def page(self, name: str, body: str = "", **fields: str) -> Project:
        """Write ``content/NAME`` with a title and a body that begins in line 4 (plus one per field)."""
        more = "".join(f"{key}: {value}\n" for key, value in fields.items())
        return self.write(f"content/{name}", f"---\ntitle: {Path(name).stem}\n{more}---\n{body}")

    def build(self, *, production: bool = False, today: dt.date | None = TODAY, **overrides: Any) -> Built:
        result = library_site.build(
            REPOSITORY / "pelicanconf.py",
            self.folder / "build" / "site",
            self.folder / "build" / "manifest.json",
            production,
            today,
            {
                "PATH": str(self.folder / "content"),
                "THEME": str(self.folder / "theme"),
                "THEME_TEMPLATES_OVERRIDES": [],
                "STEPFREE_ROOT": str(self.folder),
                # Small projects say nothing of the rules of the check.
                "STEPFREE_EXTRA_PAGES": None,
                **overrides,
            },
        )
        return Built(self.folder, result)


def project(folder: Path) -> Project:
    """Return a project with a library, one branch, a home page and a plain theme."""
    made = Project(folder)
    made.write("content/library.yml", LIBRARY)
    made.write("content/branches/minden.md", BRANCH)
    made.page("pages/index.md", "Welcome.\n")
    for name, text in TEMPLATES.items():
        made.write(f"theme/templates/{name}.html", text)
    return made
