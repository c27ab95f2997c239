"""Reads ``report.json`` back, strictly: types, words of enumerations and sums are all checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from audit.errors import UsageError
from audit.model.finding import Json, Outcome, PageResult
from audit.model.report import Report, RuleResult, ordered
from audit.reports.codec import Decoder, shown
from audit.reports.writing import PLACES, SCHEMA, summary_data
from audit.settings.nearest import did_you_mean
from audit.standards.laws import laws

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:/_~-]{1,300}/")


def from_json(data: bytes | str, name: str = "the report") -> Report:
    """The report held in ``data``, as :func:`audit.reports.writing.to_json` wrote it.

    ``name`` is what the sentence of a refusal calls the file.

    Raises:
        UsageError: not JSON, another schema, or a field that is not as the schema says.
    """
    try:
        value = json.loads(data, parse_constant=_no_constant, object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"{name} is not a report: it cannot be read as JSON ({problem}).") from problem
    if not isinstance(value, dict):
        raise UsageError(f"{name} is not a report: it contains {_kind(value)}, not an object.")
    schema = value.pop("schema", None)
    if schema != SCHEMA:
        raise UsageError(
            f"{name} is not a report of the schema {SCHEMA}: its “schema” is {shown(schema)}.",
            "Make it again with this version of the command.",
        )
    decoder, summary = Decoder(name), value.pop("summary", None)
    pages = _objects(decoder, value, "pages", PageResult)
    addresses = tuple(page.address for page in pages)
    rules = tuple(
        decoder.decode(RuleResult, entry, f"rules[{number}]", **_places(decoder, entry, f"rules[{number}]", addresses))
        for number, entry in enumerate(_list(decoder, value.get("rules", []), "rules"))
    )
    report = decoder.decode(Report, value, pages=pages, rules=rules)
    for number, finding in enumerate(report.findings):
        if finding.outcome not in (Outcome.FAILED, Outcome.CANT_TELL):
            raise decoder.refused(f"findings[{number}].outcome", finding.outcome.value, "failed or cantTell")
    if report.rules_address is not None and not _ADDRESS.fullmatch(report.rules_address):
        # It may become a link.
        raise decoder.refused("rules_address", report.rules_address, "a web address that ends in /")
    if report.jurisdiction is not None and report.jurisdiction not in laws():
        raise decoder.refused("jurisdiction", report.jurisdiction, f"one of {', '.join(laws())}")
    if not isinstance(summary, dict):
        raise UsageError(f"{name}: summary is missing.")
    _check_summary(summary, report, name)
    return ordered(report)


def _check_summary(written: Mapping[str, Json], report: Report, name: str) -> None:
    counted = summary_data(report.summary)
    for key, value in written.items():
        if key not in counted:
            raise UsageError(f"{name}: summary.{key} is not known. {did_you_mean(key, counted)}".rstrip())
        if value is True or value is False or value != counted[key]:
            raise UsageError(f"{name}: summary.{key} is {shown(value)}, but its lists have {counted[key]}.")
    for key in counted:
        # Reports of earlier versions know of no regions.
        if key not in written and (key != "theirs" or counted[key]):
            raise UsageError(f"{name}: summary.{key} is missing.")


def _list(decoder: Decoder, value: object, place: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise decoder.refused(place, value, "a list")
    return value


def _objects[T](decoder: Decoder, value: Mapping[str, object], key: str, kind: type[T]) -> tuple[T, ...]:
    if key not in value:
        raise UsageError(f"{decoder.name}: {key} is missing.")
    return tuple(
        decoder.decode(kind, entry, f"{key}[{number}]") for number, entry in enumerate(_list(decoder, value[key], key))
    )


def _places(decoder: Decoder, entry: object, place: str, addresses: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The addresses that a rule names by their places in the list of pages."""
    if not isinstance(entry, dict):
        raise decoder.refused(place, entry, "an object")
    return {key: _addresses(decoder, entry[key], f"{place}.{key}", addresses) for key in PLACES if key in entry}


def _addresses(decoder: Decoder, text: object, place: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """Addresses from ranges such as ``0-3,7`` (see :func:`audit.reports.writing.ranges`)."""
    if not isinstance(text, str):
        raise decoder.refused(place, text, "text")
    found: list[str] = []
    last = -1
    for part in text.split(",") if text else ():
        match = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", part)
        if match is None:
            raise UsageError(f"{decoder.name}: {place} holds {shown(part)}, but should hold places like 0-3,7.")
        first, end = int(match[1]), int(match[2] or match[1])
        if first <= last or end < first or end >= len(addresses):
            raise UsageError(f"{decoder.name}: {place} holds {shown(part)}, which is not a place in “pages”.")
        found.extend(addresses[first : end + 1])
        last = end
    return tuple(found)


def _no_constant(word: str) -> Json:
    raise ValueError(f"{word} is not a JSON number")


def _no_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} appears twice in one object")
        found[key] = value
    return found


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
