"""Which lines are fenced code, as Python-Markdown reads it."""

from __future__ import annotations

import pytest

from audit.writing.fences import fenced


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n```\nb\n```\nc", "01110"),
        ("~~~ text\nb\n```\n~~~\nc", "11110"),
        # A longer fence is not closed by a shorter one, nor any by one that names a language.
        ("````\n```\nb\n````\nc", "11110"),
        ("```\n```python\nb\n```\nc", "11110"),
        # Nor is a shorter one by a longer one.
        ("```\nb\n`````\nc\n```\nd", "111110"),
        # Without an end it is none, and the text behind it is text.
        ("a\n```\nb", "000"),
        ("a\n~~~old price~~~\nb\n~~~", "0000"),
        # So far in, it is code of another kind.
        ("a\n    ```\nb", "000"),
        ("", "0"),
    ],
)
def test_fences(text: str, code: str) -> None:
    assert list(fenced(text.split("\n"))) == [mark == "1" for mark in code]
