"""Derived facts of a document or a site that several rules ask for, worked out once.

A :class:`~audit.model.document.Document` and a :class:`~audit.model.site.Site` never change, so
what follows from one may be kept with it. It lives as long as that and is no part of its record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from audit.model.document import Document
from audit.model.site import Site


def remembered[S: (Document, Site), T](make: Callable[[S], T]) -> Callable[[S], T]:
    """The same function, called once for each document or site."""
    key = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(whole: S) -> T:
        # As ``cached_property`` does: a frozen dataclass without slots still has its ``__dict__``.
        table: dict[str, T] = whole.__dict__.setdefault("_remembered", {})
        if key not in table:
            table[key] = make(whole)
        return table[key]

    return ask
