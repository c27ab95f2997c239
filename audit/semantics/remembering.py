"""Derived facts of a document that several rules ask for, worked out once.

A :class:`~audit.capture.document.Document` never changes, so what follows from it may be
kept with it. It lives as long as the document and is no part of its record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from audit.capture.document import Document


def remembered[T](make: Callable[[Document], T]) -> Callable[[Document], T]:
    """The same function, called once for each document."""
    key = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(document: Document) -> T:
        # As ``cached_property`` does: a frozen dataclass without slots still has its ``__dict__``.
        table: dict[str, T] = document.__dict__.setdefault("_remembered", {})
        if key not in table:
            table[key] = make(document)
        return table[key]

    return ask
