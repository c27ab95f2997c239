"""Reads ``report.json`` back, strictly.

The reader trusts nothing: types, lengths, words of enumerations and sums are all checked,
because the file may come from a stranger's pull request. Each refusal is one sentence with
the field's place, such as ``findings[3].outcome``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from audit.errors import UsageError
from audit.model.finding import (
    DocumentResult,
    Finding,
    Fixer,
    Json,
    Outcome,
    PageResult,
    PageState,
    Requirements,
    Source,
    SourceKind,
    Target,
)
from audit.model.report import (
    Coverage,
    CriterionResult,
    FindingState,
    Report,
    RuleResult,
    RunError,
    ordered,
)
from audit.reports.writing import SCHEMA, summary_data
from audit.settings.nearest import did_you_mean
from audit.standards.laws import laws

_MISSING = object()
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
        raise UsageError(f"{name} is not a report: it holds {_kind(value)}, not an object.")
    schema = value.get("schema")
    if schema != SCHEMA:
        raise UsageError(
            f"{name} is not a report of the schema {SCHEMA}: its “schema” is {_shown(schema)}.",
            "Make it again with this version of the command.",
        )
    top = _Fields(value, "", name)
    top.text("schema")
    tool = {key: _string(text, f"tool.{key}", name) for key, text in top.mapping("tool").items()}
    pages = tuple(_page(entry) for entry in top.objects("pages"))
    addresses = tuple(page.address for page in pages)
    report = Report(
        tool=tool,
        profile=top.text("profile"),
        target=top.text("target"),
        pages=pages,
        findings=tuple(_finding(entry) for entry in top.objects("findings")),
        criteria=tuple(_criterion(entry) for entry in top.objects("criteria", optional=True)),
        rules=tuple(_rule(entry, addresses) for entry in top.objects("rules", optional=True)),
        errors=tuple(_error(entry) for entry in top.objects("errors", optional=True)),
        notes=top.texts("notes", optional=True),
        rules_address=_web_address(top, "rules_address", name),
        jurisdiction=_jurisdiction(top, name),
        narrowed=top.texts("narrowed", optional=True),
    )
    summary = top.mapping("summary")
    top.done()
    _check_summary(summary, report, name)
    return ordered(report)


def _web_address(top: _Fields, key: str, name: str) -> str | None:
    """An address that may become a link; older reports have none."""
    value = top.text_or_none(key)
    if value is not None and not _ADDRESS.fullmatch(value):
        raise UsageError(f"{name}: {key} is {_shown(value)}, but should be a web address that ends in /.")
    return value


def _jurisdiction(top: _Fields, name: str) -> str | None:
    """A law by its name; older reports have none."""
    value = top.text_or_none("jurisdiction")
    if value is not None and value not in laws():
        raise UsageError(f"{name}: jurisdiction is {_shown(value)}, but should be one of {', '.join(laws())}.")
    return value


def _check_summary(written: Mapping[str, Json], report: Report, name: str) -> None:
    counted = summary_data(report.summary)
    for key, value in written.items():
        if key not in counted:
            raise UsageError(f"{name}: summary.{key} is not known. {did_you_mean(key, counted)}".rstrip())
        if value is True or value is False or value != counted[key]:
            raise UsageError(f"{name}: summary.{key} is {_shown(value)}, but its lists hold {counted[key]}.")
    for key in counted:
        if key not in written:
            raise UsageError(f"{name}: summary.{key} is missing.")


class _Fields:
    """The fields of one object; remembers which were read, so that none is left over."""

    def __init__(self, value: Mapping[str, Json], place: str, name: str) -> None:
        self._value = value
        self._place = place
        self._name = name
        self._read: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def take(self, key: str, optional: bool = False) -> object:
        self._read.add(key)
        value = self._value.get(key, _MISSING)
        if value is _MISSING and not optional:
            raise UsageError(f"{self._name}: {self.at(key)} is missing.")
        return value

    def done(self) -> None:
        for key in self._value:
            if key not in self._read:
                hint = did_you_mean(key, self._read) or "A newer version of the command may have written it."
                raise UsageError(f"{self._name}: {self.at(key)} is not known. {hint}")

    def _refuse(self, key: str, value: object, wanted: str) -> UsageError:
        return UsageError(f"{self._name}: {self.at(key)} is {_shown(value)}, but should be {wanted}.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.take(key, optional=default is not None)
        if value is _MISSING:
            assert default is not None
            return default
        return _string(value, self.at(key), self._name)

    def text_or_none(self, key: str) -> str | None:
        value = self.take(key, optional=True)
        return None if value is None or value is _MISSING else _string(value, self.at(key), self._name)

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if not isinstance(value, bool):
            raise self._refuse(key, value, "true or false")
        return value

    def whole(self, key: str, least: int, default: int | None = None) -> int:
        value = self.take(key, optional=default is not None)
        if value is _MISSING:
            assert default is not None
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self._refuse(key, value, f"a whole number from {least}")
        return value

    def word[W: StrEnum](self, key: str, words: type[W]) -> W:
        value = self.text(key)
        try:
            return words(value)
        except ValueError:
            known = ", ".join(word.value for word in words)
            raise self._refuse(key, value, f"one of {known}") from None

    def texts(self, key: str, optional: bool = False) -> tuple[str, ...]:
        return tuple(
            _string(item, f"{self.at(key)}[{n}]", self._name) for n, item in enumerate(self._list(key, optional))
        )

    def objects(self, key: str, optional: bool = False) -> tuple[_Fields, ...]:
        found = []
        for number, item in enumerate(self._list(key, optional)):
            place = f"{self.at(key)}[{number}]"
            if not isinstance(item, dict):
                raise UsageError(f"{self._name}: {place} is {_shown(item)}, but should be an object.")
            found.append(_Fields(item, place, self._name))
        return tuple(found)

    def _list(self, key: str, optional: bool) -> Sequence[Json]:
        value = self.take(key, optional)
        if value is _MISSING:
            return ()
        if not isinstance(value, list):
            raise self._refuse(key, value, "a list")
        return value

    def mapping(self, key: str) -> Mapping[str, Json]:
        value = self.take(key)
        if not isinstance(value, dict):
            raise self._refuse(key, value, "an object")
        return value

    def object_or_none(self, key: str, *, optional: bool = False) -> _Fields | None:
        value = self.take(key, optional)
        if value is None or value is _MISSING:
            return None
        if not isinstance(value, dict):
            raise self._refuse(key, value, "an object or null")
        return _Fields(value, self.at(key), self._name)

    def checked[V](self, key: str, value: V, wanted: str, check: Callable[[V], bool]) -> V:
        if not check(value):
            raise self._refuse(key, value, wanted)
        return value


def _page(entry: _Fields) -> PageResult:
    page = PageResult(
        address=entry.text("address"),
        file=entry.text_or_none("file"),
        state=entry.word("state", PageState),
        reason=entry.text_or_none("reason"),
        title=entry.text_or_none("title"),
        untested=entry.texts("untested", optional=True),
        document=_document(entry),
    )
    entry.done()
    return page


def _document(entry: _Fields) -> DocumentResult | None:
    """What a report says of a document; reports of earlier versions have no such field."""
    inner = entry.object_or_none("document", optional=True)
    if inner is None:
        return None
    document = DocumentResult(
        inner.text("format"),
        inner.whole("length", 0),
        inner.texts("linked_from"),
        inner.text("owner"),
        inner.text("duty"),
    )
    inner.done()
    return document


def _finding(entry: _Fields) -> Finding:
    outcome = entry.word("outcome", Outcome)
    entry.checked("outcome", outcome, "failed or cantTell", lambda word: word in (Outcome.FAILED, Outcome.CANT_TELL))
    target = entry.object_or_none("target")
    source = entry.object_or_none("source")
    excuse = entry.take("excuse", optional=True)
    if excuse is not _MISSING and excuse is not None and not isinstance(excuse, dict):
        raise UsageError(f"{entry._name}: {entry.at('excuse')} is {_shown(excuse)}, but should be an object or null.")
    requirements = entry.object_or_none("requirements")
    if requirements is None:
        raise UsageError(f"{entry._name}: {entry.at('requirements')} is null, but should be an object.")
    finding = Finding(
        key=entry.text("key"),
        rule=entry.text("rule"),
        outcome=outcome,
        blocking=entry.flag("blocking"),
        requirements=_requirements(requirements),
        page=entry.text("page"),
        target=None if target is None else _target(target),
        conditions=entry.texts("conditions"),
        source=None if source is None else _source(source),
        title=entry.text("title"),
        message=entry.text("message"),
        why=entry.text("why"),
        fix=entry.text("fix"),
        evidence=entry.mapping("evidence"),
        engine=entry.text("engine"),
        state=entry.word("state", FindingState),
        loose_key=entry.text("loose_key", ""),
        evidence_digest=entry.text("evidence_digest", ""),
        pages=entry.texts("pages", optional=True),
        count=entry.whole("count", 1, default=1),
        excuse=excuse if isinstance(excuse, dict) else None,
    )
    entry.done()
    return finding


def _requirements(entry: _Fields) -> Requirements:
    found = Requirements(
        wcag=entry.texts("wcag"), act=entry.texts("act"), aoda=entry.texts("aoda"), pdfua=entry.texts("pdfua")
    )
    entry.done()
    return found


def _target(entry: _Fields) -> Target:
    box = entry.take("box", optional=True)
    sides: tuple[float, float, float, float] | None = None
    if box is not _MISSING and box is not None:
        numbers = (
            [item for item in box if isinstance(item, int | float) and not isinstance(item, bool)]
            if isinstance(box, list)
            else []
        )
        if not isinstance(box, list) or len(box) != 4 or len(numbers) != 4:
            raise UsageError(f"{entry._name}: {entry.at('box')} is {_shown(box)}, but should be four numbers or null.")
        sides = (numbers[0], numbers[1], numbers[2], numbers[3])
    target = Target(
        selector=entry.text("selector"),
        html=entry.text("html"),
        role=entry.text("role", ""),
        name=entry.text("name", ""),
        box=sides,
    )
    entry.done()
    return target


def _source(entry: _Fields) -> Source:
    line = entry.take("line")
    if line is not None and (isinstance(line, bool) or not isinstance(line, int) or line < 1):
        raise UsageError(f"{entry._name}: {entry.at('line')} is {_shown(line)}, but should be a line number or null.")
    source = Source(path=entry.text("path"), line=line, kind=entry.word("kind", SourceKind))
    entry.done()
    return source


def _criterion(entry: _Fields) -> CriterionResult:
    criterion = CriterionResult(
        id=entry.text("id"),
        name=entry.text("name"),
        level=entry.text("level"),
        introduced=entry.text("introduced"),
        in_aoda=entry.flag("in_aoda"),
        outcome=entry.word("outcome", Outcome),
        coverage=entry.word("coverage", Coverage),
        failed=entry.whole("failed", 0),
        questions=entry.whole("questions", 0),
        rules=entry.texts("rules"),
        left=entry.text("left"),
    )
    entry.done()
    return criterion


def _rule(entry: _Fields, addresses: Sequence[str]) -> RuleResult:
    requirements = entry.object_or_none("requirements")
    if requirements is None:
        raise UsageError(f"{entry._name}: {entry.at('requirements')} is null, but should be an object.")
    rule = RuleResult(
        id=entry.text("id"),
        title=entry.text("title"),
        engine=entry.text("engine"),
        family=entry.text("family"),
        fixer=entry.word("fixer", Fixer),
        best_practice=entry.flag("best_practice"),
        requirements=_requirements(requirements),
        help_url=entry.text_or_none("help_url"),
        passed=_places(entry, "passed", addresses),
        inapplicable=_places(entry, "inapplicable", addresses),
    )
    entry.done()
    return rule


def _places(entry: _Fields, key: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """Addresses from ranges such as ``0-3,7`` (see :func:`audit.reports.writing.ranges`)."""
    text = entry.text(key)
    found: list[str] = []
    last = -1
    for part in text.split(",") if text else ():
        first_text, dash, end_text = part.partition("-")
        digits = (
            first_text.isascii() and first_text.isdigit() and (not dash or (end_text.isascii() and end_text.isdigit()))
        )
        if not digits or len(part) > 20:
            raise UsageError(f"{entry._name}: {entry.at(key)} holds {_shown(part)}, but should hold places like 0-3,7.")
        first, end = int(first_text), int(end_text or first_text)
        if first <= last or end < first or end >= len(addresses):
            raise UsageError(f"{entry._name}: {entry.at(key)} holds {_shown(part)}, which is no place in “pages”.")
        found.extend(addresses[first : end + 1])
        last = end
    return tuple(found)


def _error(entry: _Fields) -> RunError:
    error = RunError(where=entry.text("where"), sentence=entry.text("sentence"), kind=entry.text("kind"))
    entry.done()
    return error


def _string(value: object, place: str, name: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name}: {place} is {_shown(value)}, but should be text.")
    return value


def _no_constant(word: str) -> Json:
    raise ValueError(f"{word} is no JSON number")


def _no_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {_shown(key)} stands twice in one object")
        found[key] = value
    return found


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _shown(value: object) -> str:
    """A value as a sentence can quote it: short, on one line."""
    if value is _MISSING:
        return "missing"
    text = json.dumps(value, ensure_ascii=True) if not isinstance(value, StrEnum) else f'"{value.value}"'
    return text if len(text) <= 60 else text[:57] + "…"


__all__ = ["from_json"]
