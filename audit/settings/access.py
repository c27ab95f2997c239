"""``[access]``: how the audit gets to pages that are not open to everybody, or not there at once.

::

    [access]
    signed_in = "#my-account"           # what only people who have logged in see, on every page
    cookies = "cookies.txt"             # a file as browsers' add-ons save it (Netscape format)

    [access.login]
    page = "https://catalogue.example.org/login"
    fields = { "#card" = "CATALOGUE_CARD", "#pin" = "CATALOGUE_PIN" }
    button = "#log-in"

    [access.wait_for]
    "/search*" = "#results"

What is typed into a field stands in a variable of the environment, of which only the name is written down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http.cookiejar import Cookie, LoadError, MozillaCookieJar
from pathlib import Path
from urllib.parse import urlsplit

from audit.errors import UsageError
from audit.settings.nearest import did_you_mean, known_words

KEYS = ("signed_in", "cookies", "login", "wait_for")
LOGIN_KEYS = ("page", "fields", "button")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Login:
    """A form to log in by: its whole address, a CSS selector and the name of an environment variable for each field,
    and the selector of its button.
    """

    page: str
    fields: Mapping[str, str]
    button: str


@dataclass(frozen=True, slots=True)
class Access:
    """What ``[access]`` says. ``wait_for``: a CSS selector for each pattern of addresses (``*``)."""

    signed_in: str | None = None
    cookies: Path | None = None
    login: Login | None = None
    wait_for: Mapping[str, str] = field(default_factory=dict)

    def awaited(self, address: str) -> tuple[str, ...]:
        """What must be on a page before it is looked at."""
        return tuple(selector for pattern, selector in self.wait_for.items() if fnmatchcase(address, pattern))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file. ``wrong`` makes an error of a key and a sentence."""

    name: str
    values: Mapping[str, object]
    wrong: Callable[[str, str], UsageError]

    def known(self, keys: tuple[str, ...]) -> None:
        for key in self.values:
            if key not in keys:
                hint = did_you_mean(key, keys) or f"Known: {known_words(keys)}."
                raise self.wrong(key, f"unknown key “{key}” in [{self.name}]. {hint}")

    def text(self, key: str, what: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"“{key}” takes {what}.")
        return value.strip()

    def texts(self, key: str, what: str) -> Mapping[str, str]:
        value = self.values.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(each, str) and each.strip() for each in value.values()):
            raise self.wrong(key, f"“{key}” takes {what}.")
        return dict(value)


def read_access(data: Mapping[str, object], folder: Path, wrong: Callable[[str, str], UsageError]) -> Access:
    """``[access]`` of a file in ``folder``. ``wrong`` makes an error of a key and a sentence.

    Raises:
        UsageError: a key is unknown, or a value is not what it takes.
    """
    table = _Table("access", data, wrong)
    table.known(KEYS)
    if ("login" in data or "cookies" in data) and "signed_in" not in data:
        raise wrong(
            "",
            "[access] lacks “signed_in”: a CSS selector of what only people who have logged in see. Without it"
            " nobody can tell whether the pages were seen the way such a person sees them.",
        )
    return Access(
        signed_in=table.text("signed_in", "a CSS selector") if "signed_in" in data else None,
        cookies=folder / table.text("cookies", "the name of a file") if "cookies" in data else None,
        login=_login(data["login"], wrong) if "login" in data else None,
        wait_for=table.texts("wait_for", 'a table such as { "/search*" = "#results" }'),
    )


def _login(data: object, wrong: Callable[[str, str], UsageError]) -> Login:
    if not isinstance(data, dict):
        raise wrong("login", "[access.login] must be a table.")
    table = _Table("access.login", data, wrong)
    table.known(LOGIN_KEYS)
    page = table.text("page", "the whole address of the form to log in by")
    if not page.startswith(("https://", "http://")):
        raise wrong("page", "“page” takes the whole address of the form, for instance https://example.org/login.")
    fields = table.texts("fields", 'a table such as { "#card" = "CATALOGUE_CARD" }')
    if not fields or not all(_VARIABLE.fullmatch(each) for each in fields.values()):
        raise wrong(
            "fields",
            "“fields” takes the name of an environment variable for each field, and never the password itself:"
            ' { "#card" = "CATALOGUE_CARD", "#pin" = "CATALOGUE_PIN" }.',
        )
    return Login(page, fields, table.text("button", "a CSS selector"))


def read_cookies(path: Path) -> tuple[Cookie, ...]:
    """The cookies of a file in Netscape's format that have not run out.

    Raises:
        UsageError: it cannot be read, is none, or there is no cookie left in it.
    """
    jar = MozillaCookieJar()
    try:
        jar.load(str(path), ignore_discard=True)
    except LoadError as error:
        raise UsageError(
            f"{path}: this is not a file of cookies.",
            "Save it from a browser in the format “Netscape” (cookies.txt); its first line says so.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{path}: the cookies cannot be read: {reason}.") from error
    if not (found := tuple(jar)):
        raise UsageError(f"{path}: every cookie in it has expired.", "Log in again in your browser, and save it again.")
    return found


def belonging(cookies: tuple[Cookie, ...], origin: str) -> tuple[Cookie, ...]:
    """Those that a browser would send to a site."""
    host = urlsplit(origin).hostname or ""
    return tuple(
        each
        for each in cookies
        if host == each.domain.lstrip(".") or (each.domain.startswith(".") and host.endswith(each.domain))
    )


__all__ = ["Access", "Login", "belonging", "read_access", "read_cookies"]
