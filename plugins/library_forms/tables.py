"""The handbook's tables of fields, as Markdown."""

from __future__ import annotations

from library_forms.fields import FieldKind, FormField, form_of
from library_schemas import CONTENT_TYPES, OwnPage, Placed, Record

BEGIN = "<!-- fields: made by `python -m library_forms.tables`; do not edit by hand -->"
END = "<!-- end of fields -->"
_SHARED: tuple[tuple[str, type[Record]], ...] = (
    ("Fields that every type has", Record),
    ("Fields of every type but redirects", Placed),
    ("Fields of every type but redirects, questions and staff roles", OwnPage),
)


def _row(field: FormField, prefix: str) -> str:
    takes = field.kind.value if not field.choices else ", ".join(f"`{choice}`" for choice in field.choices)
    needed = "yes" if field.required else ""
    default = f" ({field.default})" if isinstance(field.default, str) and field.default else ""
    return f"| `{prefix}{field.name}` | {needed} | {takes}{default} | {field.help} |"


def _rows(fields: tuple[FormField, ...], prefix: str = "") -> list[str]:
    rows = []
    for field in fields:
        rows.append(_row(field, prefix))
        if field.kind in (FieldKind.GROUP, FieldKind.GROUPS):
            rows += _rows(field.fields, f"{prefix}{field.name}.")
    return rows


def tables() -> str:
    """All content types, a heading and a table each."""
    parts = [BEGIN]
    shared: set[str] = set()
    for heading, schema in _SHARED:
        names = set(schema.model_fields) - shared
        shared |= names
        parts += ["", f"### {heading}", "", "| field | needed | takes | what it is for |", "|---|---|---|---|"]
        parts += _rows(tuple(field for field in form_of("pages") if field.name in names))
    for folder, schema in CONTENT_TYPES.items():
        own = tuple(
            field
            for field in form_of(folder)
            if field.name not in shared or (field.name == "summary" and field.required)
        )
        parts += ["", f"### {schema.type_name.capitalize()}: `content/{folder}/`", ""]
        parts += ["| field | needed | takes | what it is for |", "|---|---|---|---|", *_rows(own)]
    return "\n".join([*parts, "", END])


def put_into(text: str) -> str:
    """A handbook's text with the tables between the two comments made anew.

    Raises:
        ValueError: the two comments are not there.
    """
    if BEGIN not in text or END not in text:
        raise ValueError("the handbook has no place for the tables of fields")
    return text[: text.index(BEGIN)] + tables() + text[text.index(END) + len(END) :]


if __name__ == "__main__":
    from pathlib import Path

    HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook.md"
    HANDBOOK.write_text(put_into(HANDBOOK.read_text(encoding="utf-8")), encoding="utf-8")
