"""An issue that says why the website was not published: opened once, kept up to date, closed by itself.

The last step of the workflow that publishes. When something blocks, the site that is online stays as it
was; nobody looks at the log of a run at night, so an issue tells whoever looks after the site. Standard
library only, because it must also speak when the set-up has failed::

    python -m stepfree.publication_issue failure said/said.txt
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TITLE = "The website was not published"
#: By this line an issue is found again.
MARKER = "<!-- stepfree-publication -->"
#: Lines and characters of what was said that an issue repeats; the log has all of it.
LINES = 60
LIMIT = 20_000
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Repository:
    """The issues of a repository on GitHub. ``api`` is the address of its interface."""

    api: str
    name: str
    token: str

    def open_issue(self) -> int | None:
        """The number of the issue that stands open, if there is one."""
        page = 1
        while found := self._call("GET", f"issues?state=open&per_page=100&page={page}"):
            for issue in found:
                if "pull_request" not in issue and str(issue.get("body") or "").startswith(MARKER):
                    return int(issue["number"])
            page += 1
        return None

    def open(self, body: str) -> int:
        """Open an issue; its number."""
        return int(self._call("POST", "issues", {"title": TITLE, "body": body})["number"])

    def update(self, number: int, body: str) -> None:
        """Write the issue anew."""
        self._call("PATCH", f"issues/{number}", {"body": body})

    def close(self, number: int, words: str) -> None:
        """Say why, and close the issue."""
        self._call("POST", f"issues/{number}/comments", {"body": words})
        self._call("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})

    def _call(self, method: str, path: str, body: Mapping[str, str] | None = None) -> Any:
        if not self.api.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError(f"GITHUB_API_URL is “{self.api}”, which is not an https address.")
        request = urllib.request.Request(  # noqa: S310 - looked at above
            f"{self.api}/repos/{self.name}/{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            return json.loads(answer.read() or b"null")


def text(said: str, log: str) -> str:
    """The body of the issue: what was said last, as it stood in the terminal, and where the rest is."""
    lines = said.strip().splitlines()[-LINES:]
    shown = "\n".join(lines)[-LIMIT:].replace("~~~", "~ ~ ~")
    why = f"This is what was said last:\n\n~~~text\n{shown}\n~~~\n\n" if shown else ""
    return (
        f"{MARKER}\n"
        "Something keeps the website from being published. What was online before is still there, so visitors "
        "see the site as it was on the last night when all was well.\n\n"
        f"{why}"
        f"[The log and the report of this run]({log}) say more. "
        "You don’t have to do anything here: this issue is updated every night and closes by itself."
    )


def tell(repository: Repository, *, published: bool, said: str, log: str) -> str:
    """Open, update or close the issue; what was done, in a sentence."""
    number = repository.open_issue()
    if published:
        if number is None:
            return "The website was published, and no issue is open."
        repository.close(number, f"The website is published again: [this run]({log}).")
        return f"The website is published again: issue {number} is closed."
    if number is None:
        return f"Issue {repository.open(text(said, log))} says why the website was not published."
    repository.update(number, text(said, log))
    return f"Issue {number} is up to date."


def main(arguments: list[str]) -> int:
    """``success`` or ``failure``, and the file with what was said (it may be missing)."""
    if len(arguments) != 2 or arguments[0] not in {"success", "failure"}:
        sys.stderr.write("Say success or failure, and name the file with what was said.\n")
        return 2
    path = Path(arguments[1])
    said = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    setting = os.environ
    log = f"{setting['GITHUB_SERVER_URL']}/{setting['GITHUB_REPOSITORY']}/actions/runs/{setting['GITHUB_RUN_ID']}"
    repository = Repository(setting["GITHUB_API_URL"], setting["GITHUB_REPOSITORY"], setting["GITHUB_TOKEN"])
    try:
        done = tell(repository, published=arguments[0] == "success", said=said, log=log)
    except (urllib.error.URLError, ValueError, TimeoutError) as error:
        sys.stderr.write(f"GitHub could not be told: {error}\n")
        return 4
    sys.stdout.write(f"{done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
