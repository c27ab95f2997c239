"""Which lines are fenced code, as CommonMark says it."""

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
        ("```\nb\n`````\nc", "1110"),
        # Without an end it goes on to the end of the text.
        ("a\n```\nb", "011"),
        # So far in, it is code of another kind.
        ("a\n    ```\nb", "000"),
        ("", "0"),
    ],
)
def test_fences(text: str, code: str) -> None:
    assert list(fenced(text.split("\n"))) == [mark == "1" for mark in code]
