"""Results that outlive a build: a file of them, good as long as everything that they rest on is the same."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_DAMAGED = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, OSError, TypeError, ValueError)


def load(path: Path, ground: bytes) -> dict[Any, Any]:
    """What was saved on the same ground; nothing when the file is damaged or another program's."""
    try:
        data = path.read_bytes()
        head, rest = data[:32], data[32:]
        if hashlib.blake2b(ground + rest, digest_size=32).digest() != head:
            return {}
        found: dict[Any, Any] = pickle.loads(rest)  # noqa: S301 - written by ourselves, and the digest says so
    except _DAMAGED:
        return {}
    return found


def save(path: Path, ground: bytes, results: Mapping[Any, Any]) -> None:
    """Save results, whole or not at all."""
    rest = pickle.dumps(dict(results), pickle.HIGHEST_PROTOCOL)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two builds may run at once.
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(hashlib.blake2b(ground + rest, digest_size=32).digest() + rest)
    fresh.replace(path)


class Shelf[R]:
    """Results by key, taken from the last build where it had them.

    ``ground``: a digest of everything besides its key that a result rests on. Only what this build asked
    for stays. A disk that is full or read-only is no reason to stop: the next build does the work again.
    """

    def __init__(self, path: Path, ground: bytes) -> None:
        self._path, self._ground = path, ground
        self._before: dict[str, R] = load(path, ground)
        self._asked: dict[str, R] = {}
        self._changed = False

    def get(self, key: str) -> R | None:
        """The result of that key, if it is known."""
        found = self._asked.get(key)
        if found is None and (found := self._before.get(key)) is not None:
            self._asked[key] = found
        return found

    def put(self, key: str, result: R) -> None:
        """Keep a result."""
        self._asked[key] = result
        self._changed = True

    def close(self) -> None:
        """Write down what was asked for, when it is not what is written already."""
        if not self._changed and len(self._asked) == len(self._before):
            return
        try:
            save(self._path, self._ground, self._asked)
        except OSError:
            return
