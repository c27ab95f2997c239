"""Forms made from the schemas: what is asked, in which words, with which choices.

``fields`` turns a schema into form fields. ``draft`` makes a content file from answers,
``editor`` the configuration of the editor in the browser, ``tables`` the handbook's tables.
"""

from __future__ import annotations

from library_forms.fields import FieldKind, FormField, form_of

__all__ = ["FieldKind", "FormField", "form_of"]


def register() -> None:
    """Nothing to hook into: forms are made on request."""
