"""Looks up what a schema says of a field, by the place of a value in a file."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from library_frontmatter.yaml_lines import Place


def written_name(name: str, field: FieldInfo) -> str:
    """What a field is called in a file."""
    return field.alias or name


def model_at(schema: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """The group of fields at a place, or of which a list there is made; ``None`` where there is none."""
    model: type[BaseModel] | None = schema
    for step in place:
        if isinstance(step, int):
            continue
        if model is None:
            return None
        field = next((f for name, f in model.model_fields.items() if written_name(name, f) == step), None)
        model = inner_model(field.annotation) if field else None
    return model


def field_at(schema: type[BaseModel], place: Place) -> FieldInfo | None:
    """The field at a place; ``None`` where the schema has none."""
    names = [step for step in place if isinstance(step, str)]
    if not names:
        return None
    owner = model_at(schema, tuple(names[:-1]))
    if owner is None:
        return None
    return next((f for name, f in owner.model_fields.items() if written_name(name, f) == names[-1]), None)


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside ``Maybe[Model]``, ``tuple[Model, ...]`` and the like."""
    if typing.get_origin(annotation) is None and isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    if isinstance(annotation, typing.TypeAliasType):
        return inner_model(annotation.__value__)
    for inner in typing.get_args(annotation):
        if found := inner_model(inner):
            return found
    return None


def takes(field: FieldInfo, value: str) -> bool:
    """Whether a value would be right in a field."""
    try:
        # Without the name that it has in files, which means nothing outside of its group.
        annotated: Any = typing.Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        TypeAdapter(annotated).validate_python(value)
    except ValidationError:
        return False
    return True


def literals(field: FieldInfo) -> tuple[str, ...]:
    """The words of which a field takes one, if it does."""
    told = TypeAdapter[Any](field.annotation).json_schema() if field.annotation is not None else {}
    return tuple(each for each in told.get("enum", ()) if isinstance(each, str))


def member_kind(schema: type[BaseModel], place: Place) -> str:
    """What the members of a list are, as JSON Schema calls it (``date``); empty when it does not say."""
    info = field_at(schema, place)
    told = TypeAdapter[Any](info.annotation).json_schema() if info and info.annotation is not None else {}
    return str(told.get("items", {}).get("format", ""))


def member_words(schema: type[BaseModel], place: Place) -> tuple[str, ...]:
    """The values that the members of a list can have, when its schema names them."""
    info = field_at(schema, place)
    if info is None or info.annotation is None:
        return ()
    members = TypeAdapter[Any](info.annotation).json_schema().get("items", {})
    return tuple(str(each) for each in members.get("enum", ()))
