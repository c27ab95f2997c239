"""The few calls to GitHub's REST API that the second stage makes.

Answers are bounded and their types checked: even an answer of GitHub holds words of strangers.
The token goes to the API's own address and to no other, also when the API forwards a download.
"""

from __future__ import annotations

import http.client
import io
import json
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, override
from urllib.parse import urlsplit

from audit.errors import AuditError, UsageError
from audit.github.note import FILE, MAX_BYTES

_SECONDS = 30
_ANSWER = 20_000_000
_PAGE = 100
_PAGES = 50
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}\Z")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


class GitHubError(AuditError):
    """GitHub did not do what it was asked for."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a pull request."""

    id: int
    author: str
    body: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something a run kept. ``size`` is that of the archive in bytes."""

    id: int
    name: str
    size: int
    expired: bool


class _Forward(urllib.request.HTTPRedirectHandler):
    """Follows to another host without the token: downloads lie elsewhere."""

    @override
    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        if new is not None and _origin(newurl) != _origin(req.full_url):
            new.remove_header("Authorization")
        return new


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


@dataclass(frozen=True)
class GitHub:
    """One repository at ``base`` (``https://api.github.com``, or a server in a test).

    Raises (all methods):
        GitHubError: no answer, an error status, or an answer of another shape.
    """

    base: str
    repository: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _REPOSITORY.match(self.repository):
            raise UsageError(f"“{self.repository}” is not a repository: write owner/name.")
        if not self.base.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise UsageError("The address of GitHub’s API must begin with https://.")

    def pulls_with_head(self, sha: str) -> tuple[int, ...]:
        """Numbers of the open pull requests whose head is this commit now.

        The list of all open ones is searched: for forks, a run names none, and a number from
        an artifact would let a fork choose where to write.
        """
        return tuple(
            _whole(pull, "number")
            for pull in self._pages("/pulls?state=open&sort=updated&direction=desc")
            if _inner(pull, "head").get("sha") == sha
        )

    def changed_files(self, pull: int) -> Iterator[str]:
        """The paths that a pull request changes, those that it moves away from among them."""
        for entry in self._pages(f"/pulls/{pull:d}/files?"):
            for name in ("filename", "previous_filename"):
                if isinstance(path := entry.get(name), str):
                    yield path

    def comments(self, pull: int) -> Iterator[Comment]:
        """All comments of a pull request, oldest first."""
        for entry in self._pages(f"/issues/{pull:d}/comments?"):
            user = entry.get("user")
            author = user.get("login") if isinstance(user, dict) else None
            body = entry.get("body")
            yield Comment(
                _whole(entry, "id"), author if isinstance(author, str) else "", body if isinstance(body, str) else ""
            )

    def create_comment(self, pull: int, body: str) -> None:
        """A new comment."""
        self._call("POST", f"/issues/{pull:d}/comments", {"body": body})

    def update_comment(self, comment: int, body: str) -> None:
        """Another text for a comment."""
        self._call("PATCH", f"/issues/comments/{comment:d}", {"body": body})

    def create_status(self, sha: str, state: str, context: str, description: str, address: str) -> None:
        """The status of a commit under a name (``context``); ``state`` is ``success``, ``failure`` or ``error``."""
        body = {"state": state, "context": context, "description": description, "target_url": address}
        self._call("POST", f"/statuses/{sha}", body)

    def artifacts(self, run: int) -> tuple[Artifact, ...]:
        """What a run kept."""
        answer = self._json("GET", f"/actions/runs/{run:d}/artifacts?per_page={_PAGE}")
        entries = answer.get("artifacts") if isinstance(answer, dict) else None
        if not isinstance(entries, list):
            raise GitHubError("GitHub’s list of artifacts has another shape than expected.")
        return tuple(
            Artifact(
                _whole(entry, "id"), str(entry.get("name")), _whole(entry, "size_in_bytes"), bool(entry.get("expired"))
            )
            for entry in entries
            if isinstance(entry, dict)
        )

    def download_note(self, artifact: Artifact) -> bytes:
        """The one file of an artifact, read in memory and never written.

        Raises:
            GitHubError: it is too large, no archive, or holds anything but the note.
        """
        # Deflate shrinks at most about a thousandfold; the limit on the file below is what counts.
        if artifact.expired or artifact.size > MAX_BYTES:
            raise GitHubError("The artifact of the note is expired or too large.")
        data = self._call("GET", f"/actions/artifacts/{artifact.id:d}/zip", limit=MAX_BYTES)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                if [entry.filename for entry in entries] != [FILE]:
                    raise GitHubError(f"The artifact does not hold exactly one file {FILE}.")
                with archive.open(entries[0]) as file:
                    # The size that the archive claims may be a lie: read no more than allowed.
                    note = file.read(MAX_BYTES + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
            raise GitHubError("The artifact cannot be read as an archive.") from problem
        if len(note) > MAX_BYTES:
            raise GitHubError("The note in the artifact is too large.")
        return note

    @cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        # One for all calls: each new one reads the certificates of the machine again.
        return urllib.request.build_opener(_Forward)

    def _pages(self, path: str) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _PAGES + 1):
            entries = self._json("GET", f"{path}&per_page={_PAGE}&page={page}")
            if not isinstance(entries, list):
                raise GitHubError("GitHub’s answer is not a list.")
            yield from (entry for entry in entries if isinstance(entry, dict))
            if len(entries) < _PAGE:
                return

    def _json(self, method: str, path: str) -> Any:
        try:
            return json.loads(self._call(method, path))
        except ValueError as problem:
            raise GitHubError("GitHub’s answer is not JSON.") from problem

    def _call(self, method: str, path: str, body: Mapping[str, str] | None = None, limit: int = _ANSWER) -> bytes:
        what = f"{method} {path.partition('?')[0]}"
        # The base was checked: https, or loopback in a test.
        request = urllib.request.Request(  # noqa: S310
            f"{self.base.rstrip('/')}/repos/{self.repository}{path}",
            data=None if body is None else json.dumps(body).encode("ascii"),
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "User-Agent": "stepfree",
                "X-GitHub-Api-Version": "2022-11-28",
                **({} if body is None else {"Content-Type": "application/json"}),
            },
        )
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                data: bytes = answer.read(limit + 1)
        except urllib.error.HTTPError as problem:
            with problem:
                raise GitHubError(f"GitHub answered {problem.code} to {what}.") from problem
        except (OSError, http.client.HTTPException) as problem:
            raise GitHubError(f"GitHub gave no answer to {what}.") from problem
        if len(data) > limit:
            raise GitHubError(f"GitHub’s answer to {what} is too large.")
        return data


def is_sha(value: object) -> bool:
    """Whether something is the full name of a commit."""
    return isinstance(value, str) and _SHA.match(value) is not None


def _whole(entry: Mapping[str, Any], name: str) -> int:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise GitHubError(f"GitHub’s answer has no number “{name}”.")
    return value


def _inner(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = entry.get(name)
    return value if isinstance(value, dict) else {}
