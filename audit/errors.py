"""Errors that a user meets, each with its exit code.

::

    AuditError
    ├── UsageError        2  the command line or the configuration is wrong
    ├── NothingToAudit    3  no page was found
    ├── AuditIncomplete   4  a page or a rule ended in an error
    │   └── BrowserError  4  no browser, or it died and did not come back
    └── InternalError     5  a fault in this program

Exit codes are an interface: 0 nothing blocks, 1 blocking findings.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The meaning of the command's exit status. 4 wins over 1; both are printed."""

    NOTHING_BLOCKS = 0
    BLOCKING_FINDINGS = 1
    USAGE = 2
    NOTHING_TO_AUDIT = 3
    INCOMPLETE = 4
    INTERNAL = 5


class AuditError(Exception):
    """A sentence for the user: what is wrong, and, when known, what to do instead."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}" if self.hint else self.sentence


class UsageError(AuditError):
    """The command line or the configuration cannot be used."""

    exit_code = ExitCode.USAGE


class NothingToAudit(AuditError):
    """No page was found: an error, never a pass."""

    exit_code = ExitCode.NOTHING_TO_AUDIT


class AuditIncomplete(AuditError):
    """Something that should have been looked at was not."""

    exit_code = ExitCode.INCOMPLETE


class BrowserError(AuditIncomplete):
    """The browser could not be started, or died and did not come back."""


class InternalError(AuditError):
    """A fault in this program."""

    exit_code = ExitCode.INTERNAL
