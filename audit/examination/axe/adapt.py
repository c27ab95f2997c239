"""axe-core's results in our words and in the shape of our own rules.

Requirements are those in ``wording.toml``; for a rule that is not there, those of axe-core's
tags (``wcag412`` is success criterion 4.1.2). What axe-core calls incomplete becomes a question
with its reason (what says nothing is left out before, see ``relevance``). The rule id stays
axe-core's, the engine is ``axe-core``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.examination.axe.naming import described, start_tag
from audit.model.finding import Fixer, Json, Outcome, Requirements, SourceKind
from audit.model.page import AxeResult
from audit.standards import ALWAYS_MET

_WORDING = Path(__file__).with_name("wording.toml")
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})\Z")
_PLACE = re.compile(r"\{(\w+)\}")
# W3C's errata of 2023: always satisfied, so no failure of it can be reported.


@dataclass(frozen=True, slots=True)
class Words:
    """What we say of one rule of axe-core; see the head of ``wording.toml``.

    ``known`` is false for a rule of a newer axe-core for which nothing was written yet.
    """

    title: str
    what: str
    ask: str
    why: str
    fixer: Fixer
    author: str
    theme: str
    act: tuple[str, ...] = ()
    sure: bool = True
    wcag: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Adapted:
    """One result of axe-core as one of our rules would say it."""

    rule: str
    outcome: Outcome
    title: str
    message: str
    why: str
    fix: str
    requirements: Requirements
    fixer: Fixer
    best_practice: bool
    evidence: Mapping[str, Json]
    help_url: str


def adapt(result: AxeResult) -> Adapted:
    """The result in our words, for whoever usually can act; see :func:`fix_for` when the file is known."""
    words = words_for(result.rule, result.help)
    violation = result.kind == "violation"
    fact = violation and words.sure
    required = requirements(result.rule, result.tags)
    return Adapted(
        rule=result.rule,
        outcome=Outcome.FAILED if fact else Outcome.CANT_TELL,
        title=words.title,
        message=_message(result, words, fact),
        why=words.why,
        fix=_fix(words, words.fixer, fact, "styles and templates"),
        requirements=required,
        fixer=words.fixer,
        best_practice=not required.wcag,
        evidence=_evidence(result),
        help_url=result.help_url,
    )


def fix_for(rule: str, outcome: Outcome, kind: SourceKind) -> str | None:
    """What to do, for the person whose file it is; ``None`` when we have no words for the rule."""
    words = wording().get(rule)
    if words is None:
        return None
    fixer = Fixer.THEME if kind in {SourceKind.THEME, SourceKind.PLUGIN} else Fixer.AUTHOR
    return _fix(words, fixer, outcome is Outcome.FAILED, "the theme")


def requirements(rule: str, tags: Iterable[str]) -> Requirements:
    """What a violation of the rule is a failure of; no criterion for a best practice."""
    words = wording().get(rule)
    if words is not None:
        return Requirements(wcag=words.wcag, act=words.act)
    matches = (_CRITERION.match(tag) for tag in tags)
    criteria = (".".join(match.groups()) for match in matches if match)
    return Requirements(wcag=tuple(number for number in dict.fromkeys(criteria) if number != ALWAYS_MET))


def words_for(rule: str, help_text: str) -> Words:
    """Our words for a rule; for an unknown one, axe-core's help text put into the same shape."""
    known = wording().get(rule)
    if known is not None:
        return known
    text = " ".join(help_text.split()).rstrip(".") or rule
    return Words(
        title=_seven(text),
        what="{it} does not meet this: " + text + ".",
        ask="Does {it} meet this: " + text + "?",
        why="axe-core, a widely used checker, found that this stops people who use assistive technology.",
        fixer=Fixer.THEME,
        author="",
        theme="See the page of axe-core about this rule.",
        known=False,
    )


@cache
def wording() -> Mapping[str, Words]:
    """Our words by the rule's id."""
    return {rule: _words(table) for rule, table in _tables().items() if rule != "reasons"}


@cache
def _tables() -> Mapping[str, Mapping[str, Json]]:
    return tomllib.loads(_WORDING.read_text(encoding="utf-8"))


def _words(table: Mapping[str, Json]) -> Words:
    def text(name: str, default: str) -> str:
        value = table.get(name, default)
        assert isinstance(value, str)
        return value.strip()

    def texts(name: str) -> tuple[str, ...]:
        value = table.get(name, [])
        assert isinstance(value, list)
        return tuple(str(item) for item in value)

    title = text("title", "")
    return Words(
        title=title,
        what=text("what", ""),
        ask=text("ask", "Is this so for {it}: " + title[:1].lower() + title[1:] + "? {reason}"),
        why=text("why", ""),
        fixer=Fixer(text("fixer", Fixer.THEME.value)),
        author=text("author", ""),
        theme=text("theme", ""),
        act=texts("act"),
        sure=table.get("sure", True) is True,
        wcag=texts("wcag"),
    )


def _message(result: AxeResult, words: Words, fact: bool) -> str:
    values = _values(result)
    pattern = words.what if fact else words.ask
    if any(name not in values for name in _PLACE.findall(pattern)):
        pattern = "{it}: " + words.title[:1].lower() + words.title[1:] + "."
    text = " ".join(_PLACE.sub(lambda match: values[match[1]], pattern).split(" "))
    return (text[:1].upper() + text[1:]).strip()


def _fix(words: Words, fixer: Fixer, fact: bool, other_than_content: str) -> str:
    own, other = (words.theme, words.author) if fixer is Fixer.THEME else (words.author, words.theme)
    fix = own or other
    if fixer is Fixer.AUTHOR and not own:
        fix = f"This comes from {other_than_content}: ask whoever looks after that.\n\n{other}"
    return fix if fact else f"Look at the page. Where it is a fault, do this.\n\n{fix}"


def _values(result: AxeResult) -> Mapping[str, str]:
    """What the words may name: the element, its start tag, axe-core's measures, its reason."""
    values: dict[str, str] = {}
    for data in result.data.values():
        if isinstance(data, Mapping):
            for name, value in data.items():
                if isinstance(value, str | int | float) and not isinstance(value, bool):
                    values.setdefault(name, str(value).replace(":1", " to 1"))
    reasons = _tables()["reasons"]
    reason = reasons.get(values.get("messageKey", ""), "")
    return {
        **values,
        "it": described(result.html),
        "html": start_tag(result.html),
        "reason": reason if isinstance(reason, str) else "",
    }


def _evidence(result: AxeResult) -> Mapping[str, Json]:
    """What axe-core measured, one level deep, and what it said."""
    evidence: dict[str, Json] = {}
    for check, data in sorted(result.data.items()):
        if isinstance(data, Mapping):
            evidence.update({name: value for name, value in data.items() if value not in (None, "")})
        elif data not in (None, ""):
            evidence[check] = data
    if result.message:
        evidence["axe-core says"] = result.message
    return evidence


def _seven(text: str) -> str:
    words = text.split()
    return " ".join(words[:7]) + ("…" if len(words) > 7 else "")
