"""Reads files of content as text, whatever program has saved them."""

from __future__ import annotations

from pathlib import Path

from library_base.errors import ContentErrors, Problem

#: How files begin that Office has packed: since 2007, and before.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def text_of(path: Path, shown: str) -> str:
    """The text of a file. ``shown``: its name in messages. Raises as :func:`decoded`."""
    return decoded(path.read_bytes(), shown)


def decoded(data: bytes, shown: str) -> str:
    """The text of a file's bytes: without the mark that Windows puts before it, lines as ``\\n`` ends them.

    Raises:
        ContentErrors: it is no text, or not in UTF-8.
    """
    table = shown.endswith(".csv")
    if data.startswith(_OFFICE):
        message = f"This is {'an Excel' if table else 'a Word'} file with another name."
        hint = (
            "Open it in Excel, and save it as “CSV UTF-8 (Comma delimited)”."
            if table
            else "Open it in Word, and copy its words into a text file; or run stepfree convert FILE.docx."
        )
        raise ContentErrors([Problem(shown, 1, "", message, hint)])
    try:
        text = data.decode("utf-8-sig")
        if text.count("\0") > len(text) // 4:  # each Latin letter of UTF-16 has one beside it
            raise UnicodeDecodeError("utf-8", data, 0, 1, "UTF-16")
    except UnicodeDecodeError:
        how = (
            "In Excel, save it as “CSV UTF-8 (Comma delimited)”." if table else "Save it again with the encoding UTF-8."
        )
        raise ContentErrors([Problem(shown, 1, "", "This file is not saved as UTF-8.", how)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
