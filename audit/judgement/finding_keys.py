"""Two keys of a finding, and a digest of its evidence.

The *strict* key stays equal while the same fault stands on the same thing of the same file,
wherever on the page that thing moves: rule, place, role, name and the element itself. The
*loose* key leaves the place out, so that a finding is met again in a renamed file. Neither
holds what changes without a meaning: line, address of the server, classes, position,
wording of messages. The digest says whether what proves the fault is still the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from audit.model.finding import Json, Target

#: Attributes that say what an element is or does. Others (classes, styles, generated ids) churn.
TELLING = ("alt", "aria-label", "for", "href", "lang", "name", "role", "src", "title", "type")

_START = re.compile(r"<([a-zA-Z][^\s>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s=\"'>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BEGINNING = re.compile(r"[^\s\d_-]+")
_ORIGIN = re.compile(r"^https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")
_WAY = re.compile(r"(\b(?:href|src)=\")(?:\.{0,2}/|[^\"/:?#]+/)+(?=[^\"/])")
#: What a build puts into the names of files so that caches notice a change.
_FINGERPRINT = re.compile(r"[.-][0-9a-f]{6,64}(?=\.[a-z0-9]+$)")


def signature(target: Target | None) -> tuple[str, ...]:
    """What makes an element itself: tag, telling attributes, role, name, beginning of its text."""
    if target is None:
        return ()
    start = _START.match(target.html)
    if start is None:
        return (target.role, target.name, " ".join(target.html.split()))
    tag, written, text = start.groups()
    attributes = {name.lower(): next((v for v in values if v), "") for name, *values in _ATTRIBUTE.findall(written)}
    told = [f"{name}={_steady(attributes[name])}" for name in TELLING if name in attributes]
    return (tag.lower(), *told, target.role, target.name, " ".join(text.split())[:80])


def look_of(target: Target) -> tuple[str, ...]:
    """What elements share that one style or template makes: tag, role as written, and classes."""
    start = _START.match(target.html)
    if start is None:
        return ("", target.role, "")
    attributes = {name.lower(): next((v for v in values if v), "") for name, *values in _ATTRIBUTE.findall(start[2])}
    return (start[1].lower(), attributes.get("role", ""), " ".join(sorted(attributes.get("class", "").split())))


def kind_of(target: Target) -> tuple[str, ...]:
    """What elements of one kind share that come in several sorts: tag, role, and how their first class begins.

    ``btn btn-red`` and ``btn btn-blue`` are of one kind, and so are ``language-python`` and ``language-rust``.
    """
    start = _START.match(target.html)
    if start is None:
        return look_of(target)
    attributes = {name.lower(): next((v for v in values if v), "") for name, *values in _ATTRIBUTE.findall(start[2])}
    return (start[1].lower(), attributes.get("role", ""), *_BEGINNING.findall(attributes.get("class", ""))[:1])


def written_anywhere(html: str) -> str:
    """A start tag without the ways to what it names: pages of other folders write one link ``../a`` and ``a``."""
    return _WAY.sub(r"\1", html)


def _steady(value: str) -> str:
    return _FINGERPRINT.sub("", _ORIGIN.sub("", value.split("?", maxsplit=1)[0]))


def strict_key(rule: str, place: str, parts: tuple[str, ...], ordinal: int = 0) -> str:
    """The key of one fault in one place. ``ordinal`` tells equal ones apart, in the order of the page."""
    return _digest("strict", rule, place, *parts, str(ordinal) if ordinal else "")


def loose_key(rule: str, target: Target | None) -> str:
    """The key of the same fault of the same thing anywhere."""
    if target is None:
        return _digest("loose", rule)
    parts = signature(target)
    name = target.name or " ".join(parts[1:])[:80]
    return _digest("loose", rule, parts[0] if parts else "", target.role, name)


def evidence_digest(evidence: Mapping[str, Json]) -> str:
    """Changes when what was measured changes."""
    return _digest("evidence", json.dumps(_rounded(evidence), sort_keys=True, ensure_ascii=False))


def _rounded(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {str(key): _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    if isinstance(value, float):
        return round(value, 1)
    return _ORIGIN.sub("", value) if isinstance(value, str) else value


def _digest(*parts: str) -> str:
    # A separator that cannot stand in HTML text keeps ("ab", "c") and ("a", "bc") apart.
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
