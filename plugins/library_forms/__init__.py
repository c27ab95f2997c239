"""Forms made from the schemas: what is asked, in which words, with which choices.

``fields`` turns a schema into form fields. ``draft`` makes a content file from answers,
``editor`` the configuration of the editor in the browser, ``editor_page`` the editor as files of
the site, ``tables`` the handbook's tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from library_forms.fields import FieldKind, FormField, form_of

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled

__all__ = ["FieldKind", "FormField", "form_of"]


def register() -> None:
    """Publish the editor when the settings ask for it."""
    from library_model.signals import site_ready

    site_ready.connect(_ready)


def _ready(assembled: Assembled) -> list[Output]:
    settings = assembled.site.settings
    if settings.editor is None:
        return []
    from library_forms.editor_page import editor_files

    return list(editor_files(settings.editor, Path(settings.root), settings.library.name))
