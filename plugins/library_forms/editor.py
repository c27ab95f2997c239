"""The configuration of Sveltia CMS, the optional editor in the browser, made from the schemas.

The editor's own script is taken from its npm package when the site is built with it; by
default it is not part of the site. What it writes is read like any file: empty values count
as absent, unknown fields are refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from library_forms.fields import FieldKind, FormField, form_of
from library_schemas import CONTENT_TYPES

_WIDGETS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "string",
    FieldKind.LONG_TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.YES_NO: "boolean",
    FieldKind.DATE: "datetime",
    FieldKind.DATE_AND_TIME: "datetime",
    FieldKind.CHOICE: "select",
    FieldKind.CHOICES: "select",
    FieldKind.TEXTS: "list",
    FieldKind.BRANCH: "relation",
    FieldKind.BRANCHES: "relation",
    FieldKind.CONTENT_FILE: "string",
    FieldKind.CONTENT_FILES: "list",
    FieldKind.PICTURE: "object",
    FieldKind.GROUP: "object",
    FieldKind.GROUPS: "list",
}


#: Pages hold their French ones in folders below, and an old address has no language.
_ONE_LANGUAGE = frozenset({"pages", "redirects"})


def widget(field: FormField) -> dict[str, Any]:
    """One field as the editor's configuration writes it."""
    table: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "widget": _WIDGETS[field.kind],
        "required": field.required,
        "hint": field.help,
    }
    if field.choices:
        table["options"] = list(field.choices)
    if field.kind in (FieldKind.CHOICES, FieldKind.BRANCHES):
        table["multiple"] = True
    if field.kind in (FieldKind.BRANCH, FieldKind.BRANCHES):
        table |= {
            "collection": "branches",
            "value_field": "{{slug}}",
            "search_fields": ["title"],
            "display_fields": ["title"],
        }
    if field.kind is FieldKind.DATE:
        table |= {"type": "date", "format": "YYYY-MM-DD"}
    if field.kind is FieldKind.DATE_AND_TIME:
        table |= {"format": "YYYY-MM-DD HH:mm"}
    if field.kind is FieldKind.NUMBER:
        limits = {"min": field.smallest, "max": field.largest}
        table |= {"value_type": "float"} | {name: limit for name, limit in limits.items() if limit is not None}
    if field.pattern:
        table["pattern"] = [field.pattern, field.help]
    if field.longest:
        table["maxlength"] = field.longest
    if isinstance(field.default, str | bool | int) and field.kind is not FieldKind.GROUP:
        table["default"] = field.default
    if field.fields:
        table["fields"] = [widget(inner) for inner in field.fields]
    if field.name == "file" and field.kind is FieldKind.TEXT:
        table |= {"widget": "file"}
    return table


def _collection(folder: str, *, french: bool) -> dict[str, Any]:
    """The files of one type in one language. Pages lie in folders of any depth, their French ones with them."""
    schema = CONTENT_TYPES[folder]
    label = f"{schema.plural.capitalize()}{' in French' if french else ''}"
    collection: dict[str, Any] = {
        "name": f"{folder}-fr" if french else folder,
        "label": label,
        "label_singular": f"{schema.type_name.capitalize()}{' in French' if french else ''}",
        "folder": f"content/{folder}/fr" if french else f"content/{folder}",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{title}}",
    }
    if folder == "pages":
        collection["nested"] = {"depth": 4}
    if folder == "documents":
        collection |= {"media_folder": "/content/documents", "public_folder": "/documents"}
    body = {
        "name": "body",
        "label": "Text",
        "widget": "markdown",
        "required": False,
        "hint": "Headings start at ##",
        "buttons": ["bold", "italic", "code", "link", "heading-two", "heading-three", "bulleted-list", "numbered-list"],
        # What the site means by {: .decorative } or !!! note is only safe as the text that it is.
        "modes": ["raw", "rich_text"],
    }
    return collection | {"fields": [*(widget(field) for field in form_of(folder)), body]}


def configuration(repository: str, branch: str = "main") -> str:
    """``config.yml`` of the editor for a repository such as ``county/library-site``, as YAML."""
    settings = {
        "backend": {"name": "github", "repo": repository, "branch": branch},
        "publish_mode": "editorial_workflow",
        "media_folder": "content/images",
        "public_folder": "/images",
        "slug": {"encoding": "ascii", "clean_accents": True},
        # Fields that nobody filled in stay out of the file, as in files that are written by hand.
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            *(_collection(folder, french=False) for folder in CONTENT_TYPES),
            *(_collection(folder, french=True) for folder in CONTENT_TYPES if folder not in _ONE_LANGUAGE),
        ],
    }
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=110)
