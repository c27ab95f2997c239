"""A form to log in by, filled in as a person would, once for a whole run. What comes of it are cookies.

Only where a setting names the form (``[access.login]``). What is typed is read from the environment, and stands in no
report, record or message.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from http.cookiejar import Cookie
from typing import Any

from audit.browser.browser import Browser, BrowserSettings
from audit.browser.channel import NoAnswer, ProtocolError
from audit.capture.page_elements import script
from audit.errors import AuditIncomplete, UsageError
from audit.settings.access import Login

#: Seconds for the form to be there, and for the page behind it.
PATIENCE = 30.0


def log_in(login: Login, signed_in: str, settings: BrowserSettings) -> tuple[Cookie, ...]:
    """The cookies that a site gives to somebody who logs in.

    Raises:
        UsageError: an environment variable is missing.
        AuditIncomplete: the form is not there, or what was typed does not lead in.
    """
    patience = PATIENCE
    typed = {selector: _secret(name) for selector, name in login.fields.items()}
    with Browser(settings) as browser:
        channel = browser.channel
        channel.send("Page.enable")
        channel.call("Page.navigate", url=login.page, wait=patience)

        def there(selector: str, act: str = "look") -> bool:
            return bool(channel.evaluate(f"({script('log_in')})({json.dumps(selector)}, {json.dumps(act)})"))

        for selector in (*typed, login.button):
            if not _comes(lambda selector=selector: there(selector), patience):  # type: ignore[misc]
                raise AuditIncomplete(
                    f"{login.page} has no “{selector}” to log in by.", "Compare [access.login] with the page."
                )
        for selector, value in typed.items():
            there(selector, "focus")
            channel.call("Input.insertText", text=value)
        there(login.button, "press")
        if not _comes(lambda: there(signed_in), patience):
            raise AuditIncomplete(
                f"Logging in at {login.page} did not work: “{signed_in}” was not there after {patience:g} s.",
                "Are the card and the password in the environment right, and “signed_in” in [access]?",
            )
        return tuple(_cookie(each) for each in channel.call("Storage.getCookies")["cookies"])


def _secret(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UsageError(
            f"The environment variable {name} is not set; [access.login] names it.",
            f"Set it before the check: export {name}=…; in a workflow, pass it as a secret.",
        )
    return value


def _comes(question: Callable[[], bool], patience: float) -> bool:
    """Whether something becomes true in time. A page that is just going on to another answers nothing."""
    due = time.monotonic() + patience
    while True:
        try:
            if question():
                return True
        except ProtocolError:
            pass
        except NoAnswer:
            return False
        if time.monotonic() > due:
            return False
        time.sleep(0.1)


def _cookie(told: Mapping[str, Any]) -> Cookie:
    """A cookie as the browser's protocol tells it."""
    domain, session = str(told["domain"]), bool(told.get("session", True))
    return Cookie(
        version=0,
        name=str(told["name"]),
        value=str(told["value"]),
        port=None,
        port_specified=False,
        domain=domain,
        domain_specified=domain.startswith("."),
        domain_initial_dot=domain.startswith("."),
        path=str(told["path"]),
        path_specified=True,
        secure=bool(told.get("secure")),
        expires=None if session else int(told["expires"]),
        discard=session,
        comment=None,
        comment_url=None,
        rest={"HttpOnly": ""} if told.get("httpOnly") else {},
    )


def as_parameters(cookies: tuple[Cookie, ...]) -> tuple[Mapping[str, Any], ...]:
    """The cookies as ``Network.setCookie`` takes them."""
    return tuple(
        {
            "name": each.name,
            "value": each.value or "",
            "domain": each.domain,
            "path": each.path,
            "secure": each.secure,
            "httpOnly": each.has_nonstandard_attr("HttpOnly"),
            **({"expires": float(each.expires)} if each.expires else {}),
        }
        for each in cookies
    )
